//! What a page owes to those who do not see it as others do, or have no mouse: WCAG 2.2 AA by
//! axe-core, and what no program but a browser can tell: focus, order, zoom, media.

use super::crawl;
use super::visit::Visit;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Steps by Tab that a page is followed for.
const STEPS: usize = 60;
/// The Tab key, as WebDriver writes it.
const TAB: &str = "\u{E004}";
/// 1280 CSS pixels at a zoom of 400 % (WCAG 1.4.10).
const ZOOMED: (u32, u32) = (320, 256);

/// Returns where axe-core lies once `.ci/browser` has fetched it.
pub fn axe() -> PathBuf {
    let temporary = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    temporary.join("../browser/node_modules/axe-core/axe.min.js")
}

/// Looks at every page as it is.
pub fn every_page(visit: &mut Visit) {
    for path in pages(visit) {
        visit.open(&path);
        no_violation(visit, &path);
        fits(visit, &path);
        expect_little(visit, &path);
    }
    visit.browser.delete_cookies();
    visit.open("/");
    no_violation(visit, "outside");
    fits(visit, "outside");
    let log = visit.browser.log();
    assert!(
        log.iter().all(|line| line.contains("status of 401")),
        "{log:#?}"
    );
}

fn pages(visit: &mut Visit) -> Vec<String> {
    let cookies = visit.browser.cookies();
    let pages = crawl::pages(&visit.serving, &cookies);
    assert!(pages.len() > 12, "few pages: {pages:?}");
    pages
}

/// Fails where the browser complained, but that a page asked for is not there.
fn expect_little(visit: &mut Visit, path: &str) {
    let is_absence = |line: &String| {
        let address = visit.serving.at(path);
        line.contains(&format!("{address} "))
            && line.contains("the server responded with")
    };
    let log = visit.browser.log();
    let log: Vec<_> = log.iter().filter(|line| !is_absence(line)).collect();
    assert!(log.is_empty(), "{path}: the browser says {log:#?}");
}

/// Fails where axe-core finds a violation on the page that is shown.
pub fn no_violation(visit: &mut Visit, place: &str) {
    if !axe().is_file() {
        return;
    }
    let axe = std::fs::read_to_string(axe()).unwrap();
    visit.browser.script(&axe);
    let found = visit.browser.script_async(
        "const done = arguments[arguments.length - 1];
         const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
         const wanted = { runOnly: { type: 'tag', values: tags },
             rules: { 'target-size': { enabled: true } }, resultTypes: ['violations'] };
         axe.run(document, wanted).then(
             (found) => done({ passed: found.passes.length,
                 violations: found.violations.map((one) => ({ rule: one.id, help: one.help,
                     at: one.nodes.map((node) => node.html + ' ' + node.failureSummary) })) }),
             (error) => done(String(error)));",
    );
    // That it looked at all is seen by what passed.
    assert!(
        found["violations"] == json!([]) && found["passed"].as_u64() > Some(10),
        "{place} at {} px in {}: {found:#}",
        visit.width,
        visit.lang
    );
}

/// Fails where the page is wider than the screen.
fn fits(visit: &mut Visit, place: &str) {
    let wide = visit.browser.script(
        "const screen = document.documentElement.clientWidth;
         if (document.documentElement.scrollWidth <= screen) return [];
         const reaching = [...document.querySelectorAll('body *')].filter(
             (one) => one.getBoundingClientRect().right > screen + 1 && !one.closest('.skip'));
         return reaching.map((one) => one.outerHTML.slice(0, 120));",
    );
    assert!(
        wide.as_array().is_some_and(Vec::is_empty),
        "{place} at {} px is wider than the screen: {wide:#}",
        visit.width
    );
}

/// Every page at a zoom of 400 %: nothing is read by scrolling sideways.
pub fn zoomed(visit: &mut Visit) {
    visit.width = ZOOMED.0;
    visit.browser.screen(ZOOMED.0, ZOOMED.1);
    for path in pages(visit) {
        visit.open(&path);
        fits(visit, &path);
    }
}

/// Every page by keys alone: the way past the menu, and that focus goes in the order of the page
/// and is always seen.
pub fn focus_by_keys(visit: &mut Visit) {
    for path in pages(visit) {
        visit.open(&path);
        visit.browser.press(TAB);
        let mut first = focused(visit, &path);
        // Behind the last element of the page before the browser's own were next.
        if first["element"] == "body" {
            visit.browser.press(TAB);
            first = focused(visit, &path);
        }
        assert_eq!(
            first["href"], "#content",
            "{path}: the way to the content is first"
        );
        visit.browser.press("\u{E007}");
        let place = visit.browser.script("return document.activeElement.id;");
        assert_eq!(place, "content", "{path}: it leads to the content");
        visit.open(&path);
        for _ in 0..STEPS {
            visit.browser.press(TAB);
            let place = focused(visit, &path);
            if place["element"] == "body" {
                break;
            }
        }
    }
}

/// Returns the focused element, which is seen, marked, and behind the one before.
fn focused(visit: &mut Visit, path: &str) -> Value {
    let place = visit.browser.script(
        "const one = document.activeElement;
         if (one === document.body) { window.before = null; return { element: 'body' }; }
         // A link over two lines, or around a picture, has several boxes.
         const size = (box) => box.width * box.height;
         const boxes = [...one.getClientRects(), one.firstElementChild?.getBoundingClientRect()];
         const box = boxes.filter((box) => box).sort((a, b) => size(b) - size(a))[0];
         const style = getComputedStyle(one);
         const at = document.elementFromPoint(
             Math.min(Math.max(box.left + box.width / 2, 0), innerWidth - 1),
             Math.min(Math.max(box.top + Math.min(box.height / 2, 20), 0), innerHeight - 1));
         const follows = !window.before
             || !!(window.before.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING);
         window.before = one;
         return {
             element: one.outerHTML.slice(0, 160), href: one.getAttribute('href'), follows,
             seen: box.width > 0 && box.height > 0 && box.right > 0 && box.bottom > 0
                 && box.left < innerWidth && box.top < innerHeight,
             uncovered: !!at && (one.contains(at) || at.contains(one)),
             marked: style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2,
         };",
    );
    if place["element"] != "body" {
        for trait_ in ["seen", "uncovered", "marked", "follows"] {
            assert_eq!(place[trait_], true, "{path}: {trait_}: {place:#}");
        }
    }
    place
}

/// A page keeps still for who asked for it.
pub fn reduced_motion(visit: &mut Visit) {
    visit.browser.media(&[("prefers-reduced-motion", "reduce")]);
    for path in pages(visit) {
        visit.open(&path);
        let moving = visit.browser.script(
            "const moves = (one) => {
                 const style = getComputedStyle(one);
                 const lasts = (text) => text.split(',').some((time) => parseFloat(time) > 0);
                 return style.scrollBehavior === 'smooth' || lasts(style.transitionDuration)
                     || (style.animationName !== 'none' && lasts(style.animationDuration));
             };
             return [...document.querySelectorAll('*')].filter(moves)
                 .map((one) => one.outerHTML.slice(0, 120));",
        );
        assert_eq!(moving, json!([]), "{path} moves");
    }
    visit.browser.media(&[]);
}

/// In forced colours, what says something by its colour says it by an edge: states, and the light
/// on a word.
pub fn forced_colours(visit: &mut Visit) {
    visit.browser.media(&[("forced-colors", "active")]);
    visit.open("/questions");
    let bare = visit.browser.script(
        "return [...document.querySelectorAll('.state')]
             .filter((one) => parseFloat(getComputedStyle(one).borderTopWidth) < 1)
             .map((one) => one.outerHTML);",
    );
    assert_eq!(bare, json!([]), "states without an edge");
    visit.open("/documents?words=rokok");
    visit.click("ol.hits a");
    let unlit = visit.browser.script(
        "const lit = [...document.querySelectorAll('svg.sheet rect.lit')];
         const style = (one) => getComputedStyle(one);
         return lit.length > 0 && lit.every((one) => style(one).stroke !== 'none'
             && parseFloat(style(one).strokeWidth) > 0);",
    );
    assert_eq!(unlit, true, "the light on a word has an edge");
    visit.browser.media(&[]);
}
