//! Writes a PDF page by page, so that no more than a page is in memory: objects as they come,
//! then the table of where they lie (ISO 32000-1, 7.5). It always knows how long the whole
//! PDF would be if it ended here.

use super::{
    font,
    layer::{Alphabet, FONT, PICTURE},
    picture::Jpeg,
};
use crate::model::Digest;
use pdf_writer::{Chunk, Filter, Finish, Name, Rect, Ref, Settings, TextStr};
use std::{
    fmt::Write as _,
    io::{Result, Write},
};

/// Objects that every document has, from 1.
const CATALOG: i32 = 1;
const PAGES: i32 = 2;
const INFO: i32 = 3;
const FONTS: font::Refs = font::Refs {
    font: Ref::new(4),
    letters: Ref::new(5),
    descriptor: Ref::new(6),
    program: Ref::new(7),
    meaning: Ref::new(8),
    shapes: Ref::new(9),
};
/// Bytes of the end besides what grows with the pages: the catalog, the heads of both lists,
/// the trailer.
const END_BYTES: u64 = 600;
/// Bytes of the end for each object (ISO 32000-1, 7.5.4), and for each page in the list.
const ENTRY_BYTES: u64 = 20;
const KID_BYTES: u64 = 16;

/// The provenance that an access copy states.
#[derive(Debug, Clone)]
pub struct About {
    /// The original's digest.
    pub original: Digest,
    /// The program that makes the copy.
    pub program: &'static str,
}

/// A page to be written.
pub(super) struct Picture<'a> {
    /// Width and height on paper.
    pub points: (f32, f32),
    /// What is seen.
    pub jpeg: &'a Jpeg,
    /// The packed instructions, see [`super::layer::content`].
    pub layer: &'a [u8],
}

/// A document that is being written.
pub(super) struct Book<W: Write> {
    out: W,
    len: u64,
    /// Where each object begins, the first being number 1.
    offsets: Vec<u64>,
    kids: Vec<Ref>,
}

impl<W: Write> Book<W> {
    /// Begins a document.
    pub(super) fn begin(out: W, about: &About, alphabet: &Alphabet) -> Result<Self> {
        let mut book = Self {
            out,
            len: 0,
            offsets: Vec::new(),
            kids: Vec::new(),
        };
        // Four bytes above 127 tell programs that this is no text (7.5.2).
        book.write(b"%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")?;
        let mut info = chunk();
        let title = format!("Salinan kecil; asli SHA-256 {}", about.original);
        let subject = "Salinan kecil untuk unggahan; yang berlaku dokumen aslinya, dan tanda \
                       tangan elektronik hanya ada di sana. A smaller copy for upload; the \
                       original counts, and it alone carries electronic signatures.";
        let mut dict = info.indirect(Ref::new(INFO)).dict();
        dict.pair(Name(b"Title"), TextStr(&title));
        dict.pair(Name(b"Subject"), TextStr(subject));
        dict.pair(Name(b"Producer"), TextStr(about.program));
        dict.finish();
        book.write_object(Ref::new(INFO), &info)?;
        for (id, part) in font::objects(FONTS, alphabet)? {
            book.write_object(id, &part)?;
        }
        Ok(book)
    }

    /// Adds a page.
    pub(super) fn add(&mut self, page: &Picture<'_>) -> Result<()> {
        let next = i32::try_from(self.offsets.len()).unwrap_or(i32::MAX - 3);
        let id = Ref::new(next + 1);
        let (layer, picture) = (Ref::new(next + 2), Ref::new(next + 3));
        let mut leaf = chunk();
        let mut dict = leaf.page(id);
        dict.parent(Ref::new(PAGES));
        dict.media_box(Rect::new(0.0, 0.0, page.points.0, page.points.1));
        dict.contents(layer);
        let mut resources = dict.resources();
        resources.x_objects().pair(PICTURE, picture);
        resources.fonts().pair(FONT, FONTS.font);
        resources.finish();
        dict.finish();
        self.write_object(id, &leaf)?;
        let mut content = chunk();
        content
            .stream(layer, page.layer)
            .filter(Filter::FlateDecode);
        self.write_object(layer, &content)?;
        let mut seen = chunk();
        let mut image = seen.image_xobject(picture, &page.jpeg.bytes);
        image.filter(Filter::DctDecode);
        image.width(i32::try_from(page.jpeg.width).unwrap_or(i32::MAX));
        image.height(i32::try_from(page.jpeg.height).unwrap_or(i32::MAX));
        match page.jpeg.is_grey {
            true => image.color_space().device_gray(),
            false => image.color_space().device_rgb(),
        }
        image.bits_per_component(8);
        image.finish();
        self.write_object(picture, &seen)?;
        self.kids.push(id);
        Ok(())
    }

    /// Returns how long the document would be at most if it ended here, in bytes.
    pub(super) fn finished_len(&self) -> u64 {
        let (objects, pages) = (self.offsets.len() as u64, self.kids.len() as u64);
        self.len + END_BYTES + ENTRY_BYTES * objects + KID_BYTES * pages
    }

    /// Ends the document; returns its length in bytes.
    pub(super) fn finish(mut self) -> Result<u64> {
        let kids = std::mem::take(&mut self.kids);
        let count = i32::try_from(kids.len()).unwrap_or(i32::MAX);
        let mut tree = chunk();
        tree.pages(Ref::new(PAGES)).count(count).kids(kids);
        self.write_object(Ref::new(PAGES), &tree)?;
        let mut root = chunk();
        let mut dict = root.indirect(Ref::new(CATALOG)).dict();
        dict.pair(Name(b"Type"), Name(b"Catalog"));
        dict.pair(Name(b"Pages"), Ref::new(PAGES));
        dict.finish();
        self.write_object(Ref::new(CATALOG), &root)?;
        let (at, size) = (self.len, self.offsets.len() + 1);
        let mut end = format!("xref\n0 {size}\n0000000000 65535 f \n");
        for offset in &self.offsets {
            let _ = writeln!(end, "{offset:010} 00000 n ");
        }
        let _ = write!(
            end,
            "trailer\n<</Size {size}/Root {CATALOG} 0 R/Info {INFO} 0 R>>\n\
             startxref\n{at}\n%%EOF\n"
        );
        self.write(end.as_bytes())?;
        self.out.flush()?;
        Ok(self.len)
    }

    fn write_object(&mut self, id: Ref, object: &Chunk) -> Result<()> {
        let at = usize::try_from(id.get() - 1).unwrap_or_default();
        if self.offsets.len() <= at {
            self.offsets.resize(at + 1, 0);
        }
        if let Some(offset) = self.offsets.get_mut(at) {
            *offset = self.len;
        }
        self.write(object.as_bytes())
    }

    fn write(&mut self, bytes: &[u8]) -> Result<()> {
        self.len += bytes.len() as u64;
        self.out.write_all(bytes)
    }
}

fn chunk() -> Chunk {
    Chunk::with_settings(Settings { pretty: false })
}
