//! A server that gives one prepared answer.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread;

/// Answers each request on loopback with one response.
pub(crate) struct Canned {
    base_url: String,
    requests: Receiver<Request>,
}

/// A request as it arrived.
pub(crate) struct Request {
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
    /// Open for as long as the request is kept, if there was no answer.
    _connection: Option<TcpStream>,
}

/// A whole HTTP response.
pub(crate) fn reply(status: &str, headers: &str, body: &str) -> String {
    let length = body.len();
    format!("HTTP/1.1 {status}\r\n{headers}content-length: {length}\r\n\r\n{body}")
}

impl Canned {
    /// Answers with these bytes, and then closes the connection.
    pub(crate) fn answering(answer: impl Into<String>) -> Self {
        Self::start(Some(answer.into()))
    }

    /// Reads requests and never answers.
    pub(crate) fn silent() -> Self {
        Self::start(None)
    }

    fn start(answer: Option<String>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("binds");
        let base_url = format!("http://{}", listener.local_addr().expect("an address"));
        let (seen, requests) = mpsc::channel();
        thread::spawn(move || {
            for stream in listener.incoming() {
                // A client that hangs up has shown what the test is after.
                if stream
                    .and_then(|stream| serve(stream, answer.as_deref(), &seen))
                    .is_err()
                {
                    break;
                }
            }
        });
        Self { base_url, requests }
    }

    pub(crate) fn base_url(&self) -> &str {
        &self.base_url
    }

    /// The next request; waits for it.
    pub(crate) fn request(&self) -> Request {
        self.requests.recv().expect("a request")
    }

    /// How many requests arrived that were not asked for yet.
    pub(crate) fn count(&self) -> usize {
        self.requests.try_iter().count()
    }
}

fn serve(stream: TcpStream, answer: Option<&str>, seen: &Sender<Request>) -> io::Result<()> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head)? == 0 {
            return Ok(());
        }
    }
    let length = head
        .lines()
        .filter_map(|line| line.split_once(": "))
        .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .map_or(0, |(_, value)| value.parse().expect("a length"));
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut stream = reader.into_inner();
    let kept = match answer {
        Some(_) => None,
        None => Some(stream.try_clone()?),
    };
    // Before the answer, so that whoever has the answer finds the request.
    let _ = seen.send(Request {
        head,
        body,
        _connection: kept,
    });
    stream.write_all(answer.unwrap_or_default().as_bytes())
}
