//! Maps with every value of an input.

use gorgias_convert::{Conversion, Map};

use crate::support::{Export, convert, example};

#[test]
fn a_template_has_every_value_and_how_often_it_was_met() {
    let conversion = Conversion::zendesk(example("tickets.json")).users(example("users.json"));
    let text = conversion.template(&()).unwrap();
    for line in [
        "\"9002\" = \"\"  # 1: Bo Admin, bo@acme.example",
        "\"hold\" = \"open\"  # 1",
        "\"urgent\" = \"critical\"  # 1",
        "\"any_channel\" = \"\"  # 1",
        "\"support@acme.example\" = \"\"  # ",
        "\"31\" = \"\"  # 1: Billing",
        "\"5\" = \"\"  # 1\n#   \"billing__refund\" 1\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    // As it is, it changes nothing.
    let map = Map::from_toml(&text).unwrap();
    let before = convert(&conversion);
    let after = convert(&conversion.map(map));
    assert_eq!(before.tickets, after.tickets);
}

#[test]
fn a_template_of_a_csv_file_says_what_its_columns_seem_to_be() {
    let text = "Ticket ID,Body,Laune,Role\n1,Hello.,gut,Kunde\n1,Bye.,gut,agent\n";
    let (_export, conversion) = Export::csv(text, "");
    let template = conversion.template(&()).unwrap();
    for line in [
        "group = \"Ticket ID\"",
        "text = \"Body\"  # the message as text",
        "subject = \"\"  # the subject",
        "\"Laune\" = \"\"  # 2\n#   \"gut\" 2\n",
        "\"Kunde\" = \"\"  # 1",
        "\"agent\" = \"agent\"  # 1",
    ] {
        assert!(template.contains(line), "{line}\n{template}");
    }
    let map = Map::from_toml(&template).unwrap();
    let outcome = convert(&conversion.map(map));
    assert_eq!(outcome.tickets.len(), 1);
}

#[test]
fn a_template_needs_no_id() {
    let (_export, conversion) = Export::csv("Frage\nWarum?\n", "");
    let template = conversion.template(&()).unwrap();
    assert!(template.contains("# There are: \"Frage\""), "{template}");
}
