//! What a request says: its body, its query: the names and values, and of lists, which are given a part at a time, how
//! much to give and from where.

use super::code::Code;
use super::problem::Problem;
use crate::fixity;
use crate::web::asked::Asked;
use axum::extract::Query;
use axum::http::header;
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

/// Reads a body that is JSON and says so: a form of another site cannot.
pub(super) fn body<T: DeserializeOwned>(
    asked: &Asked,
    bytes: &[u8],
) -> Result<T, Problem> {
    let kind = asked.headers.get(header::CONTENT_TYPE);
    let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    let kind = kind.split(';').next().unwrap_or_default().trim();
    if !kind.eq_ignore_ascii_case("application/json") {
        return Err(Problem::new(&Code::NOT_JSON));
    }
    serde_json::from_slice(bytes).map_err(|why| {
        let id = format!("isi permintaan tidak sesuai skema: {why}");
        let en = format!("the body is not what the schema says: {why}");
        Problem::saying(&Code::BAD_BODY, id, en)
    })
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
        self.cursor_of(&format!("{place:x}"))
    }

    /// Returns the cursor of a place that hexadecimal digits tell.
    pub(super) fn cursor_of(&self, digits: &str) -> String {
        format!("{}{digits}", self.0)
    }

    /// Returns the place of a cursor; `None` at the beginning.
    pub(super) fn place(&self, cursor: Option<&str>) -> Result<Option<u64>, Problem> {
        let read = |digits: &str| u64::from_str_radix(digits, 16).ok();
        self.place_by(cursor, read)
    }

    /// Returns what `read` makes of the digits of a cursor; `None` at the beginning.
    pub(super) fn place_by<T>(
        &self,
        cursor: Option<&str>,
        read: impl FnOnce(&str) -> Option<T>,
    ) -> Result<Option<T>, Problem> {
        let Some(cursor) = cursor else {
            return Ok(None);
        };
        let digits = cursor.strip_prefix(self.0.as_str());
        let digits = digits.filter(|text| text.bytes().all(|b| b.is_ascii_hexdigit()));
        let place = digits.and_then(read);
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
