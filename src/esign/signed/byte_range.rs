//! Which bytes a signature covers (`/ByteRange`, ISO 32000-2, 12.8.1), and whether that is all
//! but its own `/Contents`.

use super::dictionary::SignatureDict;
use crate::{esign::pdf::Document, model::ByteRangeFault};

/// The covered bytes.
#[derive(Debug, Clone, Copy)]
pub struct Covered<'a> {
    /// What stands before `/Contents`.
    pub before: &'a [u8],
    /// What stands after it.
    pub after: &'a [u8],
    /// Where they end, counted from the start of the file.
    pub end: usize,
}

/// Returns the covered bytes.
///
/// # Errors
/// The way in which `/ByteRange` is not in its form; nothing is covered then.
pub fn covered<'a>(
    document: &Document<'a>,
    signature: &SignatureDict,
) -> Result<Covered<'a>, ByteRangeFault> {
    let range = document.get(&signature.dict, b"ByteRange");
    let numbers: Option<Vec<i64>> = range.array().and_then(|values| {
        let numbers = values.iter().map(|value| document.resolve(value).integer());
        numbers.collect()
    });
    let is_once = signature.dict.count(b"ByteRange") == 1;
    let numbers = numbers.filter(|_| is_once).ok_or(ByteRangeFault::Missing)?;
    let [first, first_len, second, second_len] = numbers.as_slice() else {
        return Err(ByteRangeFault::Missing);
    };
    if *first != 0 {
        return Err(ByteRangeFault::NotFromStart);
    }
    let positive = |number: i64| {
        let number = usize::try_from(number).ok().filter(|number| *number > 0);
        number.ok_or(ByteRangeFault::NotPositive)
    };
    let (first_len, second) = (positive(*first_len)?, positive(*second)?);
    let second_len = positive(*second_len)?;
    if second <= first_len {
        return Err(ByteRangeFault::Overlap);
    }
    let end = second
        .checked_add(second_len)
        .ok_or(ByteRangeFault::BeyondEnd)?;
    let bytes = document.bytes();
    let (Some(before), Some(after)) = (bytes.get(..first_len), bytes.get(second..end))
    else {
        return Err(ByteRangeFault::BeyondEnd);
    };
    let contents = signature
        .contents_at
        .clone()
        .ok_or(ByteRangeFault::Contents)?;
    if contents != (first_len..second) {
        return Err(ByteRangeFault::Gap);
    }
    Ok(Covered { before, after, end })
}
