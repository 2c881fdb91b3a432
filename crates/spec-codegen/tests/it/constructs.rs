//! Compiles what common constructs of other documents become, and runs it where
//! the snapshot alone would not show that it does what it should.

#[path = "../goldens/alternative_values.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod alternative_values;
#[path = "../goldens/media_types.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod media_types;
#[path = "../goldens/optional_answers.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod optional_answers;
#[path = "../goldens/queries.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod queries;
#[path = "../goldens/variants.rs"]
#[allow(dead_code, unused_imports)]
#[rustfmt::skip]
mod variants;

use serde_json::json;

#[test]
fn values_of_one_name_are_read_and_written_as_they_are() {
    use variants::types::{Sort, Zone};

    for (zone, value) in [
        (Zone::EtcGmt0, "Etc/GMT+0"),
        (Zone::EtcGmtMinus0, "Etc/GMT-0"),
        (Zone::EtcSlashGmt0, "Etc/GMT0"),
        (Zone::UtcVariant2, "utc"),
    ] {
        assert_eq!(zone.as_str(), value);
        assert_eq!(Zone::from(value), zone);
    }
    assert_eq!(Sort::KNOWN, [Sort::Name, Sort::MinusName, Sort::PlusName]);
    let card = variants::types::CreateClock::new(Zone::EtcGmtMinus1);
    assert!(card.validate().is_ok());
    assert_eq!(
        serde_json::to_value(card).unwrap(),
        json!({"zone": "Etc/GMT-1"})
    );
}

#[test]
fn alternatives_of_one_type_hold_what_any_of_them_holds() {
    use alternative_values::types::{PutTeam, State, Team};

    let json = json!({
        "id": "seven", "state": "archived", "kind": "b", "size": 1.5,
        "names": ["a", "z"], "owner": {"name": "Jane", "email": "jane@example.com"},
        "anything": {"a": [1]},
    });
    let team: Team = serde_json::from_value(json.clone()).unwrap();
    assert_eq!(team.state.as_ref().unwrap().as_str(), "archived");
    assert_eq!(serde_json::to_value(&team).unwrap(), json);
    let team: Team = serde_json::from_value(json!({"owner": "Jane", "state": null})).unwrap();
    assert_eq!(team.state, None);
    assert!(team.owner.is_some());
    let team = PutTeam::new("longer than five").state(State::Open);
    assert!(team.validate().is_ok());
}
