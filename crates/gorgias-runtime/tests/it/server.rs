//! A server that follows a script.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a request after reading it.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// Answers with a status, a content type and a body.
    Answer(u16, &'static str, &'static str),
    /// Resets the connection.
    Reset,
}

/// A server on loopback.
pub struct Server {
    pub address: String,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// Starts a server that runs these steps, one per request, and resets
    /// further connections.
    pub async fn start(steps: &[Step]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::new(Mutex::new(Vec::new()));
        let mut steps: VecDeque<_> = steps.iter().copied().collect();
        let requests = Arc::clone(&seen);
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                let request = read(&mut stream).await;
                requests.lock().unwrap().push(request);
                answer(stream, steps.pop_front().unwrap_or(Step::Reset)).await;
            }
        });
        Self { address, seen }
    }

    /// Returns the requests received, head and body.
    pub fn seen(&self) -> Vec<String> {
        self.seen.lock().unwrap().clone()
    }
}

/// Returns an address that no server listens on.
pub async fn nobody() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    listener.local_addr().unwrap().to_string()
}

/// Reads a request to its end.
async fn read(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    loop {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        if let Some((head, body)) = text.split_once("\r\n\r\n") {
            let length = head
                .lines()
                .filter_map(|line| line.split_once(": "))
                .find(|(name, _)| name.eq_ignore_ascii_case("content-length"))
                .map_or(0, |(_, length)| length.parse().unwrap());
            if body.len() >= length {
                return text;
            }
        }
        assert_ne!(stream.read_buf(&mut bytes).await.unwrap(), 0, "{text}");
    }
}

async fn answer(mut stream: TcpStream, step: Step) {
    match step {
        Step::Answer(status, content_type, body) => {
            let length = match status {
                204 => String::new(),
                _ => format!("content-length: {}\r\n", body.len()),
            };
            let answer = format!(
                "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\n{length}connection: close\r\n\r\n{body}"
            );
            stream.write_all(answer.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
        }
        #[allow(deprecated)]
        Step::Reset => stream.set_linger(Some(Duration::ZERO)).unwrap(),
    }
}
