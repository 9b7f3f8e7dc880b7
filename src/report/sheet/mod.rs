//! Tables to open elsewhere: CSV and workbooks.

pub(crate) mod answers;
pub(crate) mod book;
pub(crate) mod csv;
pub(crate) mod xlsx;
