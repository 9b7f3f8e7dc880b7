//! The region's own list of districts and villages. With it, coverage is a share of a known number,
//! places without evidence are named, and each gets its own letter.

use super::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::shape::SCHEMA_VERSION;
use crate::app::judgement::render::rules;
use crate::app::user_files;
use crate::{
    framework::Rules,
    io::sheet::{self, Row},
    lexicon::words::words,
    model::{LevelId, Locality, QuestionId, Report},
};
use serde_json::{Value, json};
use std::{collections::BTreeMap, path::Path};

/// How many places there are of each level.
pub type Counts = BTreeMap<LevelId, usize>;

/// Reads a list, which replaces the one before.
///
/// # Errors
/// When the file cannot be read, or has no column that names a level, or no row: then nothing
/// is changed.
pub fn import(workspace: &mut Workspace, file: &Path) -> Result<Counts, Error> {
    let rows = user_files::read_rows(file, sheet::most_frequent)?;
    let rules = rules()?;
    let levels = workspace.framework.levels().iter();
    let levels: Vec<LevelId> = levels.map(|level| level.id.clone()).collect();
    let places = places(&rules, &levels, &rows).ok_or_else(|| {
        Error::new(
            ErrorKind::Usage,
            "tidak ada kolom `kecamatan` atau `desa` yang berisi nama",
            "there is no column `kecamatan` or `desa` with names in it",
        )
        .hint(
            "buat tabel dengan baris judul: kecamatan, desa",
            "make a table with the heading row: kecamatan, desa",
        )
    })?;
    let _lock = workspace.lock()?;
    workspace.catalog.put_places(&places)?;
    Ok(counts(&places))
}

/// What a district or village has brought, and what it owes.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceStanding {
    /// The place.
    pub place: Locality,
    /// How many questions ask for evidence of each place of its level.
    pub asked: usize,
    /// Those that none of the evidence is of it for, in order.
    pub owes: Vec<QuestionId>,
}

impl PlaceStanding {
    /// Returns how many questions it has brought evidence for.
    pub fn brought(&self) -> usize {
        self.asked.saturating_sub(self.owes.len())
    }
}

/// Returns how each listed place stands, in order of level, district and name.
///
/// # Errors
/// When the catalog cannot be read.
pub fn standings(
    workspace: &Workspace,
    report: &Report,
) -> Result<Vec<PlaceStanding>, Error> {
    let mut asked = BTreeMap::<&LevelId, usize>::new();
    let mut owed = BTreeMap::<&Locality, Vec<QuestionId>>::new();
    for question in report.questions() {
        let known = workspace.framework.question(&question.id);
        for level in known.into_iter().flat_map(|known| &known.levels) {
            *asked.entry(level).or_default() += 1;
        }
        for place in &question.lacking {
            owed.entry(place).or_default().push(question.id.clone());
        }
    }
    let places = workspace.catalog.places()?.into_iter();
    let standing = |place: Locality| PlaceStanding {
        asked: asked.get(&place.level).copied().unwrap_or_default(),
        owes: owed.remove(&place).unwrap_or_default(),
        place,
    };
    Ok(places.map(standing).collect())
}

/// Counts places by level.
pub fn counts(places: &[Locality]) -> Counts {
    let mut counts = Counts::new();
    for place in places {
        *counts.entry(place.level.clone()).or_default() += 1;
    }
    counts
}

/// Returns counts as JSON, the shape of `places.schema.json`.
pub fn to_json(counts: &Counts) -> Value {
    json!({ "schema_version": SCHEMA_VERSION, "places": counts_json(counts) })
}

/// Returns counts as JSON, by level.
pub fn counts_json(counts: &Counts) -> Value {
    let counts = counts.iter();
    let counts = counts.map(|(level, count)| (level.to_string(), json!(count)));
    Value::Object(counts.collect())
}

/// Reads places from rows below the first that has a column for a level; none where there are
/// none. A cell left empty, or merged with those above, means the district of the row before.
fn places(rules: &Rules, levels: &[LevelId], rows: &[Row]) -> Option<Vec<Locality>> {
    let columns = |(_, cells): &Row| {
        let columns: Vec<(usize, LevelId)> = (0..)
            .zip(cells)
            .filter_map(|(at, head)| Some((at, level_of(rules, levels, head)?)))
            .collect();
        (!columns.is_empty()).then_some(columns)
    };
    let mut below = rows.iter();
    let mut columns: Vec<(usize, LevelId)> = below.find_map(columns)?;
    // The wider level first: a village lies in the district of its row.
    columns.sort_by_key(|(_, level)| rules.level_rank(level));
    let mut places = Vec::new();
    let mut district: Option<String> = None;
    for (_, cells) in below {
        for (n, (at, level)) in columns.iter().enumerate() {
            let cell = cells.get(*at).map_or("", |cell| cell.trim());
            if !cell.contains(char::is_alphabetic) {
                continue;
            }
            let name = name_without_level(rules, level, cell);
            let is_widest = n == 0 && columns.len() > 1;
            if is_widest {
                district = Some(name.clone());
            }
            places.push(Locality {
                level: level.clone(),
                within: district.clone().filter(|_| !is_widest),
                name,
            });
        }
    }
    places.sort();
    places.dedup();
    (!places.is_empty()).then_some(places)
}

/// Returns the level a heading names: `Nama Kecamatan`, `Desa/Kelurahan`.
fn level_of(rules: &Rules, levels: &[LevelId], head: &str) -> Option<LevelId> {
    /// Words of the longest heading; a title has more.
    const WORDS: usize = 4;
    let parts: Vec<&str> = head
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let level = |word: &&str| rules.issuer_level(word).map(|(_, level)| level.clone());
    let found = parts.iter().find_map(level)?;
    // `Jumlah Desa`, `Kode Kecamatan` are other columns.
    let is_name = parts.iter().all(|word| {
        rules.issuer_level(word).is_some()
            || words().place_columns.contains(&word.to_lowercase())
    });
    let is_asked = levels.contains(&found);
    (is_name && is_asked && parts.len() <= WORDS).then_some(found)
}

/// Returns a name without the word for its level: `Sukamaju` of `Kecamatan Sukamaju`.
fn name_without_level(rules: &Rules, level: &LevelId, name: &str) -> String {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let own = rules.issuer_level(&name).map(|(_, found)| found);
    match name.split_once(' ') {
        Some((_, rest)) if own == Some(level) => rest.to_owned(),
        _ => name,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(lines: &[&str]) -> Option<Vec<String>> {
        let rows: Vec<Row> = (1..)
            .zip(lines)
            .map(|(n, line)| (n, line.split(';').map(str::to_owned).collect()))
            .collect();
        let levels = ["kabupaten", "kecamatan", "desa"].map(LevelId::from);
        let found = places(&Rules::builtin().unwrap(), &levels, &rows)?;
        let told = |place: Locality| match place.within {
            Some(within) => format!("{} {} ({within})", place.level, place.name),
            None => format!("{} {}", place.level, place.name),
        };
        Some(found.into_iter().map(told).collect())
    }

    #[test]
    fn a_list_is_read_however_people_keep_it() {
        let found = read(&[
            "Daftar wilayah administrasi Kabupaten Contoh;;;",
            "No;Kode Kecamatan;Nama Kecamatan;Desa/Kelurahan;Jumlah Desa",
            "1;1;Kecamatan Sukamaju;Desa Mekar Sari;2",
            "2;1;;Kelurahan Harapan;",
            "3;2;Bukit Teladan;Sukamaju;1",
            "4;2;Bukit Teladan;Sukamaju;1",
            ";;;;3",
        ]);
        assert_eq!(
            found.unwrap(),
            [
                "desa Harapan (Sukamaju)",
                "desa Mekar Sari (Sukamaju)",
                "desa Sukamaju (Bukit Teladan)",
                "kecamatan Bukit Teladan",
                "kecamatan Sukamaju",
            ]
        );
        assert_eq!(read(&["desa", "Kampung Baru"]).unwrap(), ["desa Baru"]);
    }

    #[test]
    fn a_table_of_something_else_is_none() {
        assert_eq!(read(&["No;Nama;Jumlah Desa", "1;Sukamaju;4"]), None);
        assert_eq!(read(&["kecamatan;desa", ";", "1;2"]), None);
        assert_eq!(read(&["Kabupaten", "Contoh"]).map(|f| f.len()), Some(1));
    }
}
