//! Chromium, driven as a person would: WebDriver (W3C) is JSON over HTTP, and chromedriver
//! passes on what only Chromium can (its log, its emulation of screens and media).
//!
//! A client of our own: the crates for it (fantoccini, thirtyfour) bring old editions of what
//! the program stands on, and ask more of tokio, which would be built a second time for that.

use super::http::Client;
use serde_json::{Value, json};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
    time::{Duration, Instant},
};

/// Longest wait for what a page does by itself.
const TIMEOUT: Duration = Duration::from_secs(10);
/// The key under which WebDriver names an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A running chromedriver with one browser.
pub struct Browser {
    process: Child,
    client: Client,
    session: String,
    /// Its profile.
    _folder: tempfile::TempDir,
}

/// An element of the page that is shown.
#[derive(Clone)]
pub struct Element(String);

/// Tells which of the programs needed are not installed.
pub fn missing() -> Vec<&'static str> {
    let is_there = |program: &&str| {
        let mut command = Command::new(program);
        let command = command.arg("--version");
        let command = command.stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let needed = ["chromium", "chromedriver"];
    needed.into_iter().filter(|one| !is_there(one)).collect()
}

impl Browser {
    /// Starts a browser with a profile of its own.
    pub fn start() -> Self {
        let mut process = Command::new("chromedriver")
            .args(["--port=0"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = lines.map_while(Result::ok).find_map(|line| {
            let (_, rest) = line.split_once("successfully on port ")?;
            rest.trim_end_matches('.').parse().ok()
        });
        let mut browser = Self {
            process,
            client: Client::new(port.expect("chromedriver says its port")),
            session: String::new(),
            _folder: tempfile::tempdir().unwrap(),
        };
        let profile = browser._folder.path().display();
        let flags = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--force-color-profile=srgb",
            &format!("--user-data-dir={profile}"),
        ];
        let wanted = json!({ "capabilities": { "alwaysMatch": {
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags },
            "goog:loggingPrefs": { "browser": "ALL" },
        } } });
        let begun = browser.send("POST", "/session", &wanted);
        browser.session = begun["sessionId"].as_str().unwrap().to_owned();
        browser
    }

    fn send(&mut self, method: &str, path: &str, body: &Value) -> Value {
        self.request(method, path, body)
            .unwrap_or_else(|error| panic!("{method} {path} {body}: {error}"))
    }

    fn request(
        &mut self,
        method: &str,
        path: &str,
        body: &Value,
    ) -> Result<Value, String> {
        let bytes = match method {
            "POST" => body.to_string().into_bytes(),
            _ => Vec::new(),
        };
        let kind = ["Content-Type: application/json".to_owned()];
        let answer = self.client.ask(method, path, &kind, &bytes);
        let answer = answer.map_err(|error| error.to_string())?;
        let mut said: Value =
            serde_json::from_slice(&answer.body).map_err(|error| error.to_string())?;
        match answer.status {
            200 => Ok(said["value"].take()),
            _ => Err(said["value"]["message"].to_string()),
        }
    }

    fn post(&mut self, what: &str, body: &Value) -> Value {
        let path = format!("/session/{}/{what}", self.session);
        self.send("POST", &path, body)
    }

    fn get(&mut self, what: &str) -> Value {
        let path = format!("/session/{}/{what}", self.session);
        self.send("GET", &path, &Value::Null)
    }

    /// Opens an address; returns once its page is loaded.
    pub fn go(&mut self, address: &str) {
        self.post("url", &json!({ "url": address }));
    }

    /// Returns the address of the page that is shown.
    pub fn address(&mut self) -> String {
        self.get("url").as_str().unwrap().to_owned()
    }

    /// Returns all elements of a CSS selector.
    pub fn find_all(&mut self, css: &str) -> Vec<Element> {
        let found = json!({ "using": "css selector", "value": css });
        let found = self.post("elements", &found);
        let found = found.as_array().unwrap().iter();
        found
            .map(|one| Element(one[ELEMENT].as_str().unwrap().to_owned()))
            .collect()
    }

    /// Returns the first element of a CSS selector, which must be there.
    pub fn find(&mut self, css: &str) -> Element {
        let start = Instant::now();
        loop {
            if let Some(first) = self.find_all(css).into_iter().next() {
                return first;
            }
            let address = self.address();
            assert!(start.elapsed() < TIMEOUT, "no `{css}` at {address}");
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn click(&mut self, element: &Element) {
        self.post(&format!("element/{}/click", element.0), &json!({}));
    }

    /// Does what leads to another page, or to another content of this one, and waits until that
    /// is there. WebDriver itself waits after clicks only, and not for a form's redirect.
    pub fn lead(&mut self, act: impl FnOnce(&mut Self)) {
        self.script("document.getElementById('content').isOld = true;");
        act(self);
        let is_new = "const content = document.getElementById('content');
            return !!content && !content.isOld && document.readyState === 'complete';";
        let start = Instant::now();
        while self.try_script(is_new) != Some(true.into()) {
            assert!(start.elapsed() < TIMEOUT, "no other page came");
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    /// Types into a field.
    pub fn write(&mut self, element: &Element, text: &str) {
        let body = json!({ "text": text });
        self.post(&format!("element/{}/value", element.0), &body);
    }

    /// Returns the text of the first element of a CSS selector, as it is shown.
    pub fn text(&mut self, css: &str) -> String {
        let element = self.find(css);
        self.text_of(&element)
    }

    /// Returns the text of an element, as it is shown.
    pub fn text_of(&mut self, element: &Element) -> String {
        let text = self.get(&format!("element/{}/text", element.0));
        text.as_str().unwrap().to_owned()
    }

    /// Returns an attribute of an element; empty where it has none.
    pub fn attribute(&mut self, element: &Element, name: &str) -> String {
        let value = self.get(&format!("element/{}/attribute/{name}", element.0));
        value.as_str().unwrap_or_default().to_owned()
    }

    /// Tells whether a person sees an element.
    pub fn is_shown(&mut self, element: &Element) -> bool {
        self.get(&format!("element/{}/displayed", element.0)) == true
    }

    /// Presses one key, wherever the focus is.
    pub fn press(&mut self, key: &str) {
        let down = json!({ "type": "keyDown", "value": key });
        let up = json!({ "type": "keyUp", "value": key });
        let keys = json!({ "type": "key", "id": "keys", "actions": [down, up] });
        self.post("actions", &json!({ "actions": [keys] }));
    }

    /// Runs a function body in the page; returns what it returns.
    pub fn script(&mut self, body: &str) -> Value {
        self.post("execute/sync", &json!({ "script": body, "args": [] }))
    }

    /// The same where there may be no page to run it in, between two pages.
    pub fn try_script(&mut self, body: &str) -> Option<Value> {
        let path = format!("/session/{}/execute/sync", self.session);
        let script = json!({ "script": body, "args": [] });
        self.request("POST", &path, &script).ok()
    }

    /// The same as [`script`](Self::script) for one that calls its last argument when it is done.
    pub fn script_async(&mut self, body: &str) -> Value {
        self.post("execute/async", &json!({ "script": body, "args": [] }))
    }

    /// Asks Chromium itself (DevTools protocol).
    pub fn devtools(&mut self, command: &str, params: &Value) -> Value {
        let body = json!({ "cmd": command, "params": params });
        self.post("goog/cdp/execute", &body)
    }

    /// Shows pages as on a screen of so many CSS pixels; a narrow one is a phone's.
    pub fn screen(&mut self, width: u32, height: u32) {
        let screen = json!({
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600,
        });
        self.devtools("Emulation.setDeviceMetricsOverride", &screen);
    }

    /// Shows pages as for someone who set a media feature; none for the usual.
    pub fn media(&mut self, features: &[(&str, &str)]) {
        let features: Vec<Value> = features
            .iter()
            .map(|(name, value)| json!({ "name": name, "value": value }))
            .collect();
        let media = json!({ "features": features });
        self.devtools("Emulation.setEmulatedMedia", &media);
    }

    /// Returns a picture (PNG) of what is shown, or of the whole page down to `most` pixels.
    pub fn picture(&mut self, most: Option<u32>) -> Vec<u8> {
        let mut wanted = json!({ "format": "png" });
        if let Some(most) = most {
            let size = self.script(
                "const page = document.documentElement;
                 return [page.scrollWidth, page.scrollHeight];",
            );
            let height = size[1].as_u64().unwrap().min(u64::from(most));
            wanted["captureBeyondViewport"] = true.into();
            wanted["clip"] = json!({
                "x": 0, "y": 0, "width": size[0], "height": height, "scale": 1,
            });
        }
        let picture = self.devtools("Page.captureScreenshot", &wanted);
        from_base64(picture["data"].as_str().unwrap())
    }

    /// Returns what the browser complained about since it was last asked.
    pub fn log(&mut self) -> Vec<String> {
        let path = format!("/session/{}/se/log", self.session);
        let log = self.send("POST", &path, &json!({ "type": "browser" }));
        let log = log.as_array().unwrap().iter();
        log.map(|entry| format!("{} {}", entry["level"], entry["message"]))
            .collect()
    }

    /// Returns the cookies of the page, as a request sends them.
    pub fn cookies(&mut self) -> String {
        let cookies = self.get("cookie");
        let cookies = cookies.as_array().unwrap().iter();
        let pairs: Vec<String> = cookies
            .map(|one| format!("{}={}", text(&one["name"]), text(&one["value"])))
            .collect();
        pairs.join("; ")
    }

    /// Drops all cookies of the page.
    pub fn delete_cookies(&mut self) {
        let path = format!("/session/{}/cookie", self.session);
        self.send("DELETE", &path, &Value::Null);
    }
}

fn text(value: &Value) -> &str {
    value.as_str().unwrap()
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Without it Chromium would outlive its driver.
        let path = format!("/session/{}", self.session);
        let _ = self.request("DELETE", &path, &Value::Null);
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the bytes of a text in base 64 (RFC 4648, section 4).
fn from_base64(text: &str) -> Vec<u8> {
    const LETTERS: &[u8] =
        b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut bytes = Vec::with_capacity(text.len() / 4 * 3);
    let (mut bits, mut count) = (0_u32, 0);
    for letter in text.bytes().filter(|letter| *letter != b'=') {
        let value = LETTERS.iter().position(|one| *one == letter).unwrap();
        bits = (bits << 6) | value as u32;
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count) as u8);
        }
    }
    bytes
}
