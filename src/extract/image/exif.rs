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
    let satellite = guard(|| parse(bytes, media).and_then(|exif| by_satellite(&exif)));
    let satellite = satellite.ok().flatten();
    // Two witnesses: the satellites' clock is never unset.
    if facts.captured.is_none() {
        facts.captured = satellite;
    } else if let (Some(camera), Some(satellite)) = (&facts.captured, &satellite)
        && is_apart(camera, satellite)
    {
        facts.captured = None;
    }
    facts
}

/// Days that the clocks of camera and satellites may differ: a fix kept from the day before,
/// and the day that begins elsewhere earlier.
const DAYS_APART: i32 = 2;

/// Tells whether two stamps cannot be of one photo.
fn is_apart(one: &str, other: &str) -> bool {
    let day = |stamp: &str| stamp.get(..10)?.parse::<jiff::civil::Date>().ok();
    match (day(one), day(other)) {
        (Some(one), Some(other)) => (one - other).get_days().abs() > DAYS_APART,
        _ => false,
    }
}

/// Returns when the satellites say it was taken, in the time that the sun keeps at the place,
/// which is the local hour give or take one; only the day where no hour is known.
fn by_satellite(exif: &Exif) -> Option<String> {
    // Without a fix there were no satellites: the date is the phone's own.
    let place = place(exif)?;
    let day = date(&text(exif, Tag::GPSDateStamp)?)?;
    let Some(Value::Rational(parts)) = exif
        .get_field(Tag::GPSTimeStamp, In::PRIMARY)
        .map(|field| &field.value)
    else {
        return Some(day);
    };
    let mut parts = parts.iter().copied().map(|part| value(part).unwrap_or(0.0));
    let seconds = [3600.0, 60.0, 1.0].map(|weight| weight * parts.next().unwrap_or(0.0));
    let seconds: f64 = seconds.iter().sum();
    if !(0.0..=86_400.0).contains(&seconds) {
        return Some(day);
    }
    let day: jiff::civil::Date = day.get(..10)?.parse().ok()?;
    let hours = (place.lon / DEGREES_AN_HOUR).round();
    let span = jiff::SignedDuration::from_secs((seconds + hours * 3600.0) as i64);
    let local = day.at(0, 0, 0, 0).checked_add(span).ok()?;
    Some(local.strftime("%Y-%m-%dT%H:%M:%S").to_string())
}

/// The sun's way in an hour.
const DEGREES_AN_HOUR: f64 = 15.0;

/// Reads the pixels an inch, across and down as stored.
pub(super) fn density(bytes: &[u8], media: MediaType) -> Option<(f32, f32)> {
    let exif = guard(|| parse(bytes, media)).ok().flatten()?;
    let read = |tag| {
        let Value::Rational(values) = &exif.get_field(tag, In::PRIMARY)?.value else {
            return None;
        };
        values.first().map(Rational::to_f32)
    };
    let across = read(Tag::XResolution)?;
    let down = read(Tag::YResolution).unwrap_or(across);
    // An inch unless it says otherwise (Exif 2.32, 4.6.4).
    let unit = match number(&exif, Tag::ResolutionUnit) {
        Some(3) => 2.54,
        _ => 1.0,
    };
    Some((across * unit, down * unit))
}

fn facts(exif: &Exif) -> CameraFacts {
    let text = |tag| text(exif, tag);
    CameraFacts {
        captured: [Tag::DateTimeOriginal, Tag::DateTimeDigitized]
            .into_iter()
            .find_map(|tag| date(&text(tag)?)),
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
        facts.captured = date(raw);
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

/// Turns `2021:04:11 15:47:53` into `2021-04-11T15:47:53`, in whatever form a program wrote it:
/// other marks between the numbers, no seconds, no time. The hour 24 is the first of the day
/// that is named, as phones count that write 1 to 24. `None` for what is no date, as cameras
/// without a clock write (`0000:00:00 00:00:00`).
fn date(raw: &str) -> Option<String> {
    let numbers = raw.split(|c: char| !c.is_ascii_digit());
    let mut numbers = numbers.filter(|part| !part.is_empty());
    let first = numbers.next()?;
    let year: i16 = (first.len() == 4).then(|| first.parse().ok()).flatten()?;
    let mut number = || numbers.next().map(str::parse::<i8>);
    let (month, day) = (number()?.ok()?, number()?.ok()?);
    let date = jiff::civil::Date::new(year, month, day).ok()?;
    if year < FIRST_YEAR {
        return None;
    }
    let (hour, minute) = match (number(), number()) {
        (Some(Ok(hour)), Some(Ok(minute))) => (hour % 24, minute),
        _ => return Some(date.to_string()),
    };
    let second = number().and_then(Result::ok).unwrap_or(0);
    let is_time = (0..60).contains(&minute) && (0..=60).contains(&second);
    // A broken time says nothing against the day.
    Some(match is_time {
        true => format!("{date}T{hour:02}:{minute:02}:{second:02}"),
        false => date.to_string(),
    })
}

/// Before it there were no photos with a date in them; clocks that nobody set begin in 1970 or
/// 1980.
const FIRST_YEAR: i16 = 1990;

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
            ("2024:07:23 24:28:33", Some("2024-07-23T00:28:33")),
            ("2024-07-23 09:15", Some("2024-07-23T09:15:00")),
            ("2024/07/23T09:15:10.25+07:00", Some("2024-07-23T09:15:10")),
            ("2024:07:23", Some("2024-07-23")),
            ("2024:07:23 09:99:00", Some("2024-07-23")),
            ("2024:00:00 00:00:00", None),
            ("1970:01:01 00:00:00", None),
            ("23-07-2024 09:15", None),
            ("    :  :     :  :  ", None),
        ] {
            assert_eq!(date(raw).as_deref(), expected, "{raw}");
        }
        assert!(is_apart("2015-01-01T00:00:00", "2024-07-23"));
        assert!(!is_apart("2024-07-24T00:10:00", "2024-07-23"));
        assert!(is_offset("+07:00"));
        assert!(!is_offset("07:00"));
    }
}
