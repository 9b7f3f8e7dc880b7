//! Marks pages that failed before as waiting, like those in the middle of a long scan. The catalog
//! has the marks before any page is read: a run that is stopped leaves them to the next.

use crate::app::error::Error;
use crate::app::reading::read;
use crate::io::store::{Catalog, RemarkedRow};
use crate::model::{Note, NoteCode};

/// Notes of failures that another try may avoid: the reader died or ran out of time on a busy
/// PC, or its engine failed. A page that cannot be parsed stays so.
const WORTH_A_TRY: [NoteCode; 3] =
    [NoteCode::ReaderDied, NoteCode::TimeOut, NoteCode::OcrFailed];

/// Marks the failed pages below `roots` as waiting, in files that the walk of `met` has met.
pub(super) fn failed_pages(
    met: &Catalog,
    writing: &mut Catalog,
    roots: &[String],
) -> Result<(), Error> {
    let remarked = met.remarked(roots)?.into_iter();
    let again: Vec<RemarkedRow> = remarked.filter_map(with_failed_waiting).collect();
    Ok(writing.put_waiting(&again)?)
}

/// Returns a content with its failed pages waiting; `None` where none failed.
fn with_failed_waiting(mut content: RemarkedRow) -> Option<RemarkedRow> {
    let failed = |note: &Note| note.page.filter(|_| WORTH_A_TRY.contains(&note.code));
    let pages: Vec<u32> = content.notes.iter().filter_map(failed).collect();
    if pages.is_empty() {
        return None;
    }
    content.notes.retain(|note| failed(note).is_none());
    content.waiting.extend(pages);
    content.waiting.sort_unstable();
    content.waiting.dedup();
    read::note_waiting_pages(&mut content.notes, &content.waiting);
    Some(content)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity;

    #[test]
    fn failed_pages_wait_and_other_remarks_stay() {
        let content = |notes: &[Note], waiting: &[u32]| RemarkedRow {
            digest: fixity::hash(b""),
            notes: notes.to_vec(),
            waiting: waiting.to_vec(),
        };
        let stays = Note::page(NoteCode::PageUnreadable, 2);
        let died = Note::page(NoteCode::ReaderDied, 9);
        let late = Note::page(NoteCode::TimeOut, 3);
        assert_eq!(
            with_failed_waiting(content(std::slice::from_ref(&stays), &[5])),
            None
        );
        let again = with_failed_waiting(content(&[stays.clone(), died, late], &[5]));
        let says = Note::file(NoteCode::PagesWaiting).with("3");
        assert_eq!(again, Some(content(&[says, stays], &[3, 5, 9])));
    }
}
