//! Takes `schema/regions.json`, gives the governments of Indonesia with their codes and the
//! names a document may print for them.

use super::data::read;
use super::doctype::Level;
use super::error::{DataError, DataFile, Problem};
use super::form;
use super::phrase::Phrase;
use crate::model::{Government, RegionCode};
use serde::Deserialize;
use std::collections::BTreeMap;

/// The data this program carries.
pub(crate) const BUILTIN: &str = include_str!("../../schema/regions.json");

/// A name of a government.
#[derive(Debug, Clone)]
pub struct RegionName {
    /// The government's official code; `None` where the list does not have it.
    pub code: Option<RegionCode>,
    /// Its level.
    pub level: Level,
    /// The name to look for, without the word for its level.
    pub words: Phrase,
    /// The full name a fact carries: the official one, or the former one where that is printed.
    pub full: String,
    /// Whether it is a short form, spelling or former name.
    pub variant: bool,
}

impl RegionName {
    /// Returns the government under this name.
    pub fn government(&self) -> Government {
        Government {
            code: self.code.clone(),
            name: self.full.clone(),
        }
    }
}

/// Every government of the list, under every name.
#[derive(Debug, Clone, Default)]
pub struct Regions {
    titles: Titles,
    names: Vec<RegionName>,
}

/// The word for each level, which stands before the name of a government.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Titles {
    province: String,
    regency: String,
    city: String,
}

impl Titles {
    /// Returns the word for a level, where names of that level are given with one.
    fn of_level(&self, level: Level) -> Option<&str> {
        match level {
            Level::Province => Some(&self.province),
            Level::Regency => Some(&self.regency),
            Level::City => Some(&self.city),
            Level::Nation | Level::District | Level::Village => None,
        }
    }

    /// Puts the word for the level before a name.
    fn full_name(&self, level: Level, name: &str) -> String {
        match self.of_level(level) {
            Some(title) => format!("{title} {name}"),
            None => name.to_owned(),
        }
    }
}

/// The file `regions.json` as it stands.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "$schema", default)]
    _schema: String,
    #[serde(rename = "version", deserialize_with = "form::version")]
    _version: u32,
    #[serde(rename = "source")]
    _source: String,
    titles: Titles,
    #[serde(deserialize_with = "form::some")]
    provinces: Vec<Province>,
    former: Vec<Former>,
    also: Vec<Variant>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    code: String,
    name: String,
    regencies: BTreeMap<String, String>,
    cities: BTreeMap<String, String>,
}

/// A name a government had.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Former {
    code: String,
    name: String,
    #[serde(rename = "renamed_by")]
    _renamed_by: String,
}

/// A short form or other spelling.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Variant {
    code: String,
    name: String,
}

impl Regions {
    /// Returns the governments this program carries.
    ///
    /// # Errors
    /// When the file that was built in is broken.
    pub fn builtin() -> Result<Self, DataError> {
        Self::parse(BUILTIN)
    }

    /// Adds a government that the list does not have, such as the archive's own when it is
    /// newer than the list or made up; one that it has stays as it is. A name that does not
    /// begin with the word for its level is not understood and not added.
    pub fn adopt(&mut self, government: &Government) {
        if self.by_full_name(&government.name).is_some() {
            return;
        }
        let levels = [Level::Province, Level::Regency, Level::City];
        let fits = levels.into_iter().find_map(|level| {
            let title = self.titles.of_level(level)?;
            let rest = government
                .name
                .strip_prefix(title)?
                .strip_prefix(' ')?
                .trim();
            (!rest.is_empty()).then_some((level, rest))
        });
        if let Some((level, name)) = fits {
            self.names.push(RegionName {
                code: government.code.clone(),
                level,
                words: Phrase::from(name),
                full: government.name.clone(),
                variant: false,
            });
        }
    }

    /// Reads the text of a `regions.json`.
    pub fn parse(json: &str) -> Result<Self, DataError> {
        let file: File = read(DataFile::Regions, json)?;
        let mut regions = Self {
            titles: file.titles,
            names: Vec::new(),
        };
        for province in file.provinces {
            regions.add_province(province);
        }
        for (n, former) in file.former.into_iter().enumerate() {
            regions.add_variant(&former.code, &former.name, true, ("former", n))?;
        }
        for (n, also) in file.also.into_iter().enumerate() {
            regions.add_variant(&also.code, &also.name, false, ("also", n))?;
        }
        Ok(regions)
    }

    fn add_province(&mut self, province: Province) {
        let parts = [
            (province.regencies, Level::Regency),
            (province.cities, Level::City),
        ];
        self.add(province.code.clone(), Level::Province, &province.name);
        for (names, level) in parts {
            for (code, name) in names {
                self.add(format!("{}.{code}", province.code), level, &name);
            }
        }
    }

    fn add(&mut self, code: String, level: Level, name: &str) {
        self.names.push(RegionName {
            code: Some(RegionCode::new(code)),
            level,
            words: Phrase::from(name),
            full: self.titles.full_name(level, name),
            variant: false,
        });
    }

    /// Adds another name of the government with a code; `(list, n)` is where it stands.
    fn add_variant(
        &mut self,
        code: &str,
        name: &str,
        is_former: bool,
        (list, n): (&str, usize),
    ) -> Result<(), DataError> {
        let official = self.get(code).ok_or_else(|| {
            let problem = Problem::Unresolved {
                what: "code",
                value: code.to_owned(),
                nearest: None,
            };
            DataError::new(DataFile::Regions, format!("/{list}/{n}/code"), problem)
        })?;
        let full = if is_former {
            self.titles.full_name(official.level, name)
        } else {
            official.full.clone()
        };
        let name = RegionName {
            words: Phrase::from(name),
            full,
            variant: true,
            ..official.clone()
        };
        self.names.push(name);
        Ok(())
    }

    /// Returns every name of every government: official names in order of code, then variants.
    pub fn names(&self) -> &[RegionName] {
        &self.names
    }

    /// Returns the official name of the government with this code.
    pub fn get(&self, code: &str) -> Option<&RegionName> {
        self.names.iter().find(|name| {
            !name.variant && name.code.as_ref().is_some_and(|c| c.as_str() == code)
        })
    }

    /// Returns the government with this full name, such as `Kabupaten Bantul`, in any case.
    pub fn by_full_name(&self, full: &str) -> Option<&RegionName> {
        let wanted = Phrase::from(full);
        self.names
            .iter()
            .find(|name| Phrase::from(name.full.as_str()).letters() == wanted.letters())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_schema::Schema;
    use serde_json::Value;

    #[test]
    fn the_list_is_complete() {
        let regions = Regions::parse(BUILTIN).unwrap();
        let count = |level| {
            regions
                .names()
                .iter()
                .filter(|n| n.level == level && !n.variant)
                .count()
        };
        // Kepmendagri 300.2.2-2138 Tahun 2025: 38 provinces, 416 regencies, 98 cities.
        let counts = [Level::Province, Level::Regency, Level::City].map(count);
        assert_eq!(counts, [38, 416, 98]);
        assert_eq!(regions.get("71.71").unwrap().full, "Kota Manado");
        assert_eq!(
            regions
                .by_full_name("KABUPATEN BANTUL")
                .unwrap()
                .code
                .as_ref()
                .map(RegionCode::as_str),
            Some("34.02")
        );
    }

    #[test]
    fn a_former_name_keeps_its_code_and_a_short_form_its_official_name() {
        let regions = Regions::parse(BUILTIN).unwrap();
        let toba = regions.by_full_name("Kabupaten Toba Samosir").unwrap();
        assert_eq!(
            toba.code,
            regions.by_full_name("Kabupaten Toba").unwrap().code
        );
        let short = regions
            .names()
            .iter()
            .find(|n| n.words.text() == "DKI Jakarta")
            .unwrap();
        assert_eq!(short.full, "Provinsi Daerah Khusus Ibukota Jakarta");
    }

    #[test]
    fn a_government_that_the_list_lacks_can_be_adopted_once() {
        let mut regions = Regions::builtin().unwrap();
        let before = regions.names().len();
        for name in [
            "Kabupaten Contoh",
            "Kabupaten Bantul",
            "Negeri Entah",
            "Kota ",
        ] {
            regions.adopt(&Government {
                code: None,
                name: name.into(),
            });
        }
        assert_eq!(regions.names().len(), before + 1);
        let adopted = regions
            .by_full_name("kabupaten contoh")
            .unwrap()
            .government();
        assert_eq!(
            adopted,
            Government {
                code: None,
                name: "Kabupaten Contoh".into()
            }
        );
    }

    #[test]
    fn the_builtin_data_follows_its_schema() {
        let schema: Value =
            serde_json::from_str(include_str!("../../schema/regions.schema.json"))
                .unwrap();
        let data: Value = serde_json::from_str(BUILTIN).unwrap();
        assert_eq!(Schema::new(schema).faults(&data), []);
    }

    #[test]
    fn an_error_says_where() {
        let pointer = |from: &str, to: &str| {
            Regions::parse(&BUILTIN.replacen(from, to, 1))
                .unwrap_err()
                .pointer
        };
        assert_eq!(pointer("\"12.12\"", "\"12.99\""), "/former/3/code");
        assert_eq!(pointer("\"cities\"", "\"towns\""), "/provinces/0");
        assert_eq!(pointer("\"Simeulue\"", "7"), "/provinces/0/regencies/09");
        assert_eq!(pointer("\"province\"", "\"state\""), "/titles");
        assert_eq!(pointer("\"also\"", "\"other\""), "");
    }
}
