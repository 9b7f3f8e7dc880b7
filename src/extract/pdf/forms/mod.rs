//! What people put onto a PDF page: form fields, typed boxes, comments, dynamic forms.

pub(crate) mod annots;
pub(crate) mod fields;
pub(crate) mod xfa;
