//! Takes a picture file and gives what the camera wrote into it: when, where, which way up,
//! with what. Apart from pixels, because it is read even where the pixels are not (HEIC).

use super::xmp::Packet;
use super::{heic, vendor};
use crate::extract::{find, guard, normalize};
use crate::model::{CameraFacts, GeoPoint, MediaType};
use exif::{Context, Exif, In, Rational, Tag, Value};
use std::io::Cursor;

/// Bytes after a stray Exif mark that are read: a segment holds at most 64 KiB.
const STRAY: usize = 64 << 10;

/// Reads the Exif facts, and from the XMP packet what Exif lacks; all `None` where there are
/// none. What is broken is left out.
pub(super) fn read(bytes: &[u8], media: MediaType) -> CameraFacts {
    let mut facts = guard(|| parse(bytes, media).map(|exif| facts(&exif)))
        .ok()
        .flatten()
        .unwrap_or_default();
    if let Some(packet) = Packet::find(bytes) {
        fill(&mut facts, &packet);
    }
    if media == MediaType::Jpeg && facts.captured.is_none() {
        facts.captured = vendor::captured(bytes);
    }
    facts
}

/// Reads the pixels an inch.
pub(super) fn density(bytes: &[u8], media: MediaType) -> Option<f32> {
    let exif = guard(|| parse(bytes, media)).ok().flatten()?;
    let field = exif.get_field(Tag::XResolution, In::PRIMARY)?;
    let Value::Rational(values) = &field.value else {
        return None;
    };
    let across = values.first()?.to_f32();
    match number(&exif, Tag::ResolutionUnit) {
        Some(3) => Some(across * 2.54),
        // An inch unless it says otherwise (Exif 2.32, 4.6.4).
        _ => Some(across),
    }
}

fn facts(exif: &Exif) -> CameraFacts {
    let text = |tag| text(exif, tag);
    CameraFacts {
        captured: text(Tag::DateTimeOriginal)
            .or_else(|| text(Tag::DateTimeDigitized))
            .and_then(|raw| date(&raw)),
        offset: text(Tag::OffsetTimeOriginal)
            .or_else(|| text(Tag::OffsetTime))
            .filter(|raw| is_offset(raw)),
        place: place(exif),
        orientation: number(exif, Tag::Orientation).filter(|n| (1..=8).contains(n)),
        make: text(Tag::Make),
        model: text(Tag::Model),
        pixels: None,
    }
}

fn fill(facts: &mut CameraFacts, packet: &Packet<'_>) {
    let text = |property| packet.get(property).map(normalize::word);
    if facts.captured.is_none()
        && let Some(raw) = packet.get("exif:DateTimeOriginal")
    {
        facts.captured = raw
            .get(..19)
            .and_then(|raw| date(&raw.replace('-', ":").replace('T', " ")));
        facts.offset = raw
            .get(19..)
            .filter(|rest| is_offset(rest))
            .map(String::from);
    }
    if facts.orientation.is_none() {
        let number = packet
            .get("tiff:Orientation")
            .and_then(|raw| raw.parse().ok());
        facts.orientation = number.filter(|n| (1..=8).contains(n));
    }
    facts.make = facts.make.take().or_else(|| text("tiff:Make"));
    facts.model = facts.model.take().or_else(|| text("tiff:Model"));
}

fn parse(bytes: &[u8], media: MediaType) -> Option<Exif> {
    let mut reader = exif::Reader::new();
    reader.continue_on_error(true);
    let partly = |error: exif::Error| error.distill_partial_result(|_| {});
    // A photo and its thumbnail have a block each: only the decoder knows which is whose.
    if media == MediaType::Heic
        && let Some(raw) = heic::exif(bytes)
        && let Ok(exif) = reader.read_raw(raw).or_else(partly)
    {
        return Some(exif);
    }
    let read = reader.read_from_container(&mut Cursor::new(bytes));
    if let Some(exif) = read
        .or_else(partly)
        .ok()
        .filter(|exif| exif.fields().len() > 0)
    {
        return Some(exif);
    }
    // Some containers frame the block in their own way: look for the block itself.
    let raw = [&b"Exif\0\0II*\0"[..], b"Exif\0\0MM\0*"]
        .iter()
        .find_map(|mark| bytes.get(find(bytes, mark)? + 6..))?;
    let raw = raw.get(..STRAY).unwrap_or(raw).to_vec();
    reader.read_raw(raw).or_else(partly).ok()
}

fn text(exif: &Exif, tag: Tag) -> Option<String> {
    // Some programs write the camera's tags beside those of the picture.
    let stray = Tag(Context::Tiff, tag.number());
    let field = exif
        .get_field(tag, In::PRIMARY)
        .or_else(|| exif.get_field(stray, In::PRIMARY))?;
    let Value::Ascii(parts) = &field.value else {
        return None;
    };
    let raw = String::from_utf8_lossy(parts.first()?).into_owned();
    let text = normalize::word(&raw);
    (!text.is_empty()).then_some(text)
}

fn number(exif: &Exif, tag: Tag) -> Option<u16> {
    let value = exif.get_field(tag, In::PRIMARY)?.value.get_uint(0)?;
    u16::try_from(value).ok()
}

/// Turns `2021:04:11 15:47:53` into `2021-04-11T15:47:53`; `None` for what is no date, as
/// cameras without a clock write (`0000:00:00 00:00:00`).
fn date(raw: &str) -> Option<String> {
    let parsed = exif::DateTime::from_ascii(raw.as_bytes()).ok()?;
    let (year, month, day) = (
        i16::try_from(parsed.year).ok()?,
        i8::try_from(parsed.month).ok()?,
        i8::try_from(parsed.day).ok()?,
    );
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    let (hour, minute, second) = (parsed.hour, parsed.minute, parsed.second);
    (year > 0 && hour < 24 && minute < 60 && second < 61)
        .then(|| format!("{date}T{hour:02}:{minute:02}:{second:02}"))
}

/// `+07:00` or `-05:30`.
fn is_offset(raw: &str) -> bool {
    matches!(raw.as_bytes(), [b'+' | b'-', a, b, b':', c, d]
        if [a, b, c, d].iter().all(|digit| digit.is_ascii_digit()))
}

fn place(exif: &Exif) -> Option<GeoPoint> {
    let lat = angle(exif, Tag::GPSLatitude, Tag::GPSLatitudeRef, 'S')?;
    let lon = angle(exif, Tag::GPSLongitude, Tag::GPSLongitudeRef, 'W')?;
    let on_earth = lat.abs() <= 90.0 && lon.abs() <= 180.0;
    // Phones without a fix write zeros: a point in the Gulf of Guinea.
    (on_earth && (lat != 0.0 || lon != 0.0)).then_some(GeoPoint { lat, lon })
}

/// Degrees, minutes and seconds as one number; negative for the named hemisphere.
fn angle(exif: &Exif, tag: Tag, reference: Tag, negative: char) -> Option<f64> {
    let Value::Rational(parts) = &exif.get_field(tag, In::PRIMARY)?.value else {
        return None;
    };
    let mut parts = parts.iter().copied().map(value);
    let degrees = parts.next()??;
    let minutes = parts.next().flatten().unwrap_or(0.0);
    let seconds = parts.next().flatten().unwrap_or(0.0);
    let angle = degrees + minutes / 60.0 + seconds / 3600.0;
    let side = text(exif, reference);
    let is_negative = side.is_some_and(|s| s.to_uppercase().starts_with(negative));
    Some(if is_negative { -angle } else { angle })
}

fn value(part: Rational) -> Option<f64> {
    (part.denom != 0).then(|| f64::from(part.num) / f64::from(part.denom))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_dates_or_nothing() {
        for (raw, expected) in [
            ("2021:04:11 15:47:53", Some("2021-04-11T15:47:53")),
            ("0000:00:00 00:00:00", None),
            ("2021:02:30 10:00:00", None),
            ("    :  :     :  :  ", None),
        ] {
            assert_eq!(date(raw).as_deref(), expected, "{raw}");
        }
        assert!(is_offset("+07:00"));
        assert!(!is_offset("07:00"));
    }
}
