//! The letter as a page that prints on A4.

use super::Letter;
use crate::report::escape::xml;
use std::fmt::Write;

const STYLE: &str = include_str!("letter.css");

/// Returns the letter as the text of an HTML page.
pub fn html(letter: &Letter) -> String {
    let mut out = String::new();
    // Writing to a string does not fail.
    let _ = write(letter, &mut out);
    out
}

fn write(letter: &Letter, out: &mut String) -> std::fmt::Result {
    let lang = letter.lang;
    let [government, secretariat, address] = letter.head.each_ref().map(|line| xml(line));
    writeln!(
        out,
        "<!doctype html>\n<html lang=\"{}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <title>{}</title><style>{STYLE}</style></head><body>\
         <div class=\"kop\"><b>{government}</b><strong>{secretariat}</strong>{address}</div>\
         <p class=\"right\">{}</p><table class=\"about\">",
        lang.pick("id", "en"),
        xml(&letter.attachment),
        xml(&letter.dated)
    )?;
    for (name, value) in &letter.about {
        writeln!(
            out,
            "<tr><td>{name}</td><td>:</td><td>{}</td></tr>",
            xml(value)
        )?;
    }
    writeln!(out, "</table><p>{}</p>", lines(&letter.to))?;
    writeln!(out, "<p class=\"in\">{}</p><ol>", xml(&letter.opening))?;
    for point in &letter.points {
        writeln!(out, "<li>{}</li>", xml(point))?;
    }
    writeln!(out, "</ol><p class=\"in\">{}</p>", xml(&letter.closing))?;
    let [office, name, nip] = letter.signed.each_ref().map(|line| xml(line));
    writeln!(
        out,
        "<div class=\"sign\">{office}<br><br><br><br>{name}<br>{nip}</div>\
         <p class=\"cc\">{}:<br>{}</p>",
        lang.pick("Tembusan", "Copies"),
        lines(&letter.copies)
    )?;
    writeln!(
        out,
        "<section><h1>{}<br>{}</h1><table class=\"list\"><thead><tr>",
        lang.pick("LAMPIRAN", "ATTACHMENT"),
        xml(&letter.attachment)
    )?;
    for column in &letter.columns {
        write!(out, "<th>{column}</th>")?;
    }
    writeln!(out, "</tr></thead><tbody>")?;
    for row in &letter.rows {
        let cells = row.each_ref().map(|cell| {
            let cell: Vec<&str> = cell.lines().collect();
            format!("<td>{}</td>", lines(&cell))
        });
        writeln!(out, "<tr>{}</tr>", cells.concat())?;
    }
    writeln!(out, "</tbody></table></section></body></html>")
}

fn lines<S: AsRef<str>>(lines: &[S]) -> String {
    let lines: Vec<String> = lines.iter().map(|line| xml(line.as_ref())).collect();
    lines.join("<br>")
}
