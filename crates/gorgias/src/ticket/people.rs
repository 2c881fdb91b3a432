//! People who can't be named as they are.

use gorgias_api::types::CreateTicket;
use gorgias_runtime::Violation;

const CUSTOMER: &str = "must have an id or an email: the customer of a ticket can be named by \
                        nothing else, and one with a phone number alone by a message";
const PHONE: &str = "must be a phone number with + and the country code, such as +15551234567";

/// The digits of a phone number, with its country code (ITU-T E.164).
const DIGITS: std::ops::RangeInclusive<usize> = 4..=15;

/// What is wrong with a typed ticket.
pub(super) fn in_ticket(ticket: &CreateTicket) -> Vec<Violation> {
    let mut found = Vec::new();
    let customer = ticket.customer.as_ref();
    if customer.is_some_and(|customer| customer.id.is_none() && customer.email.is_none()) {
        found.push(Violation::new("/customer", CUSTOMER));
    }
    for (index, message) in ticket.messages.iter().enumerate() {
        for (role, person) in [("sender", &message.sender), ("receiver", &message.receiver)] {
            let channels = person.iter().flat_map(|person| &person.channels).flatten();
            for (nth, channel) in channels.enumerate() {
                if channel.type_ == "phone" && !is_phone_number(&channel.address) {
                    let pointer = format!("/messages/{index}/{role}/channels/{nth}/address");
                    found.push(Violation::new(pointer, PHONE));
                }
            }
        }
    }
    found
}

fn is_phone_number(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        DIGITS.contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit())
    })
}
