//! Which documents speak of one activity: an invitation, an attendance list, minutes, a report
//! and photos share a date, a folder or a subject. Takes what was recognised, gives groups. A
//! photo has hardly a word of its own; what it shows is told by the papers beside it.

use crate::model::{Date, DateRole, Digest, DocumentFacts, Metadata, analysis};
use std::collections::{BTreeMap, BTreeSet};

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

/// Is one document as grouping sees it.
#[derive(Debug, Clone, Copy)]
pub struct Trace<'a> {
    /// The document.
    pub document: Digest,
    /// Where it lies, `/` between folders.
    pub path: &'a str,
    /// What was recognised.
    pub facts: &'a DocumentFacts,
    /// What the file says about itself.
    pub metadata: &'a Metadata,
    /// Whether it is a photo.
    pub is_photo: bool,
}

/// Is one activity: documents in the order they were given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Its documents; at least two, of which one is no photo.
    pub documents: Vec<Digest>,
    /// The earliest day, where any is known.
    pub date: Option<Date>,
}

/// Is what of a trace is compared.
struct Mark {
    folder: String,
    words: BTreeSet<String>,
    /// First and last day.
    days: Option<(Date, Date)>,
    place: Option<(f64, f64)>,
    is_photo: bool,
}

/// Groups documents by activity.
pub fn activities(traces: &[Trace]) -> Vec<Activity> {
    let marks: Vec<Mark> = traces.iter().map(mark).collect();
    let mut groups = Groups::new(traces.len());
    join_dated(&marks, &mut groups);
    join_undated(traces, &marks, &mut groups);
    let mut found: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for at in 0..traces.len() {
        found.entry(groups.root(at)).or_default().push(at);
    }
    found
        .into_values()
        .filter(|members| members.len() > 1)
        .filter(|members| members.iter().any(|at| is_paper(traces, *at)))
        .map(|members| Activity {
            date: members
                .iter()
                .filter_map(|at| Some(marks.get(*at)?.days?.0))
                .min(),
            documents: members
                .iter()
                .filter_map(|at| traces.get(*at))
                .map(|trace| trace.document)
                .collect(),
        })
        .collect()
}

fn is_paper(traces: &[Trace], at: usize) -> bool {
    traces.get(at).is_some_and(|trace| !trace.is_photo)
}

/// Joins documents of the same days that lie together or speak of the same.
fn join_dated(marks: &[Mark], groups: &mut Groups) {
    // By day: what happened on other days is never compared.
    let mut by_day: BTreeMap<Date, Vec<usize>> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate() {
        if let Some((first, last)) = mark.days {
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
                let both = marks.get(*one).zip(marks.get(*other));
                if both.is_some_and(|(a, b)| belongs(a, b)) {
                    groups.join(*one, *other);
                }
            }
        }
    }
}

fn belongs(one: &Mark, other: &Mark) -> bool {
    let together = !one.folder.is_empty() && one.folder == other.folder;
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
    !apart && analysis::alike(&one.words, &other.words) >= least
}

/// Joins what has no date to the activity of its folder: by subject, or because the folder
/// holds one activity only.
fn join_undated(traces: &[Trace], marks: &[Mark], groups: &mut Groups) {
    let mut folders: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (at, mark) in marks.iter().enumerate() {
        folders.entry(&mark.folder).or_default().push(at);
    }
    for (folder, here) in folders {
        if folder.is_empty() || here.len() > CROWDED {
            continue;
        }
        let dated = |at: &&usize| marks.get(**at).is_some_and(|m| m.days.is_some());
        let roots: BTreeSet<usize> = here
            .iter()
            .filter(dated)
            .map(|at| groups.root(*at))
            .collect();
        let only = roots.first().filter(|_| roots.len() == 1).copied();
        for at in here.iter().filter(|at| !dated(at)) {
            let own = marks.get(*at);
            let like = here.iter().filter(dated).find(|other| {
                let both = own.zip(marks.get(**other));
                both.is_some_and(|(a, b)| {
                    analysis::alike(&a.words, &b.words) >= SAME_SUBJECT
                })
            });
            let photo_of_one = only.filter(|_| !is_paper(traces, *at));
            if let Some(other) = like.copied().or(photo_of_one) {
                groups.join(*at, other);
            }
        }
    }
}

fn mark(trace: &Trace) -> Mark {
    let (folder, file) = trace.path.rsplit_once('/').unwrap_or(("", trace.path));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let title = trace.facts.title.value().map_or("", String::as_str);
    let named = analysis::telling(title).chain(analysis::telling(stem));
    let words = named
        .filter(|word| word.len() > 3 && word.chars().all(char::is_alphabetic))
        .map(|word| analysis::stem(&word).into_owned());
    let on = |role| trace.facts.date(role).map(|fact| fact.value);
    let first = on(DateRole::Activity).or_else(|| on(DateRole::Captured));
    let last = on(DateRole::ActivityEnd).or(first);
    let camera = trace.metadata.camera.as_ref();
    Mark {
        folder: folder.to_owned(),
        words: words.collect(),
        days: first.zip(last).map(|(a, b)| (a, b.max(a))),
        place: camera.and_then(|c| c.place).map(|p| (p.lat, p.lon)),
        is_photo: trace.is_photo,
    }
}

/// Returns about how far two places (latitude, longitude in degrees) are apart, in kilometres:
/// flat, which is enough for a regency.
fn km(one: (f64, f64), other: (f64, f64)) -> f64 {
    const KM_PER_DEGREE: f64 = 111.2;
    let across = (one.1 - other.1) * one.0.to_radians().cos();
    ((one.0 - other.0).powi(2) + across.powi(2)).sqrt() * KM_PER_DEGREE
}

/// Is which documents were joined.
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
            .map(|(at, (path, facts, is_photo))| Trace {
                document: Digest::new([at as u8; 32]),
                path,
                facts,
                metadata: &metadata,
                is_photo: *is_photo,
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
