//! Compiles the code of the golden documents, and tests behaviour that the
//! snapshots don't show.

#[path = "../goldens/additional_properties.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod additional_properties;
#[path = "../goldens/alternatives.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod alternatives;
#[path = "../goldens/bodies.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod bodies;
#[path = "../goldens/both_directions.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod both_directions;
#[path = "../goldens/composition.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod composition;
#[path = "../goldens/datetimes.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod datetimes;
#[path = "../goldens/defaults.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod defaults;
#[path = "../goldens/effects.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod effects;
#[path = "../goldens/enums.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod enums;
#[path = "../goldens/hard_shapes.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
pub(crate) mod hard_shapes;
#[path = "../goldens/inline_objects.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod inline_objects;
#[path = "../goldens/list_limits.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod list_limits;
#[path = "../goldens/maps_and_any.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod maps_and_any;
#[path = "../goldens/marks_in_docs.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod marks_in_docs;
#[path = "../goldens/names.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod names;
#[path = "../goldens/nullability.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod nullability;
#[path = "../goldens/numbers.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod numbers;
#[path = "../goldens/parameters.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod parameters;
#[path = "../goldens/recursion.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod recursion;
#[path = "../goldens/responses.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod responses;
#[path = "../goldens/shared_properties.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod shared_properties;
#[path = "../goldens/string_limits.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod string_limits;

use serde_json::json;

#[test]
fn an_unknown_value_is_kept_and_written_back() {
    let card: enums::types::Card =
        serde_json::from_value(json!({"id": "7", "color": "green", "suits": ["hearts", 3, null]}))
            .unwrap();
    assert_eq!(card.id, 7);
    assert_eq!(card.color.as_ref().unwrap().as_str(), "green");
    assert_eq!(card.suits.len(), 2);
    assert_eq!(
        serde_json::to_value(&card).unwrap(),
        json!({"id": 7, "color": "green", "suits": ["hearts", "3"]})
    );
}

#[test]
fn a_closed_view_refuses_what_the_open_enum_knows() {
    use enums::types::{Color, CreateCard};

    let card = |color: Color| CreateCard::new(color);
    assert!(card(Color::Red).validate().is_ok());
    for color in [Color::X404, Color::Unknown, Color::from("green")] {
        let violations = card(color).validate().unwrap_err();
        assert_eq!(
            violations.to_string(),
            "/color must be one of red, dark-blue"
        );
    }
}

#[test]
fn a_component_that_may_be_null_is_read_as_nothing() {
    let thing: nullability::types::Thing = serde_json::from_value(
        json!({"id": 1, "required": null, "owner": null, "owners": [null, {"id": 2}, "text"]}),
    )
    .unwrap();
    assert_eq!(thing.required, None);
    assert_eq!(thing.owner, None);
    assert_eq!(thing.owners.len(), 1);
}

#[test]
fn null_entries_of_what_is_sent_too_are_kept() {
    let json = json!({"tags": [null, "a"], "counts": {"a": null, "b": 1}});
    let both: nullability::types::Both = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(both.tags, [None, Some("a".to_owned())]);
    assert_eq!(serde_json::to_value(both).unwrap(), json);
}

#[test]
fn null_among_the_values_of_an_enum_is_none() {
    use nullability::types::{State, Thing};

    let state = |json| serde_json::from_value::<Thing>(json).unwrap().state;
    assert_eq!(state(json!({"id": 1, "state": null})), None);
    assert_eq!(state(json!({"id": 1, "state": "open"})), Some(State::Open));
}

#[test]
fn properties_beside_alternatives_are_kept() {
    let json = json!({"narrowed": {"kind": "a", "id": 1, "note": "b"}});
    let owner: alternatives::types::Owner = serde_json::from_value(json).unwrap();
    let narrowed = owner.narrowed.unwrap();
    assert_eq!(narrowed.kind.as_deref(), Some("a"));
    assert_eq!(narrowed.note.as_deref(), Some("b"));
    assert_eq!(narrowed.id, Some(1));
}

#[test]
fn an_object_without_properties_is_read() {
    let json = json!({"name": "a", "empty": {"b": 1}});
    let open: additional_properties::types::OpenBox = serde_json::from_value(json).unwrap();
    assert_eq!(open.empty.unwrap().extra_fields["b"], 1);
}

#[test]
fn a_list_that_is_sent_can_be_absent_or_empty() {
    use list_limits::types::CreateList;

    let absent = CreateList::new(vec!["a".to_owned()]);
    let empty = absent.clone().set(Vec::new());
    let written = |list| serde_json::to_value(list).unwrap();
    assert_eq!(written(absent), json!({"entries": ["a"]}));
    assert_eq!(written(empty), json!({"entries": ["a"], "set": []}));
}

#[test]
fn every_violation_is_reported_with_its_pointer() {
    use recursion::types::CreateTree;

    let tree = json!({
        "name": "too long",
        "left": {"name": 5, "children": [{"name": "fine"}, {"name": "not fine"}, 3]},
        "children": "none",
    });
    let violations = CreateTree::validate_json(&tree).unwrap_err();
    let found: Vec<_> = violations.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "/name must have at most 5 characters, has 8",
            "/left/name must be a string",
            "/left/children/1/name must have at most 5 characters, has 8",
            "/left/children/2 must be an object",
            "/children must be a list",
        ]
    );
}

#[test]
fn limits_of_numbers_and_texts_are_checked() {
    use numbers::types::PutNumbers;
    use string_limits::types::CreateNote;

    let numbers = json!({"wide": 0, "narrow": 3000000000u32, "score": 6, "open": 1, "step": 0.3, "plain": 1.5});
    let found = PutNumbers::validate_json(&numbers).unwrap_err();
    let pointers: Vec<_> = found.iter().map(|violation| violation.pointer()).collect();
    assert_eq!(
        pointers,
        ["/wide", "/narrow", "/score", "/open", "/step", "/plain"]
    );
    assert!(PutNumbers::validate_json(&json!({"plain": 2.0, "step": 0.75, "open": 0.5})).is_ok());

    let note = json!({"title": "", "code": "AB1", "link": "not a link", "day": "2026-02-30"});
    let found = CreateNote::validate_json(&note).unwrap_err();
    let pointers: Vec<_> = found.iter().map(|violation| violation.pointer()).collect();
    assert_eq!(pointers, ["/title", "/code", "/link", "/day"]);
    let first = found.iter().next().unwrap().to_string();
    assert_eq!(first, "/title must have at least 1 character, has 0");
    let note = json!({"title": "ä".repeat(20), "code": "ABC", "link": "https://example.com/?a=b"});
    assert!(CreateNote::validate_json(&note).is_ok());
}

#[test]
fn unknown_members_are_refused_when_sent_and_kept_when_received() {
    use additional_properties::types::{ClosedBox, CreateBox, OpenBox};

    let members = json!({"name": "a", "more": 1});
    let violations = CreateBox::validate_json(&members).unwrap_err();
    assert_eq!(violations.to_string(), "/more is not a known field");
    let closed: ClosedBox = serde_json::from_value(members.clone()).unwrap();
    assert_eq!(closed.extra_fields["more"], 1);
    let open: OpenBox = serde_json::from_value(members.clone()).unwrap();
    assert_eq!(serde_json::to_value(open).unwrap(), members);
}

#[test]
fn debug_shows_numbers_and_known_values_and_no_text() {
    let card: enums::types::Card = serde_json::from_value(
        json!({"id": 7, "color": "jane@example.com", "suits": ["hearts"], "more": "x"}),
    )
    .unwrap();
    let shown = format!("{card:?}");
    assert!(shown.starts_with("Card { "), "{shown}");
    for part in [
        "id: 7",
        "Hearts",
        "([redacted, 16 chars])",
        "[redacted, 1 members]",
    ] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    assert!(!shown.contains("jane"), "{shown}");
}

#[test]
fn debug_of_what_is_sent_shows_no_text_either() {
    let note = string_limits::types::CreateNote::new("jane@example.com");
    assert_eq!(
        format!("{note:?}"),
        "CreateNote { title: [redacted, 16 chars] }"
    );
}

#[test]
fn a_member_of_a_request_is_left_out_null_or_a_value() {
    use nullability::types::{CreateOwner, CreateThing};

    let thing = CreateThing::new("a", "b", CreateOwner::new().name("Jane"));
    let whole = json!({
        "required": "a", "required_nullable": "b", "required_owner": {"name": "Jane"},
    });
    assert_eq!(serde_json::to_value(&thing).unwrap(), whole);
    assert_eq!(thing.get_required_nullable(), Some("b"));
    assert_eq!(thing.get_optional_nullable(), None);

    let thing = thing.clear_required_nullable().clear_optional_nullable();
    let value = serde_json::to_value(&thing).unwrap();
    assert_eq!(value["required_nullable"], json!(null));
    assert_eq!(value["optional_nullable"], json!(null));
    assert!(value.get("optional").is_none());
    assert!(thing.validate().is_ok());
    // Reading the written value back gives the same value.
    assert_eq!(serde_json::from_value::<CreateThing>(value).unwrap(), thing);

    let mut thing = thing;
    thing.owners_mut().push(Some(CreateOwner::new()));
    assert_eq!(thing.get_owners().unwrap().len(), 1);
}

#[test]
fn what_is_missing_is_said_by_the_check() {
    use nullability::types::CreateThing;

    let violations = CreateThing::default().validate().unwrap_err();
    let pointers: Vec<_> = violations.iter().map(|one| one.pointer()).collect();
    assert_eq!(
        pointers,
        ["/required", "/required_nullable", "/required_owner"]
    );
}
