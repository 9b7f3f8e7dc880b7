//! Long work, shown: a bar for a person, a JSON line an event for a program, silence for
//! anyone else. Ctrl-C is heard here.

use super::ui::Ui;
use crate::{
    app::{
        progress::{Event, Progress},
        shape,
    },
    io::clock::Stopwatch,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;
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

/// Leaves Ctrl-C to the process that started this one.
pub fn ignore_interrupt() {
    if let Err(error) = ctrlc::set_handler(|| {}) {
        tracing::debug!(%error, "cannot ignore Ctrl-C");
    }
}

/// Shows long work.
#[derive(Debug)]
pub struct Shown {
    ui: Ui,
    bar: ProgressBar,
    events: bool,
    clock: Stopwatch,
    pages: AtomicU64,
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
        let files = self.ui.pick("berkas", "files");
        let page = self.ui.pick("halaman", "pages");
        let left = self.ui.pick("sisa", "left");
        let minute = self.ui.pick("menit", "min");
        let eta = indicatif::HumanDuration(self.bar.eta());
        self.bar.set_message(format!(
            "{files} · {pages} {page} ({rate:.0}/{minute}) · {left} {eta:#}"
        ));
    }
}

impl Progress for Shown {
    fn event(&self, event: Event<'_>) {
        match event {
            Event::Walked { files, .. } => self.bar.set_length(files),
            Event::Page { .. } => {
                self.pages.fetch_add(1, Ordering::Relaxed);
                self.message();
            }
            Event::File {
                path,
                state,
                pages,
                notes,
            } => {
                self.bar.inc(1);
                self.message();
                if self.events {
                    self.ui.json_line(&json!({
                        "schema_version": shape::SCHEMA_VERSION,
                        "event": "file",
                        "path": path,
                        "state": state,
                        "pages": pages,
                        "notes": shape::notes(notes, self.ui.lang),
                    }));
                }
            }
            Event::End { files, sums } => {
                self.bar.finish_and_clear();
                if self.events {
                    self.ui.json_line(&json!({
                        "schema_version": shape::SCHEMA_VERSION,
                        "event": "end",
                        "files": files,
                        "states": sums,
                    }));
                }
            }
        }
    }

    fn is_cancelled(&self) -> bool {
        CANCELLED.load(Ordering::SeqCst)
    }
}

impl Drop for Shown {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
