//! Files that lines name, and that are uploaded.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use gorgias_emulator::{Applied, Fault, FaultRule};
use gorgias_import::{Import, LineOutcome, Reason, RejectionReason, Rules};
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Watch, World, input, key, line};

/// A folder of files, and lines that name them.
struct Files(TempDir);

impl Files {
    fn new() -> Self {
        Self(TempDir::new().unwrap())
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    /// Writes a file, and returns its address.
    fn write(&self, name: &str, content: &str) -> String {
        let path = self.path().join(name);
        fs::write(&path, content).unwrap();
        address(&path)
    }

    fn rules(&self) -> Rules {
        Rules::new().upload_files(self.path())
    }

    fn import(&self, world: &World) -> Import {
        world.import().rules(self.rules())
    }
}

fn address(path: &Path) -> String {
    let path: PathBuf = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    format!("file://{}", path.display())
}

/// A line whose ticket has these attachments.
fn with(id: &str, addresses: &[&str]) -> Value {
    let mut line = line(id);
    let attachments = addresses
        .iter()
        .map(|url| json!({"url": url, "name": "vase.png", "content_type": "image/png"}));
    line["messages"][0]["attachments"] = attachments.collect();
    line
}

/// The addresses of the attachments of a ticket.
fn attached(world: &World, id: &str) -> Vec<String> {
    let tickets = world.emulator.tickets_with_external_id(id);
    let attachments = tickets[0]["messages"][0]["attachments"].as_array().unwrap();
    let urls = attachments.iter().map(|file| file["url"].as_str().unwrap());
    urls.map(str::to_owned).collect()
}

fn uploads(world: &World) -> usize {
    world.requests("POST", "/api/upload")
}

#[tokio::test(start_paused = true)]
async fn each_file_is_uploaded_once_and_its_address_put_in() {
    let (world, files) = (World::new(), Files::new());
    let one = files.write("one.png", "1");
    let two = files.write("two.png", "2");
    let lines = [
        with(&key(0), &[&one, &two]),
        with(&key(1), &["https://files.example.com/there.png"]),
        with(&key(2), &[&one]),
        line(&key(3)),
        with(&key(4), &[&one, &one]),
    ];
    let text = input(&lines);
    let summary = files.import(&world).run(text.as_bytes(), &mut ()).await;
    let summary = summary.unwrap();
    assert_eq!((summary.created, summary.missing), (5, Some(0)));
    assert_eq!(uploads(&world), 2);
    let urls = attached(&world, &key(0));
    assert!(
        urls.iter()
            .all(|url| url.starts_with("https://acme.gorgias.com/"))
    );
    assert_ne!(urls[0], urls[1]);
    assert_eq!(attached(&world, &key(2)), [urls[0].clone()]);
    assert_eq!(
        attached(&world, &key(4)),
        [urls[0].clone(), urls[0].clone()]
    );
    assert_eq!(
        attached(&world, &key(1)),
        ["https://files.example.com/there.png"]
    );
}

#[tokio::test(start_paused = true)]
async fn another_run_uploads_nothing_and_finds_the_tickets() {
    let (world, files) = (World::new(), Files::new());
    let one = files.write("one.png", "1");
    let text = input(&[with(&key(0), &[&one]), with(&key(1), &[&one])]);
    let first = files.import(&world).run(text.as_bytes(), &mut ()).await;
    assert_eq!(first.unwrap().created, 2);
    let before = world.emulator.request_count();
    let summary = files.import(&world).run(text.as_bytes(), &mut ()).await;
    assert_eq!(summary.unwrap().found, 2);
    assert_eq!(world.emulator.request_count(), before);

    // Another content is another file, and another ticket.
    files.write("one.png", "changed");
    let mut watch = Watch::default();
    let import = files.import(&world).run(text.as_bytes(), &mut watch);
    assert_eq!(import.await.unwrap().rejected, 2);
    assert_eq!(watch.json(1)["reason"], "other_body");
}

#[tokio::test(start_paused = true)]
async fn an_interrupted_run_goes_on_with_the_addresses_that_it_had() {
    let (world, files) = (World::new(), Files::new());
    let one = files.write("one.png", "1");
    // The ticket is created, and nobody hears of it.
    let fault = Fault::named("F7").unwrap().applied(Applied::AtOnce);
    let lost = FaultRule::new(fault).operation("create_ticket").times(1);
    world.emulator.inject(lost);
    let text = input(&[with(&key(0), &[&one])]);
    let stop = tokio::time::sleep(Duration::from_millis(200));
    let import = files.import(&world).stop_on(stop).grace(Duration::ZERO);
    let halted = import.run(text.as_bytes(), &mut ()).await.unwrap_err();
    assert!(matches!(halted.reason(), Reason::Stopped), "{halted:?}");
    assert_eq!((uploads(&world), world.count(&key(0))), (1, 1));
    let summary = files.import(&world).run(text.as_bytes(), &mut ()).await;
    assert_eq!(summary.unwrap().found, 1);
    assert_eq!((uploads(&world), world.count(&key(0))), (1, 1));
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_may_have_worked_is_sent_again() {
    let (world, files) = (World::new(), Files::new());
    let one = files.write("one.png", "1");
    for fault in ["F7", "H6-503"] {
        let rule = FaultRule::new(Fault::named(fault).unwrap());
        world.emulator.inject(rule.operation("upload").times(1));
    }
    let text = input(&[with(&key(0), &[&one])]);
    let summary = files.import(&world).run(text.as_bytes(), &mut ()).await;
    assert_eq!(summary.unwrap().created, 1);
    assert_eq!(uploads(&world), 3);
}

#[tokio::test(start_paused = true)]
async fn a_picture_in_a_body_is_uploaded_if_it_is_in_the_folder() {
    let (world, files) = (World::new(), Files::new());
    let picture = files.write("picture.png", "1");
    let elsewhere = Files::new().write("secret", "2");
    let mut one = line(&key(0));
    let html = |picture: &str| format!("<img src=\"{picture}\"> {elsewhere}");
    one["messages"][0]["body_html"] = html(&picture).into();
    let text = input(&[one]);
    let summary = files.import(&world).run(text.as_bytes(), &mut ()).await;
    assert_eq!(summary.unwrap().created, 1);
    assert_eq!(uploads(&world), 1);
    let ticket = &world.emulator.tickets_with_external_id(&key(0))[0];
    let body = ticket["messages"][0]["body_html"].as_str().unwrap();
    assert!(
        !body.contains("picture.png\"") || !body.contains(&picture),
        "{body}"
    );
    assert!(body.ends_with(&elsewhere), "{body}");
}

#[tokio::test(start_paused = true)]
async fn a_file_that_can_not_be_uploaded_is_a_problem_of_its_line() {
    let (world, files) = (World::new(), Files::new());
    let refused = files.write("large.png", "1");
    let rule = FaultRule::new(Fault::named("H13-413").unwrap());
    world.emulator.inject(rule.operation("upload").times(1));
    let outside = Files::new();
    let secret = outside.write("secret", "2");
    let absent = address(&files.path().canonicalize().unwrap().join("absent"));
    let fine = line(&key(3));
    let text = input(&[
        with(&key(0), &[&refused]),
        with(&key(1), &["https://files.example.com/a", &secret]),
        with(&key(2), &[&absent]),
        fine,
    ]);
    let mut watch = Watch::default();
    let summary = files.import(&world).run(text.as_bytes(), &mut watch).await;
    let summary = summary.unwrap();
    assert_eq!((summary.created, summary.rejected), (1, 3));
    let problem = |line| watch.json(line)["problems"][0].clone();
    let said = |line| problem(line)["message"].as_str().unwrap().to_owned();
    assert!(said(1).contains("status 413"), "{}", said(1));
    assert!(said(2).contains("--files"), "{}", said(2));
    assert_eq!(problem(2)["pointer"], "/messages/0/attachments/1/url");
    assert!(said(3).contains("does not exist"), "{}", said(3));
    for report in &watch.reports {
        let report = serde_json::to_string(report).unwrap();
        assert!(!report.contains("secret"), "{report}");
    }
}

#[tokio::test(start_paused = true)]
async fn without_being_asked_nothing_is_uploaded() {
    let (world, files) = (World::new(), Files::new());
    let one = files.write("one.png", "1");
    let text = input(&[with(&key(0), &[&one])]);
    let mut watch = Watch::default();
    let summary = world.import().run(text.as_bytes(), &mut watch).await;
    assert_eq!(summary.unwrap().rejected, 1);
    let LineOutcome::Rejected(rejection) = watch.outcome(1) else {
        panic!("{:?}", watch.reports);
    };
    assert_eq!(rejection.reason, RejectionReason::Invalid);
    assert!(
        rejection.problems[0]
            .message
            .contains("--attachments upload")
    );
    assert_eq!(world.requests("POST", "/api"), 0);
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_looks_for_the_files_and_sends_none() {
    let files = Files::new();
    let one = files.write("one two.png", "1").replace(' ', "%20");
    let absent = address(&files.path().canonicalize().unwrap().join("absent"));
    let text = input(&[with(&key(0), &[&one]), with(&key(1), &[&absent])]);
    let mut watch = Watch::default();
    let summary = files.rules().dry_run(text.as_bytes(), &mut watch).await;
    assert_eq!(summary.unwrap().valid, Some(1));
    let problem = &watch.json(2)["problems"][0];
    assert_eq!(problem["pointer"], "/messages/0/attachments/0/url");
}

#[tokio::test(start_paused = true)]
async fn lines_whose_files_were_not_uploaded_are_reported_when_the_service_is_lost() {
    let (world, files) = (World::new(), Files::new());
    let one = files.write("one.png", "1");
    let first = input(&[with(&key(0), &[&one])]);
    let run = files.import(&world).run(first.as_bytes(), &mut ()).await;
    assert_eq!(run.unwrap().created, 1);
    let two = files.write("two.png", "2");
    let text = input(&[with(&key(1), &[&two]), with(&key(0), &[&one])]);
    let rule = FaultRule::new(Fault::named("H6-503").unwrap());
    world.emulator.inject(rule.operation("upload").times(9_999));
    let mut watch = Watch::default();
    let import = files.import(&world).expected_lines(2);
    let halted = import.run(text.as_bytes(), &mut watch).await.unwrap_err();
    assert!(matches!(halted.reason(), Reason::Outage(_)), "{halted:?}");
    assert_eq!(watch.json(1)["outcome"], "unsent");
    assert_eq!(watch.json(2)["outcome"], "found");
}
