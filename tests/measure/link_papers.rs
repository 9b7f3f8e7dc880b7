//! Papers and titles whose indicator is known, with what linking weighs of each: the truth of
//! `measure_link_local`. Apart from it so that what is counted is not mixed with counting.

use crate::papers;
use bukti::app::reading::recognise::Recogniser;
use bukti::framework::Framework;
use bukti::link::{Linker, Weighed};
use bukti::model::{
    DocKind, DocumentFacts, Extraction, Fact, IndicatorId, Line, MediaType, Page, Ratio,
    Reading, RuleId,
};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Words of titles that touch the evaluation; of such a paper nobody knows that it is about
/// none of its indicators.
const ON_SUBJECT: [&str; 34] = [
    "anak",
    "rokok",
    "sanitasi",
    "air minum",
    "air bersih",
    "peserta didik",
    "siswa",
    "sekolah",
    "pendidikan",
    "ibu",
    "bayi",
    "gizi",
    "stunting",
    "perempuan",
    "keluarga",
    "disabilitas",
    "cacat",
    "kependudukan",
    "catatan sipil",
    "narkotika",
    "napza",
    "hiv",
    "bencana",
    "konflik",
    "pornografi",
    "perdagangan orang",
    "perpustakaan",
    "asi ",
    "karang taruna",
    "limbah",
    "pemuda",
    "remaja",
    "terorisme",
    "kesehatan",
];

/// What is known of a paper.
pub enum Truth {
    /// The indicators it is about; none where it is about no matter of the evaluation.
    About(BTreeSet<IndicatorId>),
    /// Not enough to say.
    Unknown,
}

/// A paper with its truth and with what linking weighs of it.
pub struct Judged {
    pub corpus: &'static str,
    pub name: String,
    /// Whose paper it is.
    pub group: String,
    /// A number for it.
    pub number: usize,
    pub truth: Truth,
    /// How much it counts in the fit.
    pub weight: f64,
    pub weighed: Vec<Weighed>,
}

/// Returns all papers whose truth is known.
pub fn judged(framework: &Framework, linker: &Linker) -> Vec<Judged> {
    let mut all = Vec::new();
    let corpora = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/corpora");
    pages(framework, linker, &mut all);
    titles(&corpora, framework, linker, &mut all);
    let groups: BTreeSet<String> = all.iter().map(|paper| paper.group.clone()).collect();
    for paper in &mut all {
        paper.number = groups.iter().position(|g| *g == paper.group).unwrap_or(0);
    }
    all
}

/// Adds papers that are read from their pages.
fn pages(framework: &Framework, linker: &Linker, all: &mut Vec<Judged>) {
    let papers = papers::papers(&["id_local", "id_sulut_jdih", "id_gov_misc"]);
    let recogniser = Recogniser::new(framework, None).expect("built in");
    let is_filed = std::env::args().any(|arg| arg == "--filed");
    for (paper, answer) in papers.iter().zip(papers::read(&papers)) {
        let truth = match paper.corpus {
            "id_local" => local(framework, paper),
            _ => by_title(paper.either(&["tentang_catalogue", "tentang"])),
        };
        let pages = &answer.extraction;
        let path = match is_filed {
            true => filed_at(paper.get("source")),
            false => "",
        };
        let facts = recogniser.recognise(path, pages).facts;
        all.push(Judged {
            corpus: paper.corpus,
            name: paper.name.clone(),
            group: paper.government.clone(),
            number: 0,
            truth,
            weight: 1.0,
            weighed: linker.weigh(pages, &facts, path),
        });
    }
}

/// Returns the path at which the office had filed a paper, from `owner/repository@commit path`.
fn filed_at(source: &str) -> &str {
    source.split_once(' ').map_or("", |(_, path)| path)
}

/// Reads the reader's judgement: a column, or `expect indicator 21 or 19` in the notes.
fn local(framework: &Framework, paper: &papers::Paper) -> Truth {
    let notes = paper.get("notes");
    let expected = notes.split("expect indicator ").nth(1).unwrap_or_default();
    let expected: String = expected.chars().take_while(|c| *c != ';').collect();
    let column = paper.get("kla_indicator");
    let also = notes.split("could also be ").nth(1).unwrap_or_default();
    let words = [column, &expected, also].join(" ");
    let numbers: Vec<u32> = words
        .split_whitespace()
        .filter_map(|w| w.parse().ok())
        .collect();
    if numbers.is_empty() && notes.contains("at most indicator") {
        return Truth::Unknown;
    }
    Truth::About(indicators(framework, &numbers))
}

fn indicators(framework: &Framework, numbers: &[u32]) -> BTreeSet<IndicatorId> {
    let known = framework.indicators().iter();
    let named = known.filter(|indicator| numbers.contains(&indicator.number));
    named.map(|indicator| indicator.id.clone()).collect()
}

/// Returns what is known of a paper by its title alone: where it touches nothing, that it is
/// about nothing.
fn by_title(title: &str) -> Truth {
    let folded = format!("{} ", title.to_lowercase());
    let touches = ON_SUBJECT.iter().any(|word| folded.contains(word));
    if touches || title.is_empty() {
        Truth::Unknown
    } else {
        Truth::About(BTreeSet::new())
    }
}

/// Adds titles: a title is a paper of one line.
fn titles(corpora: &Path, framework: &Framework, linker: &Linker, all: &mut Vec<Judged>) {
    for (corpus, whose) in [
        ("id_kla_titles", "issuer_words"),
        ("id_reg_titles", "issuer"),
    ] {
        let table = corpora.join(corpus).join("manifest.csv");
        let Ok(mut rows) = csv::Reader::from_path(&table) else {
            println!("SKIPPED: no corpus at {}", table.display());
            continue;
        };
        for row in rows.deserialize::<BTreeMap<String, String>>() {
            let row = row.expect("rows as wide as their head");
            let title = &row["tentang"];
            let truth = match row.get("kla_label") {
                Some(label) => Truth::About(indicators(framework, &wanted(label))),
                None => by_title(title),
            };
            let facts = facts(&row["kind"], title);
            all.push(Judged {
                corpus,
                name: row["id"].clone(),
                group: format!("{corpus}: {}", row[whose]),
                number: 0,
                truth,
                weight: 1.0,
                weighed: linker.weigh(&page(title), &facts, ""),
            });
        }
    }
}

/// Reads the numbers of the indicators out of a reader's label.
fn wanted(label: &str) -> Vec<u32> {
    if label.starts_with("perlindungan anak umum") {
        return vec![1, 21, 22, 23, 24];
    }
    label
        .split(';')
        .filter_map(|part| part.split_whitespace().next()?.parse().ok())
        .collect()
}

fn page(title: &str) -> Extraction {
    let mut page = Page::empty(1, None);
    page.lines = vec![Line::plain(title)];
    let mut pages = Extraction::without_pages(MediaType::Pdf);
    pages.pages.push(page);
    pages
}

fn facts(kind: &str, title: &str) -> DocumentFacts {
    let ids = [
        ("Peraturan Daerah", "perda"),
        ("Rancangan Peraturan Daerah", "perda"),
        ("Qanun", "perda"),
        ("Peraturan Bupati", "perkada"),
        ("Peraturan Wali Kota", "perkada"),
        ("Peraturan Gubernur", "perkada"),
        ("Instruksi", "inkada"),
        ("Surat Edaran", "se"),
        ("Peraturan Desa", "perdes"),
        ("Keputusan", "kepkada"),
        ("Undang-Undang", "uu"),
        ("Peraturan Pemerintah", "pp"),
        ("Peraturan Presiden", "perpres"),
        ("Peraturan Menteri", "permen"),
    ];
    let id = ids.iter().find(|(name, _)| kind.starts_with(name));
    let mut facts = DocumentFacts::default();
    if let Some((_, id)) = id {
        facts.kind = known(DocKind {
            id: (*id).into(),
            label: kind.to_owned(),
        });
    }
    facts.title = known(title.to_owned());
    facts
}

fn known<T>(value: T) -> Reading<T> {
    Reading::Known(Fact {
        value,
        confidence: Ratio::new(0.95),
        span: None,
        rule: RuleId::from("test"),
    })
}
