//! Answers every request with the same ticket, over connections that stay open,
//! until standard input is closed. Prints the address of the server. The server
//! is a separate process, so that the measurement of a client doesn't include it.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};

use bench_programs::{AnyError, TICKET};

/// A rate limit that no run reaches, so that no request waits.
const RATE_LIMIT: &str = "x-gorgias-account-api-call-limit: 1/999999";

fn main() -> Result<(), AnyError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    println!("http://{}", listener.local_addr()?);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            // The thread ends when the client disconnects.
            std::thread::spawn(move || serve(&stream));
        }
    });
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    Ok(())
}

fn serve(stream: &TcpStream) -> std::io::Result<()> {
    stream.set_nodelay(true)?;
    let answer = format!(
        "HTTP/1.1 201 Created\r\ncontent-type: application/json\r\n\
         content-length: {}\r\n{RATE_LIMIT}\r\nx-request-id: 0192a7c4\r\n\
         date: Fri, 07 Feb 2025 09:55:19 GMT\r\nserver: bench\r\n\r\n{TICKET}",
        TICKET.len()
    );
    let mut reader = BufReader::new(stream);
    let mut writer = stream;
    while skip(&mut reader)? {
        writer.write_all(answer.as_bytes())?;
    }
    Ok(())
}

/// Reads a request. Returns false at the end of the connection.
fn skip(reader: &mut impl BufRead) -> std::io::Result<bool> {
    let mut length = 0;
    let mut line = String::new();
    while reader.read_line(&mut line)? > 0 {
        let text = line.trim_end().to_ascii_lowercase();
        if text.is_empty() {
            std::io::copy(&mut reader.take(length), &mut std::io::sink())?;
            return Ok(true);
        }
        if let Some(value) = text.strip_prefix("content-length:") {
            length = value.trim().parse().unwrap_or(0);
        }
        line.clear();
    }
    Ok(false)
}
