//! Validates a package: compares its files with its manifests and other tag files.

use super::{
    Algorithm, BagFault, BagRemark, Declaration, Entry, InfoLine, Severity, lines,
};
use std::collections::{BTreeMap, BTreeSet};
use unicode_normalization::UnicodeNormalization;

/// The folder of the payload.
pub const PAYLOAD: &str = "data/";

/// A file of a package, by the name the package would give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listed {
    /// Its length in bytes.
    pub len: u64,
    /// Whether it is one that programs or the system leave behind.
    pub is_system: bool,
}

/// A package as far as it can be judged without reading its payload.
#[derive(Debug, Clone)]
pub struct Inspection {
    /// What `bagit.txt` says; `None` where it says nothing that can be used.
    pub declaration: Option<Declaration>,
    /// What `bag-info.txt` says.
    pub info: Vec<InfoLine>,
    /// What is wrong or odd.
    pub remarks: Vec<BagRemark>,
    /// The digests that each file must have, with the manifest that says so.
    wanted: BTreeMap<String, Vec<(Algorithm, String, String)>>,
}

impl Inspection {
    /// Returns the files whose digests are wanted, with the kinds of digest.
    pub fn wanted(&self) -> impl Iterator<Item = (&str, Vec<Algorithm>)> {
        self.wanted.iter().map(|(path, digests)| {
            let kinds: BTreeSet<Algorithm> =
                digests.iter().map(|(kind, ..)| *kind).collect();
            (path.as_str(), kinds.into_iter().collect())
        })
    }

    /// Compares the digests of one file with its manifests.
    pub fn compare(
        &self,
        path: &str,
        found: &BTreeMap<Algorithm, String>,
    ) -> Vec<BagRemark> {
        let wanted = self.wanted.get(path).map_or(&[][..], Vec::as_slice);
        let differs = wanted.iter().filter_map(|(kind, digest, manifest)| {
            let other = found.get(kind).filter(|found| *found != digest)?;
            let detail = format!("{manifest}: {digest} → {other}");
            Some(BagRemark::error(BagFault::Changed, path).because(detail))
        });
        differs.collect()
    }

    /// Tells whether nothing is wrong so far.
    pub fn is_valid(&self) -> bool {
        let mut remarks = self.remarks.iter();
        remarks.all(|remark| remark.severity != Severity::Error)
    }
}

struct Manifest {
    name: String,
    is_tag: bool,
    algorithm: Algorithm,
    entries: Vec<Entry>,
}

/// Inspects a package: `files` are all its files, `texts` the bytes of the tag files at its
/// top.
pub fn inspect(
    files: &BTreeMap<String, Listed>,
    texts: &BTreeMap<String, Vec<u8>>,
) -> Inspection {
    let mut inspection = Inspection {
        declaration: None,
        info: Vec::new(),
        remarks: Vec::new(),
        wanted: BTreeMap::new(),
    };
    let declared = match texts.get("bagit.txt") {
        Some(bytes) => lines::declaration(bytes),
        None => Err(BagRemark::error(BagFault::NoDeclaration, "bagit.txt")),
    };
    let declaration = match declared {
        Ok(declaration) => {
            inspection.declaration = Some(declaration);
            declaration
        }
        Err(remark) => {
            inspection.remarks.push(remark);
            // The rest is validated, too: users want all faults at once.
            Declaration {
                version: (1, 0),
                encoding: encoding_rs::UTF_8,
            }
        }
    };
    Judge {
        files,
        declaration,
        by_normal: by_normal(files),
        inspection: &mut inspection,
    }
    .judge(texts);
    inspection.remarks.sort();
    inspection.remarks.dedup();
    inspection
}

fn by_normal(files: &BTreeMap<String, Listed>) -> BTreeMap<String, &str> {
    let normal = |path: &str| path.nfc().collect::<String>();
    files
        .keys()
        .map(|path| (normal(path), path.as_str()))
        .collect()
}

struct Judge<'a> {
    files: &'a BTreeMap<String, Listed>,
    declaration: Declaration,
    by_normal: BTreeMap<String, &'a str>,
    inspection: &'a mut Inspection,
}

impl Judge<'_> {
    fn judge(&mut self, texts: &BTreeMap<String, Vec<u8>>) {
        let mut manifests = Vec::new();
        for (name, bytes) in texts {
            manifests.extend(self.manifest(name, bytes));
        }
        let has_payload_manifest = manifests.iter().any(|m| !m.is_tag);
        if !has_payload_manifest {
            self.add_remark(BagRemark::error(BagFault::NoManifest, ""));
        }
        let payload = || self.files.keys().filter(|path| is_payload(path));
        let is_empty_allowed =
            manifests.iter().any(|m| !m.is_tag && m.entries.is_empty());
        if payload().next().is_none() && !is_empty_allowed {
            self.add_remark(BagRemark::error(BagFault::NoPayload, PAYLOAD));
        }
        for manifest in &manifests {
            self.entries(manifest);
        }
        self.unlisted(&manifests);
        let fetched = self.decoded(texts, "fetch.txt").map(|text| {
            lines::fetch(&text, &self.declaration, &mut self.inspection.remarks)
        });
        for path in fetched.unwrap_or_default() {
            let is_listed = manifests
                .iter()
                .any(|m| m.entries.iter().any(|entry| entry.path == path));
            if !is_listed {
                self.add_remark(
                    BagRemark::error(BagFault::Unlisted, path).because("fetch.txt"),
                );
            }
        }
        if let Some(text) = self.decoded(texts, "bag-info.txt") {
            let remarks = &mut self.inspection.remarks;
            self.inspection.info = lines::info(&text, &self.declaration, remarks);
            self.oxum();
        }
        self.twins();
    }

    fn add_remark(&mut self, remark: BagRemark) {
        self.inspection.remarks.push(remark);
    }

    fn decoded(
        &mut self,
        texts: &BTreeMap<String, Vec<u8>>,
        name: &str,
    ) -> Option<String> {
        let (text, _, is_broken) = self.declaration.encoding.decode(texts.get(name)?);
        if is_broken {
            let encoding = self.declaration.encoding.name();
            self.inspection
                .remarks
                .push(BagRemark::error(BagFault::BadLine, name).because(encoding));
        }
        Some(text.into_owned())
    }

    fn manifest(&mut self, name: &str, bytes: &[u8]) -> Option<Manifest> {
        let bare = name.strip_suffix(".txt")?;
        let (is_tag, kind) = match bare.strip_prefix("tagmanifest-") {
            Some(kind) => (true, kind),
            None => (false, bare.strip_prefix("manifest-")?),
        };
        let Some(algorithm) = Algorithm::from_name(kind) else {
            self.add_remark(BagRemark::warning(BagFault::UnknownAlgorithm, name));
            return None;
        };
        let one = BTreeMap::from([(name.to_owned(), bytes.to_owned())]);
        let text = self.decoded(&one, name)?;
        let remarks = &mut self.inspection.remarks;
        let entries = lines::manifest(name, algorithm, &text, &self.declaration, remarks);
        Some(Manifest {
            name: name.to_owned(),
            is_tag,
            algorithm,
            entries,
        })
    }

    /// Looks for every file that a manifest lists.
    fn entries(&mut self, manifest: &Manifest) {
        let mut seen: BTreeMap<&str, &str> = BTreeMap::new();
        let mut folded: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
        for entry in &manifest.entries {
            folded.entry(fold(&entry.path)).or_default().push(entry);
        }
        for entry in &manifest.entries {
            let path = entry.path.as_str();
            if is_payload(path) == manifest.is_tag {
                let remark = BagRemark::error(BagFault::WrongPlace, path);
                self.add_remark(remark.because(&manifest.name));
                continue;
            }
            if let Some(before) = seen.insert(path, &entry.digest) {
                self.twice(entry, before, manifest);
                continue;
            }
            let twins = folded.get(&fold(path)).map_or(&[][..], Vec::as_slice);
            self.entry(entry, twins, manifest);
        }
    }

    fn twice(&mut self, entry: &Entry, before: &str, manifest: &Manifest) {
        // The drafts did not forbid to say the same thing twice.
        let is_harmless = before == entry.digest && !self.declaration.is_strict();
        let remark = match is_harmless {
            true => BagRemark::warning(BagFault::ListedTwice, &entry.path),
            false => BagRemark::error(BagFault::ListedTwice, &entry.path),
        };
        self.add_remark(remark.because(&manifest.name));
    }

    /// Looks for one file; `twins` are the entries whose paths differ in case or composition
    /// only, itself among them.
    fn entry(&mut self, entry: &Entry, twins: &[&Entry], manifest: &Manifest) {
        let path = entry.path.as_str();
        for twin in twins.iter().filter(|twin| twin.path != path) {
            let is_normal = normal(&twin.path) == normal(path);
            let fault = match is_normal {
                true => BagFault::NormalTwins,
                false => BagFault::CaseTwins,
            };
            self.add_remark(BagRemark::warning(fault, path).because(&twin.path));
        }
        let actual = match self.files.contains_key(path) {
            true => path,
            false => match self.by_normal.get(&normal(path)) {
                Some(other) if !twins.iter().any(|twin| twin.path == *other) => {
                    let remark = BagRemark::warning(BagFault::OtherNormal, path);
                    self.inspection.remarks.push(remark.because(&manifest.name));
                    other
                }
                _ => {
                    self.missing(entry, twins, manifest);
                    return;
                }
            },
        };
        let wanted = self.inspection.wanted.entry(actual.to_owned()).or_default();
        let digest = (
            manifest.algorithm,
            entry.digest.clone(),
            manifest.name.clone(),
        );
        wanted.push(digest);
    }

    /// A file that is not there under this name. Where a system took two names for one, and
    /// both are listed with one digest, nothing is lost: the other name answers for it.
    fn missing(&mut self, entry: &Entry, twins: &[&Entry], manifest: &Manifest) {
        let is_there = twins.iter().any(|twin| {
            twin.digest == entry.digest && self.files.contains_key(&twin.path)
        });
        if !is_there {
            let remark = BagRemark::error(BagFault::Missing, &entry.path);
            self.add_remark(remark.because(&manifest.name));
        }
    }

    fn unlisted(&mut self, manifests: &[Manifest]) {
        let payload: Vec<&Manifest> = manifests.iter().filter(|m| !m.is_tag).collect();
        let mut missing = Vec::new();
        let lists: Vec<(&str, BTreeSet<String>)> = payload
            .iter()
            .map(|m| {
                let paths = m.entries.iter().map(|entry| normal(&entry.path));
                (m.name.as_str(), paths.collect())
            })
            .collect();
        for path in self.files.keys().filter(|path| is_payload(path)) {
            let lacks = lists
                .iter()
                .filter(|(_, listed)| !listed.contains(&normal(path)));
            let lacking: Vec<&str> = lacks.map(|(name, _)| *name).collect();
            // RFC 8493 wants every file in every manifest, the drafts in one of them.
            let is_wrong = match self.declaration.is_strict() {
                true => !lacking.is_empty(),
                false => lacking.len() == lists.len(),
            };
            if is_wrong && !lists.is_empty() {
                let remark = BagRemark::error(BagFault::Unlisted, path);
                missing.push(remark.because(lacking.join(", ")));
            }
        }
        self.inspection.remarks.extend(missing);
    }

    fn oxum(&mut self) {
        let payload = self.files.iter().filter(|(path, _)| is_payload(path));
        let (bytes, files) = payload
            .fold((0, 0), |(bytes, files): (u64, u64), (_, file)| {
                (bytes + file.len, files + 1)
            });
        let found = format!("{bytes}.{files}");
        let said = self.inspection.info.iter();
        let wrong: Vec<BagRemark> = said
            .filter(|line| line.label.eq_ignore_ascii_case("payload-oxum"))
            .filter(|line| line.value != found)
            .map(|line| {
                let detail = format!("bag-info.txt: {} → {found}", line.value);
                BagRemark::error(BagFault::Oxum, "").because(detail)
            })
            .collect();
        self.inspection.remarks.extend(wrong);
    }

    /// Adds remarks about names on the disk that another system would take for one, and about
    /// files that are no evidence.
    fn twins(&mut self) {
        let mut folded: BTreeMap<String, Vec<&str>> = BTreeMap::new();
        let mut told = Vec::new();
        for (path, file) in self.files {
            folded.entry(fold(path)).or_default().push(path);
            if file.is_system && is_payload(path) {
                told.push(BagRemark::warning(BagFault::SystemFile, path));
            }
        }
        for paths in folded.values().filter(|paths| paths.len() > 1) {
            let first = paths.first().copied().unwrap_or_default();
            for path in paths.iter().skip(1) {
                let fault = match normal(path) == normal(first) {
                    true => BagFault::NormalTwins,
                    false => BagFault::CaseTwins,
                };
                told.push(BagRemark::warning(fault, *path).because(first));
            }
        }
        self.inspection.remarks.extend(told);
    }
}

fn is_payload(path: &str) -> bool {
    path.starts_with(PAYLOAD)
}

fn normal(path: &str) -> String {
    path.nfc().collect()
}

/// Returns the path as a system sees it that minds neither case nor composition.
fn fold(path: &str) -> String {
    path.nfc().collect::<String>().to_lowercase()
}
