//! How the facts of a document look to a person; shared by the verbs that show documents.

use crate::{
    cli::ui::{Tone, Ui, paint},
    lexicon::words::cited_name,
    model::{
        Acting, CodeRole, Decided, DocumentFacts, ElectronicSignature, EsignReport, Fact,
        Lang, Link, MissingPart, PersonalKind, PersonalMark, Ratio, Reading,
        RelationRole, Rows, Signatory, Signature, SignatureKind, SignatureState, Unsure,
    },
    report::esign,
};
use std::collections::BTreeMap;

/// Returns one line that names a document: kind, number, year, title.
pub fn headline(facts: &DocumentFacts, ui: Ui) -> String {
    let kind = facts.kind.value().map(|kind| kind.label.clone());
    let number = facts
        .number
        .value()
        .map(|n| format!("{} {n}", ui.pick("No.", "No.")));
    let year = facts
        .year
        .value()
        .map(|y| format!("{} {y}", ui.pick("Tahun", "of")));
    let name: Vec<String> = [kind, number, year].into_iter().flatten().collect();
    match (name.is_empty(), facts.title.value()) {
        (true, None) => ui.pick("(belum dikenali)", "(not recognised)").to_owned(),
        (true, Some(title)) => title.clone(),
        (false, None) => name.join(" "),
        (false, Some(title)) => format!("{} — {title}", name.join(" ")),
    }
}

/// Returns the facts, one a line: name, value, how sure, page, what was read.
pub fn lines(facts: &DocumentFacts, ui: Ui) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |name: &str, text: String| lines.push(format!("  {name:<14} {text}"));
    let kind =
        |f: &Fact<crate::model::DocKind>| format!("{} [{}]", f.value.label, f.value.id);
    add(ui.pick("jenis", "kind"), reading(&facts.kind, ui, kind));
    add(
        ui.pick("nomor", "number"),
        reading(&facts.number, ui, |f| f.value.clone()),
    );
    add(
        ui.pick("tahun", "year"),
        reading(&facts.year, ui, |f| f.value.to_string()),
    );
    add(
        ui.pick("tentang", "title"),
        reading(&facts.title, ui, |f| f.value.clone()),
    );
    let issuer = |f: &Fact<crate::model::Issuer>| match &f.value.office {
        Some(office) => format!("{} [{office}]", f.value.government.name),
        None => f.value.government.name.clone(),
    };
    add(
        ui.pick("penerbit", "issuer"),
        reading(&facts.issuer, ui, issuer),
    );
    for date in &facts.dates {
        add(
            date.role.label(ui.lang),
            fact_line(&date.fact, ui, |f| f.value.to_string()),
        );
    }
    if let Some(draft) = &facts.draft {
        let yes = |_: &Fact<bool>| ui.pick("ya", "yes").to_owned();
        add(ui.pick("rancangan", "draft"), fact_line(draft, ui, yes));
    }
    add(
        ui.pick("tanda tangan", "signature"),
        signature(&facts.signature, ui),
    );
    if facts.signatory.known().is_some() {
        let signed_by = |f: &Fact<Signatory>| signatory(&f.value, ui);
        let text = reading(&facts.signatory, ui, signed_by);
        add(ui.pick("penanda tangan", "signed by"), text);
    }
    lines.extend(more_lines(facts, ui));
    lines
}

fn signature(read: &Reading<Signature>, ui: Ui) -> String {
    let say = |name: &String| {
        let name = serde_json::Value::String(name.clone());
        let state: Option<SignatureState> = serde_json::from_value(name).ok();
        state.map_or_else(String::new, |state| {
            signature_state(state, ui.lang).to_owned()
        })
    };
    match read {
        // Reasons name states as data does.
        Reading::Unsure(Unsure::Illegible { candidate }) => {
            let label = ui.pick("tidak pasti, mungkin", "unsure, perhaps");
            paint(Tone::Faint, &format!("{label} «{}»", say(candidate)))
        }
        Reading::Unsure(Unsure::Contradicting { candidates }) => {
            let candidates = candidates.iter().map(say).collect();
            unsure_line(&Unsure::Contradicting { candidates }, ui)
        }
        _ => reading(read, ui, |f| {
            let state = signature_state(f.value.state, ui.lang);
            match f.value.stamped {
                Some(true) => format!("{state}, {}", ui.pick("bercap", "with a seal")),
                _ => state.to_owned(),
            }
        }),
    }
}

/// Returns a line on each electronic signature of a person: verdict, signer, when, and why.
pub fn esign_lines(report: Option<&EsignReport>, ui: Ui) -> Vec<String> {
    let name = ui.pick("elektronik", "electronic");
    let signatures = report.map_or(&[][..], |report| &report.signatures);
    let persons = signatures.iter();
    let persons = persons.filter(|one| one.kind == SignatureKind::Signature);
    let line = |signature: &ElectronicSignature| {
        let reason = signature.reasons.first();
        let reason =
            reason.map(|one| paint(Tone::Faint, &format!("  [{}]", one.rule.as_str())));
        let text = ui.path(&esign::signature(signature, ui.lang));
        format!("  {name:<14} {text}{}", reason.unwrap_or_default())
    };
    persons.map(line).collect()
}

fn signature_state(state: SignatureState, lang: Lang) -> &'static str {
    match state {
        SignatureState::Hand => {
            lang.pick("ditandatangani dengan tangan", "signed by hand")
        }
        SignatureState::Stamp => lang.pick("hanya cap", "a seal only"),
        SignatureState::Ttd => lang.pick("ttd (salinan)", "ttd (a copy)"),
        SignatureState::Digital => {
            lang.pick("tanda tangan elektronik, utuh", "electronic, intact")
        }
        SignatureState::DigitalInvalid => lang.pick(
            "tanda tangan elektronik yang rusak atau berubah",
            "electronic, broken or altered",
        ),
        SignatureState::DigitalUnchecked => lang.pick(
            "tanda tangan elektronik yang perlu dilihat",
            "electronic, needs a look",
        ),
        SignatureState::DigitalCopy => lang.pick(
            "salinan dokumen bertanda tangan elektronik",
            "a copy of an electronically signed document",
        ),
        SignatureState::DigitalEmpty => lang.pick(
            "kolom tanda tangan elektronik kosong",
            "a digital field nobody signed",
        ),
        SignatureState::None => lang.pick("tidak ada", "none"),
    }
}

fn signatory(signatory: &Signatory, ui: Ui) -> String {
    let acting = signatory.acting.as_ref().map(|fact| match fact.value {
        Acting::Plt => ui.pick("Plt. ", "Plt. "),
        Acting::Plh => ui.pick("Plh. ", "Plh. "),
        Acting::Pj => ui.pick("Pj. ", "Pj. "),
        Acting::Pjs => ui.pick("Pjs. ", "Pjs. "),
        Acting::An => ui.pick("a.n., ", "on behalf, "),
        Acting::Ub => ui.pick("u.b., ", "on behalf, "),
    });
    match &signatory.office {
        Some(office) => {
            let (name, acting) = (&signatory.name, acting.unwrap_or_default());
            format!("{name}, {acting}{}", office.value)
        }
        None => signatory.name.clone(),
    }
}

/// Returns what most documents do not have: further numbers, years, relations, missing parts,
/// personal data.
fn more_lines(facts: &DocumentFacts, ui: Ui) -> Vec<String> {
    let mut lines = Vec::new();
    let mut add = |name: &str, text: String| lines.push(format!("  {name:<14} {text}"));
    for number in &facts.also_numbered {
        let label = ui.pick("nomor lain", "other number");
        add(label, fact_line(number, ui, |f| f.value.clone()));
    }
    for paper in &facts.papers {
        let pages = match paper.from == paper.to {
            true => paper.from.to_string(),
            false => format!("{}–{}", paper.from, paper.to),
        };
        let label = ui.pick("berkas ini memuat", "this file holds");
        let page = ui.pick("halaman", "page");
        add(label, format!("{}, {page} {pages}", paper.kind.label));
    }
    if let Some(years) = &facts.years {
        let label = ui.pick("untuk tahun", "for the years");
        add(label, fact_line(years, ui, |f| f.value.to_string()));
    }
    for relation in &facts.relations {
        add(
            relation_role(relation.role, ui.lang),
            fact_line(&relation.fact, ui, |f| cited_name(&f.value)),
        );
    }
    for missing in &facts.missing_parts {
        let what = |f: &Fact<String>| missing_part_text(missing.part, &f.value, ui.lang);
        let label = ui.pick("tampak kurang", "seems to lack");
        add(label, fact_line(&missing.fact, ui, what));
    }
    if let Some(members) = &facts.members {
        add(
            ui.pick("anggota", "members"),
            fact_line(members, ui, |f| match ui.lang {
                Lang::Id => format!("{} baris", f.value),
                Lang::En => {
                    format!("{} {}", f.value, ui.noun(f.value, "", "line", "lines"))
                }
            }),
        );
    }
    if let Some(rows) = &facts.rows {
        let text = |f: &Fact<Rows>| rows_text(f.value, ui.lang);
        add(ui.pick("isi tabel", "table"), fact_line(rows, ui, text));
    }
    if let Some(place) = &facts.place {
        let label = ui.pick("tempat", "place");
        add(label, fact_line(place, ui, |f| f.value.clone()));
    }
    for code in &facts.codes {
        let text = |f: &Fact<String>| shorten(&f.value);
        add(code_label(code.role, ui), fact_line(&code.fact, ui, text));
    }
    if !facts.personal.is_empty() {
        add(
            ui.pick("data pribadi", "personal data"),
            personal(&facts.personal, ui),
        );
    }
    lines
}

fn reading<T>(reading: &Reading<T>, ui: Ui, show: impl Fn(&Fact<T>) -> String) -> String {
    match reading {
        Reading::Known(fact) => fact_line(fact, ui, show),
        Reading::Unsure(why) => unsure_line(why, ui),
    }
}

fn unsure_line(why: &Unsure, ui: Ui) -> String {
    paint(Tone::Faint, &unsure_text(why, ui))
}

fn fact_line<T>(fact: &Fact<T>, ui: Ui, show: impl Fn(&Fact<T>) -> String) -> String {
    let sure = fact.confidence.is_confident();
    let percent = percent(fact.confidence);
    let percent = paint(if sure { Tone::Good } else { Tone::Warn }, &percent);
    let page = fact.span.as_ref().map(|span| {
        let label = ui.pick("hlm.", "p.");
        let quote = match span.quote.is_empty() {
            true => String::new(), // ink has no words
            false => format!(" «{}»", shorten(&span.quote)),
        };
        paint(Tone::Faint, &format!("  {label} {}{quote}", span.page))
    });
    format!(
        "{}  {percent}{}",
        ui.path(&show(fact)),
        page.unwrap_or_default()
    )
}

/// Returns a confidence in whole percent; nothing that was read is ever shown as certain.
fn percent(confidence: Ratio) -> String {
    let shown = (confidence.get() * 100.0).round().min(99.0);
    format!("{shown:>2.0}%")
}

/// Cuts a quote to what fits beside a value.
fn shorten(quote: &str) -> String {
    const MOST: usize = 60;
    let quote = crate::io::files::path::printable(quote);
    match quote.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", quote.get(..at).unwrap_or_default()),
        None => quote,
    }
}

fn unsure_text(why: &Unsure, ui: Ui) -> String {
    match why {
        Unsure::NotStated => ui.pick("tidak tertulis", "not stated").to_owned(),
        Unsure::Blank => ui.pick("dikosongkan", "left blank").to_owned(),
        Unsure::Illegible { candidate } => {
            let label = ui.pick("tidak terbaca jelas, mungkin", "not legible, perhaps");
            format!("{label} «{}»", shorten(candidate))
        }
        Unsure::Contradicting { candidates } => {
            let label = ui.pick("bertentangan", "contradicting");
            format!("{label}: {}", candidates.join(" / "))
        }
    }
}

fn rows_text(rows: Rows, lang: Lang) -> String {
    let Rows { full, open, empty } = rows;
    let total = rows.total();
    match lang {
        Lang::Id => {
            format!("{total} baris: {full} penuh, {open} belum pasti, {empty} kosong")
        }
        Lang::En => {
            let noun = lang.noun(total, "", "row", "rows");
            format!("{total} {noun}: {full} full, {open} uncertain, {empty} empty")
        }
    }
}

fn relation_role(role: RelationRole, lang: Lang) -> &'static str {
    match role {
        RelationRole::Amends => lang.pick("mengubah", "amends"),
        RelationRole::Repeals => lang.pick("mencabut", "repeals"),
        RelationRole::RepealsInPart => lang.pick("mencabut bag.", "repeals part"),
    }
}

fn missing_part_text(part: MissingPart, what: &str, lang: Lang) -> String {
    match part {
        MissingPart::Attachment => match lang {
            Lang::Id => format!("«{what}» disebut tetapi tidak ada"),
            Lang::En => format!("«{what}» is referred to and not there"),
        },
        MissingPart::Pages => match lang {
            Lang::Id => format!("halaman {what} tidak ada"),
            Lang::En => format!("page {what} is missing"),
        },
        MissingPart::Closing => match lang {
            Lang::Id => format!("tidak ada penutup «{what}»"),
            Lang::En => format!("there is no closing «{what}»"),
        },
    }
}

/// Returns what a printed code is called by what it stands for.
fn code_label(role: CodeRole, ui: Ui) -> &'static str {
    match role {
        CodeRole::Signature => ui.pick("tautan tercetak", "printed link"),
        CodeRole::Other => ui.pick("tautan lain", "other link"),
    }
}

/// Returns the kind of personal data and its pages, never the data.
fn personal(marks: &[PersonalMark], ui: Ui) -> String {
    let mut pages: BTreeMap<PersonalKind, Vec<u32>> = BTreeMap::new();
    for mark in marks {
        let on = pages.entry(mark.kind).or_default();
        if on.last() != Some(&mark.page) {
            on.push(mark.page);
        }
    }
    let kinds = pages.into_iter().map(|(kind, pages)| {
        let name = match kind {
            PersonalKind::Nik => ui.pick("NIK", "NIK"),
            PersonalKind::Kk => ui.pick("nomor KK", "family numbers"),
            PersonalKind::Child => {
                ui.pick("nama anak korban", "names of children harmed")
            }
        };
        let pages: Vec<String> = pages.iter().map(u32::to_string).collect();
        format!("{name} ({} {})", ui.pick("hlm.", "p."), pages.join(", "))
    });
    paint(Tone::Warn, &kinds.collect::<Vec<_>>().join("; "))
}

/// Returns one line a link: question, how sure, the words that speak for it.
pub fn link_line(link: &Link, ui: Ui) -> String {
    if let Some(decided) = &link.decided {
        let mark = paint(Tone::Good, " ✔ ");
        return format!(
            "{mark} {:<16} {}",
            link.question,
            self::decided(decided, ui)
        );
    }
    let sure = link.confidence.is_confident();
    let percent = percent(link.confidence);
    let percent = paint(if sure { Tone::Good } else { Tone::Warn }, &percent);
    let cue = match &link.cue.span {
        Some(span) => {
            let label = ui.pick("hlm.", "p.");
            format!("{label} {} «{}»", span.page, shorten(&span.quote))
        }
        None => format!("«{}»", shorten(&link.cue.term)),
    };
    format!(
        "{percent} {:<16} {}",
        link.question,
        paint(Tone::Faint, &cue)
    )
}

/// Returns who decided, when, and what they remarked.
pub fn decided(decided: &Decided, ui: Ui) -> String {
    let by = ui.pick("ditetapkan", "decided by");
    let day = decided.made.split('T').next().unwrap_or_default();
    let author = ui.path(&decided.author);
    let note = match decided.note.as_str() {
        "" => String::new(),
        note => format!(": {}", ui.path(note)),
    };
    paint(Tone::Faint, &format!("{by} {author}, {day}{note}"))
}
