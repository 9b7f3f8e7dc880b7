//! Pictures of every page, for a person to look at.

use super::crawl;
use super::visit::Visit;
use std::{fs, path::Path};

/// Longest picture, in pixels: a list of all questions on a phone is many screens.
const LONGEST: u32 = 3000;

/// Writes a picture of every page into a folder.
pub fn take(visit: &mut Visit, folder: &Path) {
    fs::create_dir_all(folder).unwrap();
    let cookies = visit.browser.cookies();
    for (number, path) in crawl::pages(&visit.serving, &cookies).iter().enumerate() {
        visit.open(path);
        let name: String = path
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .take(40)
            .collect();
        let picture = visit.browser.picture(Some(LONGEST));
        let file = format!("{number:02}{name}.png");
        fs::write(folder.join(file), picture).unwrap();
    }
    visit.browser.delete_cookies();
    visit.open("/");
    let picture = visit.browser.picture(Some(LONGEST));
    fs::write(folder.join("outside.png"), picture).unwrap();
}
