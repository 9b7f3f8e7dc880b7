//! What a leader looks at first: the score, the map, the gaps, who has to act.

use super::{Page, badge, chart};
use crate::model::{
    Bilingual, Coverage, Gap, Mark, QuestionReport, Report, Since, Trend,
};
use crate::report::build::standings::told;
use crate::report::escape::xml;
use crate::report::words::{capital, spelled};

/// How many gaps are shown at first.
const GAPS_SHOWN: usize = 10;
/// From which share of its points on a tile is how green.
const SHADES: [f64; 4] = [0.2, 0.4, 0.6, 0.8];

/// Opens a section with its heading.
fn open(page: &mut Page, id: &str, heading: &str) {
    page.put(format_args!("<section id=\"{id}\"><h2>{heading}</h2>"));
}

fn close(page: &mut Page) {
    page.put(format_args!("</section>"));
}

pub(super) fn score(page: &mut Page) {
    let report = page.report;
    let points = report.total.points;
    let heading = page.pick(
        "Perkiraan nilai setelah verifikasi",
        "Likely score after verification",
    );
    open(page, "nilai", heading);
    page.put(format_args!(
        "<div class=\"two\"><div><p class=\"big\">{} <small>/ {}</small></p>",
        page.points(points.likely),
        page.whole(points.max)
    ));
    bar(page, report.total);
    legend(page);
    page.put(format_args!("</div><div>"));
    chart::scale(page);
    categories(page);
    page.put(format_args!("</div></div>"));
    close(page);
}

/// Draws what likely remains and what is at risk.
pub(super) fn bar(page: &mut Page, coverage: Coverage) {
    let points = coverage.points;
    let share = |part: f64| match points.max > 0.0 {
        true => part / points.max * 100.0,
        false => 0.0,
    };
    page.put(format_args!(
        "<div class=\"bar\"><i class=\"k\" style=\"width:{:.2}%\"></i>\
         <i class=\"r\" style=\"width:{:.2}%\"></i></div>",
        share(points.likely),
        share(points.at_risk)
    ));
}

fn legend(page: &mut Page) {
    let points = page.report.total.points;
    let own = page.report.total.own;
    let unsupported = own.map(|own| (own - points.claimed()).max(0.0));
    let entries = [
        (
            "#1b7f4b",
            page.pick("bertahan", "kept"),
            Some(points.likely),
        ),
        (
            "#e0a33a",
            page.pick("berisiko dicoret", "at risk"),
            Some(points.at_risk),
        ),
        (
            "#e6eaf0",
            page.pick("belum ada bukti", "no evidence"),
            Some(points.max - points.claimed()),
        ),
        (
            "#1f3a5f",
            page.pick("diklaim sendiri tanpa bukti", "claimed without evidence"),
            unsupported,
        ),
    ];
    let entries: String = entries
        .iter()
        .filter_map(|(colour, name, points)| {
            let points = page.points((*points)?);
            let dot = format!("<i style=\"background:{colour}\"></i>");
            Some(format!("<li>{dot}{name} <b>{points}</b></li>"))
        })
        .collect();
    page.put(format_args!("<ul class=\"legend\">{entries}</ul>"));
}

fn categories(page: &mut Page) {
    let report = page.report;
    let standings = &report.standings;
    page.put(format_args!("<div class=\"scroll\"><table>"));
    let own = report.total.own;
    if let Some(own) = own {
        let category = standings
            .forecast
            .as_ref()
            .and_then(|f| f.from.category.clone());
        let what = page.pick("Penilaian mandiri", "Self-assessed");
        category_row(page, what, own, category.as_ref());
    }
    let what = page.pick("Menurut bukti", "By evidence");
    let claimed = report.total.points.claimed();
    category_row(page, what, claimed, standings.claimed.as_ref());
    let what = page.pick("Setelah verifikasi", "After verification");
    let likely = report.total.points.likely;
    category_row(page, what, likely, standings.likely.as_ref());
    page.put(format_args!("</table></div>"));
    let next = standings.next.as_ref();
    let is_other = |mark: &&Mark| next.is_none_or(|next| next.points < mark.points);
    let marks = next
        .into_iter()
        .chain(standings.thresholds.iter().filter(is_other));
    for mark in marks.filter(|mark| mark.lacking > 0.0) {
        let guess = if mark.inferred {
            page.pick(" (dugaan)", " (a guess)")
        } else {
            ""
        };
        page.put(format_args!(
            "<p class=\"who\">{} <b>{}</b> {} {} ({}){guess}</p>",
            page.pick("Masih kurang", "Still lacking"),
            page.points(mark.lacking),
            page.pick("ke", "to"),
            xml(mark.name.get(page.lang)),
            page.whole(mark.points)
        ));
    }
    if let Some(forecast) = &standings.forecast {
        let text = xml(&told(forecast, page.lang));
        page.put(format_args!("<p class=\"who\">{text}</p>"));
    }
}

fn category_row(page: &mut Page, what: &str, points: f64, category: Option<&Bilingual>) {
    let none = page.pick("belum masuk kategori", "below every category");
    let category = category.map_or(none, |category| category.get(page.lang));
    page.put(format_args!(
        "<tr><td>{what}</td><td class=\"n\">{}</td><td><b>{}</b></td></tr>",
        page.points(points),
        xml(category)
    ));
}

pub(super) fn heat_map(page: &mut Page) {
    let section = page.report.part_names.section.get(page.lang);
    let heading = format!("{} {section}", page.pick("Peta cakupan per", "Coverage by"));
    open(page, "peta", &xml(&heading));
    let lead = page.pick(
        "Tiap kotak satu indikator: bagian nilainya yang diperkirakan bertahan. Sentuh untuk \
         melihat pertanyaannya.",
        "Each box is an indicator: the share of its points that would likely remain. Touch it for \
         its questions.",
    );
    page.put(format_args!(
        "<p class=\"lead\">{lead}</p><div class=\"map\">"
    ));
    for section in &page.report.sections {
        let points = section.coverage.points;
        page.put(format_args!(
            "<div><h3>{} · {}<span>{} / {}</span></h3><div class=\"tiles\">",
            xml(section.code.as_str()),
            xml(section.name.get(page.lang)),
            page.points(points.likely),
            page.whole(points.max)
        ));
        for indicator in &section.indicators {
            let points = indicator.coverage.points;
            let share = match points.max > 0.0 {
                true => Some(points.likely / points.max),
                false => None,
            };
            page.put(format_args!(
                "<a class=\"tile {}\" href=\"#{}\"><b><span>{}</span><span>{}</span></b>{}</a>",
                shade(share),
                badge::anchor(indicator.id.as_str()),
                indicator.number,
                share.map_or_else(|| "–".to_owned(), |s| format!("{:.0}%", s * 100.0)),
                xml(indicator.short.get(page.lang))
            ));
        }
        page.put(format_args!("</div></div>"));
    }
    page.put(format_args!("</div>"));
    close(page);
}

fn shade(share: Option<f64>) -> &'static str {
    let names = ["h0", "h1", "h2", "h3", "h4"];
    let Some(share) = share else {
        return "hn";
    };
    let reached = SHADES.iter().filter(|from| share >= **from).count();
    names.get(reached).copied().unwrap_or("hn")
}

pub(super) fn trend(page: &mut Page) {
    let report = page.report;
    if report.history.is_empty() {
        return;
    }
    let mut points = report.history.clone();
    points.push(Trend {
        as_of: report.as_of,
        likely: report.total.points.likely,
        at_risk: report.total.points.at_risk,
    });
    let heading = page.pick("Perkembangan", "How it moved");
    open(page, "perkembangan", heading);
    let lead = page.pick(
        "Hijau: perkiraan nilai. Putus-putus: nilai menurut bukti, termasuk yang berisiko.",
        "Green: likely score. Dashed: score by evidence, what is at risk included.",
    );
    page.put(format_args!("<p class=\"lead\">{lead}</p>"));
    chart::trend(page, &points);
    close(page);
}

pub(super) fn since(page: &mut Page) {
    let Some(since) = &page.report.since else {
        return;
    };
    let heading = format!(
        "{} {}",
        page.pick("Yang berubah sejak", "What changed since"),
        spelled(since.as_of, page.lang)
    );
    open(page, "berubah", &xml(&heading));
    changes(page, since);
    close(page);
}

fn changes(page: &mut Page, since: &Since) {
    if since.changes.is_empty() {
        let none = page.pick("Tidak ada.", "Nothing.");
        page.put(format_args!("<p>{none}</p>"));
        return;
    }
    page.put(format_args!("<div class=\"scroll\"><table>"));
    for change in &since.changes {
        let Some(question) = find(page.report, &change.question) else {
            continue;
        };
        let words = change.new_faults.iter().chain(&change.mended);
        let words: Vec<String> = words.map(|w| xml(w.get(page.lang))).collect();
        page.put(format_args!(
            "<tr><td><a href=\"#{}\">{}</a></td><td>{} → {}</td><td class=\"n\">{}</td>\
             <td class=\"hide\">{}</td></tr>",
            badge::anchor(question.id.as_str()),
            xml(&question.number),
            badge::badge(change.from, page.lang),
            badge::badge(change.to, page.lang),
            signed(page, change.points),
            words.join("<br>")
        ));
    }
    page.put(format_args!("</table></div>"));
}

fn signed(page: &Page, points: f64) -> String {
    let sign = if points > 0.0 { "+" } else { "" };
    format!("{sign}{}", page.points(points))
}

fn find<'a>(
    report: &'a Report,
    id: &crate::model::QuestionId,
) -> Option<&'a QuestionReport> {
    report.questions().find(|question| question.id == *id)
}

pub(super) fn gaps(page: &mut Page) {
    let shown = page.report.gaps.len().min(GAPS_SHOWN);
    if shown == 0 {
        return;
    }
    let heading = match page.lang {
        crate::model::Lang::Id => format!("{shown} celah bernilai terbesar"),
        crate::model::Lang::En => format!("The {shown} gaps worth most"),
    };
    open(page, "celah", &heading);
    page.put(format_args!("<ol class=\"gaps\">"));
    for gap in page.report.gaps.iter().take(shown) {
        if let Some(question) = find(page.report, &gap.question) {
            one_gap(page, gap, question);
        }
    }
    page.put(format_args!("</ol>"));
    close(page);
}

fn one_gap(page: &mut Page, gap: &Gap, question: &QuestionReport) {
    let anchor = badge::anchor(question.id.as_str());
    page.put(format_args!(
        "<li><div class=\"row\"><span class=\"win\">+{}</span><a href=\"#{anchor}\">{} {}</a>{}\
         </div><div>{}</div><div class=\"who\">{}</div>",
        page.points(gap.points),
        xml(&capital(page.report.part_names.question.get(page.lang))),
        xml(&question.number),
        badge::badge(question.state, page.lang),
        xml(question.ask.get(page.lang)),
        xml(&crate::report::table::rows::offices(question))
    ));
    let to_do = crate::report::sheet::xlsx::to_do(question);
    badge::say(page, to_do.into_iter().flatten().take(3));
    page.put(format_args!("</li>"));
}

pub(super) fn lift(page: &mut Page) {
    let Some(lift) = &page.report.standings.lift else {
        return;
    };
    let heading = format!(
        "{} {}",
        page.pick("Jalan termudah ke", "The easiest way to"),
        xml(lift.to.get(page.lang))
    );
    open(page, "naik", &heading);
    let lead = match page.lang {
        crate::model::Lang::Id => format!(
            "{} pertanyaan berikut membawa nilai ke {}; yang tinggal diperiksa didahulukan, yang \
             belum ada bukti paling akhir.",
            lift.steps.len(),
            page.points(lift.reaches)
        ),
        crate::model::Lang::En => format!(
            "These {} questions bring the score to {}; what only wants a look comes first, what \
             has no evidence last.",
            lift.steps.len(),
            page.points(lift.reaches)
        ),
    };
    page.put(format_args!(
        "<p class=\"lead\">{lead}</p><div class=\"scroll\"><table>"
    ));
    for step in &lift.steps {
        if let Some(question) = find(page.report, &step.question) {
            page.put(format_args!(
                "<tr><td><a href=\"#{}\">{}</a></td><td>{}</td><td class=\"hide\">{}</td>\
                 <td class=\"n\">+{}</td></tr>",
                badge::anchor(question.id.as_str()),
                xml(&question.number),
                badge::badge(question.state, page.lang),
                xml(question.ask.get(page.lang)),
                page.points(step.points)
            ));
        }
    }
    page.put(format_args!("</table></div>"));
    close(page);
}

pub(super) fn offices(page: &mut Page) {
    let heading = page.pick("Yang harus bertindak", "Who has to act");
    open(page, "pengampu", heading);
    let lead = page.pick(
        "Pertanyaan milik beberapa perangkat daerah dihitung pada masing-masing.",
        "A question of several offices is counted at each of them.",
    );
    page.put(format_args!(
        "<p class=\"lead\">{lead}</p><div class=\"scroll\"><table><tr><th>{}</th><th class=\"n\">{}\
         </th><th class=\"n\">{}</th><th class=\"hide\">{}</th></tr>",
        page.pick("Perangkat daerah", "Office"),
        page.pick("Bisa diraih", "To be won"),
        page.pick("Pertanyaan", "Questions"),
        page.pick("Keadaan", "State")
    ));
    for office in page.report.offices.iter().filter(|o| !o.tasks.is_empty()) {
        page.put(format_args!(
            "<tr><td><a href=\"#{}\">{}</a></td><td class=\"n\">{}</td><td class=\"n\">{}</td>\
             <td class=\"hide\">",
            badge::office_anchor(office.office.id.as_str()),
            xml(office.name.get(page.lang)),
            page.points(office.coverage.points.gap()),
            office.tasks.len()
        ));
        bar(page, office.coverage);
        page.put(format_args!("</td></tr>"));
    }
    page.put(format_args!("</table></div>"));
    close(page);
}
