//! The pages of an archive, one file each: what a person asks for, and what answers.

mod decide;
mod document;
mod documents;
mod health;
mod home;
mod log;
mod offices;
mod overview;
mod parts;
pub(super) mod picture;
mod question;
mod questions;
mod submission;

use super::state::shared::Shared;
use axum::Router;
use axum::routing::{get, post};
use overview::{duplicates, places};
use std::sync::Arc;
use submission::{attached, data_entry, papers};

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/", get(home::page))
        .route("/questions", get(questions::page))
        .route("/questions/views", post(questions::save))
        .route("/questions/{id}", get(question::page))
        .route("/decide", get(decide::page).post(decide::decide))
        .route("/decide/undo", post(decide::undo))
        .route("/documents", get(documents::page))
        .route("/documents/{sha256}", get(document::page))
        .route("/documents/{sha256}/personal", post(document::personal))
        .route("/documents/{sha256}/pages/{name}", get(picture::page))
        .route(
            "/documents/{sha256}/strips/{page}/{part}",
            get(picture::strip),
        )
        .route("/offices", get(offices::page))
        .route("/offices/{id}", get(offices::one))
        .route("/entry", get(data_entry::page))
        .route("/entry/limit", post(data_entry::set_limit))
        .route("/entry/{id}", get(data_entry::question))
        .route("/entry/{id}/tick", post(data_entry::tick))
        .route("/entry/{id}/untick", post(data_entry::untick))
        .route("/entry/{id}/files/{sha256}", get(attached::file))
        .route("/history", get(log::page))
        .route("/papers", get(papers::page))
        .route("/papers/report/{form}", get(papers::report_file))
        .route("/papers/answers/{form}", get(papers::answer_file))
        .route("/papers/calendar", get(papers::calendar_file))
        .route("/papers/letter", get(papers::letter_file))
        .route("/places", get(places::page))
        .route("/duplicates", get(duplicates::page))
        .route("/health", get(health::page))
        .route("/runs", post(health::begin))
        .route("/runs/stop", post(health::stop))
        .route("/runs/events", get(health::events))
}
