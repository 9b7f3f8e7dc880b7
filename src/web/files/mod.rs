//! Files that a browser saves: made behind the requests, and handed out so that none is shown or
//! run in our name.

pub(super) mod access_copies;
pub(super) mod download;
