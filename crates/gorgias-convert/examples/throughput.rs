//! Makes up many tickets, converts them, and prints how long that takes and the
//! most memory, on Linux, beside `jq`, which does a simple part of the work:
//! `cargo run --release -p gorgias-convert --example throughput -- 1000000`.

use std::error::Error;
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Instant;

use gorgias_convert::Conversion;

type AnyError = Box<dyn Error>;

/// A program that makes lines in the import's format, and converts no people,
/// addresses, fields or limits.
const PROGRAM: &str = r#"{
    external_id: "zendesk:\(.id)", subject, channel: "api", via: "api",
    created_datetime: .created_at, updated_datetime: .updated_at,
    status: (if .status == "solved" or .status == "closed" then "closed" else "open" end),
    tags: [.tags[] | {name: .}],
    messages: [.requester_id as $requester | .comments[] | {
        external_id: "zendesk:\(.id)", channel: (if .public then "api" else "internal-note" end),
        via: "api", from_agent: (.author_id != $requester or (.public | not)), public,
        body_text: .plain_body, body_html: .html_body,
        created_datetime: .created_at, sent_datetime: .created_at
    }]
}"#;

fn main() -> Result<(), AnyError> {
    let lines = match std::env::args().nth(1) {
        Some(lines) => lines.parse()?,
        None => 100_000,
    };
    let folder = tempfile::tempdir()?;
    let (tickets, users) = (folder.path().join("tickets"), folder.path().join("users"));
    write_tickets(&tickets, lines)?;
    write_users(&users, lines)?;
    let size = std::fs::metadata(&tickets)?.len();
    println!("lines            {lines} ({} MB)", size / 1_000_000);

    let before = peak()?;
    let started = Instant::now();
    let conversion = Conversion::zendesk(&tickets).users(&users);
    let summary = conversion.run(&mut io::sink(), &())?;
    let seconds = started.elapsed().as_secs_f64();
    let after = peak()?;
    println!("lines a second   {:.0}", lines as f64 / seconds);
    println!("peak memory      {:.1} MiB", mib(after));
    println!("  before         {:.1} MiB", mib(before));
    if summary.lines != lines || summary.failures() > 0 {
        return Err(format!("not all were converted: {summary:?}").into());
    }

    let started = Instant::now();
    let jq = Command::new("jq")
        .args(["-c", PROGRAM])
        .arg(&tickets)
        .stdout(Stdio::null())
        .status();
    match jq {
        Ok(status) if status.success() => {
            let seconds = started.elapsed().as_secs_f64();
            println!("jq, a second     {:.0}", lines as f64 / seconds);
        }
        Ok(status) => return Err(format!("jq failed: {status}").into()),
        Err(error) => println!("jq can't be run: {error}"),
    }
    Ok(())
}

/// Two messages and a note to a ticket, with the members that exports have.
fn write_tickets(path: &Path, lines: u64) -> Result<(), AnyError> {
    let mut file = BufWriter::new(File::create(path)?);
    for number in 0..lines {
        let requester = 1000 + number % (lines / 10).max(1);
        let comment = |id: u64, author: u64, public: bool, hour: u64| {
            format!(
                r#"{{"id":{},"type":"Comment","author_id":{author},"body":"Order {number} has not arrived. Where is it?","html_body":"<div class=\"zd-comment\"><p>Order {number} has not arrived.</p><p>Where is it?</p></div>","plain_body":"Order {number} has not arrived. Where is it?","public":{public},"attachments":[],"audit_id":{},"via":{{"channel":"email","source":{{"from":{{}},"to":{{"address":"support@acme.example"}},"rel":null}}}},"created_at":"2024-05-06T{hour:02}:08:09Z","metadata":{{"system":{{}},"custom":{{}}}}}}"#,
                number * 10 + id,
                number * 10 + id,
            )
        };
        writeln!(
            file,
            r#"{{"url":"https://acme.zendesk.com/api/v2/tickets/{number}.json","id":{},"external_id":null,"via":{{"channel":"email","source":{{"from":{{}},"to":{{}},"rel":null}}}},"created_at":"2024-05-06T07:08:09Z","updated_at":"2024-05-07T07:08:09Z","type":"question","subject":"Where is order {number}?","raw_subject":"Where is order {number}?","description":"Order {number} has not arrived.","priority":"normal","status":"closed","recipient":"support@acme.example","requester_id":{requester},"submitter_id":{requester},"assignee_id":1,"organization_id":null,"group_id":3,"collaborator_ids":[],"follower_ids":[],"has_incidents":false,"is_public":true,"due_at":null,"tags":["order","late"],"custom_fields":[{{"id":7,"value":"DHL"}},{{"id":8,"value":null}}],"fields":[{{"id":7,"value":"DHL"}},{{"id":8,"value":null}}],"brand_id":4,"allow_channelback":false,"generated_timestamp":1714986489,"comments":[{},{},{}]}}"#,
            number + 1,
            comment(1, requester, true, 7),
            comment(2, 1, true, 8),
            comment(3, 1, false, 9),
        )?;
    }
    file.into_inner()?;
    Ok(())
}

/// An agent, and a customer for ten tickets.
fn write_users(path: &Path, lines: u64) -> Result<(), AnyError> {
    let mut file = BufWriter::new(File::create(path)?);
    writeln!(
        file,
        r#"{{"id":1,"name":"Ada Agent","email":"ada@acme.example","role":"agent","locale":"en-US"}}"#
    )?;
    for number in 0..(lines / 10).max(1) {
        let id = 1000 + number;
        writeln!(
            file,
            r#"{{"id":{id},"name":"Customer {number}","email":"customer-{number}@example.com","phone":null,"role":"end-user","locale":"en-GB"}}"#
        )?;
    }
    file.into_inner()?;
    Ok(())
}

/// The most memory this process ever had, in KiB.
fn peak() -> Result<u64, AnyError> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let size = line.and_then(|line| line.trim().strip_suffix(" kB"));
    Ok(size.ok_or("the system doesn't tell")?.parse()?)
}

fn mib(kib: u64) -> f64 {
    kib as f64 / 1024.0
}
