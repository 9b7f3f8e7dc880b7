//! Takes the package of a workbook and gives what stands on its sheets besides cells: text
//! boxes, diagrams and charts, comments, headers and footers, pictures. Apart from cells,
//! because those are streamed by a reader that sees nothing else.

use super::docx::is_drawn;
use super::package::{Package, Relation};
use super::shapes::Shapes;
use crate::extract::document::flow::Flow;
use crate::extract::document::inside::Stored;
use crate::extract::document::xml::{Step, walk};
use crate::extract::find;
use std::collections::HashMap;

/// Sheets looked at.
const MAX_SHEETS: usize = 2_000;
/// Parts looked at for pictures that no sheet relates to by a drawing.
const MAX_LISTS: usize = 2_000;
/// Bytes of a sheet whose header and footer are looked for: those of a list of data have none
/// that matter, and reading them twice would use up what may be unpacked of one file.
const MAX_FRAMED: u64 = 16 << 20;
/// Where the frame of a sheet begins: after its cells (ECMA-376 part 1, 18.3.1.46).
const FRAME: &[u8] = b"<headerFooter";

/// What stands on the sheets of a workbook.
#[derive(Default)]
pub(crate) struct Drawn {
    /// Lines of each sheet, by its name.
    pub lines: HashMap<String, Vec<String>>,
    pub pictures: Vec<Stored>,
    pub is_cut: bool,
}

/// Looks at the sheets of `names`, the visible ones; of a binary workbook they are taken in the
/// order of their parts.
pub(crate) fn drawn(package: &mut Package<'_>, main: &str, names: &[String]) -> Drawn {
    let mut drawn = Drawn::default();
    let mut flow = Flow::default();
    for (name, part) in sheets(package, main, names) {
        let mut lines = frame(package, &part, &mut flow);
        for relation in package.relations(&part) {
            match &*relation.kind {
                "drawing" => {
                    let (words, pictures) = drawing(package, &relation, &mut flow);
                    lines.extend(words);
                    drawn.pictures.extend(pictures);
                }
                "comments" | "threadedComment" => {
                    lines.extend(shapes(package, &relation.target, &mut flow));
                }
                // Pictures in the header of a sheet.
                "vmlDrawing" => {
                    let relations = package.relations(&relation.target);
                    drawn.pictures.extend(images(&relations));
                }
                _ => {}
            }
        }
        drawn.lines.insert(name, lines);
    }
    drawn.pictures.extend(in_cells(package));
    drawn.is_cut = flow.is_cut();
    drawn
}

/// Returns the part of each sheet.
fn sheets(
    package: &mut Package<'_>,
    main: &str,
    names: &[String],
) -> Vec<(String, String)> {
    let relations = package.relations(main);
    let mut found = Vec::new();
    package.walk(main, |step| {
        if let Step::Open("sheet", tag) = step
            && let (Some(name), Some(id)) = (tag.attribute("name"), tag.attribute("r:id"))
            && names.contains(&name)
            && let Some(part) = relations.iter().find(|relation| relation.id == id)
            && found.len() < MAX_SHEETS
        {
            found.push((name, part.target.clone()));
        }
    });
    if found.is_empty() {
        let sheets = relations.iter().filter(|r| r.kind == "worksheet");
        let mut parts: Vec<&str> = sheets.map(|sheet| sheet.target.as_str()).collect();
        parts.sort_by_key(|part| (part.len(), *part));
        let parts = parts.into_iter().map(str::to_owned);
        found.extend(names.iter().cloned().zip(parts));
    }
    found
}

fn shapes(package: &mut Package<'_>, part: &str, flow: &mut Flow) -> Vec<String> {
    let mut shapes = Shapes::new(flow);
    package.walk(part, |step| shapes.step(&step));
    shapes.finish().0
}

/// Reads a drawing with the diagrams and charts in it.
fn drawing(
    package: &mut Package<'_>,
    drawing: &Relation,
    flow: &mut Flow,
) -> (Vec<String>, Vec<Stored>) {
    let mut lines = shapes(package, &drawing.target, flow);
    let relations = package.relations(&drawing.target);
    for part in relations.iter().filter(|relation| is_drawn(relation)) {
        lines.extend(shapes(package, &part.target, flow));
    }
    (lines, images(&relations).collect())
}

fn images(relations: &[Relation]) -> impl Iterator<Item = Stored> {
    let images = relations.iter().filter(|relation| relation.kind == "image");
    images.map(|image| Stored::Part(image.target.clone()))
}

/// Pictures that programs put into cells keep lists of their own; those of the theme are none.
fn in_cells(package: &mut Package<'_>) -> Vec<Stored> {
    let names = package.names().into_iter();
    let lists = names.filter_map(|name| {
        let part = name.strip_suffix(".rels")?;
        let (folder, file) = part.rsplit_once("_rels/")?;
        let is_own = matches!(folder, "xl/" | "xl/richData/");
        is_own.then(|| format!("{folder}{file}"))
    });
    let lists: Vec<String> = lists.take(MAX_LISTS).collect();
    let relations = lists.iter().flat_map(|part| package.relations(part));
    let relations: Vec<Relation> = relations.collect();
    images(&relations).collect()
}

/// Reads header and footer of a printed sheet.
fn frame(package: &mut Package<'_>, part: &str, flow: &mut Flow) -> Vec<String> {
    let size = package.identity(part).map_or(u64::MAX, |(_, size)| size);
    if size > MAX_FRAMED {
        return Vec::new();
    }
    let raw = package.part(part).unwrap_or_default();
    let Some(at) = find(&raw, FRAME) else {
        return Vec::new();
    };
    let mut words = String::new();
    let mut lines = Vec::new();
    walk(
        raw.get(at..).unwrap_or_default().to_vec(),
        |step| match step {
            Step::Open(..) => words.clear(),
            Step::Text(text) => words.push_str(text),
            Step::Close(name) if name.ends_with("Header") || name.ends_with("Footer") => {
                lines.extend(frame_lines(&std::mem::take(&mut words)));
            }
            Step::Close(_) => {}
        },
    );
    lines.dedup();
    for line in &lines {
        flow.text(line);
        flow.end_line();
    }
    flow.page()
}

/// Takes the marks out of a header: `&L`, `&C` and `&R` begin a part, `&"Arial,Bold"` and `&12`
/// are its letters, `&P` and its like are numbers (ECMA-376 part 1, 18.3.1.39).
pub(crate) fn frame_lines(marked: &str) -> Vec<String> {
    let mut out = String::new();
    let mut chars = marked.chars().peekable();
    while let Some(c) = chars.next() {
        if c != '&' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('&') => out.push('&'),
            Some('L' | 'C' | 'R') => out.push('\n'),
            Some('"') => while chars.next().is_some_and(|c| c != '"') {},
            Some('K') => {
                for _ in 0..6 {
                    chars.next_if(char::is_ascii_hexdigit);
                }
            }
            Some(c) if c.is_ascii_digit() => {
                while chars.next_if(char::is_ascii_digit).is_some() {}
            }
            _ => {}
        }
    }
    let lines = out.lines().map(|line| line.trim().to_owned());
    // A page number without its number is no text.
    lines
        .filter(|line| line.chars().filter(|c| c.is_alphabetic()).count() > 1)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::frame_lines;

    #[test]
    fn marks_of_a_header_are_no_text() {
        let header =
            "&L&\"Arial,Bold\"&12PEMERINTAH && KOTA&C&K01+000&P / &N&R&D Bina Marga";
        assert_eq!(frame_lines(header), ["PEMERINTAH & KOTA", "Bina Marga"]);
    }
}
