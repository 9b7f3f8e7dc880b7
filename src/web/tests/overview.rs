//! Pages over the whole archive: places and who owes what, duplicates some at a time.

use super::filled::{Made, decree, fact, put};
use super::{Answer, face, face_over, run};
use crate::app::archive::workspace::Workspace;
use crate::io::store::LocationRecord;
use crate::model::{
    Digest, Locality, MediaType, NearDuplicate, Part, Ratio, SamePhoto, Similarity,
};
use axum::http::{StatusCode, header};
use std::collections::BTreeSet;
use std::path::Path;

fn links<'a>(answer: &'a Answer, begin: &str) -> Vec<&'a str> {
    let links = answer.text.split("href=\"").skip(1);
    let links = links.filter_map(|rest| rest.split('"').next());
    links.filter(|link| link.starts_with(begin)).collect()
}

fn place(level: &str, name: &str, within: Option<&str>) -> Locality {
    Locality {
        level: level.into(),
        name: name.to_owned(),
        within: within.map(str::to_owned),
    }
}

/// Two districts, one of them with villages, of which one has brought something.
fn places(workspace: &mut Workspace, folder: &Path) {
    let listed = [
        place("kecamatan", "Sukamaju", None),
        place("kecamatan", "Bukit & <b>Teladan</b>", None),
        place("desa", "Harapan", Some("Sukamaju")),
        place("desa", "Mekar Sari", Some("Sukamaju")),
    ];
    workspace.catalog.put_places(&listed).unwrap();
    let questions = workspace.framework.questions();
    let is_of_villages = |levels: &[crate::model::LevelId]| {
        levels.iter().any(|level| level.as_str() == "desa")
    };
    let proves = questions
        .iter()
        .position(|q| is_of_villages(&q.levels))
        .unwrap();
    let mut facts = decree(workspace, proves);
    facts.place = Some(fact("Desa Harapan".to_owned(), 0.97));
    let made = Made {
        name: "sk.pdf",
        bytes: b"%PDF-1.4",
        media_type: MediaType::Pdf,
        facts,
        proves,
    };
    put(workspace, folder, made);
}

#[test]
fn each_place_has_what_it_brought_what_it_owes_and_its_letter() {
    run(async {
        let face = face_over(places);
        let cookie = face.come_in().await;
        let page = face.get("/places", &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let name = "Kecamatan Bukit &amp; &lt;b&gt;Teladan&lt;/b&gt;";
        assert!(page.text.contains(name), "{}", page.text);
        assert!(
            page.text.contains("2 di dalamnya, 2 berutang"),
            "{}",
            page.text
        );
        let inside = links(&page, "/places?within=");
        assert_eq!(inside, ["/places?within=Sukamaju"]);
        let district = face.get(inside[0], &cookie).await;
        let brought = |name: &str| {
            let (_, rest) = district.text.split_once(name).unwrap();
            let (_, rest) = rest.split_once('>').unwrap();
            let (_, rest) = rest.split_once('>').unwrap();
            rest.split(' ').next().unwrap().to_owned()
        };
        let harapan = brought("Desa/Kelurahan Harapan");
        assert_eq!(
            (harapan.as_str(), brought("Mekar Sari").as_str()),
            ("1", "0")
        );
        let letters = [
            links(&page, "/papers/letter"),
            links(&district, "/papers/letter"),
        ];
        assert_eq!(letters.each_ref().map(Vec::len), [4, 6]);
        for link in letters.concat() {
            let letter = face.get(&link.replace("&amp;", "&"), &cookie).await;
            assert_eq!(letter.status, StatusCode::OK, "{link}");
            let name = letter.header(header::CONTENT_DISPOSITION);
            assert!(name.starts_with("attachment; filename=\"Surat "), "{name}");
            assert!(!letter.text.contains("<b>Teladan"), "{link}");
        }
        let none = face.get("/places?within=Tidak%20Ada", &cookie).await;
        assert_eq!(none.status, StatusCode::NOT_FOUND);
    });
}

/// Twelve pairs of photos; the last serves two questions. One file lies at two places.
fn photos(workspace: &mut Workspace, folder: &Path) {
    let mut pairs = Vec::new();
    let mut documents = BTreeSet::new();
    for n in 0..12 {
        let mut made = |name: &str, proves| -> Digest {
            let facts = decree(workspace, proves);
            let name = format!("{name} {n} & 'x'.jpg");
            let made = Made {
                name: &name,
                bytes: name.as_bytes(),
                media_type: MediaType::Jpeg,
                facts,
                proves,
            };
            put(workspace, folder, made)
        };
        let both = [made("a", 0), made("b", usize::from(n == 7))];
        documents.extend(both);
        pairs.push(NearDuplicate {
            first: both[0].min(both[1]),
            second: both[0].max(both[1]),
            how: Similarity::Photo {
                first_page: 1,
                second_page: 1,
                same: SamePhoto {
                    part: Part::Whole,
                    mirrored: true,
                    quarters: 0,
                    likeness: Ratio::ONE,
                    corners: 40,
                },
            },
        });
    }
    let again = LocationRecord {
        path: "/share/salinan.jpg".to_owned(),
        len: 1,
        mtime_ns: 0,
        digest: documents.first().copied(),
        state: None,
        notes: Vec::new(),
    };
    let catalog = &mut workspace.catalog;
    catalog.put("test", &[], &[again]).unwrap();
    catalog.put_near_duplicates(&pairs, &documents).unwrap();
}

#[test]
fn duplicates_come_some_at_a_time_those_that_serve_most_first() {
    run(async {
        let face = face_over(photos);
        let cookie = face.come_in().await;
        let page = face.get("/duplicates", &cookie).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.text);
        let count = |page: &Answer| page.text.matches("<div class=\"pair\">").count();
        assert_eq!((count(&page), page.text.contains("12 pasang")), (10, true));
        let (first, others) = page.text.split_once("id=\"pair-2\"").unwrap();
        assert!(
            first.contains("2</strong>") || first.contains("2 pertanyaan"),
            "{first}"
        );
        assert!(first.contains("7 &amp; 'x'.jpg") && first.contains("dicerminkan"));
        assert!(!others.contains("bergantung"), "one question each");
        let next = links(&page, "/duplicates?kind=photos&amp;from=10");
        assert_eq!(next.len(), 1, "{}", page.text);
        let second = face.get("/duplicates?kind=photos&from=10", &cookie).await;
        assert_eq!(count(&second), 2);
        for from in ["12", "99999999", "18446744073709551615"] {
            let place = format!("/duplicates?from={from}");
            let none = face.get(&place, &cookie).await;
            assert_eq!((none.status, count(&none)), (StatusCode::OK, 0), "{from}");
        }
        let files = face.get("/duplicates?kind=files", &cookie).await;
        assert!(files.text.contains("/share/salinan.jpg"), "{}", files.text);
        assert!(files.text.contains("2 tempat"), "{}", files.text);
        let texts = face.get("/duplicates?kind=texts", &cookie).await;
        assert_eq!(count(&texts), 0);
    });
}

#[test]
fn without_a_list_of_places_the_page_says_how_to_get_one() {
    run(async {
        let face = face();
        let cookie = face.come_in().await;
        let page = face.get("/places", &cookie).await;
        assert!(page.text.contains("bukti places BERKAS"), "{}", page.text);
    });
}
