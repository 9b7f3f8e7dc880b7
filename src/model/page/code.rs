//! Codes printed on a page (QR). `qr` reads them from pixels; `classify` says what they stand
//! beside, `check` what they may be held against.

use crate::model::Rect;
use serde::{Deserialize, Serialize};

/// A code printed on a page. Its text is what anybody may have printed: it is shown, never
/// visited.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrintedCode {
    /// Its text, mostly a link.
    pub text: String,
    /// Where it stands, in the unit of the page's size.
    #[serde(rename = "box")]
    pub rect: Rect,
}
