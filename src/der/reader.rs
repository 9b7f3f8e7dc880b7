//! Values with tag and length (X.690, section 8.1), one after another.

use super::Oid;
use std::borrow::Cow;

/// Tags (X.690, section 8.1.2; X.680, section 8.6).
pub mod tag {
    /// BOOLEAN.
    pub const BOOLEAN: u8 = 0x01;
    /// INTEGER.
    pub const INTEGER: u8 = 0x02;
    /// BIT STRING.
    pub const BIT_STRING: u8 = 0x03;
    /// OCTET STRING.
    pub const OCTET_STRING: u8 = 0x04;
    /// NULL.
    pub const NULL: u8 = 0x05;
    /// OBJECT IDENTIFIER.
    pub const OID: u8 = 0x06;
    /// ENUMERATED.
    pub const ENUMERATED: u8 = 0x0a;
    /// `UTCTime`.
    pub const UTC_TIME: u8 = 0x17;
    /// `GeneralizedTime`.
    pub const GENERALIZED_TIME: u8 = 0x18;
    /// OCTET STRING in parts.
    pub const OCTET_STRING_IN_PARTS: u8 = 0x24;
    /// SEQUENCE and SEQUENCE OF.
    pub const SEQUENCE: u8 = 0x30;
    /// SET and SET OF.
    pub const SET: u8 = 0x31;
    /// `[n]`, constructed.
    pub const fn context(n: u8) -> u8 {
        0xa0 | n
    }
    /// `[n]`, primitive.
    pub const fn context_primitive(n: u8) -> u8 {
        0x80 | n
    }
}

/// How deep values without a length may stand in each other: certificates and signatures need
/// about twelve levels.
const MAX_DEPTH: u8 = 40;

/// One value: its tag, its content, and all its bytes as they stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Element<'a> {
    /// The tag; numbers above 30 are not used by anything read here.
    pub tag: u8,
    /// What is inside.
    pub content: &'a [u8],
    /// Tag, length and content, and the end mark of a value without a length.
    pub whole: &'a [u8],
}

impl<'a> Element<'a> {
    /// Returns what is inside as values.
    pub fn inside(self) -> Reader<'a> {
        Reader::new(self.content)
    }

    /// Returns the content if the tag is this one.
    pub fn when(self, tag: u8) -> Option<Self> {
        (self.tag == tag).then_some(self)
    }

    /// Returns the object identifier that it is.
    pub fn oid(self) -> Option<Oid> {
        self.when(tag::OID).map(|e| Oid::new(e.content))
    }

    /// Returns the number that it is, if it is small and not negative.
    pub fn small(self) -> Option<u64> {
        let bytes = self.when(tag::INTEGER)?.content;
        let negative = bytes.first().is_some_and(|first| first & 0x80 != 0);
        if negative || bytes.is_empty() || bytes.len() > 8 {
            return None;
        }
        Some(
            bytes
                .iter()
                .fold(0, |sum, byte| sum << 8 | u64::from(*byte)),
        )
    }

    /// Returns whether it says true.
    pub fn boolean(self) -> Option<bool> {
        let content = self.when(tag::BOOLEAN)?.content;
        content.first().map(|byte| *byte != 0)
    }

    /// Returns the bytes of an OCTET STRING, whose parts some authorities write one by one.
    pub fn octets(self) -> Option<Cow<'a, [u8]>> {
        fn gather(element: Element<'_>, depth: u8, into: &mut Vec<u8>) -> Option<()> {
            let below = depth.checked_sub(1)?;
            for part in element.inside() {
                let part = part?;
                match part.tag {
                    tag::OCTET_STRING => into.extend_from_slice(part.content),
                    tag::OCTET_STRING_IN_PARTS => gather(part, below, into)?,
                    _ => return None,
                }
            }
            Some(())
        }
        match self.tag {
            tag::OCTET_STRING => Some(Cow::Borrowed(self.content)),
            tag::OCTET_STRING_IN_PARTS => {
                let mut whole = Vec::new();
                gather(self, MAX_DEPTH, &mut whole)?;
                Some(Cow::Owned(whole))
            }
            _ => None,
        }
    }

    /// Returns the bytes of a BIT STRING that has whole bytes.
    pub fn bits(self) -> Option<&'a [u8]> {
        let (unused, bytes) = self.when(tag::BIT_STRING)?.content.split_first()?;
        (*unused == 0).then_some(bytes)
    }
}

/// Values that stand one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reader<'a> {
    rest: &'a [u8],
}

impl<'a> Reader<'a> {
    /// Reads from these bytes.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// Returns the bytes that were not read yet.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Tells whether nothing is left.
    pub fn is_empty(&self) -> bool {
        self.rest.is_empty()
    }

    /// Returns the tag of the next value.
    pub fn peek(&self) -> Option<u8> {
        self.rest.first().copied()
    }

    /// Takes the next value.
    pub fn any(&mut self) -> Option<Element<'a>> {
        let (element, rest) = take(self.rest, MAX_DEPTH)?;
        self.rest = rest;
        Some(element)
    }

    /// Takes the next value, which must have this tag.
    pub fn value(&mut self, tag: u8) -> Option<Element<'a>> {
        (self.peek()? == tag).then(|| self.any())?
    }

    /// Takes the next value and returns what is inside; it must have this tag.
    pub fn open(&mut self, tag: u8) -> Option<Reader<'a>> {
        self.value(tag).map(Element::inside)
    }
}

/// Every value; the last is `None` where the bytes are no value.
impl<'a> Iterator for Reader<'a> {
    type Item = Option<Element<'a>>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.is_empty() {
            return None;
        }
        let element = self.any();
        if element.is_none() {
            self.rest = &[];
        }
        Some(element)
    }
}

/// Takes one value; returns it and what follows.
fn take(bytes: &[u8], depth: u8) -> Option<(Element<'_>, &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    if tag & 0x1f == 0x1f {
        return None;
    }
    let (first, rest) = rest.split_first()?;
    let len = match first {
        0..=0x7f => usize::from(*first),
        0x80 => return take_without_length(bytes, *tag, rest, depth),
        0x81..=0x88 => {
            let (digits, _) = rest.split_at_checked(usize::from(first & 0x7f))?;
            let len = digits.iter().try_fold(0usize, |sum, digit| {
                sum.checked_mul(256)?.checked_add(usize::from(*digit))
            })?;
            let head = 2 + digits.len();
            return cut(bytes, *tag, head, len);
        }
        _ => return None,
    };
    cut(bytes, *tag, 2, len)
}

fn cut(bytes: &[u8], tag: u8, head: usize, len: usize) -> Option<(Element<'_>, &[u8])> {
    let (whole, rest) = bytes.split_at_checked(head.checked_add(len)?)?;
    let content = whole.get(head..)?;
    Some((
        Element {
            tag,
            content,
            whole,
        },
        rest,
    ))
}

/// Takes a value that ends with two zero bytes (X.690, section 8.1.3.6); only one that is
/// constructed can.
fn take_without_length<'a>(
    bytes: &'a [u8],
    tag: u8,
    inside: &'a [u8],
    depth: u8,
) -> Option<(Element<'a>, &'a [u8])> {
    let below = depth.checked_sub(1)?;
    if tag & 0x20 == 0 {
        return None;
    }
    let mut rest = inside;
    while !rest.starts_with(&[0, 0]) {
        rest = take(rest, below)?.1;
    }
    let len = inside.len() - rest.len();
    let whole = bytes.get(..2 + len + 2)?;
    let content = inside.get(..len)?;
    Some((
        Element {
            tag,
            content,
            whole,
        },
        rest.get(2..)?,
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lengths_of_every_form_are_read() {
        // X.690, section 8.1.3: short, long, and indefinite.
        for (bytes, content) in [
            (&[0x04, 2, 7, 8][..], &[7, 8][..]),
            (&[0x04, 0x81, 2, 7, 8], &[7, 8]),
            (&[0x04, 0x83, 0, 0, 2, 7, 8], &[7, 8]),
            (&[0x30, 0x80, 0x04, 1, 7, 0, 0], &[0x04, 1, 7]),
            (&[0x30, 0x80, 0x30, 0x80, 0, 0, 0, 0], &[0x30, 0x80, 0, 0]),
        ] {
            let mut reader = Reader::new(bytes);
            let element = reader.any().unwrap();
            assert_eq!(element.content, content, "{bytes:?}");
            assert_eq!(element.whole, bytes);
            assert!(reader.is_empty());
        }
    }

    #[test]
    fn what_is_cut_or_endless_is_no_value() {
        for bytes in [
            &[][..],
            &[0x30],
            &[0x30, 5, 1],
            &[0x30, 0x80, 0, 1],
            &[0x04, 0x80, 0, 0],
            &[0x04, 0x88, 255, 255, 255, 255, 255, 255, 255, 255],
            &[0x1f, 1, 1],
        ] {
            assert_eq!(Reader::new(bytes).any(), None, "{bytes:?}");
        }
        let nested = [0x30, 0x80].repeat(100_000);
        assert_eq!(Reader::new(&nested).any(), None);
    }

    #[test]
    fn octets_in_parts_are_joined() {
        let bytes = [0x24, 0x80, 4, 1, b'a', 0x24, 3, 4, 1, b'b', 4, 0, 0, 0];
        let element = Reader::new(&bytes).any().unwrap();
        assert_eq!(element.octets().unwrap().as_ref(), b"ab");
    }

    proptest! {
        #[test]
        fn no_bytes_fell_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            for element in Reader::new(&bytes).flatten() {
                let _ = (element.octets(), element.small(), element.bits(), element.oid());
                prop_assert!(element.whole.len() >= element.content.len());
            }
        }
    }
}
