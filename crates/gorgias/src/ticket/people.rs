//! Checks that customers and phone numbers are given in a form the service
//! accepts.

use std::fmt::Arguments;

use gorgias_api::types::{CreateCustomer, CreateMessage, CreateParticipant, CreateTicket};
use gorgias_runtime::Violation;

const CUSTOMER: &str = "must have an id or an email: the customer of a ticket can be named by \
                        nothing else, and one with a phone number alone by a message";
const PHONE: &str = "must be a phone number with + and the country code, such as +15551234567";

/// The allowed numbers of digits of a phone number with its country code (ITU-T
/// E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 4..=15;

/// Returns the violations in the customer of a typed ticket.
pub(super) fn in_ticket(ticket: &CreateTicket) -> Vec<Violation> {
    let mut found = Vec::new();
    let is_unnamed =
        |customer: &CreateCustomer| customer.get_id().is_none() && customer.get_email().is_none();
    if ticket.get_customer().is_some_and(is_unnamed) {
        found.push(Violation::new("/customer", CUSTOMER));
    }
    found
}

/// Adds the violations in the sender and the receiver of a typed message. `place` is
/// the JSON pointer of the message.
pub(super) fn in_message(
    message: &CreateMessage,
    place: Arguments<'_>,
    found: &mut Vec<Violation>,
) {
    for (role, person) in [
        ("sender", message.get_sender()),
        ("receiver", message.get_receiver()),
    ] {
        let channels = person.and_then(CreateParticipant::get_channels);
        for (nth, channel) in channels.into_iter().flatten().enumerate() {
            let address = channel.get_address().unwrap_or_default();
            if channel.get_type() == Some("phone") && !is_phone_number(address) {
                let pointer = format!("{place}/{role}/channels/{nth}/address");
                found.push(Violation::new(pointer, PHONE));
            }
        }
    }
}

fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
