//! A font whose letters have a width and no shape, for text that is searched and never seen.
//! It lies in the file, because viewers put a font of their own in place of one that does not,
//! and each letter says which sign it is (`ToUnicode`), so that any script comes out right.

use super::layer::{ADVANCE, Alphabet, DESCENT, packed};
use pdf_writer::{
    Chunk, Filter, Finish, Name, Rect, Ref, Settings, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use std::io::Result;

const NAME: Name<'static> = Name(b"Glyphless");
/// Adobe-Identity: the numbers of letters mean what this file says they mean.
const IDENTITY: SystemInfo<'static> = SystemInfo {
    registry: Str(b"Adobe"),
    ordering: Str(b"Identity"),
    supplement: 0,
};
/// Units of the font program to an em.
const EM: u16 = 1000;

/// Where the parts of the font lie in the document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Refs {
    pub font: Ref,
    pub letters: Ref,
    pub descriptor: Ref,
    pub program: Ref,
    pub meaning: Ref,
    pub shapes: Ref,
}

/// Returns the parts of the font, each with its place.
pub(super) fn objects(refs: Refs, alphabet: &Alphabet) -> Result<Vec<(Ref, Chunk)>> {
    let mut parts = Vec::new();
    let mut part = |id: Ref, write: &mut dyn FnMut(&mut Chunk)| {
        let mut chunk = Chunk::with_settings(Settings { pretty: false });
        write(&mut chunk);
        parts.push((id, chunk));
    };
    part(refs.font, &mut |chunk| {
        chunk
            .type0_font(refs.font)
            .base_font(NAME)
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(refs.letters)
            .to_unicode(refs.meaning);
    });
    part(refs.letters, &mut |chunk| {
        chunk
            .cid_font(refs.letters)
            .subtype(CidFontType::Type2)
            .base_font(NAME)
            .system_info(IDENTITY)
            .font_descriptor(refs.descriptor)
            .default_width(1000.0 * ADVANCE)
            .cid_to_gid_map_stream(refs.shapes);
    });
    part(refs.descriptor, &mut |chunk| {
        let (ascent, descent) = (1000.0 * (1.0 - DESCENT), -1000.0 * DESCENT);
        chunk
            .font_descriptor(refs.descriptor)
            .name(NAME)
            .flags(FontFlags::FIXED_PITCH | FontFlags::SYMBOLIC)
            .bbox(Rect::new(0.0, descent, 1000.0 * ADVANCE, ascent))
            .italic_angle(0.0)
            .ascent(ascent)
            .descent(descent)
            .cap_height(ascent)
            .stem_v(80.0)
            .font_file2(refs.program);
    });
    let mut streams = [
        (refs.program, program()),
        (refs.meaning, meaning(alphabet)),
        (refs.shapes, shapes(alphabet)),
    ];
    for (id, bytes) in &mut streams {
        let len = i32::try_from(bytes.len()).unwrap_or(i32::MAX);
        *bytes = packed(bytes)?;
        part(*id, &mut |chunk| {
            let mut stream = chunk.stream(*id, bytes);
            stream.filter(Filter::FlateDecode);
            if *id == refs.program {
                stream.pair(Name(b"Length1"), len);
            }
            stream.finish();
        });
    }
    Ok(parts)
}

fn meaning(alphabet: &Alphabet) -> Vec<u8> {
    let mut map = UnicodeCmap::<u16>::new(Name(b"Glyphless-UCS2"), IDENTITY);
    for (letter, number) in alphabet.letters() {
        map.pair(number, letter);
    }
    map.finish().to_vec()
}

/// Returns the shape of each letter: all have the second of the program, the first being the
/// one for letters that lack (`.notdef`), over which some readers pass.
fn shapes(alphabet: &Alphabet) -> Vec<u8> {
    [0, 1].repeat(usize::from(alphabet.len()))
}

/// Returns a TrueType program of two shapes without an outline: the tables that a PDF needs
/// (ISO 32000-1, 9.9) and no other.
fn program() -> Vec<u8> {
    let advance = (f32::from(EM) * ADVANCE) as u16;
    let descent = (f32::from(EM) * DESCENT) as u16;
    let (ascent, below) = (EM - descent, descent.wrapping_neg());
    let mut head = Vec::new();
    push_values(&mut head, &[1, 0, 1, 0, 0, 0, 0x5F0F, 0x3CF5, 0x000B, EM]);
    // Two dates of eight bytes, the box, no style, the smallest legible size, left to right,
    // short offsets.
    push_values(&mut head, &[0; 8]);
    push_values(&mut head, &[0, below, advance, ascent, 0, 8, 2, 0, 0]);
    let mut hhea = Vec::new();
    push_values(&mut hhea, &[1, 0, ascent, below, 0, advance, 0, 0, 0, 1, 0]);
    push_values(&mut hhea, &[0, 0, 0, 0, 0, 0, 1]);
    let mut hmtx = Vec::new();
    push_values(&mut hmtx, &[advance, 0, 0]);
    let mut maxp = Vec::new();
    push_values(&mut maxp, &[1, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0]);
    let mut loca = Vec::new();
    push_values(&mut loca, &[0, 0, 0]);
    // One byte, because some readers refuse a table of none.
    let tables: [(&[u8; 4], Vec<u8>); 6] = [
        (b"glyf", vec![0]),
        (b"head", head),
        (b"hhea", hhea),
        (b"hmtx", hmtx),
        (b"loca", loca),
        (b"maxp", maxp),
    ];
    assemble(&tables)
}

fn push_values(table: &mut Vec<u8>, values: &[u16]) {
    table.extend(values.iter().flat_map(|value| value.to_be_bytes()));
}

/// Puts tables, in order of their names, behind a directory (OpenType 1.9, "Font file").
fn assemble(tables: &[(&[u8; 4], Vec<u8>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let power = u16::try_from(count.max(1).ilog2()).unwrap_or(0);
    let range = 16 << power;
    let mut program = Vec::new();
    push_values(
        &mut program,
        &[1, 0, count, range, power, 16 * count - range],
    );
    let mut at = 12 + 16 * tables.len();
    let mut adjust = None;
    for (name, table) in tables {
        if *name == b"head" {
            adjust = Some(at + 8);
        }
        program.extend(*name);
        for value in [sum(table), at as u32, table.len() as u32] {
            program.extend(value.to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        program.extend(table);
        program.resize(program.len().next_multiple_of(4), 0);
    }
    let whole = 0xB1B0_AFBA_u32.wrapping_sub(sum(&program)).to_be_bytes();
    if let Some(at) = adjust
        && let Some(place) = program.get_mut(at..at + 4)
    {
        place.copy_from_slice(&whole);
    }
    program
}

/// Returns the checksum of a table: its words of four bytes added up.
fn sum(table: &[u8]) -> u32 {
    let word = |bytes: &[u8]| {
        let mut word = [0; 4];
        for (to, from) in word.iter_mut().zip(bytes) {
            *to = *from;
        }
        u32::from_be_bytes(word)
    };
    table.chunks(4).map(word).fold(0, u32::wrapping_add)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_program_adds_up_and_its_tables_lie_where_it_says() {
        let program = program();
        assert_eq!(sum(&program), 0xB1B0_AFBA);
        assert_eq!(program.len() % 4, 0);
        for n in 0..6 {
            let entry = &program[12 + 16 * n..28 + 16 * n];
            let number = |at: usize| {
                u32::from_be_bytes(entry[at..at + 4].try_into().unwrap()) as usize
            };
            let table = &program[number(8)..number(8) + number(12)];
            if &entry[..4] == b"head" {
                assert_eq!(table.len(), 54);
            } else {
                assert_eq!(sum(table) as usize, number(4), "{entry:?}");
            }
        }
    }
}
