//! Measures how well photos and papers are known again, second tier.
//!
//! Photos: real ones, each under what people do to photos, among all the others; every
//! treatment is an archive of its own, searched as `bukti index` does. Papers: decrees made
//! from a few templates, each read a second time with the errors of a reader; a decree of the
//! same template and letterhead is another. Scaling: how many pairs are compared in full as the
//! archive grows, with photos put together from corners of real ones at random places.
//!
//! Prints the figures. Fails where precision is below 0.99, or recall below 0.95 over all
//! treatments, or where the pairs compared grow faster than the archive by more than a third.
//!
//! ```text
//! cargo test --test measure_near_duplicate -- [FOLDER …] [--show]
//! ```
//!
//! Each picture in a FOLDER is one more photo, unlike all the others.
#![allow(missing_docs, reason = "a program, not a library")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::print_stdout,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    clippy::type_complexity,
    reason = "a measurement stops where its truth is broken, prints, and takes the time"
)]

use bukti::app::reading::recognise::Recogniser;
use bukti::framework::Framework;
use bukti::model::{
    Corner, DocumentFacts, Extraction, Line, MediaType, Page, PhotoFingerprint, Raster,
    TextFingerprint, TextOrigin,
};
use bukti::near_duplicate::{photo, text};
use image::{DynamicImage, GrayImage, RgbImage, codecs::jpeg::JpegEncoder, imageops};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Instant;

const PRECISION: f64 = 0.99;
const RECALL: f64 = 0.95;
/// Shortest side, in pixels, of a photo that bukti promises to know again.
const LEAST_SIDE: u32 = 120;
/// Longest side of a photo as it is given to the fingerprints, as for one in a PDF.
const LONGEST_SIDE: u32 = 1024;

/// Photos of the corpus `img_exif`, chosen by eye: each shows something else.
const CORPUS: [&str; 63] = [
    "exif-samples/jpg/Canon_PowerShot_S40.jpg",
    "exif-samples/jpg/Reconyx_HC500_Hyperfire.jpg",
    "exif-samples/jpg/exif-org/canon-ixus.jpg",
    "exif-samples/jpg/exif-org/fujifilm-dx10.jpg",
    "exif-samples/jpg/exif-org/fujifilm-finepix40i.jpg",
    "exif-samples/jpg/exif-org/fujifilm-mx1700.jpg",
    "exif-samples/jpg/exif-org/kodak-dc210.jpg",
    "exif-samples/jpg/exif-org/kodak-dc240.jpg",
    "exif-samples/jpg/exif-org/nikon-e950.jpg",
    "exif-samples/jpg/exif-org/olympus-c960.jpg",
    "exif-samples/jpg/exif-org/olympus-d320l.jpg",
    "exif-samples/jpg/exif-org/ricoh-rdc5300.jpg",
    "exif-samples/jpg/exif-org/sanyo-vpcg250.jpg",
    "exif-samples/jpg/exif-org/sanyo-vpcsx550.jpg",
    "exif-samples/jpg/exif-org/sony-cybershot.jpg",
    "exif-samples/jpg/exif-org/sony-d700.jpg",
    "exif-samples/jpg/exif-org/sony-powershota5.jpg",
    "exif-samples/jpg/gps/DSCN0010.jpg",
    "exif-samples/jpg/gps/DSCN0012.jpg",
    "exif-samples/jpg/gps/DSCN0021.jpg",
    "exif-samples/jpg/gps/DSCN0025.jpg",
    "exif-samples/jpg/gps/DSCN0027.jpg",
    "exif-samples/jpg/gps/DSCN0029.jpg",
    "exif-samples/jpg/gps/DSCN0038.jpg",
    "exif-samples/jpg/gps/DSCN0040.jpg",
    "exif-samples/jpg/gps/DSCN0042.jpg",
    "exif-samples/jpg/hdr/canon_hdr_NO.jpg",
    "exif-samples/jpg/invalid/image00971.jpg",
    "exif-samples/jpg/mobile/jolla.jpg",
    "exif-samples/jpg/orientation/landscape_1.jpg",
    "exif-samples/jpg/orientation/portrait_1.jpg",
    "exif-samples/jpg/tests/11-tests.jpg",
    "exif-samples/jpg/tests/22-canon_tags.jpg",
    "exif-samples/jpg/tests/30-type_error.jpg",
    "exif-samples/jpg/tests/33-type_error.jpg",
    "exif-samples/jpg/tests/36-memory_error.jpg",
    "exif-samples/jpg/tests/45-gps_ifd.jpg",
    "exif-samples/jpg/tests/87_OSError.jpg",
    "exif-samples/jpg/xmp/no_exif.jpg",
    "exif-samples/tiff/BSG1.tiff",
    "go-fuzz/webp/corpus/blue-purple-pink-large.lossless.webp",
    "image-rs/tests/images/jpg/progressive/3.jpg",
    "image-rs/tests/images/jpg/progressive/cat.jpg",
    "image-rs/tests/images/tiff/testsuite/mandrill.tiff",
    "image-rs/tests/reference/tiff/testsuite/planar.tiff.png",
    "piexif/tests_images_02.jpg",
    "piexif/tests_images_L01.jpg",
    "piexif/tests_images_L02.jpg",
    "piexif/tests_images_large.jpg",
    "pillow/icc_profile_big.jpg",
    "pillow/sugarshack_bad_mpo_header.jpg",
    "pillow/xmp_tags_orientation.png",
    "skimage/astronaut.png",
    "skimage/brick.png",
    "skimage/camera.png",
    "skimage/chelsea.png",
    "skimage/coffee.png",
    "skimage/coins.png",
    "skimage/hubble_deep_field.jpg",
    "skimage/ihc.png",
    "skimage/moon.png",
    "skimage/motorcycle_left.png",
    "skimage/rocket.jpg",
];

/// Makes numbers that look random and are the same each time (xorshift64, Marsaglia 2003).
struct Chance(u64);

impl Chance {
    fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 >> 11
    }

    fn below(&mut self, below: usize) -> usize {
        (self.next() % below.max(1) as u64) as usize
    }

    fn happens(&mut self, share: f64) -> bool {
        (self.next() as f64 / (1_u64 << 53) as f64) < share
    }
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let show = arguments.iter().any(|argument| argument == "--show");
    let folders = arguments
        .iter()
        .filter(|a| !a.starts_with("--"))
        .map(PathBuf::from);
    let mut faults = Vec::new();
    texts(show, &mut faults);
    photos(&folders.collect::<Vec<_>>(), show, &mut faults);
    for fault in &faults {
        println!("FAILED: {fault}");
    }
    match faults.is_empty() {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}

// --- photos -------------------------------------------------------------------------------

/// A photo with its fingerprints, as it is and after each treatment.
struct Photo {
    name: String,
    own: Vec<PhotoFingerprint>,
    /// None where the treatment left fewer pixels than bukti looks at, by its own word.
    treated: Vec<Option<Vec<PhotoFingerprint>>>,
}

const TREATMENTS: [(&str, fn(&RgbImage) -> RgbImage); 18] = [
    ("crop, 3/4 of the area left", |p| crop(p, 0.87, 0.3, 0.7)),
    ("crop, half of the area left", |p| crop(p, 0.71, 0.8, 0.2)),
    ("crop, a third of the area left", |p| {
        crop(p, 0.58, 0.4, 0.5)
    }),
    ("resized to a half", |p| resized(p, 0.5)),
    ("resized to a quarter", |p| resized(p, 0.25)),
    ("compressed, quality 40", |p| compressed(p, 40)),
    ("compressed, quality 15", |p| compressed(p, 15)),
    ("brighter", |p| graded(p, 0.8, 60.0)),
    ("darker, less contrast", |p| graded(p, 0.55, 5.0)),
    ("mirrored", imageops::flip_horizontal),
    ("turned by a quarter", imageops::rotate90),
    ("sent by messenger", |p| compressed(&resized(p, 0.6), 45)),
    ("white border", |p| on_ground(p, 245, 0.06, 0.06)),
    ("screenshot, light", |p| screenshot(p, 250)),
    ("screenshot, dark", |p| screenshot(p, 18)),
    ("cropped, mirrored, brighter, compressed", |p| {
        let cut = imageops::flip_horizontal(&crop(p, 0.8, 0.6, 0.4));
        compressed(&graded(&cut, 0.9, 25.0), 40)
    }),
    ("saved again, quality 90", |p| compressed(p, 90)),
    ("resized to three quarters", |p| resized(p, 0.75)),
];

/// Cuts a part out: a share of each side, from a place between 0 and 1 in what is left.
fn crop(photo: &RgbImage, share: f32, across: f32, down: f32) -> RgbImage {
    let (width, height) = photo.dimensions();
    let (w, h) = (
        (width as f32 * share) as u32,
        (height as f32 * share) as u32,
    );
    let x = ((width - w) as f32 * across) as u32;
    let y = ((height - h) as f32 * down) as u32;
    imageops::crop_imm(photo, x, y, w, h).to_image()
}

fn resized(photo: &RgbImage, share: f32) -> RgbImage {
    let side = |side: u32| ((side as f32 * share) as u32).max(1);
    let (width, height) = photo.dimensions();
    imageops::resize(photo, side(width), side(height), imageops::Triangle)
}

fn compressed(photo: &RgbImage, quality: u8) -> RgbImage {
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, quality);
    encoder.encode_image(photo).unwrap();
    image::load_from_memory(&bytes).unwrap().into_rgb8()
}

fn graded(photo: &RgbImage, contrast: f32, brightness: f32) -> RgbImage {
    let mut graded = photo.clone();
    for value in graded.iter_mut() {
        *value = (f32::from(*value) * contrast + brightness).clamp(0.0, 255.0) as u8;
    }
    graded
}

/// Lays a photo on a plain ground, with margins as shares of its sides.
fn on_ground(photo: &RgbImage, ground: u8, across: f32, down: f32) -> RgbImage {
    let (width, height) = photo.dimensions();
    let (x, y) = (
        (width as f32 * across) as u32,
        (height as f32 * down) as u32,
    );
    let ground = image::Rgb([ground; 3]);
    let mut sheet = RgbImage::from_pixel(width + 2 * x, height + 2 * y, ground);
    imageops::replace(&mut sheet, photo, x.into(), y.into());
    sheet
}

/// Shows a photo on the screen of a telephone: a bar above, lines of text below.
fn screenshot(photo: &RgbImage, ground: u8) -> RgbImage {
    let (width, height) = photo.dimensions();
    let mut screen = on_ground(photo, ground, 0.04, 0.35);
    let ink = if ground > 128 { 60 } else { 200 };
    let mut chance = Chance::new(u64::from(width * height));
    let (unit, below) = (width / 40, height / 3 + height + height / 12);
    for line in 0..3_u32 {
        for letter in 0..26_u32 {
            let (w, h) = (unit * 3 / 4, unit * (2 + chance.below(2) as u32) / 2);
            let (x, y) = ((letter + 3) * unit * 5 / 4, below + line * unit * 2);
            for (dx, dy) in (0..w).flat_map(|dx| (0..h).map(move |dy| (dx, dy))) {
                if x + dx < screen.width() && y + dy < screen.height() {
                    screen.put_pixel(x + dx, y + dy, image::Rgb([ink; 3]));
                }
            }
        }
    }
    compressed(&resized(&screen, 0.7), 80)
}

fn fingerprints(photo: &RgbImage) -> Vec<PhotoFingerprint> {
    let (width, height) = photo.dimensions();
    let most = width.max(height);
    let photo = match most > LONGEST_SIDE {
        true => resized(photo, LONGEST_SIDE as f32 / most as f32),
        false => photo.clone(),
    };
    let grey: GrayImage = DynamicImage::ImageRgb8(photo).into_luma8();
    let size = (grey.width() as f32, grey.height() as f32);
    let raster = Raster {
        width: grey.width(),
        height: grey.height(),
        luma: grey.into_raw(),
    };
    photo::fingerprints(1, size, &raster, &[])
}

fn read(path: &Path) -> Option<Photo> {
    let picture = image::open(path).ok()?;
    let most = picture.width().max(picture.height());
    let picture = picture.into_rgb8();
    let picture = match most > 1600 {
        true => resized(&picture, 1600.0 / most as f32),
        false => picture,
    };
    let treated = TREATMENTS.iter().map(|(_, treat)| {
        let treated = treat(&picture);
        (treated.width().min(treated.height()) >= LEAST_SIDE)
            .then(|| fingerprints(&treated))
    });
    Some(Photo {
        name: path.file_name()?.to_string_lossy().into_owned(),
        own: fingerprints(&picture),
        treated: treated.collect(),
    })
}

fn read_all(paths: &[PathBuf]) -> Vec<Photo> {
    let half = paths.len().div_ceil(2).max(1);
    std::thread::scope(|scope| {
        let threads: Vec<_> = paths
            .chunks(half)
            .map(|part| {
                scope.spawn(move || {
                    part.iter()
                        .filter_map(|path| read(path))
                        .collect::<Vec<_>>()
                })
            })
            .collect();
        let parts = threads
            .into_iter()
            .flat_map(|thread| thread.join().unwrap());
        parts.collect()
    })
}

/// Finds what is the same among items of several prints each: pairs of items. Returns how many
/// pairs of prints were compared in full, too.
fn search(items: &[&[PhotoFingerprint]]) -> (BTreeSet<(usize, usize)>, usize) {
    let mut all = photo::PhotoIndex::default();
    let mut fingerprints = Vec::new();
    for (item, own) in items.iter().enumerate() {
        for fingerprint in *own {
            all.add(fingerprint);
            fingerprints.push((item, fingerprint));
        }
    }
    let pairs = all.pairs(|_| true);
    let mut found = BTreeSet::new();
    for (a, b) in &pairs {
        let ((a, first), (b, second)) =
            (fingerprints[*a as usize], fingerprints[*b as usize]);
        if a != b && photo::same(first, second).is_some() {
            found.insert((a.min(b), a.max(b)));
        }
    }
    (found, pairs.len())
}

fn photos(folders: &[PathBuf], show: bool, faults: &mut Vec<String>) {
    let corpus = Path::new("../shared/corpora/img_exif");
    let mut paths: Vec<PathBuf> = CORPUS.iter().map(|name| corpus.join(name)).collect();
    paths.retain(|path| path.is_file());
    for folder in folders {
        let entries = std::fs::read_dir(folder).unwrap();
        let mut found: Vec<PathBuf> = entries.map(|e| e.unwrap().path()).collect();
        found.sort();
        paths.extend(found);
    }
    let photos = read_all(&paths);
    println!("\nphotos: {} of {} read", photos.len(), paths.len());
    if photos.len() < 20 {
        println!("too few to measure: the corpus is not there");
        return;
    }
    let (mut right, mut wrong, mut asked) = (0, 0, 0);
    println!(
        "{:42} recall           false  compared in full",
        "treatment"
    );
    for (treatment, (name, _)) in TREATMENTS.iter().enumerate() {
        let own = photos.iter().map(|photo| photo.own.as_slice());
        let treated = photos
            .iter()
            .map(|photo| photo.treated[treatment].as_deref().unwrap_or_default());
        let items: Vec<&[PhotoFingerprint]> = own.chain(treated).collect();
        let (found, compared) = search(&items);
        let count = photos.len();
        let is_asked = |n: &usize| photos[*n].treated[treatment].is_some();
        let large = (0..count).filter(is_asked).count();
        let is_true = |a: usize, b: usize| a % count == b % count;
        let hits = found.iter().filter(|(a, b)| is_true(*a, *b)).count();
        let false_pairs: Vec<_> =
            found.iter().filter(|(a, b)| !is_true(*a, *b)).collect();
        println!(
            "{name:42} {:.3} {hits:4}/{large:<4} {:5}  {compared} of {}; too small: {}",
            hits as f64 / large as f64,
            false_pairs.len(),
            items.len() * (items.len() - 1) / 2,
            count - large,
        );
        if show {
            for (a, b) in &false_pairs {
                println!(
                    "    false: {} = {}",
                    photos[a % count].name,
                    photos[b % count].name
                );
            }
            let missed = (0..count).filter(|n| !found.contains(&(*n, n + count)));
            for n in missed.filter(is_asked) {
                println!("    missed: {}", photos[n].name);
            }
        }
        right += hits;
        wrong += false_pairs.len();
        asked += large;
    }
    rates("photos", (right, wrong, asked), faults);
    grown(&photos, faults);
}

fn rates(
    what: &str,
    (right, wrong, asked): (usize, usize, usize),
    faults: &mut Vec<String>,
) {
    let precision = right as f64 / (right + wrong).max(1) as f64;
    let recall = right as f64 / asked.max(1) as f64;
    println!("{what}: precision {precision:.4}, recall {recall:.4}");
    if precision < PRECISION {
        faults.push(format!(
            "{what}: precision {precision:.4} is below {PRECISION}"
        ));
    }
    if recall < RECALL {
        faults.push(format!("{what}: recall {recall:.4} is below {RECALL}"));
    }
}

/// Puts a photo together from corners of real ones, each a little other, at random places.
fn made_up(
    corners: &[Corner],
    shape: &PhotoFingerprint,
    chance: &mut Chance,
) -> PhotoFingerprint {
    let mut fingerprint = shape.clone();
    fingerprint.phash = chance.next() << 20 ^ chance.next();
    fingerprint.dhash = [chance.next() << 11, chance.next() << 11];
    let (width, height) = (512 * 16, 384 * 16);
    fingerprint.size = (1024, 768);
    for corner in &mut fingerprint.corners {
        *corner = corners[chance.below(corners.len())];
        corner.x = chance.below(width) as u16;
        corner.y = chance.below(height) as u16;
        for _ in 0..26 {
            let bit = chance.below(256);
            corner.descriptor[bit / 64] ^= 1 << (bit % 64);
        }
    }
    fingerprint
}

/// Counts what is compared in full as the archive grows, and whether crops are still found.
fn grown(photos: &[Photo], faults: &mut Vec<String>) {
    let corners: Vec<Corner> = photos
        .iter()
        .flat_map(|photo| &photo.own)
        .flat_map(|fingerprint| fingerprint.corners.clone())
        .collect();
    let shapes: Vec<&PhotoFingerprint> =
        photos.iter().filter_map(|photo| photo.own.last()).collect();
    let planted: Vec<&Photo> = photos.iter().take(100).collect();
    println!(
        "\nphotos  compared in full   each   of all pairs   searched in  crops found"
    );
    let mut per_photo = Vec::new();
    for size in [1_000, 2_000, 4_000, 8_000] {
        let mut chance = Chance::new(7);
        let mut all = photo::PhotoIndex::default();
        for n in 0..size {
            all.add(&made_up(&corners, shapes[n % shapes.len()], &mut chance));
        }
        let mut whose = vec![None; size];
        for (n, photo) in planted.iter().enumerate() {
            for (side, fingerprints) in [
                (false, photo.own.as_slice()),
                (true, photo.treated[1].as_deref().unwrap_or_default()),
            ] {
                for fingerprint in fingerprints {
                    all.add(fingerprint);
                    whose.push(Some((n, side)));
                }
            }
        }
        let begun = Instant::now();
        let pairs = all.pairs(|_| true);
        let took = begun.elapsed().as_secs_f32();
        let count = whose.len();
        let mut met = BTreeSet::new();
        let mut made = 0;
        for (a, b) in &pairs {
            match (whose[*a as usize], whose[*b as usize]) {
                (Some((a, first)), Some((b, second))) if a == b && first != second => {
                    met.insert(a);
                }
                (Some((a, _)), Some((b, _))) if a == b => {}
                _ => made += 1,
            }
        }
        let each = made as f64 / count as f64;
        println!(
            "{count:6}  {:16} {each:6.2}   {:.6} %   {took:8.1} s   {:3}/{}",
            pairs.len(),
            pairs.len() as f64 * 200.0 / (count as f64 * count as f64),
            met.len(),
            planted.len(),
        );
        per_photo.push(each);
    }
    // Twice the archive may cost each photo a third more, not twice as much.
    let begins = per_photo[0].max(0.05);
    let growth = per_photo[3] / begins;
    if growth > 1.34_f64.powi(3) {
        faults.push(format!(
            "photos: pairs for each grew {growth:.1} times from 1,000 to 8,000"
        ));
    }
}

// --- papers -------------------------------------------------------------------------------

const PLACES: [&str; 40] = [
    "Sawit",
    "Banyudono",
    "Teras",
    "Mojosongo",
    "Ampel",
    "Cepogo",
    "Selo",
    "Musuk",
    "Nogosari",
    "Simo",
    "Karanggede",
    "Klego",
    "Andong",
    "Kemusu",
    "Wonosegoro",
    "Juwangi",
    "Sambi",
    "Ngemplak",
    "Gladagsari",
    "Tamansari",
    "Wonosamodro",
    "Delanggu",
    "Polanharjo",
    "Tulung",
    "Jatinom",
    "Karanganom",
    "Ceper",
    "Pedan",
    "Cawas",
    "Bayat",
    "Wedi",
    "Gantiwarno",
    "Prambanan",
    "Manisrenggo",
    "Kemalang",
    "Karangnongko",
    "Kebonarum",
    "Ngawen",
    "Trucuk",
    "Kalikotes",
];
const NAMES: [&str; 24] = [
    "Aminah Lestari",
    "Budi Santoso",
    "Ratna Kusuma",
    "Slamet Riyadi",
    "Dewi Anggraini",
    "Joko Susilo",
    "Siti Nurhaliza",
    "Agus Prasetyo",
    "Sri Wahyuni",
    "Eko Nugroho",
    "Wahyu Hidayat",
    "Endang Purwanti",
    "Bambang Setiawan",
    "Tri Handayani",
    "Hartono",
    "Yuliana Puspita",
    "Suparman",
    "Mulyadi",
    "Nining Astuti",
    "Darmawan",
    "Fitri Rahayu",
    "Gunawan",
    "Kartini",
    "Supriyadi",
];
/// Title, what is formed, and a paragraph of its own.
const TEMPLATES: [(&str, &str, &str); 5] = [
    (
        "PEMBENTUKAN FORUM ANAK KECAMATAN",
        "pengurus forum anak",
        "bahwa untuk memenuhi hak partisipasi anak dalam pembangunan perlu dibentuk wadah \
         penyampaian aspirasi anak yang anggotanya adalah perwakilan kelompok anak",
    ),
    (
        "PEMBENTUKAN SATUAN TUGAS PERLINDUNGAN PEREMPUAN DAN ANAK KECAMATAN",
        "satuan tugas perlindungan perempuan dan anak",
        "bahwa kekerasan terhadap perempuan dan anak harus dicegah dan ditangani secara cepat \
         dan terpadu oleh masyarakat bersama perangkat kecamatan",
    ),
    (
        "PENETAPAN PUSAT PEMBELAJARAN KELUARGA KECAMATAN",
        "pengelola pusat pembelajaran keluarga",
        "bahwa keluarga adalah tempat pertama bagi tumbuh kembang anak sehingga orang tua perlu \
         memperoleh layanan konseling dan pembelajaran pengasuhan",
    ),
    (
        "PENETAPAN RUTE AMAN SELAMAT KE SEKOLAH DI KECAMATAN",
        "tim rute aman selamat ke sekolah",
        "bahwa anak berhak atas perjalanan yang aman dari rumah ke sekolah dan kembali sehingga \
         perlu ditetapkan rute dengan rambu dan fasilitas penyeberangan",
    ),
    (
        "PEMBENTUKAN GUGUS TUGAS KECAMATAN LAYAK ANAK",
        "gugus tugas kecamatan layak anak",
        "bahwa kecamatan layak anak memerlukan komitmen semua unsur pemerintah masyarakat dan \
         dunia usaha yang dikoordinasikan dalam satu gugus tugas",
    ),
];

/// Writes a decree: of a template, for a place, in a year, with members of its own.
fn decree(n: usize) -> String {
    let mut chance = Chance::new(n as u64 + 1);
    let (title, formed, why) = TEMPLATES[n % TEMPLATES.len()];
    let place = PLACES[n / TEMPLATES.len() % PLACES.len()];
    let round = n / (TEMPLATES.len() * PLACES.len());
    let (number, year) = (n % 900 + 11, 2023 + round % 3);
    let members: Vec<String> = ["ketua", "sekretaris", "bendahara", "anggota", "anggota"]
        .iter()
        .zip(1..)
        .map(|(role, n)| {
            format!("{n}. {} sebagai {role}", NAMES[chance.below(NAMES.len())])
        })
        .collect();
    format!(
        "BUPATI BOYOLALI\nPROVINSI JAWA TENGAH\nKEPUTUSAN BUPATI BOYOLALI\n\
         NOMOR {number} TAHUN {year}\nTENTANG\n{title} {}\nBUPATI BOYOLALI,\n\
         Menimbang : a. {why};\n\
         b. bahwa berdasarkan pertimbangan sebagaimana dimaksud pada huruf a perlu menetapkan \
         Keputusan Bupati tentang {formed} {place};\n\
         Mengingat : 1. Undang-Undang Nomor 13 Tahun 1950 tentang Pembentukan Daerah-daerah \
         Kabupaten dalam Lingkungan Provinsi Jawa Tengah;\n\
         2. Undang-Undang Nomor 23 Tahun 2002 tentang Perlindungan Anak sebagaimana telah \
         diubah dengan Undang-Undang Nomor 35 Tahun 2014;\n\
         3. Undang-Undang Nomor 23 Tahun 2014 tentang Pemerintahan Daerah;\n\
         4. Peraturan Presiden Nomor 25 Tahun 2021 tentang Kebijakan Kabupaten/Kota Layak Anak;\n\
         MEMUTUSKAN:\nMenetapkan :\n\
         KESATU : Membentuk {formed} {place} dengan susunan keanggotaan sebagai berikut:\n{}\n\
         KEDUA : Tugas sebagaimana dimaksud dalam diktum KESATU adalah melaksanakan koordinasi, \
         menyusun rencana kerja dan melaporkan hasilnya kepada Bupati melalui Camat {place};\n\
         KETIGA : Segala biaya yang timbul dibebankan pada Anggaran Pendapatan dan Belanja \
         Daerah Kabupaten Boyolali Tahun Anggaran {year};\n\
         KEEMPAT : Keputusan ini mulai berlaku pada tanggal ditetapkan.\n\
         Ditetapkan di Boyolali\npada tanggal {} Maret {year}\nBUPATI BOYOLALI,\n\
         {}",
        place.to_uppercase(),
        members.join("\n"),
        n % 27 + 1,
        NAMES[0].to_uppercase(),
    )
}

/// Letters that readers of scans take for each other.
const MISREAD: [(char, &str); 16] = [
    ('m', "rn"),
    ('i', "l"),
    ('l', "1"),
    ('o', "0"),
    ('e', "c"),
    ('a', "o"),
    ('h', "b"),
    ('u', "n"),
    ('n', "u"),
    ('t', "f"),
    ('g', "q"),
    ('r', "i"),
    ('s', "5"),
    ('b', "6"),
    ('d', "cl"),
    ('k', "lc"),
];

/// Reads a text again as a reader of a scan does: letters misread, some lost, words run
/// together or come apart.
fn misread(text: &str, share: f64, seed: u64) -> String {
    let mut chance = Chance::new(seed);
    let mut read = String::new();
    for c in text.chars() {
        if c == '\n' || !chance.happens(share) {
            read.push(c);
            continue;
        }
        let wrong = MISREAD
            .iter()
            .find(|(right, _)| *right == c.to_ascii_lowercase());
        match (c, chance.below(8), wrong) {
            (' ', 0..5, _) | (_, 0, _) => {}
            (_, 1, _) => read.extend([c, ' ']),
            (_, _, Some((_, wrong))) => read.push_str(wrong),
            _ => read.push(c),
        }
    }
    read
}

/// Loses every so-manieth line, as a stamp or a fold does.
fn without_lines(text: &str, every: usize) -> String {
    let lines = text.lines().enumerate();
    let kept = lines.filter(|(n, _)| n % every != every - 1);
    kept.map(|(_, line)| line).collect::<Vec<_>>().join("\n")
}

const READINGS: [(&str, fn(&str, u64) -> String); 6] = [
    ("the same text in another file", |t, _| {
        t.replace('\n', " \n")
    }),
    ("good scan, 1 % of letters misread", |t, s| {
        misread(t, 0.01, s)
    }),
    ("fair scan, 3 %", |t, s| misread(t, 0.03, s)),
    ("poor scan, 6 %", |t, s| misread(t, 0.06, s)),
    ("fair scan, every 8th line lost", |t, s| {
        misread(&without_lines(t, 8), 0.02, s)
    }),
    ("fair scan, the last third missing", |t, s| {
        let lines: Vec<&str> = t.lines().collect();
        misread(&lines[..lines.len() * 2 / 3].join("\n"), 0.02, s)
    }),
];

/// A paper as the catalog knows it.
struct Paper {
    pages: Vec<Page>,
    fingerprint: Option<bukti::model::TextFingerprint>,
    facts: DocumentFacts,
}

fn paper(name: &str, text: &str, is_scan: bool, recogniser: &Recogniser) -> Paper {
    let mut read = Extraction::without_pages(MediaType::Pdf);
    read.page_count = 1;
    read.pages = vec![Page {
        origin: if is_scan {
            TextOrigin::Ocr
        } else {
            TextOrigin::Layer
        },
        lines: text.lines().map(Line::plain).collect(),
        ..Page::empty(1, None)
    }];
    Paper {
        facts: recogniser.recognise(name, &read).facts,
        fingerprint: text::fingerprint(&read),
        pages: read.pages,
    }
}

/// Finds what is one among papers; how many pairs were proposed, and compared word by word.
fn one(papers: &[&Paper]) -> (BTreeSet<(usize, usize)>, usize, usize) {
    let with_print: Vec<usize> = (0..papers.len())
        .filter(|n| papers[*n].fingerprint.is_some())
        .collect();
    let of = |n: &usize| (papers[*n].fingerprint.clone().unwrap(), &papers[*n].facts);
    let read: Vec<_> = with_print.iter().map(of).collect();
    let (pairs, identities) = proposed(&read);
    let (mut found, mut compared) = (BTreeSet::new(), 0);
    for (a, b) in &pairs {
        let (first, second) = (&identities[*a as usize], &identities[*b as usize]);
        let (a, b) = (with_print[*a as usize], with_print[*b as usize]);
        if text::may_be_one(first, second) {
            compared += 1;
            let named = text::are_named(first, second);
            let words = |n: usize| text::Words::from_pages(&papers[n].pages);
            if text::same(&words(a), &words(b), named).is_some() {
                found.insert((a, b));
            }
        }
    }
    (found, pairs.len(), compared)
}

/// Returns the pairs that are proposed among some texts, and what is known of each.
fn proposed(
    read: &[(TextFingerprint, &DocumentFacts)],
) -> (Vec<(u32, u32)>, Vec<text::Identity>) {
    let facts = read
        .iter()
        .map(|(_, facts)| text::Identity::from_facts(facts));
    let identities: Vec<text::Identity> = facts.collect();
    let index: Result<text::TextIndex, ()> = text::TextIndex::read(
        &identities,
        |_| true,
        |each| {
            read.iter().for_each(|(fingerprint, _)| each(fingerprint));
            Ok(())
        },
    );
    let index = index.unwrap();
    let stripes = index.stripes();
    let pairs = stripes.flat_map(|first| index.pairs(first, |_, _| true));
    (pairs.collect(), identities)
}

fn texts(show: bool, faults: &mut Vec<String>) {
    let framework = Framework::builtin().unwrap();
    let recogniser = Recogniser::new(&framework, None).unwrap();
    const PAPERS: usize = 400;
    let own: Vec<Paper> = (0..PAPERS)
        .map(|n| paper("sk.pdf", &decree(n), false, &recogniser))
        .collect();
    let (mut right, mut wrong, mut asked) = (0, 0, 0);
    println!(
        "{PAPERS} decrees of {} templates, one letterhead",
        TEMPLATES.len()
    );
    println!("{:42} recall           false  compared", "second reading");
    for (name, reading) in READINGS {
        let again: Vec<Paper> = (0..PAPERS)
            .map(|n| {
                let text = reading(&decree(n), n as u64 * 31 + 5);
                paper("pindai.pdf", &text, true, &recogniser)
            })
            .collect();
        let papers: Vec<&Paper> = own.iter().chain(&again).collect();
        let (found, proposed, compared) = one(&papers);
        let is_true = |a: usize, b: usize| a % PAPERS == b % PAPERS;
        let hits = found.iter().filter(|(a, b)| is_true(*a, *b)).count();
        let false_pairs: Vec<_> =
            found.iter().filter(|(a, b)| !is_true(*a, *b)).collect();
        println!(
            "{name:42} {:.3} {hits:4}/{PAPERS:<4} {:5}  {compared} of {proposed} proposed",
            hits as f64 / PAPERS as f64,
            false_pairs.len(),
        );
        if show {
            for (a, b) in false_pairs.iter().take(5) {
                println!("    false: {a} = {b}");
            }
            let missed = (0..PAPERS).filter(|n| !found.contains(&(*n, n + PAPERS)));
            println!("    missed: {:?}", missed.take(12).collect::<Vec<_>>());
        }
        right += hits;
        wrong += false_pairs.len();
        asked += PAPERS;
    }
    rates("papers", (right, wrong, asked), faults);
    papers_grown(&recogniser, faults);
}

fn papers_grown(recogniser: &Recogniser, faults: &mut Vec<String>) {
    println!("\npapers  proposed   each   searched in");
    let mut each = BTreeMap::new();
    for size in [1_000, 2_000, 4_000, 8_000] {
        let mut all = Vec::new();
        for n in 0..size {
            let mut read = Extraction::without_pages(MediaType::Pdf);
            read.pages = vec![Page {
                lines: decree(n).lines().map(Line::plain).collect(),
                ..Page::empty(1, None)
            }];
            let facts = recogniser.recognise("sk.pdf", &read).facts;
            all.push((text::fingerprint(&read).unwrap(), facts));
        }
        let all: Vec<_> = all
            .iter()
            .map(|(print, facts)| (print.clone(), facts))
            .collect();
        let begun = Instant::now();
        let pairs = proposed(&all).0.len();
        let took = begun.elapsed().as_secs_f32();
        println!(
            "{size:6}  {pairs:8} {:6.1}   {took:8.2} s",
            pairs as f64 / size as f64
        );
        each.insert(size, pairs as f64 / size as f64);
    }
    let growth = each[&8_000] / each[&1_000].max(0.05);
    if growth > 1.34_f64.powi(3) {
        faults.push(format!(
            "papers: pairs for each grew {growth:.1} times from 1,000 to 8,000"
        ));
    }
}
