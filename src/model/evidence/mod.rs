//! What a document proves, how that was judged, and where we stand.

pub(crate) mod answer;
pub(crate) mod assessment;
pub(crate) mod decision;
pub(crate) mod entered;
pub(crate) mod finding;
pub(crate) mod history;
pub(crate) mod near_duplicate;
pub(crate) mod link;
pub(crate) mod report;
