//! Who may come in: the browser that first brings the key of the address that was printed. It has
//! a session from then on.

use super::answer::go_to;
use super::asked::Asked;
use super::layout::Page;
use super::state::sessions::Sessions;
use super::state::shared::Shared;
use axum::Router;
use axum::body::Body;
use axum::extract::{Form, Query, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use maud::html;
use serde::Deserialize;
use std::sync::Arc;
use tower_sessions::cookie::{SameSite, time::Duration};
use tower_sessions::{Expiry, Session, SessionManagerLayer};

/// What a session holds of who is in.
const IN: &str = "in";
/// A session ends so long after it began: a working day.
const LONGEST_HOURS: i64 = 12;

pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/enter", get(come_in))
        .route("/language", post(choose_lang))
}

/// Puts sessions around a router. Cookies know no ports: the name tells ours from those of other
/// programs on this machine.
pub(super) fn with_sessions(
    router: Router<Arc<Shared>>,
    shared: &Arc<Shared>,
) -> Router<Arc<Shared>> {
    let sessions = SessionManagerLayer::new(Sessions(Arc::clone(&shared.store)))
        .with_name(format!("bukti_{}", shared.port))
        .with_http_only(true)
        .with_same_site(SameSite::Lax)
        // Plain http on this machine: a browser would drop a cookie that asks for more.
        .with_secure(false)
        .with_expiry(Expiry::OnInactivity(Duration::hours(LONGEST_HOURS)));
    router.layer(sessions)
}

#[derive(Deserialize)]
struct Key {
    #[serde(default)]
    key: String,
}

async fn come_in(asked: Asked, session: Session, Query(key): Query<Key>) -> Response {
    if is_in(&session).await {
        return go_to("/");
    }
    if !asked.shared.take_key(&key.key) {
        return outside(asked.page());
    }
    // A new id: one that somebody planted before is worth nothing after.
    let begun =
        session.cycle_id().await.is_ok() && session.insert(IN, true).await.is_ok();
    match begun {
        true => go_to("/"),
        false => StatusCode::INTERNAL_SERVER_ERROR.into_response(),
    }
}

async fn is_in(session: &Session) -> bool {
    matches!(session.get::<bool>(IN).await, Ok(Some(true)))
}

/// Lets those in who have a session.
pub(super) async fn let_in(
    State(shared): State<Arc<Shared>>,
    session: Session,
    request: Request<Body>,
    next: Next,
) -> Response {
    match is_in(&session).await {
        true => next.run(request).await,
        false => outside(Page::of(&shared, request.headers(), request.uri())),
    }
}

fn outside(page: Page<'_>) -> Response {
    let body = html! {
        p.lead {
            (page.pick(
                "Peramban ini belum masuk, atau sesinya sudah berakhir.",
                "This browser has not come in, or its session has ended.",
            ))
        }
        p {
            (page.pick(
                "Jalankan lagi `bukti serve`, lalu buka alamat yang dicetaknya. Alamat itu berlaku \
                 satu kali.",
                "Run `bukti serve` again, and open the address that it prints. That address works \
                 once.",
            ))
        }
    };
    let title = page.pick("Belum masuk", "Not in");
    (StatusCode::UNAUTHORIZED, page.bare(title, &body)).into_response()
}

#[derive(Deserialize)]
struct Choice {
    language: String,
    back: String,
}

async fn choose_lang(Form(choice): Form<Choice>) -> Response {
    let lang = match choice.language.as_str() {
        "en" => "en",
        _ => "id",
    };
    let mut response = go_to(&choice.back);
    let cookie =
        format!("language={lang}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
    if let Ok(cookie) = cookie.parse() {
        response.headers_mut().append(header::SET_COOKIE, cookie);
    }
    response
}
