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
use super::words::spelled;
use crate::model::{Bilingual, Date, Lang, OfficeReport, QuestionReport, Report};

pub use docx::docx;
pub use html::html;

/// Dots to write on.
const BLANK: &str = "…………………………";

/// Writes the letter to an office about a report; `deadline` is the day by which all is wanted.
pub fn letter(
    report: &Report,
    office: &OfficeReport,
    deadline: Date,
    lang: Lang,
) -> Letter {
    let questions = office.tasks.len();
    let to_win: f64 = office.tasks.iter().map(|task| task.points).sum();
    let (to_win, as_of) = (number(to_win, 1, lang), spelled(report.as_of, lang));
    let found = match lang {
        Lang::Id => format!(
            "Pemeriksaan awal atas data dukung per {as_of} menunjukkan {questions} pertanyaan \
             yang diampu unit kerja Saudara masih perlu dilengkapi, dengan nilai yang masih dapat \
             diraih sebesar {to_win}."
        ),
        Lang::En => format!(
            "A first check of the evidence as of {as_of} shows {questions} questions of your \
             office that still lack something, with {to_win} points to be won."
        ),
    };
    let rows = rows(report, office, lang);
    written(report, office.name.get(lang), found, rows, deadline, lang)
}

/// Writes a letter to whom it may be: what was found, and the rows of its attachment.
fn written(
    report: &Report,
    to_whom: &str,
    found: String,
    rows: Vec<[String; 5]>,
    deadline: Date,
    lang: Lang,
) -> Letter {
    let region = report.region.clone().unwrap_or_else(|| BLANK.to_owned());
    let (name, year) = (report.name.get(lang), report.year);
    let by = spelled(deadline, lang);
    let subject = match lang {
        Lang::Id => format!("Kelengkapan data dukung {name} Tahun {year}"),
        Lang::En => format!("Evidence for the {name}, {year}"),
    };
    Letter {
        lang,
        head: head(&region, lang),
        about: [
            (lang.pick("Nomor", "Number"), BLANK.to_owned()),
            (lang.pick("Sifat", "Urgency"), lang.pick("Segera", "Urgent").to_owned()),
            (
                lang.pick("Lamp.", "Attached"),
                lang.pick("1 (satu) daftar", "1 (one) list").to_owned(),
            ),
            (lang.pick("Hal", "Subject"), subject.clone()),
        ],
        dated: format!("{BLANK}, {} {}", BLANK, report.as_of.year()),
        to: to(to_whom, lang),
        opening: match lang {
            Lang::Id => format!(
                "Dalam rangka persiapan verifikasi {name} {region} Tahun {year}, dengan hormat \
                 disampaikan hal-hal sebagai berikut:"
            ),
            Lang::En => format!(
                "In preparation of the verification of the {name} of {region}, {year}, we inform \
                 you of the following:"
            ),
        },
        points: points(found, &by, lang),
        closing: lang
            .pick(
                "Demikian disampaikan, atas perhatian dan kerja sama Saudara diucapkan terima \
                 kasih.",
                "We thank you for your attention and your help.",
            )
            .to_owned(),
        signed: signed(lang),
        copies: vec![
            lang.pick("Kepala Daerah (sebagai laporan)", "The head of region (as a report)")
                .to_owned(),
        ],
        attachment: subject,
        columns: [
            lang.pick("No.", "No."),
            lang.pick("Pertanyaan", "Question"),
            lang.pick("Yang kurang", "What is lacking"),
            lang.pick("Yang harus dilakukan", "What to do"),
            lang.pick("Nilai", "Points"),
        ],
        rows,
    }
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
    name: &Bilingual,
    asks: &[Ask],
    deadline: Date,
    lang: Lang,
) -> Letter {
    let (name, count) = (name.get(lang), asks.len());
    let as_of = spelled(report.as_of, lang);
    let found = match lang {
        Lang::Id => format!(
            "Pemeriksaan awal atas data dukung per {as_of} menunjukkan belum ada dokumen dari \
             {name} untuk {count} pertanyaan."
        ),
        Lang::En => format!(
            "A first check of the evidence as of {as_of} shows that there is no document of \
             {name} for {count} questions."
        ),
    };
    let rows = asks.iter().map(|ask| asked(ask, name, lang)).collect();
    written(report, name, found, rows, deadline, lang)
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

fn signed(lang: Lang) -> [String; 3] {
    let office = lang.pick("Ketua Gugus Tugas KLA,", "Head of the KLA task force,");
    [office.to_owned(), BLANK.to_owned(), format!("NIP {BLANK}")]
}

fn head(region: &str, lang: Lang) -> [String; 3] {
    [
        format!(
            "{} {}",
            lang.pick("PEMERINTAH", "GOVERNMENT OF"),
            region.to_uppercase()
        ),
        lang.pick(
            "SEKRETARIAT GUGUS TUGAS KABUPATEN/KOTA LAYAK ANAK",
            "SECRETARIAT OF THE CHILD-FRIENDLY REGENCY/CITY TASK FORCE",
        )
        .to_owned(),
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

fn points(found: String, by: &str, lang: Lang) -> Vec<String> {
    match lang {
        Lang::Id => vec![
            found,
            format!(
                "Rincian pertanyaan, kekurangan, dan tindak lanjutnya tercantum dalam lampiran. \
                 Mohon dilengkapi dan disampaikan kepada Sekretariat paling lambat {by}."
            ),
            "Dokumen disampaikan lengkap dengan lampirannya, bernomor, bertanggal, \
             ditandatangani, dan dipindai jelas (300 dpi) dalam bentuk PDF; foto disampaikan \
             sebagai berkas asli kamera beserta keterangan kegiatan, tanggal, dan tempat. \
             Identitas anak agar disamarkan."
                .to_owned(),
        ],
        Lang::En => vec![
            found,
            format!(
                "The attachment lists the questions, what is lacking and what to do. Please send \
                 it to the secretariat by {by}."
            ),
            "Documents are to be complete with their attachments, numbered, dated, signed and \
             scanned clearly (300 dpi) as PDF; photos as the camera's own files with activity, \
             date and place. Children's identity is to be blacked out."
                .to_owned(),
        ],
    }
}

fn rows(report: &Report, office: &OfficeReport, lang: Lang) -> Vec<[String; 5]> {
    let mut rows = Vec::new();
    for task in &office.tasks {
        let found = report.questions().find(|q| q.id == task.question);
        if let Some(question) = found {
            let (lacking, doing) = said(question, lang);
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
fn said(question: &QuestionReport, lang: Lang) -> (String, String) {
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
