//! HTTP/1.1 to a server of this machine, over one connection that is kept: as much of it as the
//! web face and chromedriver speak. Nothing is unpacked, followed or tried again behind the
//! caller's back, so that what is timed and counted is one request.

use std::{
    io::{self, BufRead, BufReader, Read, Write},
    net::{Ipv4Addr, SocketAddr, TcpStream},
    time::Duration,
};

/// Longest wait for a piece of an answer: judging a large archive anew takes seconds.
const TIMEOUT: Duration = Duration::from_mins(2);

/// A connection to one port of this machine.
pub struct Client {
    port: u16,
    stream: Option<BufReader<TcpStream>>,
}

/// An answer, whole.
pub struct Answer {
    pub status: u16,
    /// Names are in lower case.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

impl Answer {
    /// Returns the first header of a name (in lower case); empty where there is none.
    pub fn header(&self, name: &str) -> &str {
        let mut headers = self.headers.iter();
        headers
            .find(|header| header.0 == name)
            .map_or("", |header| &header.1)
    }

    /// Returns the body as text.
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }
}

impl Client {
    pub fn new(port: u16) -> Self {
        Self { port, stream: None }
    }

    /// Sends a request and waits for its answer. `headers` are lines without an end.
    ///
    /// # Errors
    /// When nothing listens there, or what it says is not HTTP.
    pub fn ask(
        &mut self,
        method: &str,
        path: &str,
        headers: &[String],
        body: &[u8],
    ) -> io::Result<Answer> {
        let mut head = format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Length: {}\r\n",
            self.port,
            body.len()
        );
        for header in headers {
            head.push_str(header);
            head.push_str("\r\n");
        }
        head.push_str("\r\n");
        let mut message = head.into_bytes();
        message.extend_from_slice(body);
        let mut stream = match self.stream.take() {
            Some(stream) => stream,
            None => connect(self.port)?,
        };
        stream.get_mut().write_all(&message)?;
        let answer = read(&mut stream, method)?;
        if !answer.header("connection").eq_ignore_ascii_case("close") {
            self.stream = Some(stream);
        }
        Ok(answer)
    }
}

fn connect(port: u16) -> io::Result<BufReader<TcpStream>> {
    let stream = TcpStream::connect(SocketAddr::from((Ipv4Addr::LOCALHOST, port)))?;
    stream.set_read_timeout(Some(TIMEOUT))?;
    // A request is one write: waiting for more to send would be timed as the server's.
    stream.set_nodelay(true)?;
    Ok(BufReader::new(stream))
}

fn read(stream: &mut BufReader<TcpStream>, method: &str) -> io::Result<Answer> {
    let status = line(stream)?;
    let status = status.split(' ').nth(1).and_then(|code| code.parse().ok());
    let status: u16 = status.ok_or_else(|| odd("no status"))?;
    let mut headers = Vec::new();
    loop {
        let line = line(stream)?;
        let Some((name, value)) = line.split_once(':') else {
            break;
        };
        headers.push((name.to_ascii_lowercase(), value.trim().to_owned()));
    }
    let mut answer = Answer {
        status,
        headers,
        body: Vec::new(),
    };
    if method == "HEAD" || status == 204 || status == 304 {
        return Ok(answer);
    }
    if answer.header("transfer-encoding") == "chunked" {
        loop {
            let length = usize::from_str_radix(&line(stream)?, 16)
                .map_err(|_| odd("no length of a chunk"))?;
            exactly(stream, length, &mut answer.body)?;
            line(stream)?;
            if length == 0 {
                return Ok(answer);
            }
        }
    }
    let length = answer.header("content-length").parse();
    let length = length.map_err(|_| odd("no length"))?;
    exactly(stream, length, &mut answer.body)?;
    Ok(answer)
}

/// Reads one line of a head, without its end.
fn line(stream: &mut BufReader<TcpStream>) -> io::Result<String> {
    let mut line = String::new();
    if stream.read_line(&mut line)? == 0 {
        return Err(odd("the connection ended"));
    }
    Ok(line.trim_end().to_owned())
}

fn exactly(
    stream: &mut BufReader<TcpStream>,
    length: usize,
    body: &mut Vec<u8>,
) -> io::Result<()> {
    let read = stream.take(length as u64).read_to_end(body)?;
    match read == length {
        true => Ok(()),
        false => Err(odd("the answer is cut short")),
    }
}

fn odd(what: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
