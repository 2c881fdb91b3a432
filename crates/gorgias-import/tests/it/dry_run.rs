//! Tests of dry runs.

use gorgias_import::{LineOutcome, LineReport, Rules};
use serde_json::json;

use crate::support::{Watch, World, input, line};

#[tokio::test(start_paused = true)]
async fn a_dry_run_sends_nothing() {
    let mut other = line("a");
    other["subject"] = json!("Another subject");
    let text = input([&line("a"), &json!({}), &line("a"), &other]);
    let mut watch = Watch::default();
    let rules = Rules::new();
    let summary = rules.dry_run(text.as_bytes(), &mut watch).await.unwrap();
    assert_eq!((summary.total, summary.unsent, summary.rejected), (4, 2, 2));
    assert_eq!((summary.requests, summary.missing), (0, None));
    assert_eq!(*watch.outcome(1), LineOutcome::Unsent);
    assert_eq!(watch.json(4)["same_id_as_line"], 1);
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_refuses_what_an_import_would() {
    let mut file = line("a");
    file["messages"][0]["attachments"] = json!([
        {"url": "http://127.0.0.1/a.png", "name": "a.png", "content_type": "image/png"}
    ]);
    let text = input([&file]);
    let (mut checked, mut sent) = (Watch::default(), Watch::default());
    let rules = Rules::new();
    rules.dry_run(text.as_bytes(), &mut checked).await.unwrap();
    let world = World::new();
    let import = world.import().run(text.as_bytes(), &mut sent);
    assert_eq!(import.await.unwrap().rejected, 1);
    assert_eq!(checked.json(1), sent.json(1));
}

#[tokio::test(start_paused = true)]
async fn a_dry_run_warns_of_e_mails_that_do_not_say_where_they_went() {
    let mut mail = line("mail");
    mail["messages"][0]["channel"] = json!("email");
    let mut bad = mail.clone();
    bad["external_id"] = json!("bad");
    bad["colour"] = json!("red");
    let text = input([&line("a"), &mail, &bad]);
    let mut watch = Watch::default();
    let summary = Rules::new().dry_run(text.as_bytes(), &mut watch).await;
    assert_eq!(summary.unwrap().unsent, 2);
    let pointers = |report: &LineReport| -> Vec<String> {
        let warnings = report.warnings.iter();
        warnings.map(|warning| warning.pointer.clone()).collect()
    };
    let pointers: Vec<_> = watch.reports.iter().map(pointers).collect();
    // Rejected lines have no warnings.
    assert_eq!(pointers, [&[][..], &["/messages/0/source".to_owned()], &[]]);

    // An import sends it nevertheless, and the service refuses it.
    let world = World::new();
    let mut watch = Watch::default();
    let import = world.import().run(text.as_bytes(), &mut watch);
    assert_eq!(import.await.unwrap().rejected, 2);
    assert_eq!(watch.json(2)["reason"], "refused");
}
