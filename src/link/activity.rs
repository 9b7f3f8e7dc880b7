//! Which documents belong to one activity: an invitation, an attendance list, minutes, a report
//! and photos share a date, a folder or a subject. Takes what was recognised, gives groups. A
//! photo has hardly a word of its own; the papers beside it say what it shows.

use crate::lexicon::analysis;
use crate::model::{Date, DateRole, Digest, DocumentFacts, Metadata};
use std::{
    collections::{BTreeMap, BTreeSet},
    hash::{DefaultHasher, Hash, Hasher},
};

/// Days between two dates of one activity: travel, and the clock of a camera in another zone.
const DAYS_APART: i32 = 1;
/// Days an activity lasts at most; an end read later than that is not believed.
const LONGEST: i32 = 31;
/// Share of common words (Dice's coefficient) from which two subjects are the same. Like all
/// numbers here a choice, tried on the samples.
const SAME_SUBJECT: f32 = 0.5;
/// The same for two papers that lie in one folder.
const LIKE_SUBJECT: f32 = 0.25;
/// Kilometres from which two photos show different places.
const FAR_KM: f64 = 10.0;
/// Files of activities in a folder from which the folder says nothing: everything is in it.
const CROWDED: usize = 60;

/// A document as grouping sees it: little enough to hold one for each of a large share.
#[derive(Debug, Clone)]
pub struct Trace {
    document: Digest,
    path: Box<str>,
    /// Its words, each once, in order.
    words: Box<[u64]>,
    /// First and last day.
    days: Option<(Date, Date)>,
    place: Option<(f64, f64)>,
    is_photo: bool,
}

impl Trace {
    /// Takes what tells of an activity from a document at `path`, `/` between folders.
    pub fn new(
        document: Digest,
        path: String,
        facts: &DocumentFacts,
        metadata: &Metadata,
        is_photo: bool,
    ) -> Self {
        let file = path
            .rsplit_once('/')
            .map_or(path.as_str(), |(_, file)| file);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let title = facts.title.value().map_or("", String::as_str);
        let named = analysis::telling(title).chain(analysis::telling(stem));
        let mut words: Vec<u64> = named
            .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
            .map(|word| hash(&analysis::stem(&word)))
            .collect();
        words.sort_unstable();
        words.dedup();
        let on = |role| facts.date(role).map(|fact| fact.value);
        let first = on(DateRole::Activity).or_else(|| on(DateRole::Captured));
        let last = on(DateRole::ActivityEnd).or(first);
        let camera = metadata.camera.as_ref();
        Self {
            document,
            words: words.into_boxed_slice(),
            days: first.zip(last).map(|(a, b)| (a, b.max(a))),
            place: camera.and_then(|c| c.place).map(|p| (p.lat, p.lon)),
            is_photo,
            path: path.into_boxed_str(),
        }
    }

    /// Returns the document.
    pub fn document(&self) -> Digest {
        self.document
    }

    /// Tells whether it is a photo.
    pub fn is_photo(&self) -> bool {
        self.is_photo
    }

    /// Returns the path that it was made with.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// Returns the folder it lies in, empty where the path has none.
    fn folder(&self) -> &str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }
}

/// A word is only ever compared: a number does, and takes a fraction of its room.
fn hash(word: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    word.hash(&mut hasher);
    hasher.finish()
}

/// An activity: documents in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its documents; at least two, of which one is no photo.
    pub documents: Vec<Digest>,
    /// The earliest day, where any is known.
    pub date: Option<Date>,
}

/// Groups documents by activity.
pub fn activities(traces: &[Trace]) -> Vec<Activity> {
    let mut groups = Groups::new(traces.len());
    join_dated(traces, &mut groups);
    join_undated(traces, &mut groups);
    let mut found: BTreeMap<usize, Vec<&Trace>> = BTreeMap::new();
    for (at, trace) in traces.iter().enumerate() {
        found.entry(groups.root(at)).or_default().push(trace);
    }
    found
        .into_values()
        .filter(|members| members.len() > 1)
        .filter(|members| members.iter().any(|trace| !trace.is_photo))
        .map(|members| Activity {
            date: members.iter().filter_map(|t| Some(t.days?.0)).min(),
            documents: members.iter().map(|trace| trace.document).collect(),
        })
        .collect()
}

/// Joins documents of the same days that lie together or have the same subject.
fn join_dated(traces: &[Trace], groups: &mut Groups) {
    // By day: what happened on other days is never compared.
    let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (at, trace) in traces.iter().enumerate() {
        if let Some((first, last)) = trace.days {
            let days = (0..=LONGEST).map(|days| first.plus_days(days));
            for day in days.take_while(|day| *day <= last) {
                by_day.entry(day).or_default().push(at);
            }
        }
    }
    for (day, here) in &by_day {
        let near = by_day.range(*day..=day.plus_days(DAYS_APART));
        for other in near.flat_map(|(_, others)| others) {
            for one in here.iter().filter(|one| *one != other) {
                let both = traces.get(*one).zip(traces.get(*other));
                if both.is_some_and(|(a, b)| belongs(a, b)) {
                    groups.join(*one, *other);
                }
            }
        }
    }
}

fn belongs(one: &Trace, other: &Trace) -> bool {
    let together = !one.folder().is_empty() && one.folder() == other.folder();
    // A photo has hardly a word; papers of one day and folder may be of two meetings.
    let least = match (together, one.is_photo || other.is_photo) {
        (true, true) => 0.0,
        (true, false) => LIKE_SUBJECT,
        (false, _) => SAME_SUBJECT,
    };
    let apart = one
        .place
        .zip(other.place)
        .is_some_and(|(a, b)| km(a, b) > FAR_KM);
    !apart && analysis::word_overlap(&one.words, &other.words) >= least
}

/// Joins what has no date to the activity of its folder: by subject, or because the folder
/// holds one activity only.
fn join_undated(traces: &[Trace], groups: &mut Groups) {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, trace) in traces.iter().enumerate() {
        folders.entry(trace.folder()).or_default().push(at);
    }
    for (folder, here) in folders {
        if folder.is_empty() || here.len() > CROWDED {
            continue;
        }
        let dated = |at: &&usize| traces.get(**at).is_some_and(|t| t.days.is_some());
        let roots: BTreeSet<usize> = here
            .iter()
            .filter(dated)
            .map(|at| groups.root(*at))
            .collect();
        let only = roots.first().filter(|_| roots.len() == 1).copied();
        for at in here.iter().filter(|at| !dated(at)) {
            let own = traces.get(*at);
            let like = here.iter().filter(dated).find(|other| {
                let both = own.zip(traces.get(**other));
                both.is_some_and(|(a, b)| {
                    analysis::word_overlap(&a.words, &b.words) >= SAME_SUBJECT
                })
            });
            let photo_of_one = only.filter(|_| own.is_some_and(|own| own.is_photo));
            if let Some(other) = like.copied().or(photo_of_one) {
                groups.join(*at, other);
            }
        }
    }
}

/// Returns about how far two places (latitude, longitude in degrees) are apart, in kilometres:
/// flat, which is enough for a regency.
fn km(one: (f64, f64), other: (f64, f64)) -> f64 {
    const KM_PER_DEGREE: f64 = 111.2;
    let across = (one.1 - other.1) * one.0.to_radians().cos();
    ((one.0 - other.0).powi(2) + across.powi(2)).sqrt() * KM_PER_DEGREE
}

/// Which documents were joined.
struct Groups(Vec<usize>);

impl Groups {
    fn new(count: usize) -> Self {
        Self((0..count).collect())
    }

    fn root(&mut self, at: usize) -> usize {
        let up = self.0.get(at).copied().unwrap_or(at);
        if up == at {
            return at;
        }
        let root = self.root(up);
        if let Some(place) = self.0.get_mut(at) {
            *place = root;
        }
        root
    }

    /// The earlier one stays the root, so that groups are in the order of their first member.
    fn join(&mut self, one: usize, other: usize) {
        let (one, other) = (self.root(one), self.root(other));
        if let Some(place) = self.0.get_mut(one.max(other)) {
            *place = one.min(other);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{DatedFact, Fact, Ratio, Reading};

    fn facts(title: &str, day: Option<&str>, role: DateRole) -> DocumentFacts {
        let fact = |value| Fact {
            value,
            confidence: Ratio::new(0.9),
            span: None,
            rule: "test".into(),
        };
        let mut facts = DocumentFacts::default();
        if !title.is_empty() {
            facts.title = Reading::Known(Fact {
                value: title.to_owned(),
                confidence: Ratio::new(0.9),
                span: None,
                rule: "test".into(),
            });
        }
        facts.dates.extend(day.map(|day| DatedFact {
            role,
            fact: fact(day.parse::<Date>().unwrap()),
        }));
        facts
    }

    fn groups(documents: &[(&str, DocumentFacts, bool)]) -> Vec<Vec<u8>> {
        let metadata = Metadata::default();
        let traces: Vec<Trace> = documents
            .iter()
            .enumerate()
            .map(|(at, (path, facts, is_photo))| {
                let digest = Digest::new([at as u8; 32]);
                Trace::new(digest, (*path).to_owned(), facts, &metadata, *is_photo)
            })
            .collect();
        let found = activities(&traces);
        let id = |digest: &Digest| digest.as_bytes()[0];
        found
            .iter()
            .map(|activity| activity.documents.iter().map(id).collect())
            .collect()
    }

    #[test]
    fn papers_and_photos_of_one_day_and_folder_belong_together() {
        let day = Some("2024-05-05");
        let documents = [
            (
                "/s/ktr/undangan.pdf",
                facts("Sosialisasi KTR", day, DateRole::Activity),
                false,
            ),
            (
                "/s/ktr/laporan.pdf",
                facts("Sosialisasi KTR", day, DateRole::Activity),
                false,
            ),
            (
                "/s/ktr/IMG_1.jpg",
                facts("", Some("2024-05-06"), DateRole::Captured),
                true,
            ),
            (
                "/s/ktr/IMG_2.jpg",
                facts("", None, DateRole::Captured),
                true,
            ),
            (
                "/s/lain/IMG_3.jpg",
                facts("", day, DateRole::Captured),
                true,
            ),
        ];
        assert_eq!(groups(&documents), [vec![0, 1, 2, 3]]);
    }

    #[test]
    fn another_day_in_the_same_folder_is_another_activity() {
        let on =
            |day| facts("Pelatihan Konvensi Hak Anak", Some(day), DateRole::Activity);
        let documents = [
            ("/s/kha/a.pdf", on("2024-05-05"), false),
            ("/s/kha/b.pdf", on("2024-08-05"), false),
            (
                "/s/kha/IMG_1.jpg",
                facts("", Some("2024-08-05"), DateRole::Captured),
                true,
            ),
            (
                "/s/kha/IMG_2.jpg",
                facts("", None, DateRole::Captured),
                true,
            ),
        ];
        assert_eq!(groups(&documents), [vec![1, 2]]);
    }

    #[test]
    fn the_same_subject_on_the_same_day_is_one_activity_wherever_it_lies() {
        let on = |title| facts(title, Some("2024-05-05"), DateRole::Activity);
        let documents = [
            ("/dinkes/x.pdf", on("Kampanye Sekolah Tanpa Rokok"), false),
            (
                "/dp3a/y.pdf",
                on("Kampanye Sekolah Tanpa Rokok 2024"),
                false,
            ),
            ("/dp3a/z.pdf", on("Rapat Forum Desa"), false),
        ];
        assert_eq!(groups(&documents), [vec![0, 1]]);
    }

    #[test]
    fn photos_alone_are_no_activity() {
        let photo = |day| facts("", Some(day), DateRole::Captured);
        let documents = [
            ("/s/IMG_1.jpg", photo("2024-05-05"), true),
            ("/s/IMG_2.jpg", photo("2024-05-05"), true),
        ];
        assert!(groups(&documents).is_empty());
    }
}
