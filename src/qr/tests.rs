//! Codes drawn in memory, as scanners and cameras show them.

use super::*;
use crate::imaging::picture::turned;
use crate::model::{Rect, Turn};

/// `https://tte.contoh.go.id/d/8f3a2c7b91` at version 3, level L, mask 0.
const LINK: &str = include_str!("tests/link.txt");
const TEXT: &str = "https://tte.contoh.go.id/d/8f3a2c7b91";
/// The side of its drawing, in modules.
const SIDE: f32 = 29.0;

/// Draws a page on which each place of a code in modules stands in pixels where `back` says.
fn page(size: u32, back: impl Fn(f32, f32) -> (f32, f32)) -> Raster {
    let rows: Vec<&[u8]> = LINK.lines().map(str::as_bytes).collect();
    let is_dark = |(x, y): (f32, f32)| {
        x >= 0.0
            && y >= 0.0
            && rows
                .get(y as usize)
                .and_then(|row| row.get(x as usize))
                .is_some_and(|module| *module == b'#')
    };
    // Four samples each way a pixel, as a lens blends them.
    let shares = [0.125, 0.375, 0.625, 0.875];
    let grey = |x: u32, y: u32| {
        let places = shares.iter().flat_map(|dx| shares.map(|dy| (*dx, dy)));
        let dark = places.filter(|(dx, dy)| is_dark(back(x as f32 + dx, y as f32 + dy)));
        250 - 14 * dark.count() as u8
    };
    let all = (0..size).flat_map(|y| (0..size).map(move |x| (x, y)));
    Raster {
        width: size,
        height: size,
        luma: all.map(|(x, y)| grey(x, y)).collect(),
    }
}

/// Draws a page with the code at (`x`, `y`), so many pixels a module.
fn drawn(module: f32, x: f32, y: f32) -> Raster {
    page(400, |px, py| ((px - x) / module, (py - y) / module))
}

fn texts(picture: &Raster) -> Vec<String> {
    read(picture).into_iter().map(|code| code.text).collect()
}

fn is_near(found: Rect, expected: [f32; 4]) -> bool {
    let found: [f32; 4] = found.into();
    found
        .iter()
        .zip(expected)
        .all(|(a, b)| (a - b).abs() <= 3.0)
}

#[test]
fn a_code_is_read_where_it_stands_at_any_size() {
    for module in [2.0, 2.6, 3.3, 5.0, 9.0] {
        let codes = read(&drawn(module, 80.5, 110.0));
        let [code] = codes.as_slice() else {
            panic!("{module}: {codes:?}");
        };
        assert_eq!(code.text, TEXT);
        let side = SIDE * module;
        let expected = [80.5, 110.0, 80.5 + side, 110.0 + side];
        assert!(is_near(code.rect, expected), "{module}: {:?}", code.rect);
    }
}

#[test]
fn a_code_is_read_whichever_way_it_is_turned() {
    for turn in [Turn::Right, Turn::Half, Turn::Left] {
        let page = turned(&drawn(4.0, 60.0, 90.0), turn);
        assert_eq!(texts(&page), [TEXT], "{turn:?}");
    }
    for degrees in [4.0_f32, 20.0, 45.0] {
        let (sin, cos) = degrees.to_radians().sin_cos();
        let back = |x: f32, y: f32| {
            let (x, y) = (x - 200.0, y - 200.0);
            (
                (x * cos + y * sin) / 5.0 + 14.5,
                (y * cos - x * sin) / 5.0 + 14.5,
            )
        };
        assert_eq!(texts(&page(400, back)), [TEXT], "{degrees}");
    }
}

#[test]
fn a_code_seen_at_an_angle_is_read() {
    // The far side is a seventh shorter.
    let back = |x: f32, y: f32| {
        let (x, y) = (x - 60.0, y - 60.0);
        let depth = 1.0 - 0.0006 * y;
        (x / (8.0 * depth), y / (8.0 * depth))
    };
    assert_eq!(texts(&page(400, back)), [TEXT]);
}

#[test]
fn a_code_is_read_on_grey_paper_in_a_shadow() {
    let mut page = drawn(4.0, 120.0, 120.0);
    for (n, grey) in page.luma.iter_mut().enumerate() {
        let shade = 60 + (n % 400) * 120 / 400;
        *grey = (usize::from(*grey) * shade / 255) as u8;
    }
    assert_eq!(texts(&page), [TEXT]);
}

#[test]
fn a_code_that_is_cut_or_scrawled_over_is_not_guessed() {
    let mut cut = drawn(4.0, 100.0, 100.0);
    cut.luma.truncate(400 * 190);
    cut.height = 190;
    assert_eq!(texts(&cut), [] as [&str; 0]);
    let mut scrawled = drawn(4.0, 100.0, 100.0);
    for y in 150..200 {
        let from = y * 400 + 132;
        scrawled.luma[from..from + 50].fill(0);
    }
    assert_eq!(texts(&scrawled), [] as [&str; 0]);
}

#[test]
fn noise_and_fields_of_squares_are_no_codes_and_take_no_time() {
    let mut state = 7_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let mut noise = drawn(4.0, 500.0, 500.0);
    noise.luma.iter_mut().for_each(|grey| *grey = next());
    assert_eq!(read(&noise), []);
    // The corner of a code again and again.
    let corner = |at: f32| if at % 9.0 < 7.0 { at % 9.0 } else { 28.9 };
    let field = page(1600, |x, y| {
        let (x, y) = (corner(x / 3.0), corner(y / 3.0));
        let is_gap = x > 7.0 || y > 7.0;
        if is_gap { (-1.0, -1.0) } else { (x, y) }
    });
    assert_eq!(read(&field), []);
    assert_eq!(
        read(&Raster {
            width: 0,
            height: 0,
            luma: Vec::new()
        }),
        []
    );
    assert_eq!(
        read(&Raster {
            width: 9,
            height: 9,
            luma: vec![0; 3]
        }),
        []
    );
}

#[test]
fn a_sheet_of_codes_gives_four() {
    let tile = |at: f32| at % 40.0 - 4.0;
    let sheet = page(800, |x, y| (tile(x / 5.0), tile(y / 5.0)));
    let found = texts(&sheet);
    assert_eq!(found, [TEXT; MAX_CODES]);
}
