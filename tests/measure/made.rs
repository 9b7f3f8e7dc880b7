//! Pages made at the time of measuring: text set in the standard fonts of PDF and drawn by the
//! renderer, and pictures bent as scanners and telephones bend them. Nothing is random: the
//! noise is a fixed sequence.

#![allow(
    dead_code,
    clippy::disallowed_methods,
    clippy::expect_used,
    clippy::many_single_char_names,
    clippy::indexing_slicing,
    reason = "part of several measuring tools, each of which uses some of it"
)]

use bukti::model::Raster;
use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings};
use skrifa::MetadataProvider;
use std::{fmt::Write, path::Path};

/// A font that looks like writing, from a TrueType file.
#[derive(Clone)]
pub struct Hand {
    /// The file in hexadecimal digits, so that a PDF with it is text.
    hex: String,
    /// How far each character from the space to the tilde goes on, in thousandths of the size.
    widths: Vec<f32>,
}

impl Hand {
    /// Opens a font; `None` where it is absent, no TrueType font, or lacks a letter or digit.
    pub fn open(path: &Path) -> Option<Self> {
        let bytes = std::fs::read(path).ok()?;
        let font = skrifa::FontRef::new(&bytes).ok()?;
        let (size, place) = (
            skrifa::instance::Size::new(1000.0),
            skrifa::instance::LocationRef::default(),
        );
        let (map, metrics) = (font.charmap(), font.glyph_metrics(size, place));
        let letters = ('a'..='z').chain('A'..='Z').chain('0'..='9');
        for letter in letters.chain(['/', '.', ' ']) {
            map.map(letter)?;
        }
        let width = |c: char| metrics.advance_width(map.map(c)?);
        let mut hex = String::with_capacity(2 * bytes.len());
        for byte in &bytes {
            let _ = write!(hex, "{byte:02x}");
        }
        Some(Self {
            hex,
            widths: (' '..='~').map(|c| width(c).unwrap_or(500.0)).collect(),
        })
    }
}

impl Hand {
    /// Returns the objects 10 to 12 of a PDF: the font, what describes it, its file.
    fn objects(&self) -> [String; 3] {
        let widths: Vec<String> = self.widths.iter().map(ToString::to_string).collect();
        [
            format!(
                "<</Type/Font/Subtype/TrueType/BaseFont/Hand/Encoding/WinAnsiEncoding\
                 /FirstChar 32/LastChar 126/Widths[{}]/FontDescriptor 11 0 R>>",
                widths.join(" ")
            ),
            "<</Type/FontDescriptor/FontName/Hand/Flags 32/FontBBox[0 -250 1000 900]\
             /ItalicAngle 0/Ascent 800/Descent -200/CapHeight 700/StemV 80\
             /FontFile2 12 0 R>>"
                .to_owned(),
            format!(
                "<</Length {}/Length1 {}/Filter/ASCIIHexDecode>>\nstream\n{}>\nendstream",
                self.hex.len() + 1,
                self.hex.len() / 2,
                self.hex
            ),
        ]
    }
}

/// A sheet of A4, 595 × 842 points, origin top left.
#[derive(Default)]
pub struct Sheet {
    content: String,
    /// What F4 is.
    hand: Option<Hand>,
}

impl Sheet {
    /// Returns an empty sheet on which F4 is a font that looks like writing.
    pub fn written_with(hand: Option<&Hand>) -> Self {
        Self {
            content: String::new(),
            hand: hand.cloned(),
        }
    }

    /// Sets a line with its foot at `y`; `font` is one of F1 (Times), F2 (Helvetica), F3
    /// (Courier), F4 (the hand), with a `B` behind it for bold where that exists.
    pub fn text(&mut self, at: (f32, f32), font: &str, size: f32, text: &str) {
        self.text_turned(at, font, size, 0.0, text);
    }

    /// Sets a line that rises to the right by some degrees.
    pub fn text_turned(
        &mut self,
        (x, y): (f32, f32),
        font: &str,
        size: f32,
        degrees: f32,
        text: &str,
    ) {
        let safe: String = text
            .chars()
            .map(|c| match c {
                '–' | '—' => '-',
                '“' | '”' => '"',
                '‘' | '’' => '\'',
                c => c,
            })
            .filter(char::is_ascii)
            .flat_map(|c| match c {
                '(' | ')' | '\\' => vec!['\\', c],
                c => vec![c],
            })
            .collect();
        let y = 842.0 - y;
        let (sin, cos) = degrees.to_radians().sin_cos();
        let _ = writeln!(
            self.content,
            "BT /{font} {size} Tf {cos} {sin} {} {cos} {x} {y} Tm ({safe}) Tj ET",
            -sin
        );
    }

    /// Sets the grey of what follows, from 0 (black) to 1.
    pub fn grey(&mut self, grey: f32) {
        let _ = writeln!(self.content, "{grey} g {grey} G");
    }

    /// Draws a ring as seals have, `wide` points thick.
    pub fn ring(&mut self, (x, y): (f32, f32), radius: f32, wide: f32) {
        // Four Bézier curves come within 0.03 % of a circle with this factor.
        let (y, bend) = (842.0 - y, 0.552_284_8 * radius);
        let _ = writeln!(self.content, "{wide} w {} {y} m", x + radius);
        for (from, to) in [(0, 1), (1, 2), (2, 3), (3, 0)] {
            let at = |quarter: usize| {
                [(1.0, 0.0), (0.0, 1.0), (-1.0, 0.0), (0.0, -1.0)][quarter]
            };
            let ((ax, ay), (bx, by)): ((f32, f32), (f32, f32)) = (at(from), at(to));
            let _ = writeln!(
                self.content,
                "{} {} {} {} {} {} c",
                x + ax * radius + bx * bend,
                y + ay * radius + by * bend,
                x + bx * radius + ax * bend,
                y + by * radius + ay * bend,
                x + bx * radius,
                y + by * radius,
            );
        }
        let _ = writeln!(self.content, "S");
    }

    /// Draws strokes from point to point, as a pen does.
    pub fn strokes(&mut self, points: &[(f32, f32)], wide: f32) {
        let _ = write!(self.content, "{wide} w");
        for (n, (x, y)) in points.iter().enumerate() {
            let how = if n == 0 { "m" } else { "l" };
            let _ = write!(self.content, " {x} {} {how}", 842.0 - y);
        }
        let _ = writeln!(self.content, " S");
    }

    /// Sets lines one under the other and returns the foot of the next.
    pub fn lines<'a>(
        &mut self,
        (x, mut y): (f32, f32),
        font: &str,
        size: f32,
        lines: impl Iterator<Item = &'a str>,
    ) -> f32 {
        for line in lines {
            self.text((x, y), font, size, line);
            y += size * 1.19;
        }
        y
    }

    /// Draws a thin line.
    pub fn rule(&mut self, (x0, y0): (f32, f32), (x1, y1): (f32, f32)) {
        let (y0, y1) = (842.0 - y0, 842.0 - y1);
        let _ = writeln!(self.content, "0.7 w {x0} {y0} m {x1} {y1} l S");
    }

    /// Draws the sheet.
    pub fn picture(&self, dpi: f32) -> Raster {
        let pdf = Pdf::new(self.pdf()).expect("a PDF made here");
        let pixmap = hayro::render(
            &pdf.pages()[0],
            &RenderCache::new(),
            &InterpreterSettings::default(),
            &RenderSettings::default(),
            &PixmapSettings {
                x_scale: dpi / 72.0,
                y_scale: dpi / 72.0,
                bg_color: WHITE,
            },
        );
        Raster {
            width: pixmap.width().into(),
            height: pixmap.height().into(),
            luma: pixmap.data().iter().map(|p| p.g).collect(),
        }
    }

    fn pdf(&self) -> Vec<u8> {
        let fonts = [
            "Times-Roman",
            "Helvetica",
            "Courier",
            "Times-Bold",
            "Helvetica-Bold",
        ];
        let font = |name: &str| {
            format!(
                "<</Type/Font/Subtype/Type1/BaseFont/{name}/Encoding/WinAnsiEncoding>>"
            )
        };
        let mut objects = vec![
            "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
            "<</Type/Pages/Kids[3 0 R]/Count 1>>".to_owned(),
            "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R\
             /Resources<</Font<</F1 5 0 R/F2 6 0 R/F3 7 0 R/F1B 8 0 R/F2B 9 0 R\
             /F4 10 0 R>>>>>>"
                .to_owned(),
            format!(
                "<</Length {}>>\nstream\n{}\nendstream",
                self.content.len() + 1,
                self.content
            ),
        ];
        objects.extend(fonts.map(font));
        if let Some(hand) = &self.hand {
            objects.extend(hand.objects());
        }
        let mut out = "%PDF-1.4\n".to_owned();
        let mut places = Vec::new();
        for (n, object) in objects.iter().enumerate() {
            places.push(out.len());
            let _ = write!(out, "{} 0 obj\n{object}\nendobj\n", n + 1);
        }
        let start = out.len();
        let _ = write!(out, "xref\n0 {}\n0000000000 65535 f \n", places.len() + 1);
        for place in &places {
            let _ = writeln!(out, "{place:010} 00000 n ");
        }
        let _ = write!(
            out,
            "trailer\n<</Size {}/Root 1 0 R>>\nstartxref\n{start}\n%%EOF",
            places.len() + 1
        );
        out.into_bytes()
    }
}

/// A sheet with what it says.
pub struct Made {
    pub name: String,
    pub sheet: Sheet,
    pub truth: String,
}

/// Returns the dense sheets of a corpus, 7.5 to 12 points: `gt/qNN_FONTSIZE.txt` has the
/// lines, the name says how they are set.
pub fn dense(corpus: &Path) -> Vec<Made> {
    let mut paths: Vec<_> = std::fs::read_dir(corpus.join("gt"))
        .into_iter()
        .flatten()
        .map_while(Result::ok)
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    let mut sheets = Vec::new();
    for path in paths {
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let Some((_, set)) = name.split_once('_').filter(|_| name.starts_with('q'))
        else {
            continue;
        };
        let size = set.trim_start_matches(char::is_alphabetic);
        let font = match set.trim_end_matches(|c: char| !c.is_alphabetic()) {
            "arial" => "F2",
            "typewriter" => "F3",
            _ => "F1",
        };
        let truth = std::fs::read_to_string(&path).unwrap_or_default();
        let mut sheet = Sheet::default();
        let size = size.parse().unwrap_or(8.0);
        sheet.lines((45.0, 45.0), font, size, truth.lines());
        sheets.push(Made {
            name: name.into_owned(),
            sheet,
            truth,
        });
    }
    sheets
}

/// Returns the grey between four pixels; outside, `beyond`.
fn sample(picture: &Raster, x: f32, y: f32, beyond: u8) -> f32 {
    let at = |x: i64, y: i64| {
        let inside = x >= 0
            && y >= 0
            && x < i64::from(picture.width)
            && y < i64::from(picture.height);
        let place = y * i64::from(picture.width) + x;
        f32::from(if inside {
            picture.luma[place as usize]
        } else {
            beyond
        })
    };
    let (x, y) = (x - 0.5, y - 0.5);
    let (column, row) = (x.floor() as i64, y.floor() as i64);
    let (right, down) = (x - column as f32, y - row as f32);
    let upper = at(column, row) * (1.0 - right) + at(column + 1, row) * right;
    let lower = at(column, row + 1) * (1.0 - right) + at(column + 1, row + 1) * right;
    upper * (1.0 - down) + lower * down
}

fn draw(width: u32, height: u32, grey: impl Fn(f32, f32) -> f32) -> Raster {
    let rows = (0..height).flat_map(|y| (0..width).map(move |x| (x, y)));
    let luma = rows
        .map(|(x, y)| grey(x as f32 + 0.5, y as f32 + 0.5).clamp(0.0, 255.0) as u8)
        .collect();
    Raster {
        width,
        height,
        luma,
    }
}

/// Turns a page by some degrees, clockwise, on the same sheet.
pub fn turned(picture: &Raster, degrees: f32) -> Raster {
    let (sin, cos) = degrees.to_radians().sin_cos();
    let (w, h) = (picture.width as f32, picture.height as f32);
    let (width, height) = (
        (w * cos.abs() + h * sin.abs()).round(),
        (w * sin.abs() + h * cos.abs()).round(),
    );
    draw(width as u32, height as u32, |x, y| {
        let (x, y) = (x - width / 2.0, y - height / 2.0);
        sample(
            picture,
            x * cos + y * sin + w / 2.0,
            y * cos - x * sin + h / 2.0,
            255,
        )
    })
}

/// Makes the picture smaller or larger.
pub fn scaled(picture: &Raster, factor: f32) -> Raster {
    let side = |length: u32| (length as f32 * factor).round() as u32;
    let (width, height) = (side(picture.width), side(picture.height));
    // Several samples a pixel, as a sensor sees areas.
    let n = (1.0 / factor).ceil().clamp(1.0, 8.0) as u32;
    draw(width, height, |x, y| {
        let mut sum = 0.0;
        for i in 0..n * n {
            let step = |i: u32| ((i as f32 + 0.5) / n as f32 - 0.5) / factor;
            sum += sample(
                picture,
                x / factor + step(i % n),
                y / factor + step(i / n),
                255,
            );
        }
        sum / (n * n) as f32
    })
}

/// Blurs by a Gaussian of `sigma` pixels.
pub fn blurred(picture: &Raster, sigma: f32) -> Raster {
    let reach = (3.0 * sigma).ceil() as i64;
    let weights: Vec<f32> = (-reach..=reach)
        .map(|i| (-(i * i) as f32 / (2.0 * sigma * sigma)).exp())
        .collect();
    let total: f32 = weights.iter().sum();
    let (w, h) = (i64::from(picture.width), i64::from(picture.height));
    let pass = |from: &[f32], dx: i64, dy: i64| -> Vec<f32> {
        (0..w * h)
            .map(|at| {
                let (x, y) = (at % w, at / w);
                let near = (-reach..=reach).zip(&weights).map(|(i, weight)| {
                    let (x, y) =
                        ((x + i * dx).clamp(0, w - 1), (y + i * dy).clamp(0, h - 1));
                    from[(y * w + x) as usize] * weight
                });
                near.sum::<f32>() / total
            })
            .collect()
    };
    let luma: Vec<f32> = picture.luma.iter().map(|v| f32::from(*v)).collect();
    let luma = pass(&pass(&luma, 1, 0), 0, 1);
    Raster {
        luma: luma.into_iter().map(|v| v as u8).collect(),
        ..*picture
    }
}

/// Makes ink pale: black becomes `255 × paleness`; and adds noise of some greys.
pub fn faint(picture: &Raster, paleness: f32, noise: f32) -> Raster {
    let mut state = 12_345_u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / (1 << 24) as f32 - 0.5
    };
    let luma = picture.luma.iter().map(|v| {
        let v = f32::from(*v) * (1.0 - paleness) + 245.0 * paleness;
        (v + noise * 2.0 * next()).clamp(0.0, 255.0) as u8
    });
    Raster {
        luma: luma.collect(),
        ..*picture
    }
}

/// Cuts away shares of the width on the left and on the right.
pub fn cut(picture: &Raster, left: f32, right: f32) -> Raster {
    let from = (picture.width as f32 * left) as usize;
    let to = (picture.width as f32 * (1.0 - right)) as usize;
    let rows = picture.luma.chunks(picture.width as usize);
    Raster {
        width: (to - from) as u32,
        height: picture.height,
        luma: rows.flat_map(|row| row[from..to].to_vec()).collect(),
    }
}

/// Lays a page on a dark table and takes a photo of it: the page's corners, as shares of the
/// photo from the upper left clockwise; light that falls off to the lower right by `falloff`;
/// the shadow of a hand over the lower left, where `shadow` is the light it leaves.
pub fn photographed(
    picture: &Raster,
    (width, height): (u32, u32),
    corners: [(f32, f32); 4],
    falloff: f32,
    shadow: f32,
) -> Raster {
    let (w, h) = (width as f32, height as f32);
    let to_page = square_of(corners.map(|(x, y)| (x * w, y * h)));
    // A telephone has four sensors' pixels for each pixel of what is kept here.
    draw(width, height, |x, y| {
        let mut sum = 0.0;
        for (dx, dy) in [(-0.25, -0.25), (0.25, -0.25), (-0.25, 0.25), (0.25, 0.25)] {
            let (u, v) = to_page(x + dx, y + dy);
            let on_page = (0.0..=1.0).contains(&u) && (0.0..=1.0).contains(&v);
            sum += if on_page {
                sample(
                    picture,
                    u * picture.width as f32,
                    v * picture.height as f32,
                    255,
                )
            } else {
                // Planks.
                70.0 + 12.0 * (x * 0.011).sin() + 5.0 * (y * 0.31 + x * 0.02).sin()
            };
        }
        let light = 1.0 - falloff * (0.4 * x / w + 0.6 * y / h);
        let edge = (y / h - 0.45 - 0.5 * x / w) * 20.0;
        let hand = 1.0 - (1.0 - shadow) / (1.0 + (-edge).exp());
        sum / 4.0 * light * hand
    })
}

/// Returns the map from a quadrilateral to the unit square (P. Heckbert, Fundamentals of
/// Texture Mapping and Image Warping, 1989, §2.2.2).
fn square_of(corners: [(f32, f32); 4]) -> impl Fn(f32, f32) -> (f32, f32) {
    let [(x0, y0), (x1, y1), (x2, y2), (x3, y3)] = corners;
    let (dx1, dx2, sx) = (x1 - x2, x3 - x2, x0 - x1 + x2 - x3);
    let (dy1, dy2, sy) = (y1 - y2, y3 - y2, y0 - y1 + y2 - y3);
    let det = dx1 * dy2 - dx2 * dy1;
    let (g, h) = ((sx * dy2 - dx2 * sy) / det, (dx1 * sy - sx * dy1) / det);
    let (a, b, c) = (x1 - x0 + g * x1, x3 - x0 + h * x3, x0);
    let (d, e, f) = (y1 - y0 + g * y1, y3 - y0 + h * y3, y0);
    move |x, y| {
        // Solves (a - g x) u + (b - h x) v = x - c, and the same for y.
        let (p, q, r, s) = (a - g * x, b - h * x, d - g * y, e - h * y);
        let det = p * s - q * r;
        (
            ((x - c) * s - q * (y - f)) / det,
            (p * (y - f) - r * (x - c)) / det,
        )
    }
}
