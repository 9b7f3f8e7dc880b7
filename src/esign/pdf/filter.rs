//! Unpacks streams of objects and of cross-references. Other streams are compared as written.

use super::object::{Dict, Object};
use std::io::Read;

/// The unpacked bytes of a stream.
pub struct Decoded {
    /// The bytes.
    pub bytes: Vec<u8>,
    /// Whether the data unpack without a fault, with at most the end of a line behind them.
    pub ends_cleanly: bool,
}

/// Returns what a stream unpacks to, at most `most` bytes; `None` where it is packed in
/// another way than Flate, or in more than that.
pub fn decoded(dict: &Dict, data: &[u8], most: usize) -> Option<Decoded> {
    let as_it_is = || {
        let fits = data.len() <= most;
        fits.then(|| Decoded {
            bytes: data.to_vec(),
            ends_cleanly: true,
        })
    };
    let filter = match dict.get(b"Filter") {
        None | Some(Object::Null) => return as_it_is(),
        Some(Object::Array(filters)) => match filters.as_slice() {
            [] => return as_it_is(),
            [one] => one.name()?,
            _ => return None,
        },
        Some(other) => other.name()?,
    };
    if !matches!(filter, b"FlateDecode" | b"Fl") {
        return None;
    }
    let mut bytes = Vec::new();
    let mut decoder = flate2::read::ZlibDecoder::new(data);
    // What comes before a fault is what readers show.
    let whole = decoder
        .by_ref()
        .take(most as u64 + 1)
        .read_to_end(&mut bytes);
    let used = usize::try_from(decoder.total_in()).unwrap_or(usize::MAX);
    let rest = data.get(used..).unwrap_or_default();
    let ends_cleanly =
        whole.is_ok() && rest.len() <= 2 && rest.iter().all(u8::is_ascii_whitespace);
    if bytes.len() > most || bytes.is_empty() {
        return None;
    }
    let parms = match dict.get(b"DecodeParms").or_else(|| dict.get(b"DP")) {
        Some(Object::Array(all)) => all.first().and_then(Object::dict),
        Some(other) => other.dict(),
        None => None,
    };
    let bytes = match parms {
        Some(parms) => unpredicted(parms, bytes)?,
        None => bytes,
    };
    Some(Decoded {
        bytes,
        ends_cleanly,
    })
}

/// Tells whether every reader understands alike how a stream is packed: one filter under its name,
/// its parameters beside it in the same form, whole numbers in them.
pub fn says_plainly(dict: &Dict) -> bool {
    let named = |object: &Object| object.name() == Some(b"FlateDecode");
    let parms = dict.get_or_null(b"DecodeParms");
    let numbers = |object: &Object| match object {
        Object::Null => true,
        Object::Dict(parms) => parms
            .iter()
            .all(|(_, value)| value.integer().is_some_and(|number| number >= 0)),
        _ => false,
    };
    let is_alone = ["F", "FFilter", "DP", "Crypt"]
        .iter()
        .all(|key| dict.get(key.as_bytes()).is_none());
    let is_flate = match dict.get_or_null(b"Filter") {
        Object::Null => return is_alone && *parms == Object::Null,
        Object::Array(filters) => match (filters.as_slice(), parms) {
            ([one], Object::Null) => named(one),
            ([one], Object::Array(all)) => {
                named(one) && matches!(all.as_slice(), [parms] if numbers(parms))
            }
            _ => false,
        },
        one => named(one) && numbers(parms),
    };
    is_alone && is_flate
}

/// Undoes the predictors of PNG (ISO 32000-2, 7.4.4.4).
fn unpredicted(parms: &Dict, bytes: Vec<u8>) -> Option<Vec<u8>> {
    let number = |key: &[u8], default: i64| match parms.get(key) {
        Some(value) => value.integer(),
        None => Some(default),
    };
    match number(b"Predictor", 1)? {
        1 => return Some(bytes),
        10..=15 => {}
        _ => return None,
    }
    let bits = number(b"Colors", 1)?.checked_mul(number(b"BitsPerComponent", 8)?)?;
    let row_bits = bits.checked_mul(number(b"Columns", 1)?)?;
    let width = usize::try_from(row_bits).ok()?.div_ceil(8);
    let step = usize::try_from(bits).ok()?.div_ceil(8);
    if width == 0 || width > 1 << 20 || step == 0 {
        return None;
    }
    let mut before = vec![0u8; width];
    let mut out = Vec::with_capacity(bytes.len());
    for row in bytes.chunks(width + 1) {
        let (kind, row) = row.split_first()?;
        let mut now = vec![0u8; width];
        for (at, byte) in row.iter().enumerate() {
            let behind = at.checked_sub(step);
            let left = behind.and_then(|at| now.get(at)).copied().unwrap_or(0);
            let up = before.get(at).copied().unwrap_or(0);
            let corner = behind.and_then(|at| before.get(at)).copied().unwrap_or(0);
            let guess = match kind {
                1 => left,
                2 => up,
                3 => u8::midpoint(left, up),
                4 => paeth(left, up, corner),
                _ => 0,
            };
            *now.get_mut(at)? = byte.wrapping_add(guess);
        }
        out.extend_from_slice(now.get(..row.len())?);
        before = now;
    }
    Some(out)
}

fn paeth(left: u8, up: u8, corner: u8) -> u8 {
    let (a, b, c) = (i16::from(left), i16::from(up), i16::from(corner));
    let guess = a + b - c;
    let (da, db, dc) = ((guess - a).abs(), (guess - b).abs(), (guess - c).abs());
    if da <= db && da <= dc {
        left
    } else if db <= dc {
        up
    } else {
        corner
    }
}
