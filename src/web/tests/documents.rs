//! Search by facets, a document hit by hit, and personal data in text, without a port.

use super::{Answer, Face, HOST, face, run};
use crate::app::archive::workspace::Workspace;
use crate::app::reading::recognise::Recogniser;
use crate::fixity;
use crate::io::store::{ContentRecord, LocationRecord};
use crate::model::{
    Digest, Extraction, FileState, Line, LogBody, MediaType, Page, Ratio, TextOrigin,
    Word,
};
use axum::body::Body;
use axum::http::{Request, StatusCode, header};

const NIK: &str = "3402014107150003";
const OTHER: &str = "3402014107150004";

/// Makes a page of lines of words of 60 by 12 points, or without boxes.
fn page(number: u32, lines: &[&str], has_boxes: bool) -> Page {
    let line = |(row, text): (usize, &&str)| {
        let word = |(column, text): (usize, &str)| {
            let (x, y) = (40.0 + 70.0 * column as f32, 60.0 + 30.0 * row as f32);
            let rect = has_boxes.then(|| [x, y, x + 60.0, y + 12.0].into());
            let confidence = if text == "ragu" { 0.5 } else { 0.99 };
            Word::new(text, rect, Ratio::new(confidence))
        };
        Line::new(text.split_whitespace().enumerate().map(word).collect())
    };
    Page {
        origin: TextOrigin::Ocr,
        lines: lines.iter().enumerate().map(line).collect(),
        ..Page::empty(number, has_boxes.then_some((595.0, 842.0)))
    }
}

fn put(
    workspace: &mut Workspace,
    path: &str,
    media_type: MediaType,
    pages: Vec<Page>,
) -> Digest {
    let recogniser = Recogniser::new(&workspace.framework, None).unwrap();
    let digest = fixity::hash(path.as_bytes());
    let extraction = Extraction {
        page_count: pages.len() as u32,
        pages,
        ..Extraction::without_pages(media_type)
    };
    let content = ContentRecord {
        digest,
        len: 9,
        state: FileState::Indexed,
        recognised: recogniser.recognise(path, &extraction),
        extraction,
        waiting: Vec::new(),
        members: 0,
        text_fingerprint: None,
    };
    let location = LocationRecord {
        path: path.to_owned(),
        len: 9,
        mtime_ns: 0,
        digest: Some(digest),
        state: None,
        notes: Vec::new(),
    };
    workspace
        .catalog
        .put("test", &[content], &[location])
        .unwrap();
    digest
}

/// A face over some papers, and who came in.
struct Papers {
    face: Face,
    cookie: String,
    regulation: Digest,
    list: Digest,
    typed: Digest,
}

const HEAD: [&str; 4] = [
    "PERATURAN DAERAH KABUPATEN CONTOH",
    "NOMOR 5 TAHUN 2020",
    "TENTANG",
    "KAWASAN TANPA ROKOK",
];

async fn papers() -> Papers {
    let face = face();
    let mut workspace = Workspace::open(&face.folder.path().join("arsip")).unwrap();
    let pdf = MediaType::Pdf;
    let body = [
        "Setiap orang dilarang merokok",
        "di <script>alert(1)</script> ragu",
    ];
    let pages = vec![
        page(1, &HEAD, true),
        page(2, &["Pasal 1", "Ketentuan umum"], true),
        page(3, &body, true),
    ];
    let regulation = put(&mut workspace, "/share/a<b>.pdf", pdf, pages);
    let words = [
        "DAFTAR HADIR rokok",
        &format!("NIK : {NIK} hadir"),
        "Ketua gugus tugas",
    ];
    let list = put(
        &mut workspace,
        "/share/hadir.pdf",
        pdf,
        vec![page(1, &words, true)],
    );
    let words = ["DAFTAR PESERTA rokok", &format!("NIK : {OTHER} peserta")];
    let docx = MediaType::Docx;
    let typed = put(
        &mut workspace,
        "/share/t.docx",
        docx,
        vec![page(1, &words, false)],
    );
    for number in 0..4 {
        let text = [
            "UNDANGAN rapat",
            &format!("tahun 202{number} gugus tugas anak"),
        ];
        let path = format!("/share/undangan {number}.pdf");
        put(&mut workspace, &path, pdf, vec![page(1, &text, true)]);
    }
    let cookie = face.come_in().await;
    Papers {
        face,
        cookie,
        regulation,
        list,
        typed,
    }
}

impl Papers {
    async fn get(&self, path: &str) -> Answer {
        self.face.get(path, &self.cookie).await
    }

    async fn text(&self, path: &str) -> String {
        let answer = self.get(path).await;
        assert_eq!(answer.status, StatusCode::OK, "{path}: {}", answer.text);
        assert!(!answer.text.contains("<script>alert"), "{path}");
        assert!(!answer.text.contains("style=\""), "{path}");
        answer.text
    }

    async fn post(&self, digest: &Digest, origin: Option<&str>, form: &str) -> Answer {
        let mut request = Request::post(format!("/documents/{digest}/personal"))
            .header(header::HOST, HOST)
            .header(header::COOKIE, &self.cookie)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(origin) = origin {
            request = request.header(header::ORIGIN, origin);
        }
        let body = Body::from(form.to_owned());
        self.face.ask(request.body(body).unwrap()).await
    }

    /// Returns how often somebody was shown personal data, by the log.
    fn told(&self) -> usize {
        let root = self.face.folder.path().join("arsip");
        let workspace = Workspace::open(&root).unwrap();
        let mut count = 0;
        let counted = workspace.catalog.each_record(None, |record| {
            let LogBody::Event(text) = &record.body else {
                panic!();
            };
            count += usize::from(text.contains("\"dissemination\""));
            Ok::<(), crate::app::error::Error>(())
        });
        counted.unwrap();
        count
    }
}

const OURS: Option<&str> = Some("http://127.0.0.1:7425");

/// Returns the addresses of links that hold `part`, with what stands behind each up to its end.
fn links(html: &str, part: &str) -> Vec<(String, String)> {
    let links = html.split("<a ").skip(1).filter_map(|rest| {
        let (tag, rest) = rest.split_once('>')?;
        let address = tag.split("href=\"").nth(1)?.split('"').next()?;
        let inner = rest.split("</a>").next()?;
        let address = address.replace("&amp;", "&");
        address.contains(part).then(|| (address, inner.to_owned()))
    });
    links.collect()
}

fn total(html: &str) -> usize {
    let lead = html.split("role=\"status\">").nth(1).unwrap();
    lead.split(' ').next().unwrap().parse().unwrap()
}

#[test]
fn each_facet_leaves_as_many_documents_as_it_says_and_is_taken_away_again() {
    run(async {
        let papers = papers().await;
        for start in ["/documents", "/documents?words=rokok"] {
            let html = papers.text(start).await;
            let facets = html.split("<nav class=\"facets\"").nth(1).unwrap();
            let facets = facets.split("</nav>").next().unwrap();
            // The two most frequent values of each.
            let each = facets.split("<details").skip(1);
            let all = each.flat_map(|one| links(one, "/documents?").into_iter().take(2));
            let all: Vec<_> = all.collect();
            assert!(all.len() >= 3, "{start}: {all:?}");
            for (address, inner) in all {
                let count = inner.split("class=\"n\">").nth(1).unwrap();
                let count: usize = count.split('<').next().unwrap().parse().unwrap();
                let narrowed = papers.text(&address).await;
                assert_eq!(total(&narrowed), count, "{address}");
                let chips = narrowed.split("<ul class=\"chosen\"").nth(1).unwrap();
                let back = links(chips.split("</ul>").next().unwrap(), "/documents");
                assert_eq!(back.len(), 1, "{address}");
                assert_eq!(total(&papers.text(&back[0].0).await), total(&html));
            }
        }
        let odd = papers.get("/documents?kind=angin").await;
        assert_eq!(odd.status, StatusCode::BAD_REQUEST);
        // What is no number is no filter.
        assert_eq!(total(&papers.text("/documents?year=&from=x").await), 7);
    });
}

#[test]
fn a_hit_is_a_strip_with_its_words_for_who_sees_no_picture() {
    run(async {
        let papers = papers().await;
        let html = papers.text("/documents?words=setiap+merokok").await;
        let strip = format!("src=\"/documents/{}/strips/3/", papers.regulation);
        assert!(html.contains(&strip), "{html}");
        assert!(html.contains("loading=\"lazy\""));
        assert!(
            html.contains("alt=\"Setiap orang dilarang merokok"),
            "{html}"
        );
        // `rokok` in the title, `setiap` and `merokok` in the text.
        assert!(html.contains("3 temuan"), "{html}");
        assert!(html.contains("a&lt;b&gt;.pdf"), "{html}");
        let typed = papers.text("/documents?words=peserta").await;
        assert!(!typed.contains("/strips/"), "{typed}");
    });
}

#[test]
fn one_goes_from_hit_to_hit_over_the_pages() {
    run(async {
        let papers = papers().await;
        let document = format!("/documents/{}", papers.regulation);
        let first = papers.text(&format!("{document}?words=rokok")).await;
        assert!(
            first.contains("Halaman 1 / 3") && first.contains("Temuan 1 / 2"),
            "{first}"
        );
        assert!(first.contains("class=\"lit now\" id=\"hit\""), "{first}");
        let next = links(&first, "hit=2");
        assert_eq!(next.len(), 1);
        let second = papers.text(&next[0].0).await;
        assert!(second.contains("Halaman 3 / 3") && second.contains("Temuan 2 / 2"));
        assert!(links(&second, "hit=3").is_empty());
        // Between two hits, both are at hand.
        let between = papers.text(&format!("{document}?words=rokok&page=2")).await;
        assert!(
            links(&between, "hit=1").len() == 1 && links(&between, "hit=2").len() == 1
        );
        // Misspelt, as the search finds it.
        let like = papers.text(&format!("{document}?words=rokk")).await;
        assert!(like.contains("Temuan 1 /"), "{like}");
        for odd in [
            "?page=99",
            "?hit=99&words=rokok",
            "?page=x&percent=7&fact=-1",
            "?words=-a",
        ] {
            papers.text(&format!("{document}{odd}")).await;
        }
        let doubted = papers.text(&format!("{document}?page=3")).await;
        assert!(doubted.contains("class=\"doubt\"") && doubted.contains("<u>ragu</u>"));
        let close = papers.text(&format!("{document}?page=3&percent=200")).await;
        assert!(close.contains("pages/3.jpg?size=close") && close.contains("sheet z200"));
    });
}

#[test]
fn a_fact_leads_to_its_page_with_its_box_lit() {
    run(async {
        let papers = papers().await;
        let document = format!("/documents/{}", papers.regulation);
        let html = papers.text(&document).await;
        let facts = links(&html, "&fact=");
        assert!(facts.len() >= 4, "{facts:?}");
        for (address, _) in facts {
            let name = address.rsplit('#').next().unwrap();
            assert!(html.contains(&format!("data-lights=\"{name}\"")), "{name}");
            let lit = papers.text(&address).await;
            let here = format!("class=\"lit now\" id=\"{name}\"");
            assert!(lit.contains(&here), "{address}: {lit}");
        }
    });
}

#[test]
fn personal_data_leaves_the_text_and_comes_back_for_who_asks() {
    run(async {
        let papers = papers().await;
        let list = format!("/documents/{}", papers.list);
        let html = papers.text(&list).await;
        assert!(!html.contains(NIK) && html.contains("█████") && html.contains("hadir"));
        for words in ["hadir", "rokok", "Ketua", "NIK", "34020141*"] {
            let found = papers.text(&format!("/documents?words={words}")).await;
            assert!(
                !found.contains(NIK) && !found.contains(OTHER),
                "{words}: {found}"
            );
            let within = papers.text(&format!("{list}?words={words}")).await;
            assert!(!within.contains(NIK), "{words}: {within}");
        }
        // Nobody knows where it stands: nothing of the page is shown.
        let typed = format!("/documents/{}", papers.typed);
        let html = papers.text(&typed).await;
        assert!(!html.contains(OTHER) && !html.contains("peserta"), "{html}");
        for path in [&list, &typed] {
            assert_eq!(
                papers.get(path).await.header(header::CACHE_CONTROL),
                "no-store"
            );
        }
        let picture = papers.get(&format!("{typed}/pages/1.jpg?shown=1")).await;
        assert_eq!(picture.status, StatusCode::NOT_FOUND);

        // Only our own page asks, for a document that is there.
        let form = "shown=1&back=%2Fdocuments";
        for origin in [None, Some("http://evil.example")] {
            let refused = papers.post(&papers.list, origin, form).await;
            assert_eq!(refused.status, StatusCode::FORBIDDEN);
        }
        let missing = papers.post(&Digest::ZERO, OURS, form).await;
        assert_eq!(missing.status, StatusCode::NOT_FOUND);
        assert_eq!(papers.told(), 0);

        let away = "shown=1&back=%2F%2Fevil.example";
        let shown = papers.post(&papers.list, OURS, away).await;
        assert_eq!(shown.header(header::LOCATION), "/");
        assert_eq!(papers.told(), 1);
        assert!(papers.text(&list).await.contains(NIK));
        assert!(
            !papers.text(&typed).await.contains(OTHER),
            "of one document, not of all"
        );
        assert!(!papers.text("/documents?words=hadir").await.contains(NIK));
        assert_eq!(
            papers
                .post(&papers.list, OURS, "shown=0&back=/")
                .await
                .status,
            303
        );
        assert!(!papers.text(&list).await.contains(NIK));
        assert_eq!(papers.post(&papers.typed, OURS, form).await.status, 303);
        assert!(papers.text(&typed).await.contains(OTHER));
        assert_eq!(papers.told(), 2);
    });
}
