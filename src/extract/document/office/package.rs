//! Takes the ZIP that a modern office file is and gives its parts, within limits: a kilobyte
//! can unpack to gigabytes. Knows the properties and relationships both families write.

use crate::extract::document::xml::{Step, walk};
use crate::model::Metadata;
use std::borrow::Cow;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// Bytes of XML read of one part: some thousand pages of text with its markup.
const MAX_PART: u64 = 64 << 20;
/// Bytes unpacked of one file in all: as many as a file may have packed.
const MAX_TOTAL: u64 = 256 << 20;
/// How many times its packed size a large part may have: a sheet of a million equal rows has
/// ten, and markup seldom more than fifty.
const MAX_RATIO: u64 = 100;
/// Chars of a property that are kept.
const MAX_PROPERTY: usize = 500;

/// An opened package.
pub(in crate::extract) struct Package<'a> {
    archive: ZipArchive<Cursor<&'a [u8]>>,
    left: u64,
}

/// What a part says it points to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::extract) struct Relation {
    pub id: String,
    /// The last word of its type, such as `image` or `notesSlide`.
    pub kind: String,
    /// The part's name in the package.
    pub target: String,
}

impl<'a> Package<'a> {
    /// Opens a package; the error is the reader's own words.
    pub fn open(bytes: &'a [u8]) -> Result<Self, String> {
        match ZipArchive::new(Cursor::new(bytes)) {
            Ok(archive) => Ok(Self {
                archive,
                left: MAX_TOTAL,
            }),
            Err(error) => Err(error.to_string()),
        }
    }

    /// Returns the names of all parts, sorted.
    pub fn names(&self) -> Vec<String> {
        let names = self.archive.file_names().flatten();
        let mut names: Vec<String> = names.map(Cow::into_owned).collect();
        names.sort();
        names
    }

    /// Unpacks a part. One cut short or with a wrong checksum gives what came before.
    pub fn part(&mut self, name: &str) -> Option<Vec<u8>> {
        self.take(name, MAX_PART)
    }

    /// Unpacks the beginning of a part.
    pub fn take(&mut self, name: &str, max: u64) -> Option<Vec<u8>> {
        let file = self.archive.by_name(name).ok()?;
        let mut raw = Vec::new();
        let _ = file.take(max.min(self.left)).read_to_end(&mut raw);
        self.left = self.left.saturating_sub(raw.len() as u64);
        (!raw.is_empty()).then_some(raw)
    }

    /// Returns checksum and size of a part as the package lists them.
    pub fn identity(&mut self, name: &str) -> Option<(u64, u64)> {
        let file = self.archive.by_name(name).ok()?;
        Some((u64::from(file.crc32()), file.size()))
    }

    /// Returns the part that unpacks to suspiciously much more than it takes packed, by what
    /// the package says of it. For readers that unpack without a limit of their own.
    pub fn bomb(&mut self) -> Option<String> {
        (0..self.archive.len()).find_map(|at| {
            let part = self.archive.by_index_raw(at).ok()?;
            let ratio = part.size() / part.compressed_size().max(1);
            let is_bomb = part.size() > MAX_PART && ratio > MAX_RATIO;
            is_bomb.then(|| part.name().map(Cow::into_owned).unwrap_or_default())
        })
    }

    /// Walks through a part of XML; one that is not there has no steps.
    pub fn walk(&mut self, name: &str, visit: impl FnMut(Step<'_>)) -> bool {
        let raw = self.part(name);
        let found = raw.is_some();
        walk(raw.unwrap_or_default(), visit);
        found
    }

    /// Returns what `part` points to inside the package (ECMA-376 part 2, 6.5).
    pub fn relations(&mut self, part: &str) -> Vec<Relation> {
        let (folder, file) = part.rsplit_once('/').unwrap_or(("", part));
        let mut found = Vec::new();
        let list = match folder {
            "" => format!("_rels/{file}.rels"),
            folder => format!("{folder}/_rels/{file}.rels"),
        };
        self.walk(&list, |step| {
            let Step::Open("Relationship", tag) = step else {
                return;
            };
            let outside = tag.attribute("TargetMode").is_some_and(|m| m == "External");
            let (Some(id), Some(target)) = (tag.attribute("Id"), tag.attribute("Target"))
            else {
                return;
            };
            let kind = tag.attribute("Type").unwrap_or_default();
            if !outside {
                found.push(Relation {
                    id,
                    kind: kind.rsplit('/').next().unwrap_or_default().to_owned(),
                    target: resolve(folder, &target),
                });
            }
        });
        found
    }

    /// Returns the part that the package says is its document.
    pub fn main_part(&mut self) -> Option<String> {
        let mut relations = self.relations("").into_iter();
        let main = relations.find(|relation| relation.kind == "officeDocument")?;
        self.identity(&main.target).map(|_| main.target)
    }

    /// Returns title, creation date and program of an OOXML package.
    pub fn ooxml_properties(&mut self) -> Metadata {
        let mut metadata = self.properties("docProps/core.xml");
        metadata.producer = self.properties("docProps/app.xml").producer;
        metadata
    }

    /// Reads properties by the names that Dublin Core, OOXML and ODF give them.
    pub fn properties(&mut self, part: &str) -> Metadata {
        let mut metadata = Metadata::default();
        let mut value = String::new();
        self.walk(part, |step| match step {
            Step::Open(..) => value.clear(),
            Step::Text(text) => value.push_str(text),
            Step::Close(name) => {
                let field = match name {
                    "title" => &mut metadata.title,
                    "created" | "creation-date" => &mut metadata.created,
                    "Application" | "generator" => &mut metadata.producer,
                    _ => return,
                };
                *field = field.take().or_else(|| property(&value));
                value.clear();
            }
        });
        metadata
    }
}

/// Returns a property as it is kept: not empty, not endless.
pub(crate) fn property(value: &str) -> Option<String> {
    let value: String = value.trim().chars().take(MAX_PROPERTY).collect();
    (!value.is_empty()).then_some(value)
}

/// Resolves a target, relative to a folder or to the package where it begins with a slash.
fn resolve(folder: &str, target: &str) -> String {
    let mut path: Vec<&str> = match target.strip_prefix('/') {
        Some(_) => Vec::new(),
        None => folder.split('/').filter(|name| !name.is_empty()).collect(),
    };
    for name in target.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            name => path.push(name),
        }
    }
    path.join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn targets_are_relative_to_their_part() {
        for (folder, target, expected) in [
            ("word", "media/image1.png", "word/media/image1.png"),
            ("ppt/slides", "../media/a.jpg", "ppt/media/a.jpg"),
            ("ppt/slides", "/ppt/media/a.jpg", "ppt/media/a.jpg"),
            ("word", "../../../etc/passwd", "etc/passwd"),
        ] {
            assert_eq!(resolve(folder, target), expected);
        }
    }

    #[test]
    fn a_package_that_is_none_says_so() {
        assert!(Package::open(b"PK\x03\x04 rusak").is_err());
    }
}
