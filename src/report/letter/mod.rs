//! The letter to an office: what its questions still lack, by when, ready to be numbered, signed
//! and sent. In the form of an official letter (Permendagri 1/2023 on `tata naskah dinas`), with
//! what only the sender knows left to be filled in.

mod content;
mod docx;
mod html;

pub use self::content::Letter;
use super::place;
use super::sheet::xlsx::to_do;
use super::table::layout::number;
use super::words::{capital, spelled};
use crate::framework::LetterTexts;
use crate::model::{Bilingual, Date, Lang, OfficeReport, QuestionReport, Report};

pub use docx::docx;
pub use html::html;

/// Dots to write on.
const BLANK: &str = "…………………………";

/// Writes the letter to an office about a report; `deadline` is the day by which all is wanted.
pub fn letter(
    report: &Report,
    texts: &LetterTexts,
    office: &OfficeReport,
    deadline: Date,
    lang: Lang,
) -> Letter {
    let to_win: f64 = office.tasks.iter().map(|task| task.points).sum();
    let found = filled(
        texts.found.get(lang),
        &[
            ("as_of", &spelled(report.as_of, lang)),
            ("count", &office.tasks.len().to_string()),
            ("points", &number(to_win, 1, lang)),
        ],
    );
    let rows = rows(report, office, lang);
    let to_whom = office.name.get(lang);
    written(report, texts, to_whom, found, rows, deadline, lang)
}

/// Writes a letter to whom it may be: what was found, and the rows of its attachment.
fn written(
    report: &Report,
    texts: &LetterTexts,
    to_whom: &str,
    found: String,
    rows: Vec<[String; 5]>,
    deadline: Date,
    lang: Lang,
) -> Letter {
    let region = report.region.clone().unwrap_or_else(|| BLANK.to_owned());
    let year = report.year.to_string();
    let values = [
        ("name", report.name.get(lang)),
        ("region", region.as_str()),
        ("year", year.as_str()),
    ];
    let subject = filled(texts.subject.get(lang), &values);
    Letter {
        lang,
        head: head(&region, texts, lang),
        about: [
            (lang.pick("Nomor", "Number"), BLANK.to_owned()),
            (
                lang.pick("Sifat", "Urgency"),
                lang.pick("Segera", "Urgent").to_owned(),
            ),
            (
                lang.pick("Lamp.", "Attached"),
                lang.pick("1 (satu) daftar", "1 (one) list").to_owned(),
            ),
            (lang.pick("Hal", "Subject"), subject.clone()),
        ],
        dated: format!("{BLANK}, {} {}", BLANK, report.as_of.year()),
        to: to(to_whom, lang),
        opening: filled(texts.opening.get(lang), &values),
        points: points(found, texts, deadline, lang),
        closing: texts.closing.get(lang).to_owned(),
        signed: [
            texts.signatory.get(lang).to_owned(),
            BLANK.to_owned(),
            format!("NIP {BLANK}"),
        ],
        copies: texts
            .copies
            .iter()
            .map(|copy| copy.get(lang).to_owned())
            .collect(),
        attachment: subject,
        columns: [
            lang.pick("No.", "No.").to_owned(),
            capital(report.part_names.question.get(lang)),
            lang.pick("Yang kurang", "What is lacking").to_owned(),
            lang.pick("Yang harus dilakukan", "What to do").to_owned(),
            lang.pick("Nilai", "Points").to_owned(),
        ],
        rows,
    }
}

/// Puts values for their names in braces, once: a value that has braces keeps them.
fn filled(text: &str, values: &[(&str, &str)]) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        let value = values.iter().find(|(known, _)| *known == name);
        out.push_str(value.map_or("", |(_, value)| value));
        rest = after;
    }
    out.push_str(rest);
    out
}

/// A question that a district or village is asked about.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// The question.
    pub question: &'a QuestionReport,
    /// The kinds of document that answer it.
    pub kinds: Vec<Bilingual>,
}

/// Writes the letter to a district or village of which there is no evidence for some questions.
pub fn place_letter(
    report: &Report,
    texts: &LetterTexts,
    name: &Bilingual,
    asks: &[Ask],
    deadline: Date,
    lang: Lang,
) -> Letter {
    let name = name.get(lang);
    let found = filled(
        texts.found_of_place.get(lang),
        &[
            ("as_of", &spelled(report.as_of, lang)),
            ("count", &asks.len().to_string()),
            ("place", name),
        ],
    );
    let rows = asks.iter().map(|ask| asked(ask, name, lang)).collect();
    written(report, texts, name, found, rows, deadline, lang)
}

fn asked(ask: &Ask, name: &str, lang: Lang) -> [String; 5] {
    let kinds: Vec<&str> = ask.kinds.iter().map(|kind| kind.get(lang)).collect();
    let kinds = kinds.join(", ");
    let question = ask.question;
    let (lacking, doing) = match lang {
        Lang::Id => (
            format!("Belum ada dokumen dari {name}"),
            format!("Kirim salah satu: {kinds}"),
        ),
        Lang::En => (
            format!("No document of {name}"),
            format!("Send one of: {kinds}"),
        ),
    };
    [
        question.number.clone(),
        question.ask.get(lang).to_owned(),
        lacking,
        doing,
        number(question.points.max, 1, lang),
    ]
}

fn head(region: &str, texts: &LetterTexts, lang: Lang) -> [String; 3] {
    [
        format!(
            "{} {}",
            lang.pick("PEMERINTAH", "GOVERNMENT OF"),
            region.to_uppercase()
        ),
        texts.sender.get(lang).to_owned(),
        format!("{} {BLANK}{BLANK}", lang.pick("Alamat", "Address")),
    ]
}

fn to(to_whom: &str, lang: Lang) -> Vec<String> {
    let place = lang.pick("di tempat", "");
    let to = format!(
        "{} {}",
        lang.pick("Yth. Pimpinan", "To the head of"),
        to_whom
    );
    let lines = [to, place.to_owned()];
    lines.into_iter().filter(|line| !line.is_empty()).collect()
}

fn points(found: String, texts: &LetterTexts, deadline: Date, lang: Lang) -> Vec<String> {
    let by = spelled(deadline, lang);
    let requests = texts.requests.iter();
    let requests =
        requests.map(|text| filled(text.get(lang), &[("deadline", by.as_str())]));
    std::iter::once(found).chain(requests).collect()
}

fn rows(report: &Report, office: &OfficeReport, lang: Lang) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    for task in &office.tasks {
        let found = report.questions().find(|q| q.id == task.question);
        if let Some(question) = found {
            let (lacking, doing) = missing_and_remedy(question, lang);
            rows.push([
                question.number.clone(),
                question.ask.get(lang).to_owned(),
                lacking,
                doing,
                number(task.points, 1, lang),
            ]);
        }
    }
    rows
}

/// Returns what a question lacks and what to do about it, a line each.
fn missing_and_remedy(question: &QuestionReport, lang: Lang) -> (String, String) {
    let (mut lacking, mut doing) = (Vec::new(), Vec::new());
    for remark in to_do(question).into_iter().flatten() {
        let mut text = remark.text.get(lang).to_owned();
        if let Some(document) = &remark.document {
            text = format!("{text} ({})", place::name(&document.path));
        }
        lacking.push(text);
        if let Some(remedy) = &remark.remedy {
            let remedy = remedy.get(lang).to_owned();
            if !doing.contains(&remedy) {
                doing.push(remedy);
            }
        }
    }
    if lacking.is_empty() {
        lacking.push(question.state.label(lang).to_owned());
    }
    (lacking.join("\n"), doing.join("\n"))
}
