//! Takes the text of a printed code, gives the link in it: whom it would ask, and what in it is the
//! document's own. Nothing is asked.

/// Chars of a link that are shown.
const SHOWN: usize = 120;
/// Figures of a part that is the document's own, and letters and figures of one with fewer.
const FIGURES: usize = 4;
const MIXED: usize = 8;
const MIXED_FIGURES: usize = 2;
/// Figures of the number of an official, which stands in the link of a person.
const OFFICIAL: usize = 18;

/// A link in a printed code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PrintedLink<'t> {
    /// Whether nobody on the way can change what it leads to (`https`); `None` where it names no
    /// scheme.
    pub is_secure: Option<bool>,
    /// The host, in small letters.
    pub host: String,
    /// What follows the host.
    rest: &'t str,
    /// All of it.
    printed: &'t str,
}

impl<'t> PrintedLink<'t> {
    /// Reads the first link of a text; `None` where there is none.
    pub fn read(text: &'t str) -> Option<Self> {
        let words = || text.split_whitespace();
        let with_scheme = words().find_map(|word| {
            ["https://", "http://"].into_iter().find_map(|scheme| {
                let at = word.to_ascii_lowercase().find(scheme)?;
                let printed = word.get(at..)?;
                Self::from_parts(
                    printed,
                    word.get(at + scheme.len()..)?,
                    Some(scheme.len() == 8),
                )
            })
        });
        with_scheme.or_else(|| {
            let mut all = words();
            let (only, None) = (all.next()?, all.next()) else {
                return None;
            };
            Self::from_parts(only, only, None).filter(|link| is_domain(&link.host))
        })
    }

    fn from_parts(
        printed: &'t str,
        after_scheme: &'t str,
        is_secure: Option<bool>,
    ) -> Option<Self> {
        let end = after_scheme.find(['/', '?', '#', '\\']);
        let (authority, rest) =
            after_scheme.split_at_checked(end.unwrap_or(after_scheme.len()))?;
        // `https://a.go.id@b.example` asks `b.example`.
        let host = authority.rsplit('@').next()?;
        let host = host.split(':').next()?.trim_end_matches('.').to_lowercase();
        (!host.is_empty()).then_some(Self {
            is_secure,
            host,
            rest,
            printed,
        })
    }

    /// Tells whether its host is one of some domains, or below one.
    pub fn is_below(&self, domains: &[String]) -> bool {
        domains.iter().any(|domain| {
            let before = self.host.strip_suffix(domain.as_str());
            before.is_some_and(|before| before.is_empty() || before.ends_with('.'))
        })
    }

    /// Returns it as a person is shown it.
    pub fn shown(&self) -> String {
        let visible = |c: char| if c.is_control() { '\u{FFFD}' } else { c };
        let mut chars = self.printed.chars().map(visible);
        let shown: String = chars.by_ref().take(SHOWN).collect();
        if chars.next().is_some() {
            shown + "…"
        } else {
            shown
        }
    }

    /// Returns what makes it the link of one document, the same for every spelling of it; `None`
    /// for a start page, or the page of a person.
    pub fn key(&self) -> Option<String> {
        let mut parts = self.rest.split(['/', '?', '&', '=', '#']);
        let rest = self.rest.trim_end_matches('/');
        parts.any(is_own).then(|| format!("{}{rest}", self.host))
    }

    /// Returns the numbers of documents that stand in it: pieces between slashes within one part,
    /// or the value of one of some `keys`.
    pub fn numbers(&self, keys: &[String]) -> Vec<String> {
        let (path, query) = self.rest.split_once('?').unwrap_or((self.rest, ""));
        let query = query.split('#').next().unwrap_or_default();
        let parts = path.split('/').map(decoded);
        let numbers = parts.filter(|part| pieces(part).len() >= 3);
        let named = query.split('&').filter_map(|pair| {
            let (key, value) = pair.split_once('=')?;
            let value = decoded(value);
            let is_known = keys.iter().any(|known| key.eq_ignore_ascii_case(known));
            let has_figure = value.contains(|c: char| c.is_ascii_digit());
            let is_form = pieces(&value).len() >= 3 || is_known && has_figure;
            is_form.then_some(value)
        });
        numbers
            .chain(named)
            .filter(|number| is_number(number))
            .collect()
    }
}

/// Returns the pieces of a number between its slashes, without zeros before figures, in capitals.
pub(super) fn pieces(number: &str) -> Vec<String> {
    let pieces = number.split('/').map(|piece| {
        let chars = piece.chars().filter(|c| c.is_alphanumeric() || *c == '.');
        let piece: String = chars.flat_map(char::to_uppercase).collect();
        match piece.bytes().all(|byte| byte.is_ascii_digit()) {
            true => piece.trim_start_matches('0').to_owned(),
            false => piece,
        }
    });
    pieces.filter(|piece| !piece.is_empty()).collect()
}

/// Tells whether letters, figures, slashes, dots, dashes are all there is.
fn is_number(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit())
        && text
            .chars()
            .all(|c| c.is_alphanumeric() || "/.-_ ".contains(c))
}

/// Tells whether a part of a link is the document's own: many figures, or letters and figures at
/// random. A year is nobody's own, the number of an official is a person's.
fn is_own(part: &str) -> bool {
    let runs = part.split(|c: char| !c.is_ascii_digit());
    let is_year =
        |run: &str| run.len() == 4 && (run.starts_with("19") || run.starts_with("20"));
    let figures = runs.filter(|run| !is_year(run) && run.len() != OFFICIAL);
    let figures: usize = figures.map(str::len).sum();
    let letters = part.chars().filter(char::is_ascii_alphanumeric).count();
    figures >= FIGURES || figures >= MIXED_FIGURES && letters >= MIXED
}

/// Tells whether a word without a scheme is the name of a host.
fn is_domain(host: &str) -> bool {
    let labels: Vec<&str> = host.split('.').collect();
    let is_label = |label: &&str| {
        !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
    };
    let last = labels.last().copied().unwrap_or_default();
    labels.len() >= 2
        && labels.iter().all(is_label)
        && last.len() >= 2
        && last.chars().all(|c| c.is_ascii_alphabetic())
}

/// Returns a part of a link without its percent signs: `188%2F2024`.
fn decoded(part: &str) -> String {
    let mut bytes = Vec::with_capacity(part.len());
    let mut rest = part.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let hex = (*first == b'%').then(|| after.get(..2)).flatten();
        let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
        match hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => {
                bytes.push(byte);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(if *first == b'+' { b' ' } else { *first });
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn domains(names: &[&str]) -> Vec<String> {
        names.iter().map(|name| (*name).to_owned()).collect()
    }

    #[test]
    fn the_host_is_whom_a_browser_would_ask() {
        let known = domains(&["go.id", "privy.id"]);
        for (text, host, is_known) in [
            (
                "https://tte.kominfo.go.id/verifyPDF",
                "tte.kominfo.go.id",
                true,
            ),
            ("HTTPS://TTE.KOMINFO.GO.ID./x", "tte.kominfo.go.id", true),
            ("https://privy.id:443/v/1", "privy.id", true),
            (
                "https://tte.kominfo.go.id@jahat.example/x",
                "jahat.example",
                false,
            ),
            ("https://go.id.jahat.example", "go.id.jahat.example", false),
            ("https://lago.id/x", "lago.id", false),
            ("https://jahat.example\\@go.id", "jahat.example", false),
            ("http://127.0.0.1:8000/tte/5", "127.0.0.1", false),
            ("Cek di https://a.go.id/1 ya", "a.go.id", true),
            ("tte.kominfo.go.id/verifyPDF", "tte.kominfo.go.id", true),
        ] {
            let link = PrintedLink::read(text).unwrap();
            assert_eq!(link.host, host, "{text}");
            assert_eq!(link.is_below(&known), is_known, "{text}");
        }
        for text in [
            "BUPATI CONTOH, S.E.",
            "NIP. 197001011990031001",
            "12.5",
            "",
            "https://",
        ] {
            assert_eq!(PrintedLink::read(text), None, "{text}");
        }
    }

    #[test]
    fn only_a_part_of_its_own_makes_a_link_that_of_one_document() {
        for (text, is_own) in [
            ("https://surat.contoh.go.id/suratpdf/164845.pdf", true),
            ("https://tte.contoh.go.id/d/TXx9lY79749hv1o", true),
            ("https://tte.contoh.go.id/cek?id=57253969-55950101", true),
            ("https://tte.kominfo.go.id/verifyPDF", false),
            ("https://contoh.go.id/tte/2024/v2", false),
            ("https://contoh.go.id", false),
            ("https://contoh.go.id/pegawai/197001011990031001", false),
        ] {
            let link = PrintedLink::read(text).unwrap();
            assert_eq!(link.key().is_some(), is_own, "{text}");
        }
        let key = |text| PrintedLink::read(text).unwrap().key();
        assert_eq!(
            key("https://A.go.id/d/12345/"),
            key("http://a.go.id/d/12345")
        );
        assert_ne!(
            key("https://a.go.id/d/aB12345"),
            key("https://a.go.id/d/Ab12345")
        );
    }

    #[test]
    fn numbers_are_read_where_they_are_plain() {
        let keys = domains(&["nomor"]);
        for (text, numbers) in [
            ("https://a.go.id/d/005%2F421%2F2024", vec!["005/421/2024"]),
            ("https://a.go.id/cek?nomor=12&x=9", vec!["12"]),
            (
                "https://a.go.id/cek?q=188.45%2F7%2FKEP%2F2024",
                vec!["188.45/7/KEP/2024"],
            ),
            ("https://a.go.id/005/421/2024", vec![]),
            ("https://a.go.id/cek?id=12", vec![]),
            ("https://a.go.id/cek?nomor=https%3A%2F%2Fb%2Fc%2F1", vec![]),
        ] {
            let link = PrintedLink::read(text).unwrap();
            assert_eq!(link.numbers(&keys), numbers, "{text}");
        }
        assert_eq!(pieces("005/ 421 /kep/2024"), ["5", "421", "KEP", "2024"]);
    }
}
