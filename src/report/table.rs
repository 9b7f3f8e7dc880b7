//! The report for a terminal: the total, a bar for each section and indicator, the gaps worth
//! most with what to do about them, and who has to act.

pub(crate) mod layout;
mod page;
pub(crate) mod questions;
pub(crate) mod rows;
pub(crate) mod style;

use self::layout::{bar, left, right, tame, whole_number, width};
use self::style::Paint;
use super::build::standings;
use super::words::spelled;
use crate::model::{
    Bilingual, Coverage, IndicatorReport, Lang, Mark, OfficeReport, QuestionState, Report,
};
use page::Page;

/// Says how much a table tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
pub enum Detail {
    /// Total, sections, indicators, the gaps worth most, offices.
    #[default]
    Summary,
    /// All that, and every question with its evidence and what was found.
    Questions,
}

/// How many gaps the summary shows: what fits on one more screen.
const GAPS_SHOWN: usize = 10;
/// Narrower than this a table cannot be; wider it is no easier to read.
const WIDTHS: (usize, usize) = (64, 132);
/// Cells of a column that counts questions.
const COUNT: usize = 6;
/// Cells of the points and of their maximum.
const POINTS: (usize, usize) = (6, 4);

/// Writes the report as text of at most `width` cells a line, with or without colour.
pub fn table(
    report: &Report,
    lang: Lang,
    width: usize,
    colour: bool,
    detail: Detail,
) -> String {
    let mut page = Page {
        lang,
        width: width.clamp(WIDTHS.0, WIDTHS.1),
        paint: Paint::new(colour),
        out: String::new(),
    };
    page.head(report);
    page.coverage(report);
    page.gaps(report);
    page.since(report);
    page.offices(report);
    if detail == Detail::Questions {
        page.every_question(report);
    }
    page.foot(report);
    page.out
}

impl Page {
    fn head(&mut self, report: &Report) {
        let (lang, paint) = (self.lang, self.paint);
        let region = report.region.as_deref().map(tame);
        let title = [Some(report.name.get(lang).to_owned()), region];
        let title: Vec<String> = title.into_iter().flatten().collect();
        self.paragraph("", &title.join(" · "), |line| paint.heading(line));
        let questions = report.questions().count();
        let facts = [
            format!(
                "{} {}",
                lang.pick("verifikasi", "verification"),
                report.year
            ),
            format!(
                "{} {}",
                lang.pick("per", "as of"),
                spelled(report.as_of, lang)
            ),
            format!(
                "{} {}",
                report.documents,
                lang.noun(report.documents, "dokumen", "document", "documents")
            ),
            format!(
                "{questions} {}",
                lang.noun(questions, "pertanyaan", "question", "questions")
            ),
        ];
        self.paragraph("", &facts.join(" · "), |line| paint.dim(line));
        self.line("");
        self.total(report);
    }

    fn total(&mut self, report: &Report) {
        let (lang, paint) = (self.lang, self.paint);
        let points = report.total.points;
        let likely = format!(
            "{} {} / {}",
            lang.pick(
                "Perkiraan nilai setelah verifikasi:",
                "Likely score after verification:"
            ),
            self.points(points.likely),
            whole_number(points.max, lang),
        );
        self.paragraph("", &likely, |line| paint.heading(line));
        let cells = self.width;
        let bar = self.bar(report.total, cells);
        self.line(&bar);
        let parts = [
            (
                paint.likely("█"),
                lang.pick("bertahan", "kept"),
                points.likely,
            ),
            (
                paint.at_risk("▒"),
                lang.pick("berisiko dicoret", "at risk"),
                points.at_risk,
            ),
            (
                paint.dim("░"),
                lang.pick("belum ada bukti", "no evidence"),
                points.max - points.claimed(),
            ),
        ];
        let legend =
            parts.map(|(sign, name, n)| (sign, format!("{name} {}", self.points(n))));
        let wide: usize = legend.iter().map(|(_, text)| width(text) + 5).sum();
        let between = if wide <= cells + 3 { "   " } else { "\n" };
        let legend = legend.map(|(sign, text)| format!("{sign} {text}"));
        self.line(&legend.join(between));
        self.line("");
        self.categories(report);
    }

    fn categories(&mut self, report: &Report) {
        let lang = self.lang;
        let standings = &report.standings;
        let none = lang.pick("belum masuk kategori", "below every category");
        let name = |category: &Option<Bilingual>| {
            category
                .as_ref()
                .map_or(none, |name| name.get(lang))
                .to_owned()
        };
        let own = report.total.own.map(|own| {
            let forecast = standings.forecast.as_ref();
            let category = forecast.and_then(|forecast| forecast.from.category.clone());
            let what = lang.pick("Penilaian mandiri", "Self-assessment");
            (what, name(&category), own)
        });
        let lines = [
            (
                lang.pick("Kategori menurut bukti", "Category by evidence"),
                name(&standings.claimed),
                report.total.points.claimed(),
            ),
            (
                lang.pick("Kategori setelah verifikasi", "Category after verification"),
                name(&standings.likely),
                report.total.points.likely,
            ),
        ];
        let lines: Vec<_> = own.into_iter().chain(lines).collect();
        let label = lines
            .iter()
            .map(|(label, ..)| width(label))
            .max()
            .unwrap_or(0);
        for (what, category, points) in lines {
            let points = right(&self.points(points), POINTS.0);
            self.line(&format!("{}  {points}  {category}", left(what, label)));
        }
        let next = standings.next.as_ref();
        let is_other = |mark: &&Mark| next.is_none_or(|next| next.points < mark.points);
        let marks = next
            .into_iter()
            .chain(standings.thresholds.iter().filter(is_other));
        let marks: Vec<String> = marks
            .filter(|m| m.lacking > 0.0)
            .map(|m| self.mark(m))
            .collect();
        if !marks.is_empty() {
            let text = format!(
                "{} {}",
                lang.pick("Masih kurang", "Still lacking"),
                marks.join("; ")
            );
            self.paragraph("", &text, str::to_owned);
        }
        if let Some(forecast) = &standings.forecast {
            let text = standings::forecast_text(forecast, lang);
            let paint = self.paint;
            self.paragraph("", &text, |line| paint.dim(line));
        }
        self.lift(report);
    }

    fn lift(&mut self, report: &Report) {
        let Some(lift) = &report.standings.lift else {
            return;
        };
        let numbers = lift.steps.iter().filter_map(|step| {
            let question = report.questions().find(|q| q.id == step.question)?;
            Some(question.number.as_str())
        });
        let way = format!(
            "{} {} ({} {}): ",
            self.lang.pick("Jalan termudah ke", "Easiest way to"),
            lift.to.get(self.lang),
            lift.steps.len(),
            self.lang
                .noun(lift.steps.len(), "pertanyaan", "question", "questions"),
        );
        let room = self.width.saturating_sub(width(&way));
        let text = way + &as_many_as_fit(numbers, room);
        self.paragraph("", &text, str::to_owned);
    }

    fn mark(&self, mark: &Mark) -> String {
        let guess = if mark.inferred {
            self.lang.pick(", dugaan", ", a guess")
        } else {
            ""
        };
        format!(
            "{} {} {} ({}{guess})",
            self.points(mark.lacking),
            self.lang.pick("ke", "to"),
            mark.name.get(self.lang),
            whole_number(mark.points, self.lang),
        )
    }

    /// Draws what likely remains, what is at risk and what there is no evidence for.
    fn bar(&self, coverage: Coverage, cells: usize) -> String {
        let points = coverage.points;
        let [likely, at_risk, rest] =
            bar(points.likely, points.at_risk, points.max, cells);
        let paint = self.paint;
        paint.likely(&"█".repeat(likely))
            + &paint.at_risk(&"▒".repeat(at_risk))
            + &paint.dim(&"░".repeat(rest))
    }

    fn coverage(&mut self, report: &Report) {
        let lang = self.lang;
        let names = &report.part_names;
        let upper = |name: &Bilingual, lang| name.get(lang).to_uppercase();
        self.heading(
            &format!(
                "CAKUPAN PER {} DAN {}",
                upper(&names.section, Lang::Id),
                upper(&names.indicator, Lang::Id)
            ),
            &format!(
                "COVERAGE BY {} AND {}",
                upper(&names.section, Lang::En),
                upper(&names.indicator, Lang::En)
            ),
        );
        let columns = ShownState::ALL
            .map(|state| right(state.column(lang), COUNT))
            .concat();
        let (label, cells) = self.columns();
        let header = format!(
            "{}  {}  {}{}",
            left("", label),
            left("", cells),
            right(
                lang.pick("nilai / maks", "points / max"),
                POINTS.0 + 3 + POINTS.1
            ),
            columns
        );
        let header = self.paint.dim(header.trim_end());
        self.line(&header);
        for section in &report.sections {
            let name = format!("{}  {}", section.code, section.name.get(lang));
            self.row(&name, section.coverage, true);
            for indicator in &section.indicators {
                let name =
                    format!("{:>3}  {}", indicator.number, indicator.short.get(lang));
                self.row(&name, indicator.coverage, false);
            }
            self.line("");
        }
        self.row(lang.pick("JUMLAH", "TOTAL"), report.total, true);
        let paint = self.paint;
        let legend = lang.pick(
            "sah: siap · lihat: perlu dilihat orang · lemah: ada kekurangan · gugur: semua \
             buktinya ditolak · belum: belum ada bukti",
            "valid: ready · look: a person must look · weak: has faults · void: all its \
             evidence is rejected · none: no evidence",
        );
        self.paragraph("", legend, |line| paint.dim(line));
    }

    /// Returns the cells of the label and of the bar.
    fn columns(&self) -> (usize, usize) {
        let fixed = 4 + POINTS.0 + 3 + POINTS.1 + COUNT * ShownState::ALL.len();
        let free = self.width.saturating_sub(fixed);
        let cells = (free * 3 / 10).clamp(8, 24);
        (free.saturating_sub(cells), cells)
    }

    fn row(&mut self, name: &str, coverage: Coverage, is_sum: bool) {
        let (label, cells) = self.columns();
        let name = left(name, label);
        let name = if is_sum {
            self.paint.heading(&name)
        } else {
            name
        };
        let counts: String = ShownState::ALL
            .iter()
            .map(|shown| {
                let count = coverage.states.count_in(shown.0);
                let text = if count == 0 {
                    "·".to_owned()
                } else {
                    count.to_string()
                };
                let text = right(&text, COUNT);
                match count {
                    0 => self.paint.dim(&text),
                    _ => self.paint.state(shown.0, &text),
                }
            })
            .collect();
        let row = format!(
            "{name}  {}  {} / {}{counts}",
            self.bar(coverage, cells),
            right(&self.points(coverage.points.likely), POINTS.0),
            left(&whole_number(coverage.points.max, self.lang), POINTS.1),
        );
        self.line(&row);
    }

    fn gaps(&mut self, report: &Report) {
        let shown: Vec<_> = report.gaps.iter().take(GAPS_SHOWN).collect();
        if shown.is_empty() {
            return;
        }
        let n = shown.len();
        self.heading(
            &format!("{n} CELAH BERNILAI TERBESAR"),
            &format!("THE {n} GAPS WORTH MOST"),
        );
        for (place, gap) in (1..).zip(shown) {
            let question = report.questions().find(|q| q.id == gap.question);
            if let Some(question) = question {
                questions::gap(self, place, gap, question);
            }
        }
    }

    fn since(&mut self, report: &Report) {
        let Some(since) = &report.since else {
            return;
        };
        let (lang, day) = (self.lang, spelled(since.as_of, self.lang));
        self.heading(
            &format!("YANG BERUBAH SEJAK {}", day.to_uppercase()),
            &format!("WHAT CHANGED SINCE {}", day.to_uppercase()),
        );
        if since.changes.is_empty() {
            self.line(lang.pick("Tidak ada.", "Nothing."));
        }
        for change in &since.changes {
            let found = report.questions().find(|q| q.id == change.question);
            let Some(question) = found else {
                continue;
            };
            let sign = if change.points > 0.0 { "+" } else { "" };
            let points = right(&format!("{sign}{}", self.points(change.points)), 8);
            let (from, to) = (change.from.label(lang), change.to.label(lang));
            let to = self.paint.state(change.to, to);
            self.line(&format!("{points}  {}  {from} → {to}", question.number));
            for (mark, words) in [("-", &change.new_faults), ("+", &change.mended)] {
                for text in words {
                    let text = tame(text.get(lang));
                    self.paragraph(&format!("          {mark} "), &text, str::to_owned);
                }
            }
        }
    }

    fn offices(&mut self, report: &Report) {
        let lang = self.lang;
        self.heading("YANG HARUS BERTINDAK", "WHO HAS TO ACT");
        let acting = || {
            report
                .offices
                .iter()
                .filter(|office| !office.tasks.is_empty())
        };
        let name = |office: &OfficeReport| width(&office.office.short);
        let label = acting().map(name).max().unwrap_or(0).clamp(10, 24);
        let header = format!(
            "{}{}{}  {}",
            left("", label),
            right(lang.pick("bisa diraih", "to be won"), 13),
            right(lang.pick("pertanyaan", "questions"), 12),
            lang.pick("mulai dari", "begin with")
        );
        let header = self.paint.dim(&header);
        self.line(&header);
        for office in acting() {
            let numbers = office
                .tasks
                .iter()
                .filter_map(|task| report.questions().find(|q| q.id == task.question))
                .map(|question| question.number.as_str());
            let row = format!(
                "{}{}{}  ",
                left(&office.office.short, label),
                right(&self.points(office.coverage.points.gap()), 13),
                right(&office.tasks.len().to_string(), 12)
            );
            let rest = self.width.saturating_sub(width(&row));
            let first = as_many_as_fit(numbers, rest);
            self.line(&format!("{row}{}", self.paint.dim(&first)));
        }
        let paint = self.paint;
        let note = lang.pick(
            "Pertanyaan milik beberapa perangkat daerah dihitung pada masing-masing.",
            "A question of several offices is counted at each of them.",
        );
        self.paragraph("", note, |line| paint.dim(line));
    }

    fn every_question(&mut self, report: &Report) {
        // Of what was not asked for, no heading.
        let is_asked = |one: &&IndicatorReport| !one.questions.is_empty();
        for section in &report.sections {
            let mut asked = section.indicators.iter().filter(is_asked).peekable();
            if asked.peek().is_none() {
                continue;
            }
            let name = format!("{}  {}", section.code, section.name.get(self.lang));
            self.heading(&name, &name);
            for indicator in asked {
                let name =
                    format!("{}  {}", indicator.number, indicator.name.get(self.lang));
                let paint = self.paint;
                self.line("");
                self.paragraph("", &name, |line| paint.heading(line));
                for question in &indicator.questions {
                    questions::full(self, question);
                }
            }
        }
    }

    fn foot(&mut self, report: &Report) {
        let paint = self.paint;
        self.line("");
        self.paragraph("", report.method.get(self.lang), |line| paint.dim(line));
    }
}

/// Joins as many names as fit, with an ellipsis where some do not.
fn as_many_as_fit<'a>(names: impl Iterator<Item = &'a str>, cells: usize) -> String {
    let mut text = String::new();
    for name in names {
        let comma = if text.is_empty() { "" } else { ", " };
        if width(&text) + width(comma) + width(name) + 3 > cells {
            return text + ", …";
        }
        text = text + comma + name;
    }
    text
}

/// A state that has a column.
#[derive(Debug, Clone, Copy)]
struct ShownState(QuestionState);

impl ShownState {
    const ALL: [Self; 5] = [
        Self(QuestionState::Valid),
        Self(QuestionState::Review),
        Self(QuestionState::Weak),
        Self(QuestionState::Invalid),
        Self(QuestionState::Missing),
    ];

    /// Returns the head of its column, at most five cells.
    fn column(self, lang: Lang) -> &'static str {
        match self.0 {
            QuestionState::Valid => lang.pick("sah", "valid"),
            QuestionState::Review => lang.pick("lihat", "look"),
            QuestionState::Weak => lang.pick("lemah", "weak"),
            QuestionState::Invalid => lang.pick("gugur", "void"),
            QuestionState::Missing | QuestionState::NotApplicable => {
                lang.pick("belum", "none")
            }
        }
    }
}
