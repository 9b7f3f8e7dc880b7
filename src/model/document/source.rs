//! What a file is, as far as its bytes tell, and in which state reading left it.

use crate::model::Lang;
use serde::{Deserialize, Serialize};

/// Parts a container from what lies in it, in every path shown or stored:
/// `/share/outer.zip » folder/inner.pdf`.
pub const INSIDE: &str = " » ";

/// The format of a file, told from its first bytes, never from its name.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
pub enum MediaType {
    /// No bytes at all.
    #[serde(rename = "inode/x-empty")]
    Empty,
    /// PDF, any version.
    #[serde(rename = "application/pdf")]
    Pdf,
    /// JPEG picture.
    #[serde(rename = "image/jpeg")]
    Jpeg,
    /// PNG picture.
    #[serde(rename = "image/png")]
    Png,
    /// TIFF, one page or many.
    #[serde(rename = "image/tiff")]
    Tiff,
    /// WebP picture.
    #[serde(rename = "image/webp")]
    Webp,
    /// Windows bitmap.
    #[serde(rename = "image/bmp")]
    Bmp,
    /// GIF picture.
    #[serde(rename = "image/gif")]
    Gif,
    /// HEIC/HEIF picture.
    #[serde(rename = "image/heic")]
    Heic,
    /// Word document (OOXML).
    #[serde(
        rename = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    )]
    Docx,
    /// Excel workbook (OOXML).
    #[serde(rename = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    Xlsx,
    /// `PowerPoint` presentation (OOXML).
    #[serde(
        rename = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
    )]
    Pptx,
    /// `OpenDocument`: text, spreadsheet or presentation.
    #[serde(rename = "application/vnd.oasis.opendocument")]
    OpenDocument,
    /// Word document before 2007.
    #[serde(rename = "application/msword")]
    Doc,
    /// Excel workbook before 2007.
    #[serde(rename = "application/vnd.ms-excel")]
    Xls,
    /// `PowerPoint` presentation before 2007.
    #[serde(rename = "application/vnd.ms-powerpoint")]
    Ppt,
    /// Mail as Outlook saves it.
    #[serde(rename = "application/vnd.ms-outlook")]
    Msg,
    /// OLE compound file of another program, or an office file locked by a password.
    #[serde(rename = "application/x-ole-storage")]
    Ole,
    /// Rich Text Format.
    #[serde(rename = "application/rtf")]
    Rtf,
    /// Web page.
    #[serde(rename = "text/html")]
    Html,
    /// Electronic mail as programs save it (`.eml`).
    #[serde(rename = "message/rfc822")]
    Mail,
    /// What Outlook packs a mail's text and attachments into (`winmail.dat`).
    #[serde(rename = "application/vnd.ms-tnef")]
    Tnef,
    /// An office document in one XML file: Word or Excel 2003, flat OPC, flat `OpenDocument`.
    #[serde(rename = "application/x-office-xml")]
    OfficeXml,
    /// A pointer to a document that lies elsewhere: a shortcut, or a file of a cloud drive.
    #[serde(rename = "application/x-shortcut")]
    Pointer,
    /// Plain text, CSV included.
    #[serde(rename = "text/plain")]
    Text,
    /// ZIP container that is none of the office formats.
    #[serde(rename = "application/zip")]
    Zip,
    /// 7z container.
    #[serde(rename = "application/x-7z-compressed")]
    SevenZip,
    /// RAR container.
    #[serde(rename = "application/vnd.rar")]
    Rar,
    /// TAR container.
    #[serde(rename = "application/x-tar")]
    Tar,
    /// gzip stream.
    #[serde(rename = "application/gzip")]
    Gzip,
    /// bzip2 stream.
    #[serde(rename = "application/x-bzip2")]
    Bzip2,
    /// xz stream.
    #[serde(rename = "application/x-xz")]
    Xz,
    /// Film.
    #[serde(rename = "video/mp4")]
    Video,
    /// None that bukti knows.
    #[serde(rename = "application/octet-stream")]
    Unknown,
}

impl MediaType {
    /// Tells whether this is a workbook.
    pub fn is_sheet(self) -> bool {
        matches!(self, Self::Xlsx | Self::Xls)
    }

    /// Tells whether this is a single picture (a photo, a screenshot or a scanned page).
    pub fn is_picture(self) -> bool {
        matches!(
            self,
            Self::Jpeg
                | Self::Png
                | Self::Tiff
                | Self::Webp
                | Self::Bmp
                | Self::Gif
                | Self::Heic
        )
    }

    /// Tells whether it has pages that look the same wherever they are shown.
    pub fn has_sheets(self) -> bool {
        self == Self::Pdf || self.is_picture()
    }

    /// Tells whether other files are packed inside, each a document of its own.
    pub fn has_members(self) -> bool {
        matches!(
            self,
            Self::Zip
                | Self::SevenZip
                | Self::Rar
                | Self::Tar
                | Self::Gzip
                | Self::Bzip2
                | Self::Xz
                | Self::Mail
        )
    }

    /// Tells whether it is a document that people put other files into, each a document of its
    /// own: attached to it, or inserted as an object.
    pub fn may_embed(self) -> bool {
        matches!(
            self,
            Self::Pdf
                | Self::Docx
                | Self::Xlsx
                | Self::Pptx
                | Self::OpenDocument
                | Self::Doc
                | Self::Xls
                | Self::Ppt
                | Self::Msg
                | Self::Tnef
                | Self::Rtf
        )
    }

    /// Returns the file name endings that fit, lower case; empty where any would do.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Jpeg => &["jpg", "jpeg", "jpe", "jfif"],
            Self::Png => &["png"],
            Self::Tiff => &["tif", "tiff"],
            Self::Webp => &["webp"],
            Self::Bmp => &["bmp", "dib"],
            Self::Gif => &["gif"],
            Self::Heic => &["heic", "heif"],
            Self::Docx => &["docx", "docm", "dotx", "dotm"],
            Self::Xlsx => &["xlsx", "xlsm", "xlsb", "xltx"],
            Self::Pptx => &["pptx", "pptm", "ppsx", "potx"],
            Self::OpenDocument => &["odt", "ods", "odp", "ott", "ots", "otp"],
            Self::Doc => &["doc", "dot", "wps"],
            Self::Xls => &["xls", "xlt", "et"],
            Self::Ppt => &["ppt", "pps", "pot", "dps"],
            Self::Msg => &["msg"],
            // Locked, any office file of today is one.
            Self::Ole => &["db", "docx", "xlsx", "pptx", "docm", "xlsm", "pptm"],
            Self::Rtf => &["rtf", "doc"],
            Self::Html => &["html", "htm", "xhtml", "doc", "xls"],
            Self::Mail => &["eml", "mht", "mhtml", "doc", "xls"],
            Self::Tnef => &["dat"],
            Self::OfficeXml => &["xml", "doc", "xls", "fodt", "fods", "fodp"],
            Self::Pointer => &[
                "gdoc", "gsheet", "gslides", "gform", "gdraw", "gsite", "gmap", "gjam",
                "glink", "gscript", "url", "webloc", "lnk", "desktop",
            ],
            Self::Zip => &["zip", "jar", "kmz"],
            Self::SevenZip => &["7z"],
            Self::Rar => &["rar"],
            Self::Tar => &["tar"],
            Self::Gzip => &["gz", "tgz"],
            Self::Bzip2 => &["bz2", "tbz2", "tbz"],
            Self::Xz => &["xz", "txz"],
            Self::Video => &["mp4", "m4v", "mov", "3gp"],
            Self::Empty | Self::Text | Self::Unknown => &[],
        }
    }
}

/// Where a file ended up: every file met on a walk has exactly one.
///
/// Files seen = the sum over all states; a run that cannot say so has lost one.
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
    strum::EnumString,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
pub enum FileState {
    /// Read; its text, if it has any, can be searched.
    Indexed,
    /// The same bytes as a file that is indexed; kept as one more location of it.
    Duplicate,
    /// A container whose members are files of their own, `outer.zip » inner.pdf`.
    Unpacked,
    /// Opens only with a password.
    Password,
    /// Broken: no page could be read.
    Damaged,
    /// A format bukti does not read.
    Unsupported,
    /// No bytes.
    Empty,
    /// Above a limit of size, pages or pixels.
    TooLarge,
    /// Reading took longer or more memory than a file may take, or the reader fell over.
    Failed,
    /// Could not be opened: no permission, locked, or gone with the share.
    Unreadable,
    /// Changed while it was being read; the next run reads it again.
    Changed,
    /// Left by an office program or the system (`~$…`, `Thumbs.db`), never evidence.
    Ignored,
    /// A link to elsewhere, not followed.
    Link,
}

impl FileState {
    /// Every state, in the order sums are printed.
    pub const ALL: [Self; 13] = [
        Self::Indexed,
        Self::Duplicate,
        Self::Unpacked,
        Self::Password,
        Self::Damaged,
        Self::Unsupported,
        Self::Empty,
        Self::TooLarge,
        Self::Failed,
        Self::Unreadable,
        Self::Changed,
        Self::Ignored,
        Self::Link,
    ];

    /// Returns the name that JSON, the catalog and the command line use.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns the state that [`as_str`](Self::as_str) names.
    pub fn from_name(name: &str) -> Option<Self> {
        name.parse().ok()
    }

    /// Tells whether a person has to do something before the file counts.
    pub fn wants_attention(self) -> bool {
        !matches!(
            self,
            Self::Indexed | Self::Duplicate | Self::Unpacked | Self::Ignored | Self::Link
        )
    }

    /// Returns the word a clerk reads.
    pub fn label(self, lang: Lang) -> &'static str {
        match self {
            Self::Indexed => lang.pick("terindeks", "indexed"),
            Self::Duplicate => lang.pick("salinan persis", "exact duplicate"),
            Self::Unpacked => lang.pick("wadah, isinya dibaca", "container, unpacked"),
            Self::Password => lang.pick("berkata sandi", "password"),
            Self::Damaged => lang.pick("rusak", "damaged"),
            Self::Unsupported => lang.pick("format tak didukung", "unsupported"),
            Self::Empty => lang.pick("kosong", "empty"),
            Self::TooLarge => lang.pick("terlalu besar", "too large"),
            Self::Failed => lang.pick("gagal dibaca", "failed"),
            Self::Unreadable => lang.pick("tak dapat dibuka", "unreadable"),
            Self::Changed => lang.pick("berubah saat dibaca", "changed"),
            Self::Ignored => lang.pick("diabaikan", "ignored"),
            Self::Link => lang.pick("tautan", "link"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_state_has_one_name_and_it_leads_back() {
        for state in FileState::ALL {
            assert_eq!(FileState::from_name(state.as_str()), Some(state));
            let json = serde_json::to_string(&state).unwrap();
            assert_eq!(json, format!("\"{}\"", state.as_str()));
        }
    }
}
