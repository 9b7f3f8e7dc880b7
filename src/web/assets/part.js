// Swaps what changed of a page instead of the whole of it: after a form was sent, and while a run
// goes on. Without this file every form and link works as it is.
const fetched = (method, url, body) =>
  new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    // The browser makes a document of it in which no script runs: no text becomes a program here.
    request.responseType = "document";
    request.onload = () => resolve(request);
    request.onerror = reject;
    if (body) request.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    request.send(body);
  });

const swap = (id, found) => {
  const here = document.getElementById(id);
  const there = found && found.getElementById(id);
  if (!here || !there) return false;
  here.replaceWith(document.adoptNode(there));
  return true;
};

// Forms that stay on their page, one at a time: a key pressed twice decides once.
let sending = false;
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-swap]");
  if (!form) return;
  event.preventDefault();
  if (sending) return;
  sending = true;
  const data = new URLSearchParams(new FormData(form, event.submitter));
  try {
    const answer = await fetched("POST", form.action, data.toString());
    if (!swap("content", answer.response)) throw new Error("no page");
    history.replaceState(null, "", answer.responseURL || location.href);
    document.title = answer.response.title;
    document.dispatchEvent(new Event("swapped"));
    document.getElementById("content").focus({ preventScroll: true });
    window.scrollTo(0, 0);
  } catch {
    // The browser's own way, which says what is wrong.
    form.removeAttribute("data-swap");
    form.requestSubmit(event.submitter);
  } finally {
    sending = false;
  }
});

// A page that tells how everything stood a moment ago is shown anew once that is judged, unless
// somebody is at work in it.
const RENEW_AFTER = 3000;
const renewBehind = () => {
  if (!document.querySelector("[data-behind]")) return;
  setTimeout(async () => {
    const main = document.getElementById("content");
    const at = document.activeElement;
    const isIdle = at === document.body || at === main || !main.contains(at);
    if (isIdle) swap("content", (await fetched("GET", location.href)).response);
    renewBehind();
  }, RENEW_AFTER);
};
renewBehind();
document.addEventListener("swapped", renewBehind);

// A region that moves by itself: told by the server, or asked for now and then.
const ASK_EVERY = 3000;
const live = document.querySelector("[data-live]");
if (live) {
  const id = live.id;
  let busy = false;
  const renew = async () => {
    if (busy) return;
    busy = true;
    try {
      swap(id, (await fetched("GET", location.href)).response);
    } finally {
      busy = false;
    }
  };
  const goes = () => document.getElementById(id)?.hasAttribute("data-live");
  const ask = () => goes() && renew().finally(() => setTimeout(ask, ASK_EVERY));
  const source = new EventSource(live.dataset.live);
  source.addEventListener("moved", renew);
  source.addEventListener("end", () => {
    source.close();
    // The rest of the page has changed, too.
    location.reload();
  });
  source.addEventListener("error", () => {
    source.close();
    setTimeout(ask, ASK_EVERY);
  });
}
