//! Names of the reader and of the recogniser. The catalog notes under which name it was given
//! what it holds: another reader reads again, another recogniser recognises again. So a name
//! has to change when what comes out changes, and stay where nothing does.
//!
//! A name says three things: the version of the program; a digest of the data that reading or
//! recognising goes by; and a fingerprint of what comes out for the samples, for what changes
//! in code. The test `what_comes_out_for_the_samples_is_named` (`tests/it/samples.rs`) makes the
//! fingerprints anew. It fails when one has moved and says what to write here. A change of code
//! that no sample shows leaves the name as it is: add a sample that shows it.

use crate::framework::Framework;
use crate::lexicon::{confidence, doctype, region, words};
use crate::model::{Digest, Government};
use crate::{fixity, ocr};

/// The fingerprint of what is read from the samples.
pub const READS: &str = "a8c265c4ffeb";

/// The fingerprint of what is recognised in them.
pub const RECOGNISES: &str = "846be00c29b5";

/// The data files of the language; recognising and linking go by all of them.
const LANGUAGE: [&str; 4] = [
    doctype::BUILTIN,
    region::BUILTIN,
    confidence::BUILTIN,
    words::BUILTIN,
];

/// Returns the name of the reader.
pub fn reader() -> String {
    // They say which words of a page are read twice, and name attachments that have no name.
    let language = [doctype::BUILTIN, words::BUILTIN].map(str::as_bytes);
    named(READS, ocr::data().into_iter().chain(language))
}

/// Returns the name of the recogniser for a framework and a government. The framework counts as
/// it was read, because an archive may have a file of its own.
pub(super) fn recogniser(framework: &Framework, home: Option<&Government>) -> String {
    let own = format!("{framework:?} {home:?}");
    let data = LANGUAGE.into_iter().chain([own.as_str()]);
    let name = named(RECOGNISES, data.map(str::as_bytes));
    format!("{name} {}", framework.id())
}

fn named<'d>(fingerprint: &str, data: impl IntoIterator<Item = &'d [u8]>) -> String {
    let mut whole = fixity::Hasher::new();
    for part in data {
        // Each by its own digest, so that nothing can move from one to the next unseen.
        whole.update(fixity::hash(part).as_bytes());
    }
    let data: Digest = whole.finish();
    let version = env!("CARGO_PKG_VERSION");
    format!("bukti {version} {fingerprint} {}", data.short())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_changes_with_the_data_and_with_what_comes_out() {
        let of = |fingerprint, data: &[&'static str]| {
            named(fingerprint, data.iter().map(|part| part.as_bytes()))
        };
        let name = of("abc", &["kinds", "regions"]);
        assert_eq!(name, of("abc", &["kinds", "regions"]));
        for other in [
            of("abd", &["kinds", "regions"]),
            of("abc", &["kinds", "region"]),
            of("abc", &["kindsr", "egions"]),
            of("abc", &["kinds"]),
        ] {
            assert_ne!(name, other);
        }
    }

    #[test]
    fn no_data_file_of_the_language_is_forgotten() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut files = std::collections::BTreeSet::new();
        for source in std::fs::read_dir(root.join("src/lexicon")).unwrap() {
            let code = std::fs::read_to_string(source.unwrap().path()).unwrap();
            let included = code.split("include_str!(\"../../schema/").skip(1);
            let names = included.filter_map(|rest| rest.split('"').next());
            let data = names.filter(|name| !name.ends_with(".schema.json"));
            files.extend(data.map(str::to_owned));
        }
        assert!(files.contains("words.json"), "{files:?}");
        for file in files {
            let text = std::fs::read_to_string(root.join("schema").join(&file)).unwrap();
            assert!(LANGUAGE.contains(&text.as_str()), "{file}");
        }
    }

    #[test]
    fn a_recogniser_is_named_by_its_framework_and_government() {
        let framework = Framework::builtin().unwrap();
        let regions = region::Regions::builtin().unwrap();
        let home = regions.names().first().map(region::RegionName::government);
        let name = recogniser(&framework, None);
        assert!(name.starts_with("bukti "), "{name}");
        assert!(name.ends_with(framework.id()), "{name}");
        assert_ne!(name, recogniser(&framework, home.as_ref()));
        assert_ne!(name, reader());
    }
}
