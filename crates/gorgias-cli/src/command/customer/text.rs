//! How customers are printed for people.

use gorgias::api::types::{Customer, CustomerCompact};

use crate::output::{Table, facts, person, text_of, time};

/// The columns of a list of customers.
pub(super) const TABLE: Table<4> =
    Table::new([("ID", 12), ("EMAIL", 34), ("NAME", 24), ("EXTERNAL ID", 0)]);

pub(super) fn cells(customer: &CustomerCompact) -> [String; 4] {
    [
        customer.id.to_string(),
        text_of(customer.email.as_ref()),
        text_of(customer.name.as_ref()),
        text_of(customer.external_id.as_ref()),
    ]
}

/// A customer in one line, for the confirmation of a merge.
pub(super) fn described(customer: &Customer) -> String {
    let person = person(customer.name.as_deref(), customer.email.as_deref());
    match person {
        Some(person) => format!("customer {}, {person}", customer.id),
        None => format!("customer {}", customer.id),
    }
}

/// The main fields of a customer, one per line.
pub(super) fn text(customer: &Customer) -> String {
    let channels: Vec<_> = customer
        .channels
        .iter()
        .filter_map(|channel| {
            let (kind, address) = (channel.type_.as_deref()?, channel.address.as_deref()?);
            Some(format!("{kind} {address}"))
        })
        .collect();
    facts([
        ("customer", customer.id.to_string()),
        ("name", text_of(customer.name.as_ref())),
        ("email", text_of(customer.email.as_ref())),
        ("channels", channels.join(", ")),
        ("external id", text_of(customer.external_id.as_ref())),
        ("language", text_of(customer.language.as_ref())),
        ("time zone", text_of(customer.timezone.as_ref())),
        ("note", text_of(customer.note.as_ref())),
        ("created", text_of(customer.created_datetime.map(time))),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_customer_is_shown_with_the_ways_to_reach_her() {
        let customer: Customer = serde_json::from_value(serde_json::json!({
            "id": 7, "name": "Jane\nDoe", "email": "jane@example.com", "note": null,
            "created_datetime": "2026-03-02T10:00:00.104512+00:00",
            "channels": [
                {"id": 1, "type": "email", "address": "jane@example.com"},
                {"id": 2, "type": "phone", "address": "+15550100"},
            ],
        }))
        .unwrap();
        assert_eq!(
            text(&customer),
            "\
customer     7
name         Jane Doe
email        jane@example.com
channels     email jane@example.com, phone +15550100
created      2026-03-02 10:00:00Z
"
        );
    }
}
