//! Guides: longer answers to common questions.
//!
//! The crate `gorgias-import` explains how to import many tickets, and
//! [`pacer`](crate::pacer) how the rate limit is used.

#[doc = include_str!("../../docs/a-whole-service.md")]
pub mod a_whole_service {}

#[doc = include_str!("../../docs/after-creation.md")]
pub mod after_creation {}

#[doc = include_str!("../../docs/authentication.md")]
pub mod authentication {}

#[doc = include_str!("../../docs/creating-tickets.md")]
pub mod creating_tickets {}

#[doc = include_str!("../../docs/listing-tickets.md")]
pub mod listing_tickets {}

#[doc = include_str!("../../docs/networks.md")]
pub mod networks {}

#[doc = include_str!("../../docs/phone-customers.md")]
pub mod phone_customers {}

#[doc = include_str!("../../docs/replying.md")]
pub mod replying {}

#[doc = include_str!("../../docs/testing.md")]
pub mod testing {}

#[doc = include_str!("../../docs/time-limits.md")]
pub mod time_limits {}

#[doc = include_str!("../../docs/tls-and-features.md")]
pub mod tls_and_features {}

#[doc = include_str!("../../docs/tracing.md")]
pub mod tracing {}

#[doc = include_str!("../../docs/what-happened-to-my-ticket.md")]
pub mod what_happened_to_my_ticket {}

#[doc = include_str!("../../docs/when-the-api-changes.md")]
pub mod when_the_api_changes {}
