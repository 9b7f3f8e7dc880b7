//! `bukti decide`: decisions on which document proves which question.

use super::facts;
use crate::app::archive::workspace::Workspace;
use crate::app::error::{Error, ErrorKind};
use crate::app::evidence::decide::{Act, Hand, Pick, Ties, Waiting};
use crate::app::evidence::scope::Scope;
use crate::app::evidence::shape::decisions;
use crate::app::evidence::{decide, effective_links, shape};
use crate::cli::Done;
use crate::cli::args::{
    DecideArgs, DecideCommand, HandArgs, PickArgs, TieArgs, TiesArgs,
};
use crate::cli::commands::{open, who_decides};
use crate::cli::ui::{Tone, Ui, paint};
use crate::model::{Lang, Ratio, Verdict};
use serde_json::{Value, json};
use std::{
    io::{BufRead, IsTerminal},
    path::Path,
};

/// How many ties of a bulk decision are shown before it is made.
const SHOWN: usize = 5;
/// How many weights `learned` shows.
const WEIGHTS: usize = 30;

pub fn run(args: &DecideArgs, archive: Option<&Path>, ui: Ui) -> Result<Done, Error> {
    let mut workspace = open(archive)?;
    match &args.command {
        None if args.list || ui.json => waiting(&workspace, &args.pick, ui),
        None => ask(&mut workspace, args, ui),
        Some(DecideCommand::Accept(ties)) => {
            decide_many(&mut workspace, ties, Verdict::Accept, ui)
        }
        Some(DecideCommand::Reject(ties)) => {
            decide_many(&mut workspace, ties, Verdict::Reject, ui)
        }
        Some(DecideCommand::Link(tie)) => {
            decide_named(&mut workspace, tie, Verdict::Accept, ui)
        }
        Some(DecideCommand::Unlink(tie)) => {
            decide_named(&mut workspace, tie, Verdict::Reject, ui)
        }
        Some(DecideCommand::Undo { number, hand }) => {
            let act = decide::undo(&mut workspace, *number, &hand_of(hand)?)?;
            print_undone(act, ui);
            Ok(Done::Well)
        }
        Some(DecideCommand::List { limit }) => list(&workspace, *limit, ui),
        Some(DecideCommand::Learned { reset }) => learned(&workspace, *reset, ui),
    }
}

fn hand_of(args: &HandArgs) -> Result<Hand, Error> {
    Ok(Hand {
        author: who_decides(args.by.as_deref())?,
        note: args.note.clone().unwrap_or_default(),
    })
}

fn pick_of(args: &PickArgs, least: Option<u8>) -> Pick {
    let percent = args.least.or(least);
    Pick {
        words: args.words.clone().unwrap_or_default(),
        scope: Scope {
            indicator: args.indicator.clone(),
            question: args.question.clone(),
            office: args.office.clone(),
            ..Scope::default()
        },
        folder: args.folder.clone(),
        least: percent.map(|n| Ratio::new(f32::from(n) / 100.0)),
    }
}

fn decide_named(
    workspace: &mut Workspace,
    tie: &TieArgs,
    verdict: Verdict,
    ui: Ui,
) -> Result<Done, Error> {
    let ties = Ties::Named {
        document: tie.document.clone(),
        questions: tie.questions.clone(),
        unasked: true,
    };
    let done = decide::decide(workspace, &ties, verdict, &hand_of(&tie.hand)?)?;
    print_done(&done, ui);
    Ok(Done::Well)
}

fn decide_many(
    workspace: &mut Workspace,
    args: &TiesArgs,
    verdict: Verdict,
    ui: Ui,
) -> Result<Done, Error> {
    let hand = hand_of(&args.hand)?;
    if let Some(document) = &args.document {
        let ties = Ties::Named {
            document: document.clone(),
            questions: args.questions.clone(),
            unasked: false,
        };
        print_done(&decide::decide(workspace, &ties, verdict, &hand)?, ui);
        return Ok(Done::Well);
    }
    if args.pick.is_empty() {
        return Err(Error::new(
            ErrorKind::Usage,
            "belum disebut dokumen dan pertanyaan mana",
            "no document and question are named",
        )
        .hint(
            "sebut DOKUMEN PERTANYAAN, atau saring dengan --folder, --words, --question",
            "name DOCUMENT QUESTION, or pick with --folder, --words, --question",
        ));
    }
    // Whoever accepts many at once means those bukti is sure of, unless they say otherwise.
    let confident = (Ratio::CONFIDENT.get() * 100.0).round() as u8;
    let least = (verdict == Verdict::Accept).then_some(confident);
    let pick = pick_of(&args.pick, least);
    if !args.yes && !confirm(workspace, &pick, verdict, ui)? {
        return Ok(Done::Wrong);
    }
    let done = decide::decide(workspace, &Ties::Fitting(pick), verdict, &hand)?;
    print_done(&done, ui);
    Ok(Done::Well)
}

/// Shows what would be decided and asks; without a person there, nothing is decided.
fn confirm(
    workspace: &Workspace,
    pick: &Pick,
    verdict: Verdict,
    ui: Ui,
) -> Result<bool, Error> {
    let waiting = decide::fitting(workspace, pick, verdict)?;
    for item in waiting.iter().take(SHOWN) {
        ui.stderr_line(&format!("  {}", ui.path(&item.path)));
        ui.stderr_line(&format!("    {}", facts::link_line(&item.link, ui)));
    }
    if waiting.len() > SHOWN {
        let more = ui.pick("lagi", "more");
        ui.stderr_line(&format!("  … {} {more}", waiting.len() - SHOWN));
    }
    if let Some(least) = pick.least {
        let any = Pick {
            least: None,
            ..pick.clone()
        };
        let all = decide::fitting(workspace, &any, verdict)?.len();
        ui.stderr_line(&threshold(
            least,
            all.saturating_sub(waiting.len()),
            ui.lang,
        ));
    }
    let count = waiting.len();
    let noun = ui.noun(count, "usulan", "suggestion", "suggestions");
    let what = match (ui.lang, verdict) {
        (Lang::Id, Verdict::Accept) => format!("{count} {noun} dinyatakan benar?"),
        (Lang::Id, Verdict::Reject) => format!("{count} {noun} dinyatakan salah?"),
        (Lang::En, Verdict::Accept) => format!("accept {count} {noun}?"),
        (Lang::En, Verdict::Reject) => format!("reject {count} {noun}?"),
    };
    ui.stderr_line(&format!("{what} {}", ui.pick("[y/t]", "[y/n]")));
    Ok(count > 0 && Key::read().is_some_and(|key| key == Key::Yes))
}

fn print_done(done: &decide::Done, ui: Ui) {
    if ui.json {
        ui.json_line(&decisions::done_json(done));
        return;
    }
    if let Some(least) = done.least {
        ui.line(&threshold(least, done.below, ui.lang));
    }
    let count = done.decisions.len();
    if let Some(act) = done.act {
        let taken = recorded(count, ui);
        ui.line(&match ui.lang {
            Lang::Id => format!(
                "{taken} (nomor {act}; urungkan dengan `bukti decide undo {act}`)"
            ),
            Lang::En => format!(
                "{taken} (number {act}; take back with `bukti decide undo {act}`)"
            ),
        });
    }
    if done.already > 0 || done.act.is_none() {
        let text = ui.noun(
            done.already,
            "sudah ditetapkan begitu",
            "was decided so before",
            "were decided so before",
        );
        ui.line(&format!("{} {text}", done.already));
    }
}

/// Returns a sentence with the number of recorded decisions.
fn recorded(count: usize, ui: Ui) -> String {
    let text = ui.noun(
        count,
        "keputusan dicatat",
        "decision recorded",
        "decisions recorded",
    );
    format!("{count} {text}")
}

/// Returns a sentence with the confidence that suggestions need, and how many were below it.
fn threshold(least: Ratio, below: usize, lang: Lang) -> String {
    let percent = (least.get() * 100.0).round() as u8;
    match (lang, below) {
        (Lang::Id, 0) => {
            format!("hanya usulan dengan keyakinan {percent} % ke atas (--least)")
        }
        (Lang::Id, _) => format!(
            "hanya usulan dengan keyakinan {percent} % ke atas; {below} di bawahnya dibiarkan \
             (ubah dengan --least)"
        ),
        (Lang::En, 0) => {
            format!("only suggestions sure to {percent} % and more (--least)")
        }
        (Lang::En, _) => format!(
            "only suggestions sure to {percent} % and more; {below} below that were left \
             (change with --least)"
        ),
    }
}

fn print_undone(act: i64, ui: Ui) {
    if ui.json {
        ui.json_line(&decisions::undone_json(act));
    } else {
        let text = ui.pick("keputusan diurungkan: nomor", "decision taken back: number");
        ui.line(&format!("{text} {act}"));
    }
}

fn waiting(workspace: &Workspace, pick: &PickArgs, ui: Ui) -> Result<Done, Error> {
    let as_of = crate::cli::commands::judgement::check::day(None)?;
    let queue = decide::queue(workspace, &pick_of(pick, None), as_of)?;
    if ui.json {
        for item in &queue {
            ui.json_line(&decisions::waiting_json(item));
        }
        return Ok(Done::Well);
    }
    for (at, item) in queue.iter().enumerate() {
        show(workspace, item, at + 1, queue.len(), ui, false)?;
    }
    Ok(Done::Well)
}

fn show(
    workspace: &Workspace,
    item: &Waiting,
    at: usize,
    of: usize,
    ui: Ui,
    whole: bool,
) -> Result<(), Error> {
    let points = ui.pick("poin", "points");
    let stake = crate::report::number(item.stake, 1, ui.lang);
    ui.line(&format!(
        "{} +{stake} {points}  {}",
        paint(Tone::Faint, &format!("[{at}/{of}]")),
        paint(Tone::Strong, item.link.question.as_str()),
    ));
    if let Some(question) = workspace.framework.question(&item.link.question) {
        ui.line(&format!("  {}", question.ask.get(ui.lang)));
    }
    if let Some(document) = workspace.catalog.document(&item.document)? {
        let title = ui.path(&facts::headline(&document.content.facts, ui));
        ui.line(&format!("  {}", paint(Tone::Strong, &title)));
    }
    let path = format!("{}  {}", item.document.short(), ui.path(&item.path));
    ui.line(&format!("  {}", paint(Tone::Faint, &path)));
    ui.line(&format!("  {}", facts::link_line(&item.link, ui)));
    if let Some(negative) = &item.link.negative {
        let label = ui.pick("yang menentang", "against");
        ui.line(&format!(
            "  {}",
            paint(
                Tone::Warn,
                &format!("{label}: «{}»", ui.path(&negative.term))
            )
        ));
    }
    if whole {
        ui.stderr_line(&paint(
            Tone::Faint,
            ui.pick(
                "  y benar · t salah · l lewati · u urungkan · k selesai",
                "  y right · n wrong · s skip · u undo · q done",
            ),
        ));
    }
    Ok(())
}

/// What a person answers with one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Key {
    Yes,
    No,
    Skip,
    Undo,
    Quit,
    Other,
}

impl Key {
    /// The keys of both languages, whichever is spoken.
    fn from_char(key: char) -> Self {
        match key.to_ascii_lowercase() {
            'y' => Self::Yes,
            't' | 'n' => Self::No,
            'l' | 's' | ' ' => Self::Skip,
            'u' => Self::Undo,
            'k' | 'q' | '\u{1b}' | '\u{3}' | '\u{4}' => Self::Quit,
            _ => Self::Other,
        }
    }

    /// Waits for a key, or takes the first letter of the next line where no terminal is there;
    /// `None` at the end of it.
    fn read() -> Option<Self> {
        if std::io::stdin().is_terminal() {
            return console::Term::stderr()
                .read_char()
                .ok()
                .map(Self::from_char);
        }
        let mut line = String::new();
        let read = std::io::stdin().lock().read_line(&mut line).ok()?;
        (read > 0).then(|| {
            line.trim()
                .chars()
                .next()
                .map_or(Self::Other, Self::from_char)
        })
    }
}

/// Asks about the suggestions that wait, one by one. Each answer is recorded at once.
fn ask(workspace: &mut Workspace, args: &DecideArgs, ui: Ui) -> Result<Done, Error> {
    let hand = hand_of(&args.hand)?;
    let as_of = crate::cli::commands::judgement::check::day(None)?;
    let queue = decide::queue(workspace, &pick_of(&args.pick, None), as_of)?;
    if queue.is_empty() {
        ui.line(ui.pick(
            "Tidak ada usulan yang menunggu keputusan",
            "No suggestion waits for a decision",
        ));
        return Ok(Done::Well);
    }
    // What was done here, with the place in the queue, so that undo goes back to it.
    let mut acts: Vec<(usize, i64)> = Vec::new();
    let mut at = 0;
    while let Some(item) = queue.get(at) {
        show(workspace, item, at + 1, queue.len(), ui, true)?;
        let key = loop {
            match Key::read() {
                Some(Key::Other) => {}
                Some(key) => break key,
                None => break Key::Quit,
            }
        };
        let verdict = match key {
            Key::Yes => Verdict::Accept,
            Key::No => Verdict::Reject,
            Key::Undo => {
                if let Some((before, act)) = acts.pop() {
                    print_undone(decide::undo(workspace, Some(act), &hand)?, ui);
                    at = before;
                }
                continue;
            }
            Key::Quit => break,
            Key::Skip | Key::Other => {
                at += 1;
                continue;
            }
        };
        let ties = Ties::Named {
            document: item.document.to_string(),
            questions: vec![item.link.question.to_string()],
            unasked: true,
        };
        let done = decide::decide(workspace, &ties, verdict, &hand)?;
        acts.extend(done.act.map(|act| (at, act)));
        at += 1;
    }
    ui.line(&recorded(acts.len(), ui));
    Ok(Done::Well)
}

fn list(workspace: &Workspace, limit: usize, ui: Ui) -> Result<Done, Error> {
    let acts = decide::acts(workspace)?;
    if ui.json {
        for act in acts.iter().take(limit) {
            ui.json_line(&json!({
                "schema_version": shape::SCHEMA_VERSION,
                "act": act.number,
                "undone": act.undone,
                "undoes": act.undoes,
                "author": act.by.author,
                "made": act.by.made,
                "note": act.by.note,
                "framework": act.framework,
                "decisions": act.decisions.iter().map(shape::decision).collect::<Vec<_>>(),
            }));
        }
        return Ok(Done::Well);
    }
    for act in acts.iter().take(limit) {
        act_line(workspace, act, ui)?;
    }
    let held = decide::count_decisions(workspace)?;
    ui.line(&match ui.lang {
        Lang::Id => format!(
            "yang berlaku: {} dinyatakan benar, {} dinyatakan salah",
            held.accepted, held.rejected
        ),
        Lang::En => format!(
            "in force: {} accepted, {} rejected",
            held.accepted, held.rejected
        ),
    });
    Ok(Done::Well)
}

fn act_line(workspace: &Workspace, act: &Act, ui: Ui) -> Result<(), Error> {
    let mark = match act.undone {
        true => paint(Tone::Warn, ui.pick(" (diurungkan)", " (taken back)")),
        false => String::new(),
    };
    ui.line(&format!(
        "{} {} {}{mark}  {}",
        paint(Tone::Strong, &format!("{:>4}", act.number)),
        act.by.made,
        ui.path(&act.by.author),
        ui.path(&act.by.note),
    ));
    if let Some(taken) = act.undoes {
        let text = ui.pick("mengurungkan nomor", "takes back number");
        ui.line(&format!("       {text} {taken}"));
    }
    for decision in act.decisions.iter().take(SHOWN) {
        let (sign, tone) = match decision.verdict {
            Verdict::Accept => ("+", Tone::Good),
            Verdict::Reject => ("-", Tone::Bad),
        };
        let document = workspace.catalog.document(&decision.document)?;
        let path = document.map(|d| d.path().to_owned()).unwrap_or_default();
        ui.line(&format!(
            "       {} {:<16} {}  {}",
            paint(tone, sign),
            decision.question,
            decision.document.short(),
            ui.path(&path),
        ));
    }
    if act.decisions.len() > SHOWN {
        let more = ui.pick("lagi", "more");
        ui.line(&format!("       … {} {more}", act.decisions.len() - SHOWN));
    }
    Ok(())
}

fn learned(workspace: &Workspace, reset: bool, ui: Ui) -> Result<Done, Error> {
    if reset {
        effective_links::forget_learnt(workspace)?;
    }
    let effective = effective_links::EffectiveLinks::load(workspace)?;
    let learner = effective.learner();
    let weights = learner.weights();
    if ui.json {
        let weights: Vec<Value> = weights
            .iter()
            .map(|(name, odds)| json!({ "what": name, "log_odds": odds }))
            .collect();
        ui.json_line(&json!({
            "schema_version": shape::SCHEMA_VERSION,
            "decisions": learner.lessons(),
            "weights": weights,
        }));
        return Ok(Done::Well);
    }
    let text = ui.noun(
        learner.lessons(),
        "keputusan dipelajari",
        "decision learnt from",
        "decisions learnt from",
    );
    ui.line(&format!("{} {text}", learner.lessons()));
    for (name, odds) in weights.iter().take(WEIGHTS) {
        let tone = if *odds > 0.0 { Tone::Good } else { Tone::Bad };
        let shown = format!("{odds:+.2}");
        ui.line(&format!("  {}  {}", paint(tone, &shown), ui.path(name)));
    }
    Ok(Done::Well)
}
