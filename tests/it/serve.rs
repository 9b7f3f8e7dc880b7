//! The archive in a browser, from outside: the program is started, and asked as a browser asks.

use super::support::{archive, bukti, share};
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Stdio},
    thread::sleep,
    time::Duration,
};

/// A server, and a browser that came in.
pub(super) struct Server {
    process: Child,
    port: u16,
    cookie: String,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: String,
    /// The body as it came.
    pub(super) bytes: Vec<u8>,
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().ok();
        self.process.wait().ok();
    }
}

impl Server {
    /// Starts a server on a port; 0 for any. A browser comes in where it has no cookie yet.
    pub(super) fn start(archive: &Path, port: u16, cookie: Option<&str>) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bukti"));
        let port = port.to_string();
        command.args(["serve", "--by", "Sari", "--lang", "en", "--ocr", "none"]);
        command.args(["--jobs", "1", "--port", &port]);
        command.arg("--archive").arg(archive);
        let scratch = archive.with_file_name("scratch");
        std::fs::create_dir_all(&scratch).unwrap();
        command.env("TMPDIR", scratch);
        command.stdout(Stdio::piped()).stderr(Stdio::null());
        let mut process = command.spawn().unwrap();
        let mut address = String::new();
        let mut output = BufReader::new(process.stdout.take().unwrap());
        output.read_line(&mut address).unwrap();
        let rest = address.trim().strip_prefix("http://127.0.0.1:").unwrap();
        let (port, key) = rest.split_once('/').unwrap();
        let mut server = Self {
            process,
            port: port.parse().unwrap(),
            cookie: cookie.unwrap_or_default().to_owned(),
        };
        if cookie.is_none() {
            let answer = server.get(&format!("/{key}"));
            assert_eq!(answer.status, 303, "{}", answer.head);
            let cookie = answer.head.lines().find_map(|line| {
                let line = line.strip_prefix("set-cookie: ")?;
                Some(line.split(';').next()?.to_owned())
            });
            server.cookie = cookie.unwrap();
        }
        server
    }

    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, "")
    }

    pub(super) fn post(&self, path: &str, form: &str) -> Answer {
        self.ask("POST", path, form)
    }

    fn ask(&self, method: &str, path: &str, form: &str) -> Answer {
        let (port, cookie) = (self.port, &self.cookie);
        let mut stream = TcpStream::connect(("127.0.0.1", port)).unwrap();
        let timeout = Some(Duration::from_mins(2));
        stream.set_read_timeout(timeout).unwrap();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nCookie: {cookie}\r\n\
             Origin: http://127.0.0.1:{port}\r\nConnection: close\r\n\
             Content-Type: application/x-www-form-urlencoded\r\n\
             Content-Length: {}\r\n\r\n{form}",
            form.len()
        )
        .unwrap();
        let mut bytes = Vec::new();
        stream.read_to_end(&mut bytes).unwrap();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let (head, body) = text.split_once("\r\n\r\n").unwrap();
        // The head is ASCII: it is as long in bytes as in text.
        let bytes = bytes[head.len() + 4..].to_vec();
        Answer {
            status: head.split(' ').nth(1).unwrap().parse().unwrap(),
            head: head.to_owned(),
            body: body.to_owned(),
            bytes,
        }
    }

    /// Begins to read a folder from the page.
    fn begin(&self, folder: &Path) -> Answer {
        let folder = folder.to_str().unwrap();
        let folder = folder.replace('%', "%25").replace('&', "%26");
        self.post("/runs", &format!("folder={}", folder.replace(' ', "+")))
    }
}

/// Returns how many files the terminal counts.
fn files(archive: &Path) -> u64 {
    let mut verb = bukti();
    let run = verb.args(["status", "--json", "--archive"]).arg(archive);
    let run = run.output().unwrap();
    let told: serde_json::Value = serde_json::from_slice(&run.stdout).unwrap();
    let sums = told["states"].as_object().unwrap().values();
    sums.map(|count| count.as_u64().unwrap()).sum()
}

#[test]
fn files_are_read_from_the_page_and_the_sum_is_shown() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let server = Server::start(&archive, 0, None);
    let begun = server.begin(&share());
    assert_eq!(begun.status, 303, "{}", begun.body);
    let watched = server.get("/health").body;
    assert!(watched.contains("data-live=\"/runs/events\""), "{watched}");
    // Ends by itself once the run has.
    let events = server.get("/runs/events");
    assert!(events.head.contains("text/event-stream"), "{}", events.head);
    assert!(events.body.contains("event: end"), "{}", events.body);
    let mut page = server.get("/health").body;
    // What a slow machine judges behind the page is waited for.
    while page.contains("As it stood") {
        sleep(Duration::from_millis(200));
        page = server.get("/health").body;
    }
    assert!(!page.contains("data-live"), "{page}");
    // The terminal sees the same archive while the server is there.
    let files = files(&archive);
    assert!(files > 60, "{files}");
    assert!(page.contains(&format!("{files} / {files} files")), "{page}");
    let sum = format!("<strong>{files}</strong> files present");
    assert!(page.contains(&sum), "{page}");
}

#[test]
fn people_decide_while_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let server = Server::start(&archive, 0, None);
    server.begin(&share());
    server.get("/runs/events");
    // Another run holds the archive.
    let lock = std::fs::File::create(archive.join("bukti.lock")).unwrap();
    lock.lock().unwrap();
    let page = server.get("/decide").body;
    let field = |name: &str| {
        let from = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
        from.unwrap().split('"').next().unwrap().to_owned()
    };
    let (document, question) = (field("document"), field("proves"));
    let form =
        format!("document={document}&proves={question}&verdict=accept&question=&skip=0");
    let decided = server.post("/decide", &form);
    assert_eq!(decided.status, 303, "{}", decided.body);
    assert!(decided.head.contains("recorded="), "{}", decided.head);
    // The same once more is a conflict, which is shown.
    assert_eq!(server.post("/decide", &form).status, 409);
    // At the terminal, too.
    let undo = bukti()
        .args(["decide", "undo", "--by", "Budi", "--archive"])
        .arg(&archive)
        .output()
        .unwrap();
    assert!(undo.status.success(), "{undo:?}");
    let refused = server.begin(&share());
    assert_eq!(refused.status, 409, "{}", refused.body);
    assert!(server.get("/health").body.contains("Another program works"));
    drop(lock);
    assert_eq!(server.begin(&share()).status, 303);
}

#[test]
fn a_run_is_stopped_and_what_was_read_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let server = Server::start(&archive, 0, None);
    assert_eq!(server.begin(&share()).status, 303);
    let seen = |page: &str| {
        let before = page.split(" files · ").next().unwrap_or_default();
        let count = before.rsplit(" · ").next().unwrap_or_default();
        count.split(' ').next().and_then(|n| n.parse::<u64>().ok())
    };
    for _ in 0..600 {
        let page = server.get("/health").body;
        if seen(&page).unwrap_or(0) >= 3 {
            break;
        }
        sleep(Duration::from_millis(20));
    }
    assert_eq!(server.post("/runs/stop", "").status, 303);
    assert!(server.get("/runs/events").body.contains("event: end"));
    let page = server.get("/health").body;
    let is_over = !page.contains("data-live");
    let is_said = page.contains("what has been read is kept") || page.contains(">done<");
    assert!(is_over && is_said, "{page}");
    assert!(files(&archive) >= 3);
}

#[test]
fn a_browser_that_came_in_stays_in_over_a_restart() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let server = Server::start(&archive, 0, None);
    let (port, cookie) = (server.port, server.cookie.clone());
    assert_eq!(server.get("/").status, 200);
    let view = "query=state%3Dweak&name=Lemah";
    assert_eq!(server.post("/questions/views", view).status, 303);
    drop(server);
    let server = Server::start(&archive, port, Some(&cookie));
    assert_eq!(server.get("/").status, 200);
    assert!(server.get("/questions").body.contains("Lemah"));
    // Who reads the file of sessions finds nothing to come in by.
    let file = std::fs::read(archive.join("akses.db")).unwrap();
    let log = std::fs::read(archive.join("akses.db-wal")).unwrap_or_default();
    let (_, id) = cookie.split_once('=').unwrap();
    for bytes in [file, log] {
        let text = String::from_utf8_lossy(&bytes);
        assert!(!text.contains(id));
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_a_run_keeps_what_was_read_and_leaves_no_picture_behind() {
    let folder = tempfile::tempdir().unwrap();
    let archive = archive(folder.path());
    let mut server = Server::start(&archive, 0, None);
    server.begin(&share());
    server.get("/runs/events");
    let page = server.get("/decide").body;
    let picture = page.split("image href=\"").nth(1).unwrap();
    let picture = picture.split('"').next().unwrap().replace("&amp;", "&");
    assert_eq!(server.get(&picture).status, 200, "{picture}");
    assert_eq!(server.begin(&share()).status, 303);
    let pid = server.process.id().to_string();
    Command::new("kill").args(["-INT", &pid]).status().unwrap();
    let ended = server.process.wait().unwrap();
    assert_eq!(ended.code(), Some(0));
    assert!(files(&archive) > 60);
    let scratch = std::fs::read_dir(archive.with_file_name("scratch")).unwrap();
    let left: Vec<_> = scratch.map(|entry| entry.unwrap().path()).collect();
    assert!(left.is_empty(), "{left:?}");
}
