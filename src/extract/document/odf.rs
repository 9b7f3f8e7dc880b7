//! Takes an `OpenDocument` file: a text is one page, a presentation a page a slide with the
//! speaker's notes after it, a spreadsheet a page a sheet. One reader for all three, because
//! they are written in one language (ODF 1.3 part 3).

use super::flow::Flow;
use super::inside::Stored;
use super::lists::Lists;
use super::office::package::Package;
use super::xml::{Step, Tag, walk};
use super::{Document, Refusal};
use crate::extract::Limits;
use crate::model::{Note, NoteCode};
use std::collections::BTreeSet;

/// Times that one cell or row is repeated at most: programs fill a sheet's million empty cells
/// by repeating one, and a person repeats a value only so often.
const MAX_REPEATS: u32 = 1_000;
/// Bytes of one row of a sheet.
const MAX_ROW: usize = 1 << 20;
/// Spaces that `text:s` may stand for.
const MAX_SPACES: u32 = 16;

/// Reads an ODT, ODS or ODP.
pub(super) fn read(bytes: &[u8], limits: &Limits) -> Result<Document, Refusal> {
    let mut package = Package::open(bytes).map_err(Refusal::Broken)?;
    let mut locked = false;
    package.walk("META-INF/manifest.xml", |step| {
        locked |= matches!(step, Step::Open("encryption-data", _));
    });
    if locked {
        return Err(Refusal::Locked);
    }
    let mut frame = Reader::new(limits.max_pages);
    package.walk("styles.xml", |step| frame.step(&step));
    let mut reader = Reader::new(limits.max_pages);
    reader.lists.adopt(std::mem::take(&mut frame.lists));
    reader.hidden.append(&mut frame.hidden_for_all);
    if !package.walk("content.xml", |step| reader.step(&step)) {
        return Err(Refusal::broken("content.xml"));
    }
    let objects = std::mem::take(&mut reader.objects);
    let mut document = reader.finish(frame);
    for object in objects {
        let mut inner = Reader::new(limits.max_pages);
        package.walk(&format!("{object}/content.xml"), |step| inner.step(&step));
        let lines = inner.finish(Reader::new(1)).pages.into_iter().flatten();
        match document.pages.last_mut() {
            Some(last) => last.extend(lines),
            None => document.pages.push(lines.collect()),
        }
    }
    document.metadata = package.properties("meta.xml");
    Ok(document)
}

/// Objects of its own kind inside a document that are read: charts, formulas, tables.
const MAX_OBJECTS: usize = 200;

/// Reads an `OpenDocument` that is one XML file ("flat").
pub(super) fn flat(raw: Vec<u8>, limits: &Limits) -> Document {
    let mut reader = Reader::new(limits.max_pages);
    walk(raw, |step| reader.step(&step));
    let frame = Reader {
        head: std::mem::take(&mut reader.head),
        foot: std::mem::take(&mut reader.foot),
        ..Reader::new(limits.max_pages)
    };
    reader.finish(frame)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Text,
    Sheets,
    Slides,
}

/// Walks through `content.xml`, or through the headers and footers of `styles.xml`.
struct Reader {
    flow: Flow,
    kind: Kind,
    max_pages: u32,
    pages: Vec<Vec<String>>,
    /// Pages met, read or not.
    count: u32,
    head: Vec<String>,
    foot: Vec<String>,
    notes: Vec<String>,
    /// Where the lines begin of the notes that are being read.
    note_from: Vec<usize>,
    pictures: Vec<Stored>,
    /// Depth inside paragraphs: text elsewhere is the program's.
    paragraphs: u32,
    /// Depth inside what is not shown: deleted and hidden text, descriptions of pictures.
    skip: u32,
    /// Of each element that may be hidden and is open, whether it is.
    hiding: Vec<bool>,
    /// Names of the styles that hide, and of those among them that hold in every part: the
    /// names that programs give by themselves mean another style in each.
    hidden: BTreeSet<String>,
    hidden_for_all: BTreeSet<String>,
    in_automatic: bool,
    /// The style that is being read.
    style: String,
    lists: Lists,
    /// The comment that is being read, and those that were.
    comment: Option<String>,
    comments: Vec<String>,
    /// Folders of the documents inside.
    objects: Vec<String>,
    remarks: Vec<Note>,
    sheet: Sheet,
}

/// The row of a sheet that is being read.
#[derive(Default)]
struct Sheet {
    row: String,
    row_repeats: u32,
    in_cell: bool,
    cell: String,
    cell_repeats: u32,
    /// What the cell holds where that says more than what it shows: a date or a number.
    value: Option<String>,
}

impl Reader {
    fn new(max_pages: u32) -> Self {
        Self {
            flow: Flow::default(),
            kind: Kind::Text,
            max_pages,
            pages: Vec::new(),
            count: 0,
            head: Vec::new(),
            foot: Vec::new(),
            notes: Vec::new(),
            note_from: Vec::new(),
            pictures: Vec::new(),
            paragraphs: 0,
            skip: 0,
            hiding: Vec::new(),
            hidden: BTreeSet::new(),
            hidden_for_all: BTreeSet::new(),
            in_automatic: false,
            style: String::new(),
            lists: Lists::default(),
            comment: None,
            comments: Vec::new(),
            objects: Vec::new(),
            remarks: Vec::new(),
            sheet: Sheet::default(),
        }
    }

    fn step(&mut self, step: &Step<'_>) {
        match step {
            Step::Open(name, tag) => self.open(name, tag),
            Step::Close(name) => self.close(name),
            Step::Text(text) if self.paragraphs > 0 && self.skip == 0 => self.text(text),
            Step::Text(_) => {}
        }
    }

    fn text(&mut self, text: &str) {
        if let Some(comment) = self.comment.as_mut() {
            if comment.len() + text.len() <= MAX_ROW {
                comment.push_str(text);
            }
        } else if self.sheet.in_cell {
            self.sheet.text(text);
        } else {
            self.flow.text(text);
        }
    }

    fn open(&mut self, name: &str, tag: &Tag<'_>) {
        self.lists.open(name, tag);
        if is_hideable(name) && self.hiding.len() < MAX_OPEN {
            let hides = self.hides(name, tag);
            self.skip += u32::from(hides);
            self.hiding.push(hides);
        }
        self.open_style(name, tag);
        match name {
            _ if self.is_passed_over(name) => self.skip += 1,
            "annotation" => self.comment = Some(String::new()),
            "object" if self.objects.len() < MAX_OBJECTS => {
                let folder = tag.attribute("href");
                let folder = folder.map(|f| f.trim_start_matches("./").to_owned());
                self.objects
                    .extend(folder.filter(|folder| !folder.is_empty()));
            }
            "spreadsheet" => self.kind = Kind::Sheets,
            "presentation" | "drawing" => self.kind = Kind::Slides,
            "page" if self.kind == Kind::Slides => self.count += 1,
            "table" if self.kind == Kind::Sheets => {
                self.count += 1;
                self.flow.text(&tag.attribute("name").unwrap_or_default());
                self.flow.end_line();
            }
            "p" | "h" => self.open_paragraph(name, tag),
            "tab" => self.text("\t"),
            "s" => {
                let spaces = repeats(tag, "c").min(MAX_SPACES);
                self.text(&" ".repeat(spaces as usize));
            }
            "line-break" if self.sheet.in_cell => self.text(" "),
            "line-break" => self.flow.end_line(),
            "table-row" if self.kind == Kind::Sheets => {
                self.sheet.row_repeats = repeats(tag, "number-rows-repeated");
            }
            "table-row" => self.flow.start_row(),
            "table-cell" if self.kind == Kind::Sheets => self.sheet.open(tag),
            "note" => {
                self.note_from.push(self.flow.len());
                self.flow.set_aside();
            }
            "image" => self.pictures.extend(tag.attribute("href").map(|name| {
                Stored::Part(name.strip_prefix("./").unwrap_or(&name).to_owned())
            })),
            "header" | "header-first" | "header-left" | "footer" | "footer-first"
            | "footer-left" => {
                self.flow.page();
            }
            _ => {}
        }
    }

    /// Tells whether what an element holds is no text of the document: what was deleted, what
    /// describes a picture, who wrote a comment, and numbers that a program puts in.
    fn is_passed_over(&self, name: &str) -> bool {
        match name {
            "tracked-changes" | "desc" | "page-number" | "page-count" | "sheet-name"
            | "file-name" => true,
            "creator" | "date" => self.comment.is_some(),
            _ => false,
        }
    }

    fn open_style(&mut self, name: &str, tag: &Tag<'_>) {
        match name {
            "automatic-styles" => self.in_automatic = true,
            "styles" => self.in_automatic = false,
            "style" => self.style = tag.attribute("style:name").unwrap_or_default(),
            "text-properties" | "table-properties" => {
                let display = tag.attribute("display");
                if display.is_some_and(|display| matches!(&*display, "none" | "false")) {
                    self.hidden.insert(self.style.clone());
                    if !self.in_automatic {
                        self.hidden_for_all.insert(self.style.clone());
                    }
                }
            }
            _ => {}
        }
    }

    fn open_paragraph(&mut self, name: &str, tag: &Tag<'_>) {
        self.paragraphs += 1;
        let level = tag.attribute("outline-level").filter(|_| name == "h");
        let level = level.and_then(|level| level.parse().ok());
        if self.skip == 0
            && self.comment.is_none()
            && let Some(number) = self.lists.number(level)
        {
            self.text(&number);
        }
    }

    fn close(&mut self, name: &str) {
        self.lists.close(name);
        let is_shown = self.skip == 0;
        if is_hideable(name) && self.hiding.pop().unwrap_or(false) {
            self.skip = self.skip.saturating_sub(1);
        }
        match name {
            _ if self.is_passed_over(name) => self.skip = self.skip.saturating_sub(1),
            "annotation" => {
                let comment = self.comment.take().unwrap_or_default();
                let comment = comment.trim();
                self.comments
                    .extend((!comment.is_empty()).then(|| comment.to_owned()));
            }
            "table" if self.kind == Kind::Sheets && !is_shown => {
                // Nothing of a hidden sheet is read, its name is noted.
                let name = self.flow.page().into_iter().next().unwrap_or_default();
                self.remarks
                    .push(Note::file(NoteCode::HiddenPart).with(name));
                self.count = self.count.saturating_sub(1);
            }
            "page" if self.kind == Kind::Slides => self.end_page(),
            "table" if self.kind == Kind::Sheets => self.end_page(),
            "p" | "h" => {
                self.paragraphs = self.paragraphs.saturating_sub(1);
                if self.comment.is_some() {
                    self.text(" ");
                } else if self.sheet.in_cell {
                    self.sheet.text(" ");
                } else {
                    self.flow.end_line();
                }
            }
            "table-row" if self.kind == Kind::Sheets => {
                self.sheet.end_row(&mut self.flow);
            }
            "table-row" => self.flow.end_row(),
            "table-cell" if self.kind == Kind::Sheets => self.sheet.end_cell(),
            "table-cell" => self.flow.end_cell(),
            "note" => {
                if let Some(from) = self.note_from.pop() {
                    self.notes.extend(self.flow.resume(from));
                }
            }
            "header" | "header-first" | "header-left" => {
                self.head.extend(self.flow.page());
            }
            "footer" | "footer-first" | "footer-left" => {
                self.foot.extend(self.flow.page());
            }
            _ => {}
        }
    }

    /// Tells whether an element is not shown, by itself or by its style.
    fn hides(&self, name: &str, tag: &Tag<'_>) -> bool {
        let says = |attribute: &str, value: &str| {
            tag.attribute(attribute).is_some_and(|said| said == value)
        };
        match name {
            "hidden-text" | "hidden-paragraph" => says("is-hidden", "true"),
            "section" => says("display", "none"),
            _ => tag
                .attribute("style-name")
                .is_some_and(|style| self.hidden.contains(&style)),
        }
    }

    fn end_page(&mut self) {
        let mut lines = self.flow.page();
        lines.append(&mut self.notes);
        lines.append(&mut self.comments);
        if self.count <= self.max_pages {
            self.pages.push(lines);
        }
    }

    /// Makes the document; of a text with the headers and footers of its page styles.
    fn finish(mut self, frame: Self) -> Document {
        if self.kind == Kind::Text {
            // A letterhead stands in the header.
            let mut page = frame.head;
            page.append(&mut self.flow.page());
            page.append(&mut self.notes);
            page.extend(frame.foot);
            page.append(&mut self.comments);
            self.pages.push(page);
            self.count = 1;
        } else {
            // Pages beyond the limit are counted, not read. A file cut short may count one
            // that never ended.
            let count = (self.count as usize).max(self.pages.len());
            self.pages.resize(count, Vec::new());
            // What programs put there by themselves, a page's number, is no more than a word.
            let is_said = |line: &String| line.split_whitespace().count() > 1;
            if let Some(first) =
                self.pages.first_mut().filter(|_| self.kind == Kind::Sheets)
            {
                let lines = frame.head.into_iter().chain(frame.foot);
                first.extend(lines.filter(is_said));
            }
        }
        let mut document = Document {
            pages: self.pages,
            pictures: self.pictures,
            notes: self.remarks,
            ..Document::default()
        };
        if self.flow.is_cut() {
            document.notes.push(Note::file(NoteCode::TooManyPages));
        }
        document
    }
}

impl Sheet {
    fn open(&mut self, tag: &Tag<'_>) {
        self.in_cell = true;
        self.cell.clear();
        self.cell_repeats = repeats(tag, "number-columns-repeated");
        let date = tag.attribute("date-value");
        let date = date.map(|date| date.chars().take(10).collect());
        // Plain, as the numbers of an XLSX are.
        self.value = date.or_else(|| tag.attribute("office:value"));
    }

    fn text(&mut self, text: &str) {
        if self.cell.len() + text.len() <= MAX_ROW {
            self.cell.push_str(text);
        }
    }

    fn end_cell(&mut self) {
        self.in_cell = false;
        let shown = self.value.take();
        let shown = shown.as_deref().unwrap_or(&self.cell).trim();
        for _ in 0..self.cell_repeats {
            if shown.is_empty() || self.row.len() + shown.len() > MAX_ROW {
                break;
            }
            self.row.push_str(shown);
            self.row.push_str("  ");
        }
    }

    fn end_row(&mut self, flow: &mut Flow) {
        for _ in 0..self.row_repeats {
            if self.row.is_empty() || flow.is_cut() {
                break;
            }
            flow.text(&self.row);
            flow.end_line();
        }
        self.row.clear();
    }
}

/// Elements open at once that are followed.
const MAX_OPEN: usize = 10_000;

/// Tells whether an element may be hidden, by itself or by its style.
fn is_hideable(name: &str) -> bool {
    matches!(
        name,
        "p" | "h" | "span" | "section" | "table" | "hidden-text" | "hidden-paragraph"
    )
}

fn repeats(tag: &Tag<'_>, attribute: &str) -> u32 {
    let count = tag.attribute(attribute);
    let count = count.and_then(|count| count.parse::<u32>().ok());
    count.unwrap_or(1).min(MAX_REPEATS)
}

#[cfg(test)]
mod tests {
    use super::super::xml::walk;
    use super::*;

    fn pages(xml: &str) -> Vec<Vec<String>> {
        let mut reader = Reader::new(100);
        walk(xml.as_bytes().to_vec(), |step| reader.step(&step));
        reader.finish(Reader::new(100)).pages
    }

    #[test]
    fn notes_and_comments_come_after_the_text_and_what_is_hidden_does_not_come() {
        let xml = "<style:style style:name=\"T1\"><style:text-properties \
            text:display=\"none\"/></style:style><office:text><text:tracked-changes><text:p>lama</text:p>\
            </text:tracked-changes><text:p>NOMOR<text:s text:c=\"3\"/>5<text:note>\
            <text:note-body><text:p>kaki</text:p></text:note-body></text:note> tahun\
            <office:annotation><dc:creator>Siti</dc:creator><text:p>komentar</text:p>\
            </office:annotation><text:span text:style-name=\"T1\">rahasia</text:span></text:p>\
            <table:table-row><table:table-cell><text:p>No</text:p></table:table-cell>\
            <table:table-cell><text:p>Nama</text:p></table:table-cell></table:table-row>\
            </office:text>";
        assert_eq!(
            pages(xml),
            [["NOMOR   5 tahun", "No   Nama   ", "kaki", "komentar"]]
        );
    }

    #[test]
    fn lists_and_headings_are_numbered_as_they_are_shown() {
        let xml = "<text:outline-style><text:outline-level-style text:level=\"1\" \
            style:num-format=\"I\" style:num-prefix=\"BAB \"/></text:outline-style>\
            <text:list-style style:name=\"L\"><text:list-level-style-number text:level=\"1\" \
            style:num-format=\"1\" loext:num-list-format=\"Pasal %1%\"/>\
            <text:list-level-style-number text:level=\"2\" style:num-format=\"a\" \
            style:num-prefix=\"(\" style:num-suffix=\")\"/></text:list-style><office:text>\
            <text:h text:outline-level=\"1\">UMUM</text:h><text:list text:style-name=\"L\">\
            <text:list-item><text:p>satu</text:p><text:p>lanjut</text:p><text:list>\
            <text:list-item><text:p>huruf</text:p></text:list-item></text:list>\
            </text:list-item></text:list><text:h text:outline-level=\"1\">AKHIR</text:h>\
            <text:list text:style-name=\"L\" text:continue-numbering=\"true\"><text:list-item>\
            <text:p>dua</text:p></text:list-item></text:list></office:text>";
        let expected = [[
            "BAB I UMUM",
            "Pasal 1 satu",
            "lanjut",
            "(a) huruf",
            "BAB II AKHIR",
            "Pasal 2 dua",
        ]];
        assert_eq!(pages(xml), expected);
    }

    #[test]
    fn a_million_repeated_cells_are_a_few() {
        let row = |repeats: &str, text: &str| {
            format!(
                "<table:table-row table:number-rows-repeated=\"{repeats}\"><table:table-cell \
                table:number-columns-repeated=\"{repeats}\"><text:p>{text}</text:p>\
                </table:table-cell></table:table-row>"
            )
        };
        let xml = format!(
            "<office:spreadsheet><table:table table:name=\"A\">{}{}<table:table-row>\
            <table:table-cell office:date-value=\"2024-05-14T00:00:00\"><text:p>14/5</text:p>\
            </table:table-cell></table:table-row></table:table></office:spreadsheet>",
            row("1048576", ""),
            row("2", "x"),
        );
        assert_eq!(pages(&xml), [["A", "x  x  ", "x  x  ", "2024-05-14  "]]);
        let bomb = format!(
            "<office:spreadsheet><table:table>{}</table:table></office:spreadsheet>",
            row("1048576", &"bom".repeat(1000))
        );
        let bytes: usize = pages(&bomb).iter().flatten().map(String::len).sum();
        assert!(bytes <= 4 << 20, "{bytes}");
    }
}
