//! Long work, shown: a bar for a person, a JSON line an event for a program, silence for
//! anyone else. Ctrl-C is heard here.

use super::ui::Ui;
use crate::app::evidence::shape;
use crate::app::progress::{Event, Progress};
use crate::io::clock::Stopwatch;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Map, Value, json};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};

/// Set by Ctrl-C; looked at between pages.
static CANCELLED: AtomicBool = AtomicBool::new(false);

/// Listens to Ctrl-C from now on: the first asks politely, the second ends the process.
pub fn listen_for_interrupt() {
    let heard = ctrlc::set_handler(|| CANCELLED.store(true, Ordering::SeqCst));
    if let Err(error) = heard {
        tracing::debug!(%error, "cannot listen for Ctrl-C");
    }
}

/// Tells whether Ctrl-C was heard.
pub fn is_interrupted() -> bool {
    CANCELLED.load(Ordering::SeqCst)
}

/// Leaves Ctrl-C to the process that started this one.
pub fn ignore_interrupt() {
    if let Err(error) = ctrlc::set_handler(|| {}) {
        tracing::debug!(%error, "cannot ignore Ctrl-C");
    }
}

/// The display of long work.
#[derive(Debug)]
pub struct Shown {
    ui: Ui,
    bar: ProgressBar,
    events: bool,
    clock: Stopwatch,
    pages: AtomicU64,
    /// Files met inside others.
    inside: AtomicU64,
    /// Whether the bar counts pages, not files.
    rest: AtomicBool,
}

impl Shown {
    /// Begins to show; `events` gives a JSON line an event on standard output.
    pub fn new(ui: Ui, events: bool) -> Self {
        let bar = ProgressBar::new(0);
        bar.set_draw_target(if ui.is_watched() {
            ProgressDrawTarget::stderr_with_hz(8)
        } else {
            ProgressDrawTarget::hidden()
        });
        let template = "{bar:24} {pos}/{len} {msg}";
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("█▓░"));
        }
        Self {
            ui,
            bar,
            events,
            clock: Stopwatch::start(),
            pages: AtomicU64::new(0),
            inside: AtomicU64::new(0),
            rest: AtomicBool::new(false),
        }
    }

    fn message(&self) {
        let pages = self.pages.load(Ordering::Relaxed);
        let minutes = self.clock.elapsed().as_secs_f64() / 60.0;
        let rate = if minutes > 0.0 {
            pages as f64 / minutes
        } else {
            0.0
        };
        let files = match self.rest.load(Ordering::Relaxed) {
            true => self.ui.pick("halaman tersisa", "pages left"),
            false => self.ui.pick("berkas", "files"),
        };
        let page = self.ui.pick("halaman", "pages");
        let left = self.ui.pick("sisa", "left");
        let minute = self.ui.pick("menit", "min");
        let eta = indicatif::HumanDuration(self.bar.eta());
        let read = match pages {
            0 => String::new(),
            _ => format!(" · {pages} {page} ({rate:.0}/{minute})"),
        };
        self.bar
            .set_message(format!("{files}{read} · {left} {eta:#}"));
    }
}

impl Shown {
    /// Prints an event for a program, if one listens.
    fn line(&self, event: &str, mut fields: Value) {
        if !self.events {
            return;
        }
        let mut line = Map::new();
        line.insert("schema_version".into(), json!(shape::SCHEMA_VERSION));
        line.insert("event".into(), json!(event));
        if let Some(fields) = fields.as_object_mut() {
            line.append(fields);
        }
        self.ui.json_line(&Value::Object(line));
    }

    /// Counts pages from now on.
    fn rest(&self, pages: u64) {
        self.rest.store(true, Ordering::Relaxed);
        self.bar.reset();
        self.bar.set_length(pages);
        self.message();
    }

    /// Counts documents that are recognised again; then files are counted from the start.
    fn recognised(&self, done: u64, of: u64) {
        self.bar.set_length(of);
        self.bar.set_position(done);
        let what = self.ui.pick("dikenali ulang", "recognised again");
        self.bar.set_message(what.to_owned());
        if done == of {
            self.bar.reset();
            self.bar.set_length(0);
        }
    }

    fn page(&self) {
        self.pages.fetch_add(1, Ordering::Relaxed);
        if self.rest.load(Ordering::Relaxed) {
            self.bar.inc(1);
        }
        self.message();
    }
}

impl Progress for Shown {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Walked { files, .. } => {
                let inside = self.inside.load(Ordering::Relaxed);
                self.bar.set_length(files + inside);
                self.message();
            }
            Event::Unpacked { members } => {
                self.inside.fetch_add(members, Ordering::Relaxed);
                self.bar.inc_length(members);
            }
            Event::Verified { .. } => {
                self.bar.inc(1);
                self.message();
            }
            Event::Rest { pages } => self.rest(pages),
            Event::Completed { path, pages } => {
                self.line("completed", json!({ "path": path, "pages": pages }));
            }
            Event::Page { .. } => self.page(),
            Event::Recognised { done, of } => self.recognised(done, of),
            Event::File {
                path,
                state,
                pages,
                notes,
            } => {
                self.bar.inc(1);
                if pages > 0 {
                    self.message();
                }
                if self.events {
                    let notes = shape::notes(notes, self.ui.lang);
                    let fields = json!({
                        "path": path, "state": state, "pages": pages, "notes": notes,
                    });
                    self.line("file", fields);
                }
            }
            Event::End {
                files,
                sums,
                waiting,
            } => {
                self.bar.finish_and_clear();
                let fields =
                    json!({ "files": files, "states": sums, "waiting": waiting });
                self.line("end", fields);
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        is_interrupted()
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
