//! Reads values from bytes (ISO 32000-2, 7.2 and 7.3), and keeps where they stand.

use super::object::{Dict, Id, Object};

/// How deep arrays and dictionaries may stand in each other.
const MAX_DEPTH: u8 = 64;
/// Most values of one array or dictionary.
const MAX_VALUES: usize = 1 << 20;
/// Most keys of a dictionary: they are looked for one after another.
const MAX_KEYS: usize = 1 << 13;

/// A place in bytes from which values are read.
#[derive(Debug, Clone)]
pub struct Parser<'a> {
    bytes: &'a [u8],
    /// The place, from 0.
    pub at: usize,
    /// Whether something was met that readers take differently: a reference to another generation
    /// than the first or under an odd number, two signs, a stream without its end of line.
    pub met_oddity: bool,
}

/// An indirect object, as it stands.
#[derive(Debug)]
pub struct Indirect {
    /// Its number.
    pub id: Id,
    /// Its generation.
    pub generation: u64,
    /// The value; the dictionary of a stream.
    pub object: Object,
    /// Where the bytes of a stream begin.
    pub stream_at: Option<usize>,
    /// Where the value begins.
    pub value_at: usize,
    /// Where the value ends, or the stream's keyword.
    pub end: usize,
}

fn is_space(byte: u8) -> bool {
    matches!(byte, 0 | 9 | 10 | 12 | 13 | 32)
}

fn is_delimiter(byte: u8) -> bool {
    matches!(
        byte,
        b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%'
    )
}

fn hex_digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).map(|digit| digit as u8)
}

impl<'a> Parser<'a> {
    /// Reads from this place.
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self {
            bytes,
            at,
            met_oddity: false,
        }
    }

    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Returns the next bytes, as many as there are.
    pub fn next(&self, count: usize) -> &'a [u8] {
        let rest = self.rest();
        rest.get(..count).unwrap_or(rest)
    }

    /// Returns the bytes from a place up to where it stands.
    pub fn between(&self, from: usize) -> &'a [u8] {
        self.bytes.get(from..self.at).unwrap_or_default()
    }

    /// Tells whether nothing is left.
    pub fn is_at_end(&self) -> bool {
        self.at >= self.bytes.len()
    }

    /// Skips blanks and comments.
    pub fn skip_space(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                let line = self.rest().iter();
                let len = line.take_while(|byte| !matches!(byte, b'\n' | b'\r'));
                self.at += len.count();
            } else if is_space(byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    /// Takes a keyword, if it comes next.
    pub fn keyword(&mut self, word: &[u8]) -> bool {
        self.skip_space();
        let ends = |byte: &u8| is_space(*byte) || is_delimiter(*byte);
        let rest = self.rest();
        let found = rest.starts_with(word) && rest.get(word.len()).is_none_or(ends);
        if found {
            self.at += word.len();
        }
        found
    }

    /// Takes an operator of a content stream: everything up to a blank or a delimiter.
    pub fn operator(&mut self) -> &'a [u8] {
        self.skip_space();
        let rest = self.rest();
        let ends = |byte: &u8| is_space(*byte) || is_delimiter(*byte);
        let len = rest.iter().position(ends).unwrap_or(rest.len());
        self.at += len;
        rest.get(..len).unwrap_or_default()
    }

    /// Takes a number without sign or point, if it comes next.
    pub fn integer(&mut self) -> Option<u64> {
        self.skip_space();
        let digits = self.rest().iter().take_while(|byte| byte.is_ascii_digit());
        let len = digits.count();
        let text = self.rest().get(..len)?;
        let number = std::str::from_utf8(text).ok()?.parse().ok()?;
        self.at += len;
        Some(number)
    }

    /// Takes a value.
    pub fn object(&mut self) -> Option<Object> {
        self.value(MAX_DEPTH)
    }

    fn value(&mut self, depth: u8) -> Option<Object> {
        let below = depth.checked_sub(1)?;
        self.skip_space();
        match self.peek()? {
            b'/' => Some(Object::Name(self.name())),
            b'(' => self.literal().map(Object::String),
            b'<' if self.rest().starts_with(b"<<") => self.dict(below).map(Object::Dict),
            b'<' => self.hex().map(Object::String),
            b'[' => self.array(below),
            b'+' | b'-' | b'.' | b'0'..=b'9' => self.number_or_reference(),
            _ => [
                (&b"null"[..], Object::Null),
                (b"true", Object::Bool(true)),
                (b"false", Object::Bool(false)),
            ]
            .into_iter()
            .find_map(|(word, value)| self.keyword(word).then_some(value)),
        }
    }

    fn number_or_reference(&mut self) -> Option<Object> {
        let start = self.at;
        let number = self.number()?;
        let is_plain = self.bytes.get(start).is_some_and(u8::is_ascii_digit);
        if number.fract() == 0.0 && is_plain {
            let mut ahead = self.clone();
            if ahead.peek().is_some_and(is_space)
                && let Some(generation) = ahead.integer()
                && ahead.peek().is_some_and(is_space)
                && ahead.keyword(b"R")
            {
                self.at = ahead.at;
                let written = self.bytes.get(start..self.at).unwrap_or_default();
                let digits = written.split(u8::is_ascii_whitespace).next();
                let is_plain = digits.is_some_and(|digits| {
                    digits.len() <= 10 && digits.iter().all(u8::is_ascii_digit)
                });
                self.met_oddity |= generation > 0 || !is_plain || written.len() > 24;
                return Some(match number <= f64::from(u32::MAX) {
                    true => Object::Reference(number as u32),
                    false => Object::Null,
                });
            }
        }
        Some(Object::Number(number))
    }

    fn number(&mut self) -> Option<f64> {
        let sign = |byte: &u8| matches!(byte, b'+' | b'-');
        let digits = |byte: &u8| byte.is_ascii_digit() || *byte == b'.';
        let signs = self.rest().iter().take_while(|byte| sign(byte)).count();
        let len = self
            .rest()
            .iter()
            .skip(signs)
            .take_while(|b| digits(b))
            .count();
        self.met_oddity |= signs > 1 || len > 40;
        let text = self.rest().get(signs..signs + len)?;
        let number: f64 = match std::str::from_utf8(text).ok()? {
            "." | "" => 0.0,
            text => text.parse().ok()?,
        };
        let is_negative = self.peek() == Some(b'-');
        self.at += signs + len;
        Some(if is_negative { -number } else { number })
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let mut name = Vec::new();
        while let Some(byte) = self.peek() {
            if is_space(byte) || is_delimiter(byte) {
                break;
            }
            self.at += 1;
            let escaped = match (byte, self.rest()) {
                (b'#', [high, low, ..]) => hex_digit(*high).zip(hex_digit(*low)),
                _ => None,
            };
            match escaped {
                Some((high, low)) => {
                    self.at += 2;
                    name.push(high << 4 | low);
                }
                None => name.push(byte),
            }
        }
        name
    }

    fn hex(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut string = Vec::new();
        let mut high = None;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match (byte, hex_digit(byte), high) {
                (b'>', _, _) => break,
                (_, Some(digit), None) => high = Some(digit),
                (_, Some(digit), Some(first)) => {
                    string.push(first << 4 | digit);
                    high = None;
                }
                (_, None, _) if is_space(byte) => {}
                _ => return None,
            }
        }
        string.extend(high.map(|digit| digit << 4));
        Some(string)
    }

    fn literal(&mut self) -> Option<Vec<u8>> {
        self.at += 1;
        let mut string = Vec::new();
        let mut open = 1u32;
        loop {
            let byte = self.peek()?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    self.escaped(&mut string)?;
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Some(string);
            }
            string.push(byte);
        }
    }

    fn escaped(&mut self, string: &mut Vec<u8>) -> Option<()> {
        let byte = self.peek()?;
        self.at += 1;
        match byte {
            b'n' => string.push(b'\n'),
            b'r' => string.push(b'\r'),
            b't' => string.push(b'\t'),
            b'b' => string.push(8),
            b'f' => string.push(12),
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'\n' => {}
            b'0'..=b'7' => {
                let mut code = u32::from(byte - b'0');
                for _ in 0..2 {
                    let Some(digit @ b'0'..=b'7') = self.peek() else {
                        break;
                    };
                    code = code << 3 | u32::from(digit - b'0');
                    self.at += 1;
                }
                string.push(code as u8);
            }
            other => string.push(other),
        }
        Some(())
    }

    fn array(&mut self, depth: u8) -> Option<Object> {
        self.at += 1;
        let mut values = Vec::new();
        loop {
            self.skip_space();
            if self.peek()? == b']' {
                self.at += 1;
                return Some(Object::Array(values));
            }
            values.push(self.value(depth)?);
            if values.len() > MAX_VALUES {
                return None;
            }
        }
    }

    fn dict(&mut self, depth: u8) -> Option<Dict> {
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            self.skip_space();
            if self.rest().starts_with(b">>") {
                self.at += 2;
                return Some(dict);
            }
            if self.peek()? != b'/' || dict.len() > MAX_KEYS {
                return None;
            }
            let key = self.name();
            self.skip_space();
            let start = self.at;
            let value = self.value(depth)?;
            dict.push(key, value, start..self.at);
        }
    }

    /// Takes an indirect object: `7 0 obj`, a value, and where a stream begins.
    pub fn indirect(&mut self) -> Option<Indirect> {
        self.skip_space();
        let start = self.at;
        let id = u32::try_from(self.integer()?).ok()?;
        self.met_oddity |= self.at - start > 10;
        let generation = self.integer()?;
        if !self.keyword(b"obj") {
            return None;
        }
        self.skip_space();
        let value_at = self.at;
        // `7 0 obj endobj` is null.
        let object = match self.clone().keyword(b"endobj") {
            true => Object::Null,
            false => self.object()?,
        };
        let mut stream_at = None;
        let end = self.at;
        if matches!(object, Object::Dict(_)) && self.stream_keyword() {
            stream_at = Some(self.at);
        }
        Some(Indirect {
            id,
            generation,
            object,
            stream_at,
            value_at,
            end: stream_at.unwrap_or(end),
        })
    }

    /// Takes `stream` and the end of its line.
    fn stream_keyword(&mut self) -> bool {
        let start = self.at;
        self.skip_space();
        if !self.rest().starts_with(b"stream") {
            self.at = start;
            return false;
        }
        self.at += 6;
        if self.peek() == Some(b'\r') {
            self.at += 1;
        }
        match self.peek() {
            Some(b'\n') => self.at += 1,
            _ => self.met_oddity = true,
        }
        true
    }
}

/// Returns where a text stands next, from a place on.
pub fn find(bytes: &[u8], text: &[u8], from: usize) -> Option<usize> {
    let found = memchr::memmem::find(bytes.get(from..)?, text)?;
    Some(from + found)
}
