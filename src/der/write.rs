//! Values written anew (DER).

/// Returns a value with its tag and length (X.690, section 10.1: a length in the fewest bytes).
pub fn encode(tag: u8, content: &[u8]) -> Vec<u8> {
    let len = content.len();
    let mut bytes = vec![tag];
    match u8::try_from(len) {
        Ok(short) if short < 0x80 => bytes.push(short),
        _ => {
            let digits = len.to_be_bytes();
            let first = digits.iter().position(|byte| *byte != 0).unwrap_or(0);
            let digits = digits.get(first..).unwrap_or_default();
            bytes.push(0x80 | digits.len() as u8);
            bytes.extend_from_slice(digits);
        }
    }
    bytes.extend_from_slice(content);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::der::{Reader, tag};

    #[test]
    fn what_is_written_is_read_again() {
        for (len, head) in [
            (0, vec![0x04, 0]),
            (127, vec![0x04, 127]),
            (128, vec![0x04, 0x81, 128]),
            (300, vec![0x04, 0x82, 1, 44]),
        ] {
            let content = vec![7; len];
            let written = encode(tag::OCTET_STRING, &content);
            assert!(written.starts_with(&head), "{len}");
            let read = Reader::new(&written).any().unwrap();
            assert_eq!((read.content, read.whole.len()), (&*content, written.len()));
        }
    }
}
