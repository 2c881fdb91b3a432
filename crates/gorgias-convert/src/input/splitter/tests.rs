use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;

const NAMES: Names = Names {
    sections: &["tickets", "users"],
    skipped: &[],
};

/// Reads at most this number of bytes at a time.
struct Slow<'a>(&'a [u8], usize);

impl Read for Slow<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(self.0.len()).min(buffer.len());
        let (now, later) = self.0.split_at(length);
        buffer[..length].copy_from_slice(now);
        self.0 = later;
        Ok(length)
    }
}

fn all(text: &str) -> Vec<(Option<&'static str>, u64, Result<String, &'static str>)> {
    let mut splitter = Splitter::new(Slow(text.as_bytes(), 7), NAMES);
    let mut items = Vec::new();
    while let Some(item) = splitter.next().unwrap() {
        let content = item
            .content
            .map(|text| String::from_utf8_lossy(text).into_owned());
        items.push((item.section, item.line, content));
    }
    items
}

fn texts(text: &str) -> Vec<String> {
    all(text)
        .into_iter()
        .map(|(_, _, text)| text.unwrap())
        .collect()
}

#[test]
fn lines_arrays_and_values_one_after_the_other_are_read() {
    let three = [r#"{"id":1}"#, r#"{"id":2,"a":[{"b":"}]"}]}"#, r#"{"id":3}"#];
    for (before, between, after) in [
        ("", "\n", ""),
        ("", "\r\n", "\r\n"),
        ("", "", ""),
        ("[", ",", "]"),
        ("[\n", ",\n", "\n]\n"),
        ("\n\n", "\n\n", "\n\n"),
    ] {
        let text = format!("{before}{}{after}", three.join(between));
        assert_eq!(texts(&text), three, "{text}");
    }
    let pretty = serde_json::to_string_pretty(&json!([{"id": 1, "b": {"c": []}}, {"id": 2}]));
    assert_eq!(texts(&pretty.unwrap()).len(), 2);
    assert_eq!(texts(""), Vec::<String>::new());
    assert_eq!(texts("[]\n[]"), Vec::<String>::new());
}

#[test]
fn pages_give_what_is_under_the_names() {
    let page = |id: u32| {
        format!(
            r#"{{"count":2,"tickets":[{{"id":{id}}},{{"id":{}}}],"next_page":null,"users":[{{"id":7}}],"end":{{"tickets":[1]}}}}"#,
            id + 1
        )
    };
    let (first, second) = (page(1), page(3));
    for text in [
        format!("{first}\n{second}"),
        format!("[{first},{second}]"),
        format!("{first}{second}"),
    ] {
        let items: Vec<_> = all(&text)
            .into_iter()
            .map(|(section, _, text)| (section.unwrap(), text.unwrap()))
            .collect();
        let ticket = |id| ("tickets", format!(r#"{{"id":{id}}}"#));
        let user = ("users", r#"{"id":7}"#.to_owned());
        let page = |id| [ticket(id), ticket(id + 1), user.clone()];
        assert_eq!(items, [page(1), page(3)].concat(), "{text}");
    }
}

#[test]
fn an_object_with_other_members_is_no_page_and_a_page_keeps_its_head() {
    let user = r#"{"id":1,"tickets":[{"id":2}]}"#;
    assert_eq!(texts(user), [user]);
    let mut splitter = Splitter::new(&br#"{"ticket_id":5,"users":[{}]}"#[..], NAMES);
    let item = splitter.next().unwrap().unwrap();
    assert_eq!(item.head, br#"{"ticket_id":5,"#);
}

#[test]
fn a_line_that_is_broken_holds_up_nothing() {
    for broken in [
        r#"{"id":2,"a":"#,
        r#"{"id":2,"a":["#,
        r#"{"id":2,"a":"text"#,
        r#"{"id":2}}"#,
        r#"{"id":2"#,
        "what is this",
        "]",
    ] {
        let items = all(&format!("{{\"id\":1}}\n{broken}\n{{\"id\":3}}\n"));
        let good: Vec<_> = items
            .iter()
            .filter_map(|(_, _, text)| text.as_ref().ok())
            .collect();
        assert!(good.contains(&&r#"{"id":1}"#.to_owned()), "{broken}");
        assert!(
            good.contains(&&r#"{"id":3}"#.to_owned()),
            "{broken}: {items:?}"
        );
        let bad = items.iter().filter(|(_, line, text)| {
            *line == 2 && text.as_ref().is_ok_and(|text| !text.contains(":2}")) || text.is_err()
        });
        assert!(bad.count() >= 1, "{broken}: {items:?}");
    }
}

#[test]
fn input_that_ends_in_the_middle_is_reported() {
    for text in [
        r#"[{"id":1}"#,
        r#"{"tickets":[{"id":1}"#,
        r#"{"tickets":[{"id":1}]"#,
    ] {
        let items = all(text);
        assert_eq!(items.len(), 2, "{text}");
        assert!(items.last().unwrap().2.is_err(), "{text}");
    }
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map("[a-z\"\\\\]{0,4}", inner, 0..4)
                .prop_map(|map| map.into_iter().collect::<Value>()),
        ]
    })
}

proptest! {
    #[test]
    fn every_object_comes_out_as_it_went_in(
        values in prop::collection::vec(value(), 0..6),
        array in any::<bool>(),
        pretty in any::<bool>(),
    ) {
        let values: Vec<Value> = values
            .into_iter()
            .map(|value| json!({"id": 1, "value": value}))
            .collect();
        let write = |value: &Value| match pretty {
            true => serde_json::to_string_pretty(value).unwrap(),
            false => value.to_string(),
        };
        let text = match array {
            true => write(&Value::from(values.clone())),
            false => values.iter().map(|value| write(value) + "\n").collect(),
        };
        let read: Vec<Value> = texts(&text)
            .iter()
            .map(|text| serde_json::from_str(text).unwrap())
            .collect();
        prop_assert_eq!(read, values);
    }

    #[test]
    fn no_text_makes_it_panic_or_stay(text in "[\\[\\]{}:,\"\\\\a1\n ]{0,60}") {
        let _ = all(&text);
    }
}
