//! Pages asked for as JSON, by `Accept: application/json` or a path that ends in `.json`: the same
//! question, answered by the function of this interface. `x-pages` in the description says which.

use super::problem::{asks_json, wants_json};
use super::{archive, decisions, documents, questions, reports};
use crate::web::state::shared::Shared;
use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::handler::Handler;
use axum::http::{Method, Uri};
use axum::middleware::Next;
use axum::response::Response;
use axum::routing::get;
use std::sync::Arc;

/// Names in the query of a page that this interface calls otherwise.
const RENAMED: [(&str, &str); 1] = [("words", "q")];

/// Returns the routes of pages whose paths have no parameter, as JSON. Those with one are routes
/// already, with the end in the parameter.
pub(super) fn routes() -> Router<Arc<Shared>> {
    Router::new()
        .route("/questions.json", get(questions::list))
        .route("/documents.json", get(documents::list))
        .route("/decide.json", get(decisions::list))
        .route("/offices.json", get(archive::offices))
        .route("/places.json", get(archive::places))
        .route("/duplicates.json", get(documents::duplicates))
        .route("/history.json", get(archive::log))
        .route("/health.json", get(archive::status))
}

/// Answers a page that is asked for as JSON, where it has a twin.
pub(in crate::web) async fn as_json(
    State(shared): State<Arc<Shared>>,
    mut request: Request<Body>,
    next: Next,
) -> Response {
    let path = request.uri().path().to_owned();
    let reads = [Method::GET, Method::HEAD].contains(request.method());
    let is_asked = asks_json(&path) || wants_json(request.headers());
    if !reads || !is_asked {
        return next.run(request).await;
    }
    let parts: Vec<&str> = path.split('/').skip(1).collect();
    let uri = renamed(request.uri());
    let own = std::mem::replace(request.uri_mut(), uri);
    match parts.as_slice() {
        [""] => reports::json.call(request, shared).await,
        ["questions"] => questions::list.call(request, shared).await,
        ["questions", _] => questions::single.call(request, shared).await,
        ["documents"] => documents::list.call(request, shared).await,
        ["documents", _] => documents::single.call(request, shared).await,
        ["decide"] => decisions::list.call(request, shared).await,
        ["offices"] => archive::offices.call(request, shared).await,
        ["places"] => archive::places.call(request, shared).await,
        ["duplicates"] => documents::duplicates.call(request, shared).await,
        ["history"] => archive::log.call(request, shared).await,
        ["health"] => archive::status.call(request, shared).await,
        // A route of its own, see `routes`.
        [_] => next.run(request).await,
        _ => {
            *request.uri_mut() = own;
            next.run(request).await
        }
    }
}

/// Returns an address with the names of this interface in its query. What a form leaves empty is
/// not asked for.
fn renamed(uri: &Uri) -> Uri {
    let pairs = uri.query().unwrap_or_default().split('&');
    let pairs = pairs.map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let pairs = pairs.filter(|(_, value)| !value.is_empty());
    let query: Vec<String> = pairs
        .map(|(name, value)| {
            let other = RENAMED.iter().find(|(own, _)| *own == name);
            format!("{}={value}", other.map_or(name, |(_, other)| other))
        })
        .collect();
    let path = uri.path();
    let address = match query.is_empty() {
        true => path.to_owned(),
        false => format!("{path}?{}", query.join("&")),
    };
    address.parse().unwrap_or_else(|_| uri.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_query_of_a_page_is_asked_in_the_words_of_the_interface() {
        for (own, other) in [
            (
                "/documents?words=rokok+anak&year=",
                "/documents?q=rokok+anak",
            ),
            ("/documents?words=&year=", "/documents"),
            ("/documents?year=2022&q=%26", "/documents?year=2022&q=%26"),
            ("/documents", "/documents"),
            ("/documents?words", "/documents"),
        ] {
            assert_eq!(renamed(&own.parse().unwrap()), other, "{own}");
        }
    }
}
