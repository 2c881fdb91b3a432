//! The commands that list what a helpdesk is made of.

pub(super) mod fields;
pub(super) mod integrations;
mod listing;
pub(super) mod tags;
pub(super) mod teams;
pub(super) mod users;

use clap::{Args, Subcommand};

pub(super) use self::listing::ListingArguments;

/// What can be done with things that are listed here and made elsewhere.
#[derive(Subcommand)]
pub(crate) enum ListCommand<A: Args> {
    List(A),
}
