//! Verbs that hold files against what they were, hand them over and take them in.

pub mod anchors;
pub mod bag;
pub mod esign;
pub mod export;
pub mod import;
pub mod keep;
pub mod restore;
pub mod verify;
