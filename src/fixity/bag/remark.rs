//! What can be wrong or odd with a package, in words.

use crate::model::Lang;

/// How bad a remark is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The package is not valid.
    Error,
    /// The package is valid, and this may cause trouble elsewhere.
    Warning,
}

/// What is wrong or odd.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::IntoStaticStr)]
#[strum(serialize_all = "snake_case")]
pub enum BagFault {
    /// There is no `bagit.txt`.
    NoDeclaration,
    /// `bagit.txt` is not the two lines it must be.
    BadDeclaration,
    /// The version is one that bukti does not know.
    UnknownVersion,
    /// The encoding of the tag files is one that bukti does not know.
    UnknownEncoding,
    /// There is no folder `data`.
    NoPayload,
    /// There is no manifest of the payload that could be used.
    NoManifest,
    /// A manifest uses digests that bukti does not know.
    UnknownAlgorithm,
    /// A line is not what it must be.
    BadLine,
    /// A path leads out of the package.
    UnsafePath,
    /// A manifest of the payload lists a file outside it, or the other way round.
    WrongPlace,
    /// A file is listed more than once.
    ListedTwice,
    /// A file that is listed is not there.
    Missing,
    /// A file of the payload is in no manifest, or not in every one.
    Unlisted,
    /// The bytes of a file are not those that were packed.
    Changed,
    /// The payload is not as long, or not as many files, as `bag-info.txt` says.
    Oxum,
    /// A link instead of a file.
    Link,
    /// A file cannot be read.
    Unreadable,
    /// An entry stands in the container more than once.
    TwiceInContainer,
    /// The container unpacks to far more than it could honestly hold.
    Bomb,
    /// The digest is followed by `*`, as `md5sum` does for binary files.
    Asterisk,
    /// The path begins with `./`.
    DotSlash,
    /// Two names differ in case only: one file on Windows.
    CaseTwins,
    /// Two names differ only in how their letters are composed: one file on some systems.
    NormalTwins,
    /// The name on the disk is composed otherwise than the one listed.
    OtherNormal,
    /// A file that an office program or the system leaves behind.
    SystemFile,
    /// A name with a backslash, which is a folder on Windows.
    Backslash,
    /// White space before the colon of a line of `bag-info.txt`.
    SpaceBeforeColon,
}

impl BagFault {
    /// Returns the name that JSON uses.
    pub fn as_str(self) -> &'static str {
        self.into()
    }

    /// Returns what a clerk reads.
    pub fn explain(self, lang: Lang) -> &'static str {
        match self {
            Self::NoDeclaration
            | Self::BadDeclaration
            | Self::UnknownVersion
            | Self::UnknownEncoding
            | Self::NoPayload
            | Self::NoManifest
            | Self::UnknownAlgorithm
            | Self::BadLine => self.about_form(lang),
            Self::Asterisk
            | Self::DotSlash
            | Self::CaseTwins
            | Self::NormalTwins
            | Self::OtherNormal
            | Self::SystemFile
            | Self::Backslash
            | Self::SpaceBeforeColon => self.about_habits(lang),
            _ => self.about_files(lang),
        }
    }

    fn about_form(self, lang: Lang) -> &'static str {
        match self {
            Self::NoDeclaration => lang.pick(
                "bukan paket BagIt: bagit.txt tidak ada",
                "no BagIt package: there is no bagit.txt",
            ),
            Self::BadDeclaration => lang.pick(
                "bagit.txt harus berisi tepat dua baris, BagIt-Version dan Tag-File-Character-Encoding",
                "bagit.txt must be exactly two lines, BagIt-Version and Tag-File-Character-Encoding",
            ),
            Self::UnknownVersion => {
                lang.pick("versi BagIt tidak dikenal", "unknown BagIt version")
            }
            Self::UnknownEncoding => lang.pick(
                "pengodean huruf berkas tag tidak dikenal",
                "unknown encoding of the tag files",
            ),
            Self::NoPayload => {
                lang.pick("folder data tidak ada", "there is no folder data")
            }
            Self::NoManifest => lang.pick(
                "tidak ada manifes isi yang dapat dipakai",
                "there is no manifest of the payload that can be used",
            ),
            Self::UnknownAlgorithm => lang.pick(
                "manifes ini memakai sidik yang tidak dikenal; tidak diperiksa",
                "this manifest uses digests that are not known; it was not checked",
            ),
            _ => lang.pick(
                "baris tidak sesuai bentuknya",
                "a line is not what it must be",
            ),
        }
    }

    fn about_files(self, lang: Lang) -> &'static str {
        match self {
            Self::UnsafePath => lang.pick(
                "path ini mengarah ke luar paket",
                "this path leads out of the package",
            ),
            Self::WrongPlace => lang.pick(
                "manifes isi hanya boleh menyebut berkas di folder data, manifes tag hanya yang di luarnya",
                "a payload manifest may list files in data only, a tag manifest only those outside",
            ),
            Self::ListedTwice => {
                lang.pick("disebut lebih dari sekali", "is listed more than once")
            }
            Self::Missing => lang.pick(
                "berkas ini seharusnya ada, tetapi tidak ada",
                "this file should be there and is not",
            ),
            Self::Unlisted => lang.pick(
                "berkas ini tidak disebut di manifes; tidak ada yang menjaminnya",
                "this file is not in the manifest; nothing vouches for it",
            ),
            Self::Changed => lang.pick(
                "isi berkas ini bukan isi saat dikemas",
                "this file is not what was packed",
            ),
            Self::Oxum => lang.pick(
                "banyaknya bita atau berkas tidak sama dengan Payload-Oxum",
                "bytes or files are not as many as Payload-Oxum says",
            ),
            Self::Link => lang.pick(
                "ini tautan, bukan berkas; tidak diikuti",
                "this is a link, not a file; it was not followed",
            ),
            Self::Unreadable => {
                lang.pick("tidak dapat dibaca", "cannot be read")
            }
            Self::TwiceInContainer => lang.pick(
                "berkas ZIP memuat nama yang sama lebih dari sekali",
                "the ZIP file holds the same name more than once",
            ),
            _ => lang.pick(
                "isi ZIP jauh lebih besar dari yang wajar; tidak dibuka",
                "the ZIP unpacks to far more than it could honestly hold; it was not opened",
            ),
        }
    }

    fn about_habits(self, lang: Lang) -> &'static str {
        match self {
            Self::Asterisk => lang.pick(
                "tanda * dari md5sum di depan nama",
                "an * by md5sum before the name",
            ),
            Self::DotSlash => {
                lang.pick("path diawali ./", "the path begins with ./")
            }
            Self::CaseTwins => lang.pick(
                "nama ini hanya berbeda huruf besar-kecil dari nama lain; di Windows keduanya satu berkas",
                "this name differs from another in case only; on Windows they are one file",
            ),
            Self::NormalTwins => lang.pick(
                "nama ini hanya berbeda susunan aksen dari nama lain; di sebagian sistem keduanya satu berkas",
                "this name differs from another only in how accents are composed; on some systems they are one file",
            ),
            Self::OtherNormal => lang.pick(
                "susunan aksen namanya di disk lain dari yang di manifes",
                "accents in its name are composed otherwise on the disk than in the manifest",
            ),
            Self::SystemFile => lang.pick(
                "berkas sementara program atau sistem",
                "a file that a program or the system left behind",
            ),
            Self::Backslash => lang.pick(
                "nama dengan garis miring terbalik; di Windows menjadi folder",
                "a name with a backslash; on Windows it becomes a folder",
            ),
            _ => lang.pick(
                "spasi di depan titik dua",
                "white space before the colon",
            ),
        }
    }
}

/// A thing wrong or odd, with the file it is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct BagRemark {
    /// How bad it is.
    pub severity: Severity,
    /// The file, relative to the package, `/` between folders; empty for the package itself.
    pub path: String,
    /// What it is.
    pub fault: BagFault,
    /// The manifest or tag file that speaks of it, the line, the digests, as far as known.
    pub detail: String,
}

impl BagRemark {
    /// Makes an error about a file.
    pub fn error(fault: BagFault, path: impl Into<String>) -> Self {
        Self {
            severity: Severity::Error,
            path: path.into(),
            fault,
            detail: String::new(),
        }
    }

    /// Makes a warning about a file.
    pub fn warning(fault: BagFault, path: impl Into<String>) -> Self {
        Self {
            severity: Severity::Warning,
            ..Self::error(fault, path)
        }
    }

    /// Adds what else is known.
    #[must_use]
    pub fn because(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }
}
