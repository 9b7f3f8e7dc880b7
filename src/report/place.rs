//! Where a document lies, as a link that opens it at its page. Paths are text as the catalog
//! keeps them, of this system or another.

use super::escape::percent_encoded;
use crate::model::{DocumentRef, INSIDE};

/// Returns the `file:` URI (RFC 8089) of the file; of one in a container, of the container.
pub(super) fn uri(path: &str) -> String {
    let outer = path.split(INSIDE).next().unwrap_or(path);
    let forward = outer.replace('\\', "/");
    let mut uri = String::from("file:");
    if !forward.starts_with("//") {
        uri.push_str("//");
        if !forward.starts_with('/') {
            uri.push('/');
        }
    }
    uri.push_str(&percent_encoded(&forward, b"/:"));
    uri
}

/// Returns the link that opens a document at a page, which viewers of PDF understand (RFC 8118).
pub(super) fn link(document: &DocumentRef, page: Option<u32>) -> String {
    match page {
        Some(page) => format!("{}#page={page}", uri(&document.path)),
        None => uri(&document.path),
    }
}

/// Returns the name of the file, and of the container it lies in.
pub(super) fn name(path: &str) -> String {
    let parts = path.split(INSIDE);
    let last = |part: &str| {
        let cut = part.rsplit(['/', '\\']).next();
        cut.unwrap_or(part).to_owned()
    };
    parts.map(last).collect::<Vec<_>>().join(INSIDE)
}

/// Returns the folder the file lies in.
pub(super) fn folder(path: &str) -> &str {
    let outer = path.split(INSIDE).next().unwrap_or(path);
    outer
        .rfind(['/', '\\'])
        .and_then(|at| outer.get(..at))
        .unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_of_any_system_opens() {
        for (path, expected) in [
            ("/srv/a b/SK #1.pdf", "file:///srv/a%20b/SK%20%231.pdf"),
            (r"C:\KLA\ö.pdf", "file:///C:/KLA/%C3%B6.pdf"),
            (r"\\server\kla\x.pdf", "file://server/kla/x.pdf"),
            ("/a/b.zip » c/d.pdf", "file:///a/b.zip"),
        ] {
            assert_eq!(uri(path), expected);
        }
        assert_eq!(name("/a/b.zip » c/d.pdf"), "b.zip » d.pdf");
        assert_eq!(name(r"C:\KLA\x.pdf"), "x.pdf");
        assert_eq!(folder("/a/b/c.pdf"), "/a/b");
    }
}
