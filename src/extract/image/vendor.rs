//! Takes a JPEG and gives the capture date that some cameras keep in blocks of their own,
//! outside Exif. Apart, because each is one maker's habit; asked only where Exif is silent.

use crate::extract::find;

/// Bytes of a file in which such a block stands.
const HEAD: usize = 64 << 10;
/// The camera's own block of a Reconyx `HyperFire` begins so.
const RECONYX: &[u8] = b"\x01\xF1\x03\x00";

/// Returns `YYYY-MM-DDTHH:MM:SS`, local time of the camera.
pub(super) fn captured(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    picture_info(head).or_else(|| reconyx(head))
}

/// `TimeDate=909698819`: seconds since 1970 in the text block of Olympus, Agfa and Epson.
fn picture_info(head: &[u8]) -> Option<String> {
    let block = head.get(find(head, b"[picture info]")?..)?;
    let digits = block.get(find(block, b"TimeDate=")? + 9..)?;
    let len = digits.iter().take_while(|byte| byte.is_ascii_digit());
    let digits = std::str::from_utf8(digits.get(..len.count())?).ok()?;
    let time = jiff::Timestamp::from_second(digits.parse().ok()?).ok()?;
    let date = jiff::tz::TimeZone::UTC.to_datetime(time);
    Some(date.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// Six numbers of 16 bits from byte 22 on: second, minute, hour, month, day, year.
fn reconyx(head: &[u8]) -> Option<String> {
    let block = head.get(find(head, RECONYX)? + 22..)?;
    let (words, _) = block.get(..12)?.as_chunks::<2>();
    let number = |at: usize| words.get(at).map(|word| u16::from_le_bytes(*word));
    let small = |at: usize| number(at).and_then(|value| i8::try_from(value).ok());
    let year = number(5).and_then(|year| i16::try_from(year).ok())?;
    let (month, day) = (small(3)?, small(4)?);
    let (hour, minute, second) = (small(2)?, small(1)?, small(0)?);
    let date = jiff::civil::DateTime::new(year, month, day, hour, minute, second, 0);
    (year > 1990).then_some(())?;
    Some(date.ok()?.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

#[cfg(test)]
mod tests {
    use super::captured;

    #[test]
    fn dates_of_makers_own_blocks_are_read() {
        let text = b"\xFF\xEC OLYMPUS \0[picture info]\r\nTimeDate=909698819\r\n";
        assert_eq!(captured(text).as_deref(), Some("1998-10-29T22:06:59"));
        let mut block = b"\x01\xF1\x03\x00".to_vec();
        block.resize(22, 7);
        block.extend([0, 0, 0, 0, 10, 0, 3, 0, 16, 0, 0xE4, 0x07]);
        assert_eq!(captured(&block).as_deref(), Some("2020-03-16T10:00:00"));
        assert_eq!(captured(b"TimeDate=909698819"), None);
    }
}
