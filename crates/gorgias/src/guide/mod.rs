//! Guides: longer answers to common questions.

#[doc = include_str!("../../docs/what-happened-to-my-ticket.md")]
pub mod what_happened_to_my_ticket {}
