//! The query of a request: its names and values, and of lists, which are given a part at a time, how
//! much to give and from where.

use super::code::Code;
use super::problem::Problem;
use crate::fixity;
use crate::web::asked::Asked;
use axum::extract::Query;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// Items that a part has where nobody says how many.
const USUAL: usize = 50;
/// Most items of one part.
const MOST: usize = 100;

/// Reads the query of a request; what is not known in it is an error, since a filter that is left
/// out silently gives another answer.
pub(super) fn query<T: DeserializeOwned>(asked: &Asked) -> Result<T, Problem> {
    match Query::<T>::try_from_uri(&asked.uri) {
        Ok(Query(query)) => Ok(query),
        Err(refused) => {
            let why = refused.body_text();
            let id = format!("saringan ini tidak dipahami: {why}");
            let en = format!("this query is not understood: {why}");
            Err(Problem::saying(&Code::BAD_QUERY, id, en))
        }
    }
}

/// Refuses any query, where nothing can be asked by one.
pub(super) fn no_query(asked: &Asked) -> Result<(), Problem> {
    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Nothing {}
    query::<Nothing>(asked).map(|Nothing {}| ())
}

/// A list with its filters. A cursor of another one would skip what is asked for, so each is
/// known by what it is a list of.
pub(super) struct List(String);

impl List {
    /// Takes the list's name and everything that it is filtered by.
    pub(super) fn new(name: &str, filters: &impl Debug) -> Self {
        Self(fixity::hash(format!("{name} {filters:?}").as_bytes()).short())
    }

    /// Returns the cursor of a place in the list.
    pub(super) fn cursor(&self, place: u64) -> String {
        format!("{}{place:x}", self.0)
    }

    /// Returns the place of a cursor; `None` at the beginning.
    pub(super) fn place(&self, cursor: Option<&str>) -> Result<Option<u64>, Problem> {
        let Some(cursor) = cursor else {
            return Ok(None);
        };
        let place = cursor.strip_prefix(self.0.as_str());
        let place = place.filter(|place| place.bytes().all(|b| b.is_ascii_hexdigit()));
        let place = place.and_then(|place| u64::from_str_radix(place, 16).ok());
        place.map(Some).ok_or(Problem::new(&Code::BAD_CURSOR))
    }
}

/// Returns how many items to give.
pub(super) fn limit(asked: Option<usize>) -> Result<usize, Problem> {
    match asked {
        None => Ok(USUAL),
        Some(limit) if (1..=MOST).contains(&limit) => Ok(limit),
        Some(_) => Err(Problem::saying(
            &Code::BAD_QUERY,
            format!("`limit` harus dari 1 sampai {MOST}"),
            format!("`limit` has to be from 1 to {MOST}"),
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cursor_leads_into_the_list_that_gave_it_and_into_no_other() {
        let (list, other) = (List::new("a", &("x", 1)), List::new("a", &("x", 2)));
        for place in [0, 1, 274, u64::MAX] {
            let cursor = list.cursor(place);
            assert_eq!(list.place(Some(&cursor)).unwrap(), Some(place));
            assert!(other.place(Some(&cursor)).is_err());
        }
        assert_eq!(list.place(None).unwrap(), None);
        for wrong in ["", "0", "+1", "é", &list.cursor(1)[..12]] {
            assert!(list.place(Some(wrong)).is_err(), "{wrong}");
        }
        let signed = format!("{}+1", &list.cursor(1)[..12]);
        assert!(list.place(Some(&signed)).is_err());
    }

    #[test]
    fn no_part_is_empty_or_without_end() {
        let given = [None, Some(1), Some(MOST)].map(|asked| limit(asked).ok());
        assert_eq!(given, [Some(USUAL), Some(1), Some(MOST)]);
        assert!(
            [Some(0), Some(MOST + 1)]
                .into_iter()
                .all(|asked| limit(asked).is_err())
        );
    }
}
