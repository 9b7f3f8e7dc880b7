//! Ring 6: the browser. Takes a request, calls one use case, shows what comes back; beside
//! [`cli`](crate::cli), of which it knows nothing.
//!
//! ```text
//! request ─guard─► right host? ─► right origin, where it writes? ─entry─► a session? ─► page
//! page ─Shared::with─► a thread of its own, an archive of its own ─app─► model ─maud─► HTML
//! /api/v1 ─the same─► model ─app::evidence::shape, report─► JSON
//! ```
//!
//! It listens on this machine only. Every page is a page by itself: links and forms that work
//! without a program in the browser, one style sheet, nothing from elsewhere.

mod answer;
mod api;
mod asked;
mod assets;
mod entry;
mod files;
mod guard;
mod layout;
mod pages;
mod state;

#[cfg(test)]
mod tests;

use crate::app::error::{Error, ErrorKind};
use crate::app::serving::Serving;
use axum::Router;
use axum::middleware::from_fn_with_state;
use state::shared::Shared;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

/// How often it is looked whether the user wants to end.
const POLL_INTERVAL: Duration = Duration::from_millis(100);
/// How long work that is under way may take to end.
const LONGEST_END: Duration = Duration::from_secs(5);

/// Opens an archive to the browsers of this machine until the user wants to end. Calls `ready` with the
/// address to begin at, which lets one browser in, once.
///
/// # Errors
/// When the archive cannot be opened, or the port cannot be listened on.
pub fn serve(options: Serving, ready: &dyn Fn(&str)) -> Result<(), Error> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|cause| cannot_listen(options.port).caused_by(cause))?;
    let ended = runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let refused = |cause| cannot_listen(options.port).caused_by(cause);
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let is_interrupted = options.is_interrupted;
        let shared = Arc::new(Shared::open(options, port)?);
        ready(&shared.first_address());
        let router = router(Arc::clone(&shared));
        let served = axum::serve(listener, router).into_future();
        let end_is_wanted = async {
            while !is_interrupted() {
                tokio::time::sleep(POLL_INTERVAL).await;
            }
        };
        // Requests that are under way are cut short: each is done whole or not at all.
        let result = tokio::select! {
            served = served => served.map_err(|cause| cannot_listen(port).caused_by(cause)),
            () = end_is_wanted => Ok(()),
        };
        shared.runs.end();
        result
    });
    // What is drawn is personal at times: nothing of it stays behind.
    runtime.shutdown_timeout(LONGEST_END);
    ended
}

/// Returns all that is answered.
fn router(shared: Arc<Shared>) -> Router {
    let layered = || Arc::clone(&shared);
    let inside = pages::routes()
        .merge(api::routes())
        .route_layer(from_fn_with_state(layered(), api::as_json))
        .route_layer(from_fn_with_state(layered(), entry::let_in));
    let outside = assets::routes().merge(entry::routes());
    let all = inside.merge(outside).fallback(asked::no_such_page);
    guard::around(entry::with_sessions(all, &shared), &shared)
        .layer(from_fn_with_state(layered(), api::as_problem))
        .with_state(shared)
}

fn cannot_listen(port: u16) -> Error {
    Error::new(
        ErrorKind::Output,
        format!("tidak dapat mendengarkan di 127.0.0.1:{port}"),
        format!("cannot listen on 127.0.0.1:{port}"),
    )
    .hint(
        "mungkin dipakai program lain; pilih lain dengan --port, atau 0 untuk yang mana saja",
        "another program may use it; choose another with --port, or 0 for any",
    )
}
