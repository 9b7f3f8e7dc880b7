//! Takes a PDF that the reader refuses and gives it a second chance: `lopdf` goes by other
//! rules through damaged cross-reference tables and writes what it understood anew. Apart,
//! because it is a way out, not the way in.

use lopdf::Document;

/// Returns the document as `lopdf` understands it, written anew; `None` where it understands
/// no page of it, too.
pub(super) fn rewritten(bytes: &[u8]) -> Option<Vec<u8>> {
    let rewrite = || {
        let mut document = Document::load_mem(bytes).ok()?;
        if document.get_pages().is_empty() {
            return None;
        }
        let mut clean = Vec::new();
        document.save_to(&mut clean).ok()?;
        Some(clean)
    };
    crate::extract::guard(rewrite).ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::rewritten;
    use lopdf::{Document, dictionary};

    #[test]
    fn a_sound_document_comes_back_with_its_pages_and_noise_does_not() {
        let mut document = Document::with_version("1.4");
        let parent = document.new_object_id();
        let page = document.add_object(dictionary! {
            "Type" => "Page", "Parent" => parent,
            "MediaBox" => vec![0.into(), 0.into(), 100.into(), 100.into()],
        });
        let pages = dictionary! {
            "Type" => "Pages", "Kids" => vec![page.into()], "Count" => 1,
        };
        document.objects.insert(parent, pages.into());
        let catalog =
            document.add_object(dictionary! { "Type" => "Catalog", "Pages" => parent });
        document.trailer.set("Root", catalog);
        let mut bytes = Vec::new();
        document.save_to(&mut bytes).unwrap();
        let clean = rewritten(&bytes).unwrap();
        assert_eq!(Document::load_mem(&clean).unwrap().get_pages().len(), 1);
        assert_eq!(rewritten(b"%PDF-1.4 noise"), None);
    }
}
