//! The letter as a page that prints on A4.

use super::Letter;
use crate::report::escape::page_text;
use maud::{DOCTYPE, Markup, PreEscaped, html as markup};

const STYLE: &str = include_str!("letter.css");

/// Returns the letter as the text of an HTML page.
pub fn html(letter: &Letter) -> String {
    let page = markup! {
        (DOCTYPE)
        html lang=(letter.lang.pick("id", "en")) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width,initial-scale=1";
                title { (letter.attachment) }
                // Our own file: no text of a document.
                style { (PreEscaped(STYLE)) }
            }
            body { (sheet(letter)) (attachment(letter)) }
        }
    };
    page_text(page)
}

fn sheet(letter: &Letter) -> Markup {
    let [government, secretariat, address] = &letter.head;
    let [office, name, nip] = &letter.signed;
    markup! {
        div.kop { b { (government) } strong { (secretariat) } (address) }
        p.right { (letter.dated) }
        table.about {
            @for (name, value) in &letter.about {
                tr { td { (name) } td { ":" } td { (value) } }
            }
        }
        p { (lines(letter.to.iter().map(String::as_str))) }
        p class="in" { (letter.opening) }
        ol {
            @for point in &letter.points { li { (point) } }
        }
        p class="in" { (letter.closing) }
        div.sign { (office) br; br; br; br; (name) br; (nip) }
        p.cc {
            (letter.lang.pick("Tembusan", "Copies")) ":" br;
            (lines(letter.copies.iter().map(String::as_str)))
        }
    }
}

fn attachment(letter: &Letter) -> Markup {
    markup! {
        section {
            h1 { (letter.lang.pick("LAMPIRAN", "ATTACHMENT")) br; (letter.attachment) }
            table.list {
                thead {
                    tr { @for column in &letter.columns { th { (column) } } }
                }
                tbody {
                    @for row in &letter.rows {
                        tr { @for cell in row { td { (lines(cell.lines())) } } }
                    }
                }
            }
        }
    }
}

/// Returns lines, one below the other.
fn lines<'t>(lines: impl Iterator<Item = &'t str>) -> Markup {
    markup! {
        @for (n, line) in lines.enumerate() {
            @if n > 0 { br; }
            (line)
        }
    }
}
