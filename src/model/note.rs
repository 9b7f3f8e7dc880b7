//! Notes of problems while a file was read. A bad document is a note, never an `Err`. The words for
//! a person are here, in both languages.

use super::Lang;
use serde::{Deserialize, Serialize};

/// The kind of a note, from a closed list, for scripts.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    strum::IntoStaticStr,
    strum::EnumIter,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum NoteCode {
    /// The file has no bytes.
    EmptyFile,
    /// A password is needed.
    PasswordNeeded,
    /// The file's structure is broken beyond what readers repair.
    BrokenStructure,
    /// The structure was broken and repaired; what was read may be incomplete.
    Repaired,
    /// The file ends before its end.
    Truncated,
    /// A format that is not read.
    UnknownFormat,
    /// The name's ending does not fit the content.
    WrongExtension,
    /// More bytes than a file may have.
    TooManyBytes,
    /// More pages than a file may have; the rest was not read.
    TooManyPages,
    /// A picture declares more pixels than memory should be spent on.
    TooManyPixels,
    /// A page has no text and no readable picture.
    PageWithoutText,
    /// No page of the document has any text.
    NothingToRead,
    /// A page's picture could not be decoded.
    PictureUnreadable,
    /// A page could not be parsed; the others were.
    PageUnreadable,
    /// The text layer looks like garbage and was read again from the picture.
    BadTextLayer,
    /// The picture was taken without a capture date.
    NoCaptureDate,
    /// The picture has no place (GPS).
    NoPlace,
    /// Reading took too long.
    TimeOut,
    /// Reading took too much memory, or the reader fell over.
    ReaderDied,
    /// No permission.
    NoPermission,
    /// The file was locked by another program.
    Locked,
    /// The file vanished between listing and reading.
    Vanished,
    /// The file changed while it was read.
    ChangedWhileRead,
    /// Another error of the disk or the network.
    InputOutput,
    /// The disk of the archive, onto which files inside containers are unpacked, is full.
    NoRoom,
    /// The same bytes are already indexed under another path.
    SameBytes,
    /// Temporary file of an office program or the system.
    SystemFile,
    /// A link, not followed.
    LinkNotFollowed,
    /// Neither a file nor a folder.
    SpecialFile,
    /// OCR was switched off.
    OcrOff,
    /// The OCR engine failed on a page.
    OcrFailed,
    /// Only the first and last pages were read yet; a later run reads the rest.
    PagesWaiting,
    /// Another file is inside this one, attached or inserted, and is read as a file of its own;
    /// the detail is its name.
    AttachedFile,
    /// The file only says where a document lies: a shortcut, or a file of a cloud drive.
    PointsElsewhere,
    /// A server's answer (a page to log in, an error) was saved in place of the document.
    WebPageInstead,
    /// A form whose content no ordinary viewer shows (XFA); it was read from the form's data.
    DynamicForm,
    /// A sheet, slide or layer that is hidden and was not read; the detail is its name.
    HiddenPart,
    /// Office text keeps no pages; pictures in it were read as pages after the text.
    PicturesAsPages,
    /// A container has more members than are taken out of one.
    TooManyMembers,
    /// A container inside containers, deeper than is followed.
    NestedTooDeep,
    /// A member unpacks to suspiciously much more than it takes packed.
    RatioTooHigh,
    /// A member's name leads outside its container; it was read and is never written there.
    UnsafePath,
    /// A member could not be taken out of its container.
    MemberUnreadable,
    /// A member is packed by a method that is not read.
    UnknownCompression,
    /// One part of a container cut into several files.
    PartOfContainer,
}

impl NoteCode {
    /// Tells whether this keeps nothing from being read: it never explains a failure.
    pub fn is_remark(self) -> bool {
        use NoteCode as N;
        matches!(
            self,
            N::WrongExtension
                | N::BadTextLayer
                | N::NoCaptureDate
                | N::NoPlace
                | N::AttachedFile
                | N::PicturesAsPages
                | N::DynamicForm
                | N::HiddenPart
        )
    }

    /// What tells that part of what a file holds was not read, or is not seen by others, though
    /// the file was read: a person should know.
    pub const ATTENTION: [Self; 16] = [
        Self::TooManyPages,
        Self::TooManyPixels,
        Self::PictureUnreadable,
        Self::PageUnreadable,
        Self::OcrOff,
        Self::OcrFailed,
        Self::Truncated,
        Self::TooManyMembers,
        Self::TimeOut,
        Self::ReaderDied,
        Self::DynamicForm,
        Self::HiddenPart,
        Self::NothingToRead,
        Self::MemberUnreadable,
        Self::NestedTooDeep,
        Self::RatioTooHigh,
    ];

    /// Tells whether a person should know of this though the file was read.
    pub fn wants_attention(self) -> bool {
        Self::ATTENTION.contains(&self)
    }
}

/// A remark, with the page it is about and a detail for the technically minded.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Note {
    /// What happened.
    pub code: NoteCode,
    /// The page, from 1; `None` where the whole file is meant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// The reader's own words, or the other path; never the document's text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub detail: Option<String>,
}

impl Note {
    /// Makes a remark about the whole file.
    pub fn file(code: NoteCode) -> Self {
        Self {
            code,
            page: None,
            detail: None,
        }
    }

    /// Makes a remark about one page, counted from 1.
    pub fn page(code: NoteCode, page: u32) -> Self {
        Self {
            code,
            page: Some(page),
            detail: None,
        }
    }

    /// Returns the note of an error of a disk. A full disk is never the one that is read from.
    pub fn disk(error: &std::io::Error) -> Self {
        use std::io::ErrorKind;
        let code = match error.kind() {
            ErrorKind::StorageFull | ErrorKind::QuotaExceeded => NoteCode::NoRoom,
            _ => NoteCode::InputOutput,
        };
        Self::file(code).with(error.to_string())
    }

    /// Adds the reader's own words.
    #[must_use]
    pub fn with(mut self, detail: impl Into<String>) -> Self {
        self.detail = Some(detail.into());
        self
    }

    /// Returns what happened and what to do about it, for a person.
    pub fn explain(&self, lang: Lang) -> String {
        let (what, remedy) = words(self.code, lang);
        let mut text = match (self.page, lang) {
            (Some(page), Lang::Id) => format!("halaman {page}: {what}"),
            (Some(page), Lang::En) => format!("page {page}: {what}"),
            (None, _) => what.to_owned(),
        };
        if let Some(detail) = &self.detail {
            // A reader's words may break lines, and a name found in a file may hold anything.
            let detail = detail.replace(char::is_control, " ");
            text.push_str(" (");
            text.push_str(detail.trim());
            text.push(')');
        }
        if !remedy.is_empty() {
            text.push_str("; ");
            text.push_str(remedy);
        }
        text
    }
}

/// What happened, and what to do; the remedy is empty where nothing needs doing.
#[allow(clippy::too_many_lines, reason = "a table of words, one entry a code")]
fn words(code: NoteCode, lang: Lang) -> (&'static str, &'static str) {
    let pair = |id: (&'static str, &'static str), en: (&'static str, &'static str)| {
        (lang.pick(id.0, en.0), lang.pick(id.1, en.1))
    };
    match code {
        NoteCode::EmptyFile => pair(
            (
                "berkas kosong (0 bita)",
                "minta ulang berkas aslinya dari pengirim",
            ),
            (
                "the file is empty (0 bytes)",
                "ask the sender for the original again",
            ),
        ),
        NoteCode::PasswordNeeded => pair(
            ("berkas dikunci kata sandi", "simpan ulang tanpa kata sandi"),
            ("the file needs a password", "save it again without one"),
        ),
        NoteCode::BrokenStructure => pair(
            (
                "berkas rusak, tidak ada halaman yang terbaca",
                "pindai atau kirim ulang",
            ),
            (
                "the file is broken, no page can be read",
                "scan or send it again",
            ),
        ),
        NoteCode::Repaired => pair(
            (
                "struktur berkas rusak dan diperbaiki saat dibaca",
                "periksa kelengkapannya",
            ),
            (
                "the file's structure was broken and repaired",
                "check that it is complete",
            ),
        ),
        NoteCode::Truncated => pair(
            ("berkas terpotong", "salin atau unduh ulang sampai selesai"),
            (
                "the file is cut short",
                "copy or download it again to the end",
            ),
        ),
        NoteCode::UnknownFormat => pair(
            (
                "format ini tidak dibaca",
                "simpan sebagai PDF, JPEG, DOCX atau XLSX",
            ),
            (
                "this format is not read",
                "save it as PDF, JPEG, DOCX or XLSX",
            ),
        ),
        NoteCode::WrongExtension => pair(
            (
                "akhiran nama berkas tidak sesuai isinya",
                "ganti akhirannya",
            ),
            ("the name's ending does not fit the content", "rename it"),
        ),
        NoteCode::TooManyBytes => pair(
            ("ukuran berkas melebihi batas", "pecah atau perkecil berkas"),
            (
                "the file is above the size limit",
                "split it or make it smaller",
            ),
        ),
        NoteCode::TooManyPages => pair(
            (
                "jumlah halaman melebihi batas",
                "pecah berkas menjadi beberapa bagian",
            ),
            ("the file is above the page limit", "split it into parts"),
        ),
        NoteCode::TooManyPixels => pair(
            (
                "gambar melebihi batas piksel",
                "pindai ulang pada 200–300 dpi",
            ),
            (
                "a picture is above the pixel limit",
                "scan it again at 200–300 dpi",
            ),
        ),
        NoteCode::PageWithoutText => pair(
            ("tidak ada teks yang terbaca", ""),
            ("no text could be read", ""),
        ),
        NoteCode::PictureUnreadable => pair(
            ("gambar tidak dapat dibuka", "pindai ulang halaman ini"),
            ("the picture cannot be decoded", "scan this page again"),
        ),
        NoteCode::PageUnreadable => pair(
            ("halaman tidak dapat dibaca", "pindai ulang halaman ini"),
            ("the page cannot be read", "scan this page again"),
        ),
        NoteCode::BadTextLayer => pair(
            ("lapisan teks rusak, dibaca ulang dari gambar", ""),
            (
                "the text layer is garbage and was read again from the picture",
                "",
            ),
        ),
        NoteCode::NoCaptureDate => pair(
            (
                "foto tanpa tanggal pengambilan",
                "kirim berkas asli dari kamera",
            ),
            (
                "the photo has no capture date",
                "send the camera's original file",
            ),
        ),
        NoteCode::NoPlace => pair(
            ("foto tanpa lokasi (GPS)", ""),
            ("the photo has no place (GPS)", ""),
        ),
        NoteCode::TimeOut => pair(
            (
                "pembacaan melewati batas waktu",
                "cetak ulang ke PDF atau pecah berkas",
            ),
            (
                "reading ran over its time limit",
                "print it to PDF again or split it",
            ),
        ),
        NoteCode::ReaderDied => pair(
            (
                "pembaca berhenti mendadak pada berkas ini",
                "cetak ulang ke PDF",
            ),
            ("the reader fell over on this file", "print it to PDF again"),
        ),
        NoteCode::NoPermission => pair(
            (
                "tidak ada izin membuka",
                "minta izin baca kepada pengelola share",
            ),
            (
                "no permission to open it",
                "ask the share's keeper for read access",
            ),
        ),
        NoteCode::Locked => pair(
            (
                "berkas sedang dipakai program lain",
                "tutup program itu lalu ulangi",
            ),
            (
                "the file is in use by another program",
                "close it there and run again",
            ),
        ),
        NoteCode::Vanished => pair(
            (
                "berkas hilang saat hendak dibaca",
                "periksa share lalu ulangi",
            ),
            (
                "the file vanished before it was read",
                "check the share and run again",
            ),
        ),
        NoteCode::ChangedWhileRead => pair(
            (
                "berkas berubah saat dibaca",
                "ulangi setelah selesai disunting",
            ),
            (
                "the file changed while it was read",
                "run again when editing is done",
            ),
        ),
        NoteCode::InputOutput => pair(
            ("gangguan disk atau jaringan", "periksa share lalu ulangi"),
            (
                "the disk or network failed",
                "check the share and run again",
            ),
        ),
        NoteCode::NoRoom => pair(
            (
                "disk tempat arsip berada penuh, jadi berkas ini tidak dapat dibuka",
                "kosongkan ruang di disk itu lalu jalankan `bukti index` lagi",
            ),
            (
                "the disk that holds the archive is full, so this file cannot be opened",
                "free space on that disk and run `bukti index` again",
            ),
        ),
        NoteCode::SameBytes => pair(
            ("isi sama persis dengan berkas lain", ""),
            ("the bytes are the same as another file's", ""),
        ),
        NoteCode::SystemFile => pair(
            ("berkas sementara program atau sistem", ""),
            ("temporary file of a program or the system", ""),
        ),
        NoteCode::LinkNotFollowed => pair(
            ("tautan tidak diikuti", ""),
            ("the link is not followed", ""),
        ),
        NoteCode::SpecialFile => {
            pair(("bukan berkas biasa", ""), ("not a regular file", ""))
        }
        NoteCode::OcrOff => pair(
            (
                "halaman gambar tidak dibaca karena OCR dimatikan",
                "jalankan dengan OCR",
            ),
            ("the page is a picture and OCR is off", "run with OCR"),
        ),
        NoteCode::OcrFailed => pair(
            ("OCR gagal pada halaman ini", "pindai ulang halaman ini"),
            ("OCR failed on this page", "scan this page again"),
        ),
        NoteCode::PagesWaiting => pair(
            (
                "baru halaman awal dan akhir yang dibaca",
                "jalankan `bukti index` tanpa --quick",
            ),
            (
                "only the first and last pages were read yet",
                "run `bukti index` without --quick",
            ),
        ),
        NoteCode::AttachedFile => pair(
            ("ada berkas di dalamnya, dibaca tersendiri", ""),
            ("another file is inside and read as one of its own", ""),
        ),
        NoteCode::PointsElsewhere => pair(
            (
                "ini hanya penunjuk ke dokumen di tempat lain, bukan dokumennya",
                "buka tautannya, ekspor atau unduh dokumennya sebagai PDF (Google Docs: File > \
                 Download > PDF), lalu simpan di sini",
            ),
            (
                "this only points to a document elsewhere and holds none",
                "open the link, export or download the document as PDF (Google Docs: File > \
                 Download > PDF) and save it here",
            ),
        ),
        NoteCode::WebPageInstead => pair(
            (
                "isinya halaman web, misalnya halaman masuk (login), bukan dokumennya",
                "masuk ke situsnya dengan peramban, lalu unduh ulang dokumennya",
            ),
            (
                "it is a web page, such as one to log in, and not the document",
                "log in with a browser and download the document again",
            ),
        ),
        NoteCode::DynamicForm => pair(
            (
                "formulir dinamis (XFA): pembaca PDF biasa hanya menampilkan \"Please wait\"; \
                 isinya dibaca dari data formulir",
                "buka dengan Adobe Reader, lalu cetak ke PDF agar semua orang dapat melihatnya",
            ),
            (
                "a dynamic form (XFA): ordinary viewers show nothing but \"Please wait\"; it was \
                 read from the form's data",
                "open it in Adobe Reader and print it to PDF so that everyone can see it",
            ),
        ),
        NoteCode::HiddenPart => pair(
            (
                "ada bagian tersembunyi yang tidak dibaca",
                "tampilkan (Unhide) lalu simpan ulang bila itu bukti",
            ),
            (
                "a hidden part was not read",
                "unhide it and save again if it is evidence",
            ),
        ),
        NoteCode::NothingToRead => pair(
            (
                "tidak ada teks yang terbaca di seluruh berkas",
                "buka dan periksa; bila kosong, minta ulang dari pengirim",
            ),
            (
                "no text could be read in the whole file",
                "open it and look; if it is empty, ask the sender again",
            ),
        ),
        NoteCode::PicturesAsPages => pair(
            ("gambar di dalamnya dibaca sebagai halaman", ""),
            ("pictures inside were read as pages", ""),
        ),
        NoteCode::TooManyMembers => pair(
            (
                "isi wadah melebihi batas, sisanya tidak dibaca",
                "pecah menjadi beberapa wadah atau folder biasa",
            ),
            (
                "the container holds more than is taken out of one, the rest was not read",
                "split it, or use a plain folder",
            ),
        ),
        NoteCode::NestedTooDeep => pair(
            (
                "wadah di dalam wadah terlalu dalam",
                "buka wadahnya menjadi folder biasa",
            ),
            (
                "containers are nested too deep",
                "unpack it into a plain folder",
            ),
        ),
        NoteCode::RatioTooHigh => pair(
            (
                "hasil buka jauh lebih besar daripada kemasannya, seperti bom zip",
                "periksa asal berkas ini",
            ),
            (
                "it unpacks to far more than it takes packed, as a bomb does",
                "check where this file comes from",
            ),
        ),
        NoteCode::UnsafePath => pair(
            (
                "nama berkas di dalam wadah menunjuk ke luar; tidak pernah diikuti",
                "periksa asal wadah ini",
            ),
            (
                "a name inside the container leads outside; it is never followed",
                "check where this container comes from",
            ),
        ),
        NoteCode::MemberUnreadable => pair(
            (
                "berkas ini tidak dapat dikeluarkan dari wadahnya",
                "minta ulang wadah itu dari pengirim",
            ),
            (
                "it cannot be taken out of its container",
                "ask the sender for the container again",
            ),
        ),
        NoteCode::UnknownCompression => pair(
            (
                "cara kompresinya tidak dibaca",
                "kemas ulang sebagai ZIP biasa",
            ),
            ("its compression is not read", "pack it again as plain ZIP"),
        ),
        NoteCode::PartOfContainer => pair(
            (
                "satu bagian dari arsip yang dipecah menjadi beberapa berkas",
                "gabungkan semua bagiannya dengan program yang mengemasnya, lalu simpan isinya",
            ),
            (
                "one part of a container that is cut into several files",
                "join all parts with the program that packed them and save what is inside",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_note_reads_as_a_sentence_with_its_remedy() {
        let note = Note::page(NoteCode::PictureUnreadable, 3).with("JBIG2");
        assert_eq!(
            note.explain(Lang::Id),
            "halaman 3: gambar tidak dapat dibuka (JBIG2); pindai ulang halaman ini"
        );
        assert_eq!(
            note.explain(Lang::En),
            "page 3: the picture cannot be decoded (JBIG2); scan this page again"
        );
        let note = Note::file(NoteCode::UnknownFormat).with("x\x1b[2J\n");
        let text = note.explain(Lang::En);
        assert!(
            text.starts_with("this format is not read (x [2J); save"),
            "{text}"
        );
    }
}
