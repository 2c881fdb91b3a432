//! How customers are printed for people.

use gorgias::api::types::{Customer, CustomerCompact};

use crate::output::{Column, facts, person, text_of, time};

/// The columns of a list of customers.
pub(super) const COLUMNS: &[Column<CustomerCompact>] = &[
    ("ID", 12, |customer| customer.id.to_string()),
    ("EMAIL", 34, |customer| text_of(&customer.email)),
    ("NAME", 24, |customer| text_of(&customer.name)),
    ("EXTERNAL ID", 0, |customer| text_of(&customer.external_id)),
];

/// A customer in one line, for the confirmation of a merge.
pub(super) fn described(customer: &Customer) -> String {
    match person(&customer.name, &customer.email) {
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
        ("name", text_of(&customer.name)),
        ("email", text_of(&customer.email)),
        ("channels", channels.join(", ")),
        ("external id", text_of(&customer.external_id)),
        ("language", text_of(&customer.language)),
        ("time zone", text_of(&customer.timezone)),
        ("note", text_of(&customer.note)),
        ("created", text_of(&customer.created_datetime.map(time))),
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
