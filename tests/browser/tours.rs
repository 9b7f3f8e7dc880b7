//! What people come for, done as they do it: by the menu, forms and keys.

use super::accessibility;
use super::serving::run;
use super::visit::{Visit, share};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::time::{Duration, Instant};

/// Suggestions that one sitting decides.
const DECIDED: usize = 50;
/// Questions that one sitting types into the national form.
const ENTERED: usize = 10;
/// Longest time for reading one folder of the samples, scans among it.
const RUN_TIMEOUT: Duration = Duration::from_secs(180);
/// Which of them is taken back.
const TAKEN_BACK: usize = 20;
/// Longest time until what changed is judged.
const JUDGED_TIMEOUT: Duration = Duration::from_secs(30);
/// The Enter key, as WebDriver writes it.
const ENTER: &str = "\u{E007}";

/// A clerk looks for the regulation on smoking, and sees where its page speaks of it.
pub fn find_the_regulation_on_smoking(visit: &mut Visit) {
    visit.go_by_menu("/documents");
    let field = visit.browser.find("main input[name=words]");
    visit.browser.write(&field, "rokok");
    visit.press(ENTER);
    visit.follow("ol.hits a", &["Peraturan Daerah", "5", "2022", "ROKOK"]);
    assert!(visit.path().contains("words=rokok"), "{}", visit.path());
    // The picture comes after the page.
    let loaded = visit.browser.script_async(
        "const done = arguments[arguments.length - 1];
         const address = document.querySelector('svg.sheet image').href.baseVal;
         const picture = new Image();
         picture.onload = () => done([picture.naturalWidth, picture.naturalHeight]);
         picture.onerror = () => done(null);
         picture.src = address;",
    );
    assert!(
        loaded[0].as_u64() > Some(500),
        "the page's picture: {loaded}"
    );
    let lit = visit.browser.find_all("svg.sheet rect.lit");
    assert!(!lit.is_empty(), "no word is lit");
    for at in 0..lit.len() {
        word_is_lit(visit, at);
    }
    visit.expect_silence("the regulation on smoking");
}

/// Looks at the pixels of a lit box: the colour of the light, and the ink of a word under it.
fn word_is_lit(visit: &mut Visit, at: usize) {
    let place = visit.browser.script(&format!(
        "const box = document.querySelectorAll('svg.sheet rect.lit')[{at}];
         box.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         const place = box.getBoundingClientRect();
         return [place.left, place.top, place.width, place.height];"
    ));
    let number = |at: usize| place[at].as_f64().unwrap() as u32;
    let picture = visit.browser.picture(None);
    let picture = image::load_from_memory(&picture).unwrap().to_rgb8();
    let piece =
        image::imageops::crop_imm(&picture, number(0), number(1), number(2), number(3));
    let pixels: Vec<[u8; 3]> = piece.to_image().pixels().map(|pixel| pixel.0).collect();
    let share = |is: &dyn Fn(&[u8; 3]) -> bool| {
        pixels.iter().filter(|pixel| is(pixel)).count() * 100 / pixels.len().max(1)
    };
    // Paper under the light is yellow; ink is darker than that, also where a phone shows a word
    // seven pixels high.
    let light = share(&|[red, green, blue]| {
        *red > 180 && *green > 160 && red.saturating_sub(*blue) > 50
    });
    let lightest = pixels.iter().map(|pixel| pixel[0]).max().unwrap_or(0);
    let ink = share(&|[red, ..]| u16::from(*red) * 10 < u16::from(lightest) * 8);
    assert!(light >= 30, "box {at} is lit: {light} % of {place}");
    assert!(ink >= 5, "box {at} has a word in it: {ink} % of {place}");
}

/// A reviewer decides on fifty suggestions without touching the mouse, and takes one back.
pub fn decide_fifty(visit: &mut Visit) {
    visit.go_by_menu("/decide");
    let mut decided: Vec<(String, String, &str)> = Vec::new();
    let mut passed = 0;
    for number in 0..=DECIDED {
        // What needs asking somebody is passed over.
        if number % 10 == 9 {
            visit.press("s");
            passed += 1;
        }
        if number == TAKEN_BACK {
            wait_for_judgement(visit);
        }
        let (suggestion, before) = (suggestion(visit), waiting(visit));
        let (key, verdict) = match number % 3 {
            0 => ("n", "reject"),
            _ => ("y", "accept"),
        };
        visit.press(key);
        // What was decided teaches: other suggestions may go with it, or come.
        let next = self::suggestion(visit);
        assert_ne!(next, suggestion, "after {number} decisions the same waits");
        if number == TAKEN_BACK {
            accessibility::no_violation(visit, "/decide after a decision");
            visit.press("u");
            wait_for_judgement(visit);
            assert_eq!(
                (self::suggestion(visit), waiting(visit)),
                (suggestion, before),
                "taken back, it waits again, and all others as before"
            );
        } else {
            decided.push((suggestion.0, suggestion.1, verdict));
        }
    }
    let text = visit.browser.text("main .lead");
    assert!(text.contains(&passed.to_string()), "passed over: {text}");
    let acts = run(
        &visit.archive,
        &["decide", "list", "--json", "--limit", "1000"],
    );
    let acts: Vec<Value> = acts
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .filter(|act: &Value| act["undone"] == false && act["author"] == "Sari")
        .collect();
    let decisions = || {
        acts.iter()
            .flat_map(|act| act["decisions"].as_array().unwrap())
    };
    assert_eq!(decisions().count(), DECIDED);
    for (document, question, verdict) in &decided {
        let is_it =
            |one: &&Value| one["document"] == **document && one["question"] == **question;
        let found = decisions().find(is_it);
        let found = found.unwrap_or_else(|| panic!("{document} {question} is not kept"));
        assert_eq!(found["verdict"], *verdict, "{found}");
    }
    assert_eq!(decided.len(), DECIDED);
    visit.expect_silence("deciding");
}

/// Returns the document and the question that are shown to be decided.
fn suggestion(visit: &mut Visit) -> (String, String) {
    let mut value = |name: &str| {
        let css = format!("form.verdict input[name={name}]");
        let field = visit.browser.find(&css);
        visit.browser.attribute(&field, "value")
    };
    (value("document"), value("proves"))
}

/// Loads the page again until what it shows is judged anew: that is done behind it, and it says so.
fn wait_for_judgement(visit: &mut Visit) {
    let start = Instant::now();
    let path = visit.path();
    while !visit.browser.find_all("main .behind").is_empty() {
        assert!(start.elapsed() < JUDGED_TIMEOUT, "it stays behind");
        std::thread::sleep(Duration::from_millis(100));
        visit.open(&path);
    }
}

/// Returns how many suggestions wait.
fn waiting(visit: &mut Visit) -> usize {
    let text = visit.browser.text("main .lead");
    let count = text.split(' ').next().and_then(|word| word.parse().ok());
    count.unwrap_or_else(|| panic!("how many wait: {text}"))
}

/// A leader asks what the health office still owes.
pub fn what_the_health_office_owes(visit: &mut Visit) {
    let report = run(&visit.archive, &["check", "--json"]);
    let report: Value = serde_json::from_str(report.trim()).unwrap();
    let offices = report["offices"].as_array().expect("offices");
    let office = offices
        .iter()
        .find(|office| {
            office["short"] == "Dinkes" || office["office"]["short"] == "Dinkes"
        })
        .expect("the health office");
    let owed = office["tasks"].as_array().unwrap().len();
    assert!(owed > 0, "the samples owe something");

    visit.go_by_menu("/offices");
    visit.follow("main table a", &["Dinkes"]);
    let tasks = visit.browser.find_all("ol.tasks > li");
    assert_eq!(tasks.len(), owed, "as the command line counts");
    let text = visit.browser.text("main .lead");
    assert!(text.contains(&owed.to_string()), "{text}");
    // And the way to what is asked.
    visit.click("ol.tasks > li a");
    assert!(visit.path().starts_with("/questions/"), "{}", visit.path());
    visit.expect_silence("what an office owes");
}

/// An operator types ten questions into the national form: copies a label, ticks, takes a tick back.
pub fn enter_ten_questions(visit: &mut Visit) {
    visit.go_by_menu("/entry");
    let order = visit.browser.script(
        "return [...document.querySelectorAll('main section a.chip')].map(
             (one) => one.getAttribute('href'));",
    );
    visit.click("main p a.button");
    let mut labels = 0;
    for number in 0..ENTERED {
        assert_eq!(visit.path().split('?').next(), order[number].as_str());
        if !visit.browser.find_all("[data-copy]").is_empty() {
            visit.browser.press("c");
            visit.browser.find("button.done[data-copy]");
            labels += 1;
        }
        visit.press(ENTER);
        if number == 4 {
            visit.press("u");
            assert_eq!(visit.path().split('?').next(), order[number].as_str());
            accessibility::no_violation(visit, "a question of the form");
            visit.press(ENTER);
        }
    }
    assert!(labels > 0, "some question has an attachment with a label");
    visit.go_by_menu("/entry");
    let text = visit.browser.text("main .lead");
    assert!(text.starts_with(&format!("{ENTERED} / ")), "{text}");
    let entered = visit.browser.find_all("main section a.chip.entered");
    assert_eq!(entered.len(), ENTERED);
    visit.expect_silence("the national form");
}

/// A clerk has a folder read, and watches it being read without touching anything.
pub fn watch_a_run(visit: &mut Visit) {
    let folder = share().join("Data Dukung KLA 2025/00 KELEMBAGAAN");
    let files = walkdir::WalkDir::new(&folder).into_iter().flatten();
    let files = files.filter(|entry| entry.file_type().is_file()).count();
    visit.go_by_menu("/health");
    let field = visit
        .browser
        .find("form.start input[name=folder]:not([type=checkbox])");
    visit.browser.write(&field, folder.to_str().unwrap());
    visit.click("form.start button");
    visit.browser.script("window.isWatched = true;");
    let mut told = BTreeSet::new();
    let start = Instant::now();
    loop {
        let state = visit.browser.try_script(
            "const run = document.getElementById('run');
             return [run.hasAttribute('data-live'), !!window.isWatched,
                 run.querySelector('[role=status]').innerText];",
        );
        if let Some(state) = state {
            if state[0] == false {
                break;
            }
            // The page stays; what it tells changes.
            if state[1] == true {
                told.insert(state[2].to_string());
            }
        }
        assert!(start.elapsed() < RUN_TIMEOUT, "it goes on: {told:?}");
        std::thread::sleep(Duration::from_millis(200));
    }
    assert!(told.len() > 1, "the page was told nothing: {told:?}");
    // Once it has ended the whole page is new.
    while visit.browser.try_script("return !window.isWatched;") != Some(json!(true)) {
        assert!(start.elapsed() < RUN_TIMEOUT, "the page stays old");
        std::thread::sleep(Duration::from_millis(50));
    }
    let text = visit.browser.text("section[aria-labelledby=kept] strong");
    assert_eq!(text, files.to_string(), "files of the folder");
    accessibility::no_violation(visit, "/health after a run");
    visit.expect_silence("a run");
}
