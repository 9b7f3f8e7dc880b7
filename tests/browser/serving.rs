//! A running `bukti serve` on an archive, until it is dropped.

use super::http::{Answer, Client};
use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
};

/// The program under test, serving.
pub struct Serving {
    process: Child,
    /// The address that lets one browser in, once.
    pub address: String,
    pub port: u16,
}

impl Serving {
    /// Starts the program on an archive; it is ready when this returns.
    pub fn start(archive: &Path) -> Self {
        let mut process = bukti()
            .args(["serve", "--port", "0", "--by", "Sari", "--archive"])
            .arg(archive)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap());
        let mut address = String::new();
        lines.read_line(&mut address).unwrap();
        let address = address.trim().to_owned();
        let (_, rest) = address.split_once("127.0.0.1:").expect("an address");
        let port = rest.split('/').next().unwrap().parse().unwrap();
        Self {
            process,
            address,
            port,
        }
    }

    /// Returns the address of a page.
    pub fn at(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Comes in as the one browser that may; returns the cookie of its session.
    #[allow(dead_code, reason = "the bench is no browser")]
    pub fn come_in(&self) -> String {
        let (_, path) = self.address.split_at(self.at("").len());
        let answer = self.ask("GET", path, &[], "");
        assert_eq!(answer.status, 303, "{}", answer.text());
        let cookie = answer.header("set-cookie").split(';').next().unwrap();
        cookie.to_owned()
    }

    /// Sends one request over a connection of its own.
    pub fn ask(
        &self,
        method: &str,
        path: &str,
        headers: &[String],
        body: &str,
    ) -> Answer {
        Client::new(self.port)
            .ask(method, path, headers, body.as_bytes())
            .unwrap()
    }

    /// Returns the memory of the server that is in use (resident), in bytes; Linux only.
    #[allow(dead_code, reason = "the bench asks")]
    pub fn resident_bytes(&self) -> Option<u64> {
        let status = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(status).ok()?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:"))?;
        let kib: u64 = line.split_whitespace().nth(1)?.parse().ok()?;
        Some(kib << 10)
    }
}

impl Drop for Serving {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Returns the program, deaf to this machine's settings.
pub fn bukti() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bukti"));
    for name in ["BUKTI_ARCHIVE", "BUKTI_LOG", "BUKTI_LANG", "BUKTI_AUTHOR"] {
        command.env_remove(name);
    }
    command
}

/// Runs a verb on an archive to its end; returns what it printed.
pub fn run(archive: &Path, words: &[&str]) -> String {
    let mut command = bukti();
    command.env("BUKTI_LANG", "en").env("BUKTI_AUTHOR", "Sari");
    let output = command.args(words).arg("--archive").arg(archive).output();
    let output = output.unwrap();
    // 1: the evidence is wrong, 3: some files cannot be read. Both are as they should be.
    assert!(
        [Some(0), Some(1), Some(3)].contains(&output.status.code()),
        "{words:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}
