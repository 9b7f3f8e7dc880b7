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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Page;

    #[test]
    fn a_page_kept_before_codes_were_read_still_loads_and_says_the_same() {
        let kept = r#"{"number":1,"origin":"none","lines":[]}"#;
        let mut page: Page = serde_json::from_str(kept).unwrap();
        assert_eq!(serde_json::to_string(&page).unwrap(), kept);
        page.codes.push(PrintedCode {
            text: "https://contoh.go.id/1".to_owned(),
            rect: [1.0, 2.0, 3.0, 4.0].into(),
        });
        let json = serde_json::to_string(&page).unwrap();
        assert_eq!(serde_json::from_str::<Page>(&json).unwrap(), page);
    }
}
