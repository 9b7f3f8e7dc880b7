//! Personal data in a browser: covered in pictures, strips and text until somebody asks, and told
//! in the log when somebody does.

use super::serve::{Answer, Server};
use super::support::{archive, bukti, json_lines};
use std::path::{Path, PathBuf};

const NIK: &str = "3402014107150003";

/// Makes a typed page with this line between two others.
fn page(middle: &str) -> Vec<u8> {
    let lines = [
        (
            700,
            "DAFTAR PESERTA PENYULUHAN KAWASAN TANPA ROKOK".to_owned(),
        ),
        (640, middle.to_owned()),
        (580, "Puskesmas Sukamaju mengadakan penyuluhan".to_owned()),
    ];
    let draw = |(y, text): (u32, String)| {
        format!("BT /F1 14 Tf 1 0 0 1 72 {y} Tm ({text}) Tj ET\n")
    };
    let content: String = lines.into_iter().map(draw).collect();
    format!(
        "%PDF-1.7\n1 0 obj <</Type/Catalog/Pages 2 0 R>> endobj\n\
         2 0 obj <</Type/Pages/Kids[3 0 R]/Count 1>> endobj\n\
         3 0 obj <</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
         /Resources<</Font<</F1 5 0 R>>>>>> endobj\n\
         4 0 obj <</Length {}>> stream\n{content}\nendstream endobj\n\
         5 0 obj <</Type/Font/Subtype/Type1/BaseFont/Helvetica>> endobj\n\
         trailer <</Root 1 0 R>>\n%%EOF\n",
        content.len()
    )
    .into_bytes()
}

/// Makes an archive with that page, and one without personal data.
fn made(folder: &Path) -> PathBuf {
    let share = folder.join("share");
    std::fs::create_dir(&share).unwrap();
    std::fs::write(
        share.join("peserta <b>.pdf"),
        page(&format!("NIK : {NIK} hadir")),
    )
    .unwrap();
    std::fs::write(share.join("umum.pdf"), page("tanpa nomor")).unwrap();
    let archive = archive(folder);
    let mut index = bukti();
    index.args(["index", "--ocr", "none", "--archive"]);
    index.args([&archive, &share]).assert().success();
    archive
}

/// Returns the address of the first picture of a page that begins so.
fn address(html: &str, begin: &str) -> String {
    let at = html
        .find(begin)
        .unwrap_or_else(|| panic!("no {begin} in {html}"));
    let rest = &html[at..];
    rest[..rest.find('"').unwrap()].replace("&amp;", "&")
}

fn picture(answer: &Answer) -> image::GrayImage {
    assert_eq!(answer.status, 200, "{}", answer.head);
    assert!(
        answer.head.contains("content-type: image/jpeg"),
        "{}",
        answer.head
    );
    image::load_from_memory(&answer.bytes).unwrap().to_luma8()
}

/// Returns the box of what was painted over, in pixels: the rows and columns where the grey of a
/// cover lies in a row of at least 40.
fn covered(picture: &image::GrayImage) -> Option<(u32, u32, u32, u32)> {
    let is_cover = |x, y| picture.get_pixel(x, y)[0].abs_diff(0x40) <= 2;
    let mut found: Option<(u32, u32, u32, u32)> = None;
    for y in 0..picture.height() {
        let mut run = 0;
        for x in 0..picture.width() {
            run = if is_cover(x, y) { run + 1 } else { 0 };
            if run >= 40 {
                let (x0, y0, x1, y1) = found.unwrap_or((x + 1 - run, y, x, y));
                found = Some((x0.min(x + 1 - run), y0.min(y), x1.max(x), y1.max(y)));
            }
        }
    }
    found
}

#[test]
fn personal_data_is_covered_until_somebody_asks_and_the_log_tells_it() {
    let folder = tempfile::tempdir().unwrap();
    let archive = made(folder.path());
    let server = Server::start(&archive, 0, None);

    // The list: a strip of the page, and nothing of the number.
    let list = server.get("/documents?words=hadir").body;
    assert!(!list.contains(NIK), "{list}");
    assert!(!list.contains("peserta <b>") && list.contains("peserta &lt;b&gt;"));
    // Which of the two comes first is not said: the one that is named beside it.
    let (before, _) = list.split_once("peserta &lt;b&gt;").unwrap();
    let own = address(&list[before.rfind("/documents/").unwrap()..], "/documents/");
    let strip_address = address(&list, &format!("{}/strips/", &own[..75]));
    let strip = server.get(&strip_address);
    assert!(
        strip.head.contains("cache-control: no-store"),
        "{}",
        strip.head
    );
    assert!(strip.bytes.len() < 30_000);
    assert!(
        covered(&picture(&strip)).is_some(),
        "the strip is covered, too"
    );

    // The page, its text and its picture.
    let document = &own[..75];
    let shown = server.get(document);
    assert!(
        shown.head.contains("cache-control: no-store"),
        "{}",
        shown.head
    );
    assert!(
        !shown.body.contains(NIK) && shown.body.contains("█████"),
        "{}",
        shown.body
    );
    let picture_address = address(&shown.body, &format!("{document}/pages/"));
    let masked = server.get(&picture_address);
    assert!(
        masked.head.contains("cache-control: no-store"),
        "{}",
        masked.head
    );
    let (x0, y0, x1, y1) = covered(&picture(&masked)).unwrap();
    // 16 digits of 14 points at 110 dpi are some 190 pixels wide, with room around them.
    assert!((180..240).contains(&(x1 - x0)), "{x0} {x1}");
    assert!((16..60).contains(&(y1 - y0)), "{y0} {y1}");
    // Asking for it does not show it.
    let asked = server.get(&format!("{picture_address}?shown=1"));
    assert_eq!(asked.bytes, masked.bytes);
    assert_eq!(told(&archive), Vec::<String>::new());

    shown_and_covered(
        &server,
        &archive,
        (document, &picture_address, &masked.bytes),
    );
    assert_eq!(server.get(&strip_address).bytes, strip.bytes);
}

/// Asks to see the personal data of a document, and covers it again.
fn shown_and_covered(
    server: &Server,
    archive: &Path,
    (document, picture_address, masked): (&str, &str, &[u8]),
) {
    // Shown, and told.
    let show = format!("{document}/personal");
    let answer = server.post(&show, "shown=1&back=%2Fdocuments");
    assert_eq!(
        (answer.status, answer.head.contains("location: /documents")),
        (303, true)
    );
    assert_eq!(told(archive), ["Sari"]);
    let open = server.get(document).body;
    assert!(open.contains(NIK) && !open.contains("█████"), "{open}");
    let picture_open = address(&open, &format!("{document}/pages/"));
    assert!(picture_open.ends_with("?shown=1"), "{picture_open}");
    let unmasked = server.get(&picture_open);
    assert!(
        unmasked.head.contains("cache-control: no-store"),
        "{}",
        unmasked.head
    );
    assert_eq!(covered(&picture(&unmasked)), None);
    // Not in lists, and not without asking.
    assert!(!server.get("/documents?words=hadir").body.contains(NIK));
    assert_eq!(server.get(picture_address).bytes, masked);

    // Covered again.
    assert_eq!(server.post(&show, "shown=0&back=%2F").status, 303);
    assert!(!server.get(document).body.contains(NIK));
    assert_eq!(server.get(&picture_open).bytes, masked);
}

/// Returns who was shown personal data, by the log.
fn told(archive: &Path) -> Vec<String> {
    let mut log = bukti();
    let run = log
        .args(["log", "show", "--json", "--archive"])
        .arg(archive);
    let run = run.output().unwrap();
    assert!(run.status.success(), "{run:?}");
    let events = json_lines(&run.stdout).into_iter();
    let events = events.map(|record| record["event"].clone());
    let shown = events.filter(|event| event["type"] == "dissemination");
    shown
        .map(|event| event["agent"].as_str().unwrap().to_owned())
        .collect()
}

#[test]
fn pages_without_personal_data_may_be_kept_and_odd_addresses_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let archive = made(folder.path());
    let server = Server::start(&archive, 0, None);
    let list = server.get("/documents?words=tanpa+nomor").body;
    let own = address(&list, "/documents/");
    let document = &own[..75];
    let first = server.get(&format!("{document}/pages/1.jpg"));
    assert!(
        first.head.contains("cache-control: private, max-age=86400"),
        "{}",
        first.head
    );
    assert!(first.bytes.len() < 250_000);
    assert_eq!(covered(&picture(&first)), None);
    let close = picture(&server.get(&format!("{document}/pages/1.jpg?size=close")));
    assert_eq!(close.width(), picture(&first).width() * 2);
    for odd in [
        "pages/0.jpg",
        "pages/2.jpg",
        "pages/1.png",
        "pages/-1.jpg",
        "pages/4294967296.jpg",
        "strips/1/0-0-0-0.jpg",
        "strips/1/9-9-1-1.jpg",
        "strips/1/600-0-700-10.jpg",
        "strips/1/NaN-0-10-10.jpg",
        "strips/1/0-0-99999999-10.jpg",
        "strips/2/0-0-10-10.jpg",
        "strips/1/..%2F..%2Fetc",
    ] {
        let answer = server.get(&format!("{document}/{odd}"));
        assert_eq!(answer.status, 404, "{odd}: {}", answer.head);
        assert!(!answer.body.contains("share"), "{odd}: {}", answer.body);
    }
    // The whole page is a strip, too, and no more than the page.
    let whole = picture(&server.get(&format!("{document}/strips/1/0-0-65535-65535.jpg")));
    assert!(whole.width() < 1_200 && whole.height() < 1_600);
}
