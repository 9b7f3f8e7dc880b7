//! Pages in colour, with their size on paper.

use super::{opened, tiff};
use crate::extract::*;
use ::image::{ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use std::io::Cursor;

fn png(picture: &RgbaImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut out = Cursor::new(&mut bytes);
    picture.write_to(&mut out, ImageFormat::Png).unwrap();
    bytes
}

fn pixel(sheet: &Sheet, x: u32, y: u32) -> &[u8] {
    let at = 3 * (y * sheet.width + x) as usize;
    &sheet.rgb[at..at + 3]
}

#[test]
fn a_picture_fills_a4_and_what_is_transparent_is_paper() {
    let picture = RgbaImage::from_fn(3000, 4000, |x, _| match x {
        0..1000 => Rgba([200, 0, 0, 255]),
        1000..2000 => Rgba([0, 0, 0, 0]),
        _ => Rgba([0, 0, 250, 255]),
    });
    let bytes = png(&picture);
    let opened = opened(&bytes);
    let sheet = opened.sheet(1, 100.0).unwrap();
    let (width, height) = sheet.points;
    assert!((width - 595.3).abs() < 0.1 && (height - 793.7).abs() < 0.1);
    assert!((sheet.dpi - 100.0).abs() < 0.5, "{}", sheet.dpi);
    assert_eq!((sheet.width, sheet.height), (827, 1103));
    assert_eq!(pixel(&sheet, 10, 10), [200, 0, 0]);
    assert_eq!(pixel(&sheet, 400, 10), [255, 255, 255]);
    assert_eq!(pixel(&sheet, 800, 1000), [0, 0, 250]);
    let whole = opened.sheet(1, 10_000.0).unwrap();
    assert_eq!((whole.width, whole.height), (3000, 4000), "never grown");
    assert!(opened.sheet(2, 100.0).is_err());
}

#[test]
fn a_photo_is_shown_the_way_it_was_held() {
    let picture = RgbImage::from_fn(64, 32, |x, _| match x {
        0..32 => Rgb([220, 20, 20]),
        _ => Rgb([20, 20, 220]),
    });
    let mut plain = Vec::new();
    let mut out = Cursor::new(&mut plain);
    picture.write_to(&mut out, ImageFormat::Jpeg).unwrap();
    // Exif 2.32: one entry, orientation 6: the left side as stored is the top.
    let mut bytes = plain[..2].to_vec();
    bytes.extend(b"\xFF\xE1\0\x22Exif\0\0II*\0\x08\0\0\0\x01\0");
    bytes.extend(b"\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0");
    bytes.extend(&plain[2..]);
    let sheet = opened(&bytes).sheet(1, 200.0).unwrap();
    assert_eq!((sheet.width, sheet.height), (32, 64));
    let (top, bottom) = (pixel(&sheet, 16, 8), pixel(&sheet, 16, 56));
    assert!(top[0] > 180 && top[2] < 80, "red above: {top:?}");
    assert!(bottom[2] > 180 && bottom[0] < 80, "blue below: {bottom:?}");
}

#[test]
fn each_page_of_a_tiff_is_a_sheet_and_a_text_has_none() {
    let bytes = tiff(&[10, 20, 30]);
    let opened = opened(&bytes);
    for (page, value) in [(1, 10), (2, 20), (3, 30)] {
        assert_eq!(opened.sheet(page, 200.0).unwrap().rgb, [value; 3]);
    }
    let text = super::opened(b"teks saja, tanpa halaman\n");
    assert!(text.sheet(1, 200.0).is_err());
}

#[test]
fn a_page_of_a_pdf_is_drawn_as_finely_as_asked_and_a_scan_no_finer_than_it_is() {
    let drawn = super::pdf::pdf(
        "/MediaBox [0 0 600 800]",
        b"0 0 1 rg 300 400 300 400 re f",
        &[],
    );
    let opened_drawn = opened(&drawn);
    let sheet = opened_drawn.sheet(1, 72.0).unwrap();
    assert_eq!((sheet.points, sheet.dpi), ((600.0, 800.0), 72.0));
    assert_eq!((sheet.width, sheet.height), (600, 800));
    assert_eq!(pixel(&sheet, 450, 100), [0, 0, 255]);
    assert_eq!(pixel(&sheet, 100, 700), [255, 255, 255]);
    assert_eq!(opened_drawn.sheet(1, 144.0).unwrap().width, 1200);

    // Twice A3 and A4, each a scan of 100 by 200 pixels.
    for ((width, height), expected) in [((1700, 3400), 12.1), ((400, 800), 18.0)] {
        let mut picture = b"5 0 obj <</Type/XObject/Subtype/Image/Width 100/Height 200\
            /ColorSpace/DeviceGray/BitsPerComponent 8/Length 20000>> stream\n"
            .to_vec();
        picture.extend(vec![128; 100 * 200]);
        picture.extend(b"\nendstream endobj\n");
        let scan = super::pdf::pdf(
            &format!(
                "/MediaBox [0 0 {width} {height}] /Resources <</XObject <</Im 5 0 R>>>>"
            ),
            format!("q {width} 0 0 {height} 0 0 cm /Im Do Q").as_bytes(),
            &[&picture],
        );
        let sheet = opened(&scan).sheet(1, 200.0).unwrap();
        assert!((99..=100).contains(&sheet.width), "{}", sheet.width);
        // The larger counts as A3, so that its dpi tell what can be read on it.
        assert!((sheet.dpi - expected).abs() < 0.1, "{}", sheet.dpi);
    }
}
