//! The arguments that describe a customer, for creating and for changing one.

use clap::Args;
use gorgias::Violations;
use serde_json::Value;

use crate::assignment::{self, Assignment};
use crate::failure::Failure;
use crate::input::{Input, body, insert};

#[derive(Args)]
#[command(next_help_heading = "Customer")]
pub(super) struct CustomerDetails {
    /// The full name
    #[arg(long)]
    name: Option<String>,

    /// The main e-mail address
    #[arg(long, value_name = "ADDRESS")]
    pub(super) email: Option<String>,

    /// Your own id for the customer
    #[arg(long, value_name = "ID")]
    external_id: Option<String>,

    /// The language, as a code of two letters, such as en
    #[arg(long, value_name = "CODE")]
    language: Option<String>,

    /// The time zone by its IANA name, such as Europe/Paris
    #[arg(long, value_name = "ZONE")]
    timezone: Option<String>,

    /// Start from the request body in this JSON file (- for standard input)
    #[arg(long, value_name = "FILE")]
    file: Option<Input>,

    /// Set any member of the request body, as in channels.0.preferred=false. VALUE is
    /// JSON, or text where the member is a text; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Assignment>,
}

impl CustomerDetails {
    /// The part of the request body that the file and the other flags describe.
    pub(super) fn start(&self) -> Result<Value, Failure> {
        let mut body = body(self.file.as_ref())?;
        let given = [
            ("name", &self.name),
            ("email", &self.email),
            ("external_id", &self.external_id),
            ("language", &self.language),
            ("timezone", &self.timezone),
        ];
        insert(&mut body, given);
        Ok(body)
    }

    /// Sets the members that `--set` names.
    pub(super) fn finish(
        &self,
        mut body: Value,
        check: fn(&Value) -> Result<(), Violations>,
    ) -> Result<Value, Failure> {
        assignment::set(&mut body, &self.set, check)?;
        Ok(body)
    }
}
