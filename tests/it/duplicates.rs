//! What is stored twice, as a user meets it: two readings of one decree, a decree of the same
//! template, a photo and its mirror image, a copy.

use super::support::{bukti, json_lines};
use serde_json::Value;
use std::{fs, path::Path};

const DECREE: &str = "BUPATI BOYOLALI\nKEPUTUSAN BUPATI BOYOLALI\nNOMOR 12 TAHUN 2023\nTENTANG\n\
    PEMBENTUKAN FORUM ANAK KECAMATAN SAWIT\n\
    bahwa dalam rangka pemenuhan hak partisipasi anak perlu dibentuk forum anak\n\
    sebagai wadah penyampaian aspirasi dalam pembangunan daerah yang anggotanya\n\
    adalah perwakilan kelompok anak dari setiap desa di kecamatan Sawit\n\
    KESATU membentuk pengurus forum anak kecamatan Sawit tahun 2023\n";

/// A photo of discs, left of it a dark wall, so that its mirror image is another picture.
fn photo(mirrored: bool) -> image::GrayImage {
    image::GrayImage::from_fn(640, 480, |x, y| {
        let x = if mirrored { 639 - x } else { x };
        let (column, row) = (x / 40, y / 40);
        let chance = (column * 7919 + row * 104_729 + column * row * 31) % 97;
        let (dx, dy) = ((x % 40).abs_diff(20), (y % 40).abs_diff(20));
        let radius = 6 + chance % 14;
        let inside = dx * dx + dy * dy <= radius * radius;
        image::Luma([if inside {
            (60 + chance * 2) as u8
        } else {
            (30 + x / 8) as u8
        }])
    })
}

fn run(archive: &Path, arguments: &[&str]) -> Value {
    let run = bukti()
        .args(arguments)
        .args(["--json", "--archive"])
        .arg(archive)
        .output();
    json_lines(&run.unwrap().stdout).pop().unwrap()
}

fn names(group: &Value) -> Vec<String> {
    let places = group["places"].as_array().unwrap().iter();
    let name = |place: &Value| {
        let path = Path::new(place["path"].as_str().unwrap()).to_owned();
        path.file_name().unwrap().to_string_lossy().into_owned()
    };
    places.map(name).collect()
}

#[test]
fn what_is_stored_twice_is_told_with_how() {
    let folder = tempfile::tempdir().unwrap();
    let share = folder.path().join("share");
    fs::create_dir(&share).unwrap();
    let again = DECREE
        .replace("pemenuhan", "pemenuban")
        .replace("aspirasi", "asplrasi");
    let other = DECREE.replace("Sawit", "Teras").replace("SAWIT", "TERAS");
    for (name, text) in [
        ("sk.txt", DECREE),
        ("salinan.txt", DECREE),
        ("pindai ulang.txt", &again),
        ("lain.txt", &other.replace("NOMOR 12", "NOMOR 13")),
    ] {
        fs::write(share.join(name), text).unwrap();
    }
    photo(false).save(share.join("foto.png")).unwrap();
    photo(true).save(share.join("foto cermin.png")).unwrap();
    let archive = folder.path().join("archive");
    let init = ["init", "--region", "Kabupaten Boyolali", "--year", "2024"];
    assert!(
        bukti()
            .args(init)
            .arg(&archive)
            .output()
            .unwrap()
            .status
            .success()
    );
    run(&archive, &["index", share.to_str().unwrap()]);

    let found = run(&archive, &["duplicates"]);
    super::schemas::hold("duplicates.schema.json", std::slice::from_ref(&found));
    assert_eq!(found["exact"].as_array().unwrap().len(), 1);
    assert_eq!(found["texts"].as_array().unwrap().len(), 1, "{found}");
    assert_eq!(
        names(&found["texts"][0]),
        ["pindai ulang.txt", "salinan.txt"]
    );
    assert_eq!(names(&found["photos"][0]), ["foto cermin.png", "foto.png"]);
    let how = &found["photos"][0]["pairs"][0]["how"];
    assert_eq!(
        (&how["mirrored"], &how["part"]),
        (&true.into(), &"whole".into())
    );
    assert_eq!(found["uncompared"], 0);

    let shown = run(&archive, &["show", "foto.png"]);
    assert_eq!(shown["alike"][0]["what"], "photo");
    let photos = run(&archive, &["duplicates", "--photos"]);
    assert_eq!(photos["texts"].as_array().unwrap().len(), 0);
    assert_eq!(photos["photos"], found["photos"]);

    // What is gone is no duplicate; what comes later is compared with what was there.
    fs::remove_file(share.join("foto.png")).unwrap();
    photo(false).save(share.join("lagi.bmp")).unwrap();
    run(&archive, &["index", share.to_str().unwrap()]);
    let found = run(&archive, &["duplicates", "--photos"]);
    assert_eq!(names(&found["photos"][0]), ["foto cermin.png", "lagi.bmp"]);
}
