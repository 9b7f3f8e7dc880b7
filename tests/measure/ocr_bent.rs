//! Measures the embedded OCR engine on pages turned, skewed, photographed, set in columns and
//! tables, made small, blurred, pale or cut off: what is read, and which verdict is given.
//!
//! `cargo test --test measure_ocr_bent [-- NAME...]`; NAME picks the series. The ordinary text
//! comes from `../shared/corpora/ocr_pages`, where it is present.

#![allow(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::indexing_slicing,
    reason = "a measuring tool: it reads corpora, takes the time and prints a table"
)]

mod made;
mod pages;

use bukti::model::{PageVerdict, Raster};
use bukti::ocr::{Embedded, OcrEngine, embedded};
use made::{Made, Sheet};
use pages::Score;
use std::{error::Error, path::Path, time::Instant};

const CORPUS: &str = "../shared/corpora/ocr_pages/pages";

/// A page to be read: what was done, its picture, its text.
struct Case {
    series: &'static str,
    what: String,
    picture: Raster,
    truth: String,
}

/// Bounds on the character error rate of each series that must be read well.
const BOUNDS: [(&str, f64); 7] = [
    ("quarter", 0.01),
    ("skew", 0.01),
    ("photo", 0.03),
    ("columns", 0.01),
    ("table", 0.01),
    ("dense", 0.005),
    ("dpi", 0.01),
];

/// Character error rate from which a page counts as not read: such a page must not be called
/// legible. One with less than half of it must not be called anything else.
const UNREAD: f64 = 0.1;

fn main() -> Result<(), Box<dyn Error>> {
    if !Path::new(CORPUS).is_dir() {
        println!("NOT MEASURED: `{CORPUS}` is not here");
        return Ok(());
    }
    let asked: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with('-'))
        .collect();
    let wanted = |name: &str| asked.is_empty() || asked.iter().any(|a| a == name);
    let engine = embedded(1)?;
    let clean = clean_pages()?;
    let mut failed = Vec::new();
    let makers: [(&'static str, fn(&[Base]) -> Vec<Case>); 11] = [
        ("quarter", quarter),
        ("skew", skew),
        ("photo", photo),
        ("columns", columns),
        ("table", table),
        ("dense", dense),
        ("dpi", dpi),
        ("small", small),
        ("blur", blur),
        ("pale", pale),
        ("cut", cut),
    ];
    for (name, make) in makers.into_iter().filter(|(name, _)| wanted(name)) {
        let (score, misjudged) = measure(&engine, &make(&clean))?;
        let bound = BOUNDS.iter().find(|(bound, _)| *bound == name);
        let bad = bound.is_some_and(|(_, bound)| score.error_rate() > *bound);
        if bad || misjudged > 0 {
            failed.push(name);
        }
    }
    match failed.as_slice() {
        [] => Ok(()),
        failed => Err(format!("read worse than allowed: {failed:?}").into()),
    }
}

/// A page as it was before anything was done to it.
struct Base {
    name: String,
    picture: Raster,
    truth: String,
}

fn clean_pages() -> Result<Vec<Base>, Box<dyn Error>> {
    let pages = pages::pages(Path::new(CORPUS))?.into_iter();
    pages
        .filter(|page| page.degradation == "clean")
        .map(|page| {
            Ok(Base {
                picture: pages::raster(&page.picture)?,
                name: page.name,
                truth: page.truth,
            })
        })
        .collect()
}

/// Returns how well the cases were read and how many were given a wrong verdict.
fn measure(engine: &Embedded, cases: &[Case]) -> Result<(Score, usize), Box<dyn Error>> {
    let (mut all, mut misjudged) = (Score::default(), 0);
    for case in cases {
        let start = Instant::now();
        let page = engine.recognise(&case.picture)?;
        let time = start.elapsed();
        let mut score = Score::default();
        let read = pages::text(&page);
        score.add(&case.truth, &read, time);
        all.add(&case.truth, &read, time);
        let legible = page.verdict == PageVerdict::Legible;
        let whole = page.verdict != PageVerdict::CutOff;
        let doubt = match score.error_rate() {
            rate if legible && rate > UNREAD => "MISSED",
            rate if !legible && whole && rate < UNREAD / 2.0 => "BLAMED",
            _ => "",
        };
        misjudged += usize::from(!doubt.is_empty());
        println!(
            "{:<8} {:<34} {:>7.2} % {:>6.1} % {:>5.2} s  sure {:.2} {:?} {doubt}",
            case.series,
            case.what,
            score.error_rate() * 100.0,
            score.word_recall() * 100.0,
            time.as_secs_f64(),
            page.confidence.get(),
            page.verdict,
        );
        if std::env::var_os("SHOW").is_some() {
            println!("{read}\n");
        }
    }
    println!(
        "{:<8} {:<34} {:>7.2} % {:>6.1} %\n",
        "=",
        "all",
        all.error_rate() * 100.0,
        all.word_recall() * 100.0
    );
    Ok((all, misjudged))
}

/// Bends every clean page by every value.
fn each(
    series: &'static str,
    clean: &[Base],
    values: &[f32],
    bend: impl Fn(&Raster, f32) -> Raster,
) -> Vec<Case> {
    let mut cases = Vec::new();
    for value in values {
        cases.extend(clean.iter().map(|base| Case {
            series,
            what: format!("{value} {}", base.name),
            picture: bend(&base.picture, *value),
            truth: base.truth.clone(),
        }));
    }
    cases
}

fn quarter(clean: &[Base]) -> Vec<Case> {
    each(
        "quarter",
        clean,
        &[0., 90., 180., 270., 92., 178., 273.],
        made::turned,
    )
}

fn skew(clean: &[Base]) -> Vec<Case> {
    each(
        "skew",
        clean,
        &[-8., -4., -2., -1., 1., 3., 6., 8.],
        made::turned,
    )
}

fn photo(clean: &[Base]) -> Vec<Case> {
    // Held straight; from below; from the side; turned and from the side; on its side.
    let views: [(&str, (u32, u32), [(f32, f32); 4]); 5] = [
        (
            "straight",
            (1800, 2400),
            [(0.04, 0.03), (0.96, 0.03), (0.96, 0.97), (0.04, 0.97)],
        ),
        (
            "from below",
            (1800, 2400),
            [(0.13, 0.06), (0.87, 0.05), (0.98, 0.96), (0.02, 0.97)],
        ),
        (
            "from the side",
            (1800, 2400),
            [(0.04, 0.03), (0.94, 0.11), (0.95, 0.9), (0.03, 0.98)],
        ),
        (
            "turned",
            (1800, 2400),
            [(0.16, 0.02), (0.98, 0.1), (0.86, 0.98), (0.02, 0.9)],
        ),
        (
            "on its side",
            (2400, 1800),
            [(0.97, 0.05), (0.95, 0.95), (0.04, 0.97), (0.03, 0.03)],
        ),
    ];
    let mut cases = Vec::new();
    for (what, size, corners) in views {
        for (light, falloff, shadow) in [("lit", 0.2, 1.0), ("shadow", 0.6, 0.5)] {
            cases.extend(clean.iter().map(|base| Case {
                series: "photo",
                what: format!("{what}, {light} {}", base.name),
                picture: made::photographed(
                    &base.picture,
                    size,
                    corners,
                    falloff,
                    shadow,
                ),
                truth: base.truth.clone(),
            }));
        }
    }
    cases
}

/// Running text, wrapped at `width` chars; capitals and figures are wider.
fn wrapped(text: &str, width: usize) -> Vec<String> {
    let cost = |text: &str| -> usize {
        let wide = |c: char| c.is_uppercase() || c.is_numeric();
        (text
            .chars()
            .map(|c| if wide(c) { 3 } else { 2 })
            .sum::<usize>())
        .div_ceil(2)
    };
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.len() - 1;
        if cost(&lines[last]) + 1 + cost(word) > width {
            lines.push(word.to_owned());
        } else {
            let gap = if lines[last].is_empty() { "" } else { " " };
            lines[last] = format!("{}{gap}{word}", lines[last]);
        }
    }
    lines
}

fn columns(clean: &[Base]) -> Vec<Case> {
    let mut cases = Vec::new();
    for (n, base) in clean.iter().enumerate() {
        let font = ["F1", "F2", "F3"][n % 3];
        let width = if font == "F3" { 38 } else { 46 };
        for (what, heading, gutter) in [
            ("heading", true, 300.0),
            ("bare", false, 300.0),
            ("uneven", true, 307.0),
        ] {
            let mut sheet = Sheet::default();
            let mut truth = String::new();
            let mut top = 60.0;
            if heading {
                let title = "LEMBARAN DAERAH KABUPATEN CONTOH NOMOR 7 TAHUN 2024";
                sheet.text((90.0, top), "F2", 14.0, title);
                truth = format!("{title}\n");
                top += 40.0;
            }
            let lines = wrapped(&base.truth, width);
            let half = lines.len().min(90) / 2;
            let ends = if what == "uneven" { half - 9 } else { half };
            let (left, right) = (&lines[..half], &lines[half..half + ends]);
            let size = 9.5;
            sheet.lines((60.0, top), font, size, left.iter().map(String::as_str));
            sheet.lines((gutter, top), font, size, right.iter().map(String::as_str));
            truth += &[left, right].concat().join("\n");
            cases.push(Case {
                series: "columns",
                what: format!("{what} {}", base.name),
                picture: sheet.picture(200.0),
                truth,
            });
        }
    }
    cases
}

fn table(_: &[Base]) -> Vec<Case> {
    let places = [
        "Kecamatan Sukamaju",
        "Kecamatan Karang Anyar",
        "Kelurahan Melati",
    ];
    let things = [
        "Forum Anak",
        "Taman Bacaan Masyarakat",
        "Puskesmas Ramah Anak",
    ];
    let mut cases = Vec::new();
    for (what, ruled, wraps) in [
        ("ruled", true, false),
        ("bare", false, false),
        ("wrapped cells", true, true),
    ] {
        let mut sheet = Sheet::default();
        let mut truth =
            "DAFTAR KEGIATAN PEMENUHAN HAK ANAK\nNo Kegiatan Tempat Jumlah Anggaran\n"
                .to_owned();
        sheet.text(
            (140.0, 60.0),
            "F2",
            13.0,
            "DAFTAR KEGIATAN PEMENUHAN HAK ANAK",
        );
        let columns = [60.0, 90.0, 260.0, 400.0, 460.0];
        let row = |sheet: &mut Sheet, y: f32, cells: [&str; 5]| {
            for (x, cell) in columns.iter().zip(cells) {
                sheet.text((*x, y), "F1", 11.0, cell);
            }
        };
        row(
            &mut sheet,
            95.0,
            ["No", "Kegiatan", "Tempat", "Jumlah", "Anggaran"],
        );
        let step = if wraps { 34.0 } else { 20.0 };
        for n in 0..18_u16 {
            let y = 95.0 + step * f32::from(n + 1);
            let (place, thing) = (places[n as usize % 3], things[n as usize / 2 % 3]);
            let count = format!("{}", 17 * n % 90 + 3);
            let sum = format!("Rp{}.{:03}.000", n + 2, 37 * n % 1000);
            let number = format!("{}.", n + 1);
            row(&mut sheet, y, [&number, thing, place, &count, &sum]);
            truth += &format!("{number} {thing} {place} {count} {sum}\n");
            if wraps {
                let second = "bagi anak sekolah";
                sheet.text((90.0, y + 12.0), "F1", 11.0, second);
                truth += &format!("{second}\n");
            }
        }
        if ruled {
            let foot = 95.0 + step * 19.0 - 10.0;
            for n in 0..=19_u16 {
                let y = 83.0 + step * f32::from(n);
                sheet.rule((55.0, y), (540.0, y));
            }
            for x in [55.0, 85.0, 255.0, 395.0, 455.0, 540.0] {
                sheet.rule((x, 83.0), (x, foot));
            }
        }
        cases.push(Case {
            series: "table",
            what: what.to_owned(),
            picture: sheet.picture(200.0),
            truth,
        });
    }
    cases
}

fn dense(_: &[Base]) -> Vec<Case> {
    let case = |made: Made| Case {
        series: "dense",
        what: made.name,
        picture: made.sheet.picture(200.0),
        truth: made.truth,
    };
    made::dense(Path::new(CORPUS))
        .into_iter()
        .map(case)
        .collect()
}

/// The same sheets at other resolutions.
fn dpi(_: &[Base]) -> Vec<Case> {
    let mut cases = Vec::new();
    for dpi in [120.0, 150.0, 200.0, 250.0, 300.0, 400.0] {
        let sheets = made::dense(Path::new(CORPUS)).into_iter().skip(2);
        cases.extend(sheets.map(|made| Case {
            series: "dpi",
            what: format!("{dpi} {}", made.name),
            picture: made.sheet.picture(dpi),
            truth: made.truth,
        }));
    }
    cases
}

fn small(clean: &[Base]) -> Vec<Case> {
    each(
        "small",
        clean,
        &[0.6, 0.5, 0.4, 0.35, 0.3, 0.25, 0.2],
        made::scaled,
    )
}

fn blur(clean: &[Base]) -> Vec<Case> {
    each("blur", clean, &[1., 2., 3., 3.5, 4., 5., 6.], made::blurred)
}

fn pale(clean: &[Base]) -> Vec<Case> {
    let pale = |picture: &Raster, paleness| made::faint(picture, paleness, 12.0);
    each("pale", clean, &[0.5, 0.7, 0.8, 0.85, 0.9, 0.95], pale)
}

fn cut(clean: &[Base]) -> Vec<Case> {
    let left = |picture: &Raster, share: f32| made::cut(picture, share, 0.0);
    let right = |picture: &Raster, share: f32| made::cut(picture, 0.0, share);
    let mut cases = each("cut", clean, &[0.05, 0.15, 0.2, 0.3], left);
    cases.extend(each("cut", clean, &[0.05, 0.15, 0.2, 0.3], right));
    cases
}
