//! `bukti duplicates`: what the archive holds twice.

use crate::app::error::Error;
use crate::app::evidence::duplicates;
use crate::app::evidence::duplicates::{Duplicates, Group, Place, Wanted};
use crate::app::evidence::shape::{SCHEMA_VERSION, to_json};
use crate::cli::Done;
use crate::cli::args::DuplicatesArgs;
use crate::cli::commands::open;
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{Lang, Ratio, SamePhoto, SameText};
use serde_json::{Value, json};
use std::path::Path;

pub fn run(args: &DuplicatesArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let wanted = match (args.photos, args.text) {
        (true, _) => Wanted::Photos,
        (_, true) => Wanted::Text,
        _ => Wanted::All,
    };
    let found = duplicates::duplicates(&open(archive)?, wanted)?;
    if ui.json {
        ui.json_line(&as_json(&found, ui));
    } else {
        print(&found, wanted, ui);
    }
    Ok(Done::Well)
}

fn as_json(found: &Duplicates, ui: Ui) -> Value {
    let exact = |(digest, paths): &(_, Vec<String>)| json!({ "sha256": to_json(digest), "paths": paths });
    let names = [
        ui.pick("foto pertama", "the first"),
        ui.pick("foto kedua", "the second"),
    ];
    let text = |group: &Group<SameText>| group_json(group, to_json);
    let photo = |group: &Group<SamePhoto>| {
        group_json(group, |same| {
            let mut shape = to_json(same);
            if let Some(shape) = shape.as_object_mut() {
                shape.insert("text".into(), json!(same.explain(ui.lang, names)));
            }
            shape
        })
    };
    json!({
        "schema_version": SCHEMA_VERSION,
        "exact": found.exact.iter().map(exact).collect::<Value>(),
        "texts": found.texts.iter().map(text).collect::<Value>(),
        "photos": found.photos.iter().map(photo).collect::<Value>(),
        "uncompared": found.uncompared,
    })
}

fn group_json<T>(group: &Group<T>, how: impl Fn(&T) -> Value) -> Value {
    let place = |place: &Place| json!({ "path": place.path, "page": place.page, "sha256": place.digest });
    let pair = |(first, second, same): &(usize, usize, T)| json!({ "first": first, "second": second, "how": how(same) });
    json!({
        "places": group.places.iter().map(place).collect::<Value>(),
        "pairs": group.pairs.iter().map(pair).collect::<Value>(),
    })
}

fn print(found: &Duplicates, wanted: Wanted, ui: Ui) {
    if wanted == Wanted::All {
        let title = ui.pick("Berkas yang sama persis", "Files of the same bytes");
        heading(title, found.exact.len(), ui);
        for (_, paths) in &found.exact {
            for (at, path) in paths.iter().enumerate() {
                let mark = if at == 0 { "•" } else { " " };
                ui.line(&format!("  {mark} {}", ui.path(path)));
            }
        }
    }
    if wanted != Wanted::Photos {
        let title = ui.pick(
            "Dokumen yang sama, dipindai atau disimpan lebih dari sekali",
            "The same document, scanned or saved more than once",
        );
        heading(title, found.texts.len(), ui);
        for group in &found.texts {
            print_group(group, |same, _| text_line(same, ui), ui);
        }
    }
    if wanted != Wanted::Text {
        let title = ui.pick(
            "Foto yang dipakai lebih dari sekali",
            "Photos used more than once",
        );
        heading(title, found.photos.len(), ui);
        for group in &found.photos {
            print_group(group, |same, names| same.explain(ui.lang, names), ui);
        }
    }
    if found.uncompared > 0 {
        let text = ui.noun(
            found.uncompared,
            "dokumen belum dibandingkan; jalankan `bukti index` lagi",
            "document is not compared yet; run `bukti index` again",
            "documents are not compared yet; run `bukti index` again",
        );
        ui.line(&paint(Tone::Warn, &format!("{} {text}", found.uncompared)));
    }
    ui.stderr_line(ui.pick(
        "lihat keduanya sebelum memutuskan: bukti menunjukkan kemiripan, orang yang menilai",
        "look at both before deciding: bukti shows the likeness, a person judges",
    ));
}

fn heading(title: &str, count: usize, ui: Ui) {
    let count = match count {
        0 => ui.pick("tidak ada", "none").to_owned(),
        count => count.to_string(),
    };
    ui.line(&format!("{} · {count}", paint(Tone::Strong, title)));
}

/// Prints the places of a group, numbered, and how they are tied to each other.
fn print_group<T>(group: &Group<T>, how: impl Fn(&T, [&str; 2]) -> String, ui: Ui) {
    for (at, place) in group.places.iter().enumerate() {
        let page = place.page.map_or(String::new(), |page| {
            format!(", {} {page}", ui.pick("halaman", "page"))
        });
        let mark = if at == 0 { "•" } else { " " };
        ui.line(&format!(
            "  {mark} {}. {}{page}",
            at + 1,
            ui.path(&place.path)
        ));
    }
    for (first, second, same) in &group.pairs {
        let names = [(first + 1).to_string(), (second + 1).to_string()];
        let which = match group.places.len() {
            0..=2 => String::new(),
            _ => format!("{}: ", names.join(" ↔ ")),
        };
        let how = how(same, names.each_ref().map(String::as_str));
        ui.line(&paint(Tone::Faint, &format!("       {which}{how}")));
    }
}

fn text_line(same: &SameText, ui: Ui) -> String {
    let percent = |ratio: Ratio| format!("{:.0}%", ratio.get() * 100.0);
    let shared = percent(same.of_first.max_of(same.of_second));
    let misread = percent(same.misread);
    // What would be shown as 0 % is not worth a word.
    match (misread == "0%", ui.lang) {
        (true, Lang::Id) => format!("{shared} kata sama"),
        (true, Lang::En) => format!("{shared} of the words are the same"),
        (false, Lang::Id) => {
            format!("{shared} kata sama; {misread} di antaranya terbaca beda huruf")
        }
        (false, Lang::En) => format!(
            "{shared} of the words are the same, {misread} of them but for misread letters"
        ),
    }
}
