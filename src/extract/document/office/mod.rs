//! Packages and records of office programs: Word, Excel and `PowerPoint`, of today and before.

pub(crate) mod drawing;
pub(crate) mod biff;
pub(crate) mod docx;
pub(crate) mod drawn;
pub(crate) mod flat;
pub(crate) mod numbering;
pub(crate) mod ole;
pub(crate) mod package;
pub(crate) mod pptx;
pub(crate) mod shapes;
pub(crate) mod sheets;
