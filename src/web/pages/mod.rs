//! The pages of an archive, one file each: what a person asks for, and what answers.

mod decide;
mod document;
mod documents;
mod health;
mod home;
mod log;
mod offices;
mod parts;
mod picture;
mod question;
mod questions;

use super::shared::Shared;
use axum::Router;
use axum::routing::{get, post};
use std::sync::Arc;

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
        .route("/documents/{sha256}/pages/{number}", get(picture::picture))
        .route("/offices", get(offices::page))
        .route("/offices/{id}", get(offices::one))
        .route("/history", get(log::page))
        .route("/health", get(health::page))
        .route("/runs", post(health::begin))
        .route("/runs/stop", post(health::stop))
        .route("/runs/events", get(health::events))
}
