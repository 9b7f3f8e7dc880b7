use super::*;
use crate::model::Note;
use std::io::Write;
use std::rc::Rc;
use std::{cell::RefCell, io::Cursor};

const CAPS: Caps = Caps {
    members: 100,
    member_bytes: 1 << 20,
    total_bytes: 4 << 20,
};

type Bytes = Rc<RefCell<Vec<(usize, Vec<u8>)>>>;

struct Place(Bytes, usize);

impl Write for Place {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.borrow_mut()[self.1].1.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

fn unpack_all(bytes: &[u8], media: MediaType, caps: &Caps) -> (Unpacked, Vec<Vec<u8>>) {
    unpack_some(bytes, media, None, caps)
}

fn unpack_some(
    bytes: &[u8],
    media: MediaType,
    only: Option<&str>,
    caps: &Caps,
) -> (Unpacked, Vec<Vec<u8>>) {
    let taken: Bytes = Rc::default();
    let places = Rc::clone(&taken);
    let mut sink = move |number| {
        places.borrow_mut().push((number, Vec::new()));
        let at = places.borrow().len() - 1;
        Ok(Box::new(Place(Rc::clone(&places), at)) as Box<dyn Write>)
    };
    let unpacked = unpack(Cursor::new(bytes), media, "a.gz", only, caps, &mut sink);
    let taken = taken.borrow().iter().map(|(_, b)| b.clone()).collect();
    (unpacked, taken)
}

fn zip_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ::zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        let options = ::zip::write::SimpleFileOptions::default();
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn tar_of(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = ::tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = ::tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn gzip_of(bytes: &[u8]) -> Vec<u8> {
    let mut encoder =
        flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn bzip2_of(bytes: &[u8]) -> Vec<u8> {
    let level = ::bzip2::Compression::fast();
    let mut encoder = ::bzip2::write::BzEncoder::new(Vec::new(), level);
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn names(unpacked: &Unpacked) -> Vec<&str> {
    unpacked.members.iter().map(|m| m.name.as_str()).collect()
}

#[test]
fn every_packer_gives_the_same_members() {
    let members: [(&str, &[u8]); 2] = [("a.txt", b"satu"), ("Dinkes/b.txt", b"dua")];
    let tar = tar_of(&members);
    let cases = [
        (MediaType::Zip, zip_of(&members)),
        (MediaType::Gzip, gzip_of(&tar)),
        (MediaType::Bzip2, bzip2_of(&tar)),
        (
            MediaType::Xz,
            include_bytes!("../../../tests/data/containers/two.tar.xz").to_vec(),
        ),
        (MediaType::Tar, tar),
        (
            MediaType::SevenZip,
            include_bytes!("../../../tests/data/containers/two.7z").to_vec(),
        ),
        (
            MediaType::Rar,
            include_bytes!("../../../tests/data/containers/two.rar").to_vec(),
        ),
    ];
    for (media, bytes) in cases {
        assert_eq!(super::super::sniff(&bytes), media);
        let (unpacked, taken) = unpack_all(&bytes, media, &CAPS);
        assert_eq!(
            unpacked.state,
            FileState::Unpacked,
            "{media:?} {unpacked:?}"
        );
        assert_eq!(names(&unpacked), ["a.txt", "Dinkes/b.txt"], "{media:?}");
        assert_eq!(taken, [b"satu".to_vec(), b"dua".to_vec()], "{media:?}");
        assert!(
            unpacked.members.iter().all(|m| m.state.is_none()),
            "{media:?}"
        );
        let only = Some("Dinkes/b.txt");
        let (listed, taken) = unpack_some(&bytes, media, only, &CAPS);
        assert_eq!(names(&listed), names(&unpacked), "{media:?}");
        assert_eq!(taken, [b"dua".to_vec()], "{media:?}");
    }
}

#[test]
fn a_zip_behind_a_program_is_a_zip() {
    let mut bytes = b"MZ\x90\0 pembuka otomatis".to_vec();
    bytes.extend(zip_of(&[("a.txt", b"satu")]));
    assert_eq!(super::super::sniff(&bytes), MediaType::Zip);
    let (unpacked, taken) = unpack_all(&bytes, MediaType::Zip, &CAPS);
    assert_eq!(
        (names(&unpacked), taken),
        (vec!["a.txt"], vec![b"satu".to_vec()])
    );
}

#[test]
fn a_mail_gives_what_is_attached() {
    let mail = b"From: a@b.id\r\nSubject: Data\r\nMIME-Version: 1.0\r\n\
        Content-Type: multipart/mixed; boundary=x\r\n\r\n\
        --x\r\nContent-Type: text/plain\r\n\r\nTerlampir.\r\n\
        --x\r\nContent-Type: application/pdf; name=\"sk.pdf\"\r\n\
        Content-Disposition: attachment; filename=\"sk.pdf\"\r\n\
        Content-Transfer-Encoding: base64\r\n\r\naXNp\r\n--x--\r\n";
    let (unpacked, taken) = unpack_all(mail, MediaType::Mail, &CAPS);
    assert_eq!(names(&unpacked), ["sk.pdf"]);
    assert_eq!(taken, [b"isi".to_vec()]);
}

#[test]
fn a_lone_gzip_is_one_member_named_after_it() {
    let (unpacked, taken) = unpack_all(&gzip_of(b"isi"), MediaType::Gzip, &CAPS);
    assert_eq!(
        (names(&unpacked), taken),
        (vec!["a"], vec![b"isi".to_vec()])
    );
}

#[test]
fn names_are_labels_and_stay_apart() {
    let members: [(&str, &[u8]); 4] = [
        ("../../etc/passwd", b"1"),
        ("C:\\Windows\\a", b"2"),
        ("b » c\n", b"3"),
        ("./b > c\n", b"4"),
    ];
    let (unpacked, _) = unpack_all(&zip_of(&members), MediaType::Zip, &CAPS);
    let expected = [
        "../../etc/passwd",
        "C:/Windows/a",
        "b > c\u{FFFD}",
        "b > c\u{FFFD} (2)",
    ];
    assert_eq!(names(&unpacked), expected);
    let is_unsafe = |m: &Member| m.notes.iter().any(|n| n.code == NoteCode::UnsafePath);
    let marks: Vec<bool> = unpacked.members.iter().map(is_unsafe).collect();
    assert_eq!(marks, [true, true, false, false]);
}

#[test]
fn caps_hold_and_say_so() {
    let zeros = vec![0; 3000];
    let bytes = zip_of(&[("a", &zeros), ("b", &zeros), ("c", b"x"), ("d", b"x")]);
    let caps = Caps {
        members: 3,
        member_bytes: 4000,
        total_bytes: 5000,
    };
    let (unpacked, _) = unpack_all(&bytes, MediaType::Zip, &caps);
    assert_eq!(names(&unpacked), ["a", "b", "c"]);
    assert_eq!(unpacked.notes[0].code, NoteCode::TooManyMembers);
    let states: Vec<_> = unpacked.members.iter().map(|m| m.state).collect();
    let too_large = Some(FileState::TooLarge);
    assert_eq!(states, [None, too_large, too_large]);
    assert_eq!(unpacked.members[1].notes[0].code, NoteCode::RatioTooHigh);
    let caps = Caps {
        member_bytes: 2000,
        ..caps
    };
    let (unpacked, _) = unpack_all(&bytes, MediaType::Zip, &caps);
    assert_eq!(unpacked.members[0].notes[0].code, NoteCode::TooManyBytes);
    assert_eq!(unpacked.members[2].state, None);
}

#[test]
fn what_cannot_be_unpacked_says_why() {
    for media in [
        MediaType::Zip,
        MediaType::SevenZip,
        MediaType::Rar,
        MediaType::Gzip,
    ] {
        let (unpacked, _) = unpack_all(b"Rar!\x1a\x07\x00 rusak", media, &CAPS);
        assert_eq!(unpacked.state, FileState::Damaged, "{media:?}");
        assert_eq!(unpacked.notes.len(), 1, "{media:?}");
    }
    let locked = include_bytes!("../../../tests/data/containers/locked.7z");
    let (unpacked, _) = unpack_all(locked, MediaType::SevenZip, &CAPS);
    assert_eq!(unpacked.members[0].state, Some(FileState::Password));
    let hidden = include_bytes!("../../../tests/data/containers/hidden.7z");
    let (unpacked, _) = unpack_all(hidden, MediaType::SevenZip, &CAPS);
    assert_eq!(unpacked.state, FileState::Password);
    let locked = include_bytes!("../../../tests/data/containers/locked.zip");
    let (unpacked, _) = unpack_all(locked, MediaType::Zip, &CAPS);
    assert_eq!(unpacked.members[0].state, Some(FileState::Password));
}

#[test]
fn a_cut_container_gives_what_came_before_the_cut() {
    let tar = tar_of(&[("a", &[1; 600]), ("b", &[2; 600])]);
    let (unpacked, taken) = unpack_all(&tar[..2300], MediaType::Tar, &CAPS);
    assert_eq!(names(&unpacked), ["a", "b"]);
    assert_eq!(taken[0], [1; 600]);
    assert_eq!(unpacked.members[0].state, None);
    assert_eq!(unpacked.members[1].state, Some(FileState::Damaged));
}

#[test]
fn a_part_of_a_container_says_so_and_is_not_damaged() {
    let zip = zip_of(&[("a.txt", &[7; 500]), ("b.txt", b"dua")]);
    let end = zip.len() - 22;
    let mut last = zip[40..].to_vec();
    last[end - 40 + 4] = 1; // the number of its disk, which begins with 0
    let mut first = b"PK\x07\x08".to_vec();
    first.extend(&zip[..60]);
    let mut rar = include_bytes!("../../../tests/data/containers/two.rar").to_vec();
    let marker = 8; // CRC, size, type, flags, archive flags follow
    rar[marker + 7] |= 1;
    for (media, bytes) in [
        (MediaType::Zip, last),
        (MediaType::Zip, first),
        (MediaType::Rar, rar),
    ] {
        assert_eq!(super::super::sniff(&bytes), media);
        let (unpacked, _) = unpack_all(&bytes, media, &CAPS);
        assert_eq!(unpacked.state, FileState::Unsupported, "{unpacked:?}");
        assert_eq!(unpacked.notes, [Note::file(NoteCode::PartOfContainer)]);
    }
    let (unpacked, _) = unpack_all(&zip[..60], MediaType::Zip, &CAPS);
    assert_eq!(unpacked.state, FileState::Damaged, "cut off is cut off");
}
