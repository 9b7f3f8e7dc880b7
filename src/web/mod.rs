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

/// Opens an archive to the browsers of this machine until the process ends. Calls `ready` with the
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
    runtime.block_on(async {
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, options.port));
        let refused = |cause| cannot_listen(options.port).caused_by(cause);
        let listener = tokio::net::TcpListener::bind(address)
            .await
            .map_err(refused)?;
        let port = listener.local_addr().map_err(refused)?.port();
        let shared = Arc::new(Shared::open(options, port)?);
        ready(&shared.first_address());
        let router = router(shared);
        axum::serve(listener, router)
            .await
            .map_err(|cause| cannot_listen(port).caused_by(cause))
    })
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
