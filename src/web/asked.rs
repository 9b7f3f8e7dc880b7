//! A request, and what most pages ask of the archive.

use super::answer::{Failure, shown};
use super::layout::Page;
use super::state::judgements::Current;
use super::state::shared::Shared;
use crate::app::archive::workspace::Workspace;
use crate::app::error::Error;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use axum::response::Response;
use maud::{Markup, html};
use std::convert::Infallible;
use std::sync::Arc;

/// A request for a page, as its file takes it.
pub(super) struct Asked {
    pub(super) shared: Arc<Shared>,
    pub(super) headers: HeaderMap,
    pub(super) uri: Uri,
}

impl FromRequestParts<Arc<Shared>> for Asked {
    type Rejection = Infallible;

    async fn from_request_parts(
        parts: &mut Parts,
        shared: &Arc<Shared>,
    ) -> Result<Self, Infallible> {
        Ok(Self {
            shared: Arc::clone(shared),
            headers: parts.headers.clone(),
            uri: parts.uri.clone(),
        })
    }
}

impl Asked {
    pub(super) fn page(&self) -> Page<'_> {
        Page::of(&self.shared, &self.headers, &self.uri)
    }

    /// Answers with what `work` finds in the archive and `show` makes of it.
    pub(super) async fn answer<T: Send + 'static>(
        &self,
        title: (&str, &str),
        work: impl FnOnce(&mut Workspace) -> Result<T, Error> + Send + 'static,
        show: impl FnOnce(Page<'_>, T) -> Result<Markup, Failure>,
    ) -> Response {
        self.page_of(title, self.shared.with(work).await, show)
    }

    /// Answers from how everything stands, with what `work` finds beside it.
    pub(super) async fn answer_judged<T: Send + 'static>(
        &self,
        title: (&str, &str),
        work: impl FnOnce(&mut Workspace, &Current) -> Result<T, Error> + Send + 'static,
        show: impl FnOnce(Page<'_>, &Current, T) -> Result<Markup, Failure>,
    ) -> Response {
        let found = self.judged(work).await;
        self.page_of(title, found, |page, (current, found)| {
            let body = show(page, &current, found)?;
            Ok(html! { (behind(page, &current)) (body) })
        })
    }

    /// Returns how everything stands, with what `work` finds beside it.
    pub(super) async fn judged<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Workspace, &Current) -> Result<T, Error> + Send + 'static,
    ) -> Result<(Current, T), Error> {
        let judgements = Arc::clone(&self.shared.judgements);
        let find = move |workspace: &mut Workspace| {
            let current = judgements.current()?;
            let found = work(workspace, &current)?;
            Ok((current, found))
        };
        self.shared.with(find).await
    }

    fn page_of<T>(
        &self,
        title: (&str, &str),
        found: Result<T, Error>,
        show: impl FnOnce(Page<'_>, T) -> Result<Markup, Failure>,
    ) -> Response {
        let page = self.page();
        let body = found
            .map_err(Failure::Failed)
            .and_then(|found| show(page, found));
        shown(page, page.pick(title.0, title.1), body)
    }
}

/// Says that what is shown was judged a moment ago, where something changed since.
fn behind(page: Page<'_>, current: &Current) -> Markup {
    let seconds = current.judged.clock.elapsed().as_secs().max(1);
    html! {
        @if current.is_behind {
            p.behind role="status" data-behind="" {
                (page.pick("Keadaan ", "As it stood ")) (seconds) (page.pick(
                    " detik lalu; perubahan sesudahnya sedang dinilai.",
                    " seconds ago; what changed since is being judged.",
                ))
            }
        }
    }
}

/// Answers a request for what is not there.
pub(super) async fn no_such_page(asked: Asked) -> Response {
    Failure::NotFound.page(asked.page())
}
