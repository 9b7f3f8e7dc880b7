//! Takes `schema/regions.json`, gives the governments of Indonesia with their codes and the
//! names a document may print for them.

use super::doctype::{DataError, Level, element, take};
use super::phrase::Phrase;
use crate::model::{Government, RegionCode};
use serde::Deserialize;
use serde_json::Value;
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
    names: Vec<RegionName>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Province {
    code: String,
    name: String,
    regencies: BTreeMap<String, String>,
    cities: BTreeMap<String, String>,
}

#[derive(Deserialize)]
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
            let word = full_name(level, "");
            let rest = government.name.strip_prefix(word.as_str())?.trim();
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
        let mut file: Value =
            serde_json::from_str(json).map_err(|e| DataError::at("", e))?;
        let mut regions = Self::default();
        for (n, province) in list(&mut file, "provinces")?.into_iter().enumerate() {
            regions.add_province(element(province, &format!("/provinces/{n}"))?);
        }
        for (key, is_former) in [("former", true), ("also", false)] {
            for (n, variant) in list(&mut file, key)?.into_iter().enumerate() {
                let pointer = format!("/{key}/{n}");
                let variant: Variant = element(variant, &pointer)?;
                regions.add_variant(&variant, is_former).ok_or_else(|| {
                    DataError::at(pointer, format!("there is no code `{}`", variant.code))
                })?;
            }
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
            full: full_name(level, name),
            variant: false,
        });
    }

    fn add_variant(&mut self, variant: &Variant, is_former: bool) -> Option<()> {
        let official = self.get(&variant.code)?;
        let full = if is_former {
            full_name(official.level, &variant.name)
        } else {
            official.full.clone()
        };
        let words = Phrase::from(variant.name.as_str());
        let name = RegionName {
            words,
            full,
            variant: true,
            ..official.clone()
        };
        self.names.push(name);
        Some(())
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

/// Puts the word for the level before a name.
fn full_name(level: Level, name: &str) -> String {
    match level {
        Level::Province => format!("Provinsi {name}"),
        Level::Regency => format!("Kabupaten {name}"),
        Level::City => format!("Kota {name}"),
        Level::Nation | Level::District | Level::Village => name.to_owned(),
    }
}

/// Takes a list out of the file.
fn list(file: &mut Value, key: &str) -> Result<Vec<Value>, DataError> {
    match take(file, key) {
        Value::Array(elements) => Ok(elements),
        _ => Err(DataError::at(format!("/{key}"), "a list is expected")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json_schema::faults;

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
        assert_eq!(faults(&schema, &data), []);
    }

    #[test]
    fn an_error_says_where() {
        let pointer = |from: &str, to: &str| {
            Regions::parse(&BUILTIN.replacen(from, to, 1))
                .unwrap_err()
                .pointer
        };
        assert_eq!(pointer("\"12.12\"", "\"12.99\""), "/former/3");
        assert_eq!(pointer("\"cities\"", "\"towns\""), "/provinces/0");
        assert_eq!(pointer("\"also\"", "\"other\""), "/also");
    }
}
