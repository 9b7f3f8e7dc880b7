//! The same made-up photo under what people do to photos, and two photos that only look alike.

use super::*;
use crate::model::{Part, SamePhoto};

/// A picture of so many soft discs of chance; `seed` makes another one.
fn scene(seed: u32) -> Raster {
    let (width, height) = (900_u32, 700_u32);
    let mut state = seed;
    let mut next = |below: u32| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) % below
    };
    let discs: Vec<[u32; 4]> = (0..160)
        .map(|_| [next(width), next(height), 6 + next(60), next(200)])
        .collect();
    let value = |x: u32, y: u32| {
        let inside = |disc: &&[u32; 4]| {
            let (dx, dy) = (x.abs_diff(disc[0]), y.abs_diff(disc[1]));
            dx * dx + dy * dy <= disc[2] * disc[2]
        };
        let disc = discs.iter().rev().find(inside);
        disc.map_or((40 + x / 10) as u8, |disc| (30 + disc[3]) as u8)
    };
    let pixels = (0..width * height).map(|n| value(n % width, n / width));
    Raster {
        width,
        height,
        luma: pixels.collect(),
    }
}

fn made(
    from: &Raster,
    (width, height): (u32, u32),
    at: impl Fn(u32, u32) -> (u32, u32),
) -> Raster {
    let pixels = (0..width * height).map(|n| {
        let (x, y) = at(n % width, n / width);
        from.luma[(y * from.width + x) as usize]
    });
    Raster {
        width,
        height,
        luma: pixels.collect(),
    }
}

fn one(picture: &Raster) -> PhotoFingerprint {
    let mut fingerprints = fingerprints(1, (900.0, 700.0), picture, &[]);
    fingerprints.retain(|fingerprint| fingerprint.rect.is_none());
    assert_eq!(fingerprints.len(), 1);
    fingerprints.remove(0)
}

fn same_as(picture: &Raster, other: &Raster) -> Option<SamePhoto> {
    same(&one(picture), &one(other))
}

#[test]
fn a_crop_a_mirror_a_turn_and_their_like_are_told_as_what_they_are() {
    let photo = scene(7);
    let (w, h) = (photo.width, photo.height);
    let crop = made(&photo, (600, 460), |x, y| (x + 250, y + 200));
    let found = same_as(&photo, &crop).unwrap();
    assert_eq!((found.part, found.mirrored), (Part::SecondInFirst, false));
    assert_eq!(same_as(&crop, &photo).unwrap().part, Part::FirstInSecond);

    let mirror = made(&photo, (w, h), |x, y| (w - 1 - x, y));
    let found = same_as(&photo, &mirror).unwrap();
    assert_eq!(
        (found.part, found.mirrored, found.quarters),
        (Part::Whole, true, 0)
    );

    let turned = made(&photo, (h, w), |x, y| (y, h - 1 - x));
    let found = same_as(&photo, &turned).unwrap();
    assert_eq!(
        (found.part, found.mirrored, found.quarters),
        (Part::Whole, false, 1)
    );

    let small = made(&photo, (w / 2, h / 2), |x, y| (2 * x, 2 * y));
    let mut pale = small.clone();
    pale.luma.iter_mut().for_each(|v| *v = 90 + *v / 2);
    assert_eq!(same_as(&photo, &pale).unwrap().part, Part::Whole);
}

#[test]
fn two_photos_are_two() {
    assert_eq!(same_as(&scene(7), &scene(8)), None);
}

#[test]
fn two_portraits_in_one_frame_are_two() {
    // A frame full of corners, a plain ground, and pale in its middle somebody's face.
    let frame = scene(5);
    let framed = |portrait: &Raster| {
        let mut framed = frame.clone();
        for (n, pixel) in framed.luma.iter_mut().enumerate() {
            let (x, y) = (n as u32 % frame.width, n as u32 / frame.width);
            let (dx, dy) = (x.abs_diff(450), y.abs_diff(350));
            if dx * dx + dy * dy < 220 * 220 {
                *pixel = 160 + portrait.luma[n] / 3;
            } else if dx < 390 && dy < 290 {
                *pixel = 90;
            }
        }
        framed
    };
    let (one, other) = (framed(&scene(6)), framed(&scene(7)));
    assert_eq!(same_as(&one, &other), None);
    assert!(same_as(&one, &framed(&scene(6))).is_some());
}

#[test]
fn a_photo_under_a_stamp_of_place_and_time_is_that_photo() {
    let photo = scene(7);
    let mut stamped = photo.clone();
    for (n, pixel) in stamped.luma.iter_mut().enumerate() {
        let (x, y) = (n as u32 % photo.width, n as u32 / photo.width);
        if y >= 525 && x < 630 {
            let is_ink = y % 40 < 14 && (x / 5) % 3 != 0;
            *pixel = if is_ink { 250 } else { *pixel / 3 };
        }
    }
    let lines = (13..18).map(|n| [0.0, n as f32 * 40.0, 630.0, n as f32 * 40.0 + 14.0]);
    let words: Vec<Rect> = lines.map(Rect::from).collect();
    let stamped = fingerprints(1, (900.0, 700.0), &stamped, &words);
    let found = stamped
        .iter()
        .find_map(|fingerprint| same(&one(&photo), fingerprint));
    assert!(found.is_some());
}

#[test]
fn what_belongs_together_is_found_among_many() {
    let photo = scene(3);
    let crop = made(&photo, (640, 500), |x, y| (x + 30, y + 120));
    let mirror = made(&photo, (900, 700), |x, y| (899 - x, y));
    let mut all = PhotoIndex::default();
    for picture in [&photo, &scene(4), &crop, &scene(5), &mirror] {
        all.add(&one(picture));
    }
    let pairs = all.pairs(|_| true);
    assert!(
        pairs.contains(&(0, 2)) && pairs.contains(&(0, 4)),
        "{pairs:?}"
    );
    let few = all.pairs(|number| number == 4);
    assert!(
        few.contains(&(0, 4)) && few.iter().all(|pair| pair.1 == 4),
        "{few:?}"
    );
}

#[test]
fn a_place_on_a_page_comes_in_the_pages_unit() {
    let photo = scene(9);
    let placed = embedded_fingerprints(4, [100.0, 50.0, 400.0, 300.0].into(), &photo);
    assert_eq!(placed.len(), 1);
    assert_eq!(placed[0].page, 4);
    assert_eq!(placed[0].rect, Some([100.0, 50.0, 400.0, 300.0].into()));
}
