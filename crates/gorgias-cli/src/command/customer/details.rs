//! The arguments that describe a customer, for creating and for changing one.

use clap::Args;
use gorgias::Violations;
use serde_json::{Map, Value, json};

use crate::assignment::{Assignment, is_text};
use crate::failure::Failure;
use crate::input::Input;

#[derive(Args)]
#[command(next_help_heading = "Customer")]
pub(super) struct Details {
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

impl Details {
    /// The request body as far as a file and flags say.
    pub(super) fn start(&self) -> Result<Value, Failure> {
        let mut body = match &self.file {
            Some(file) => serde_json::from_str(&file.read_json()?).unwrap_or_default(),
            None => Value::Object(Map::new()),
        };
        let given = [
            ("name", &self.name),
            ("email", &self.email),
            ("external_id", &self.external_id),
            ("language", &self.language),
            ("timezone", &self.timezone),
        ];
        if let Some(members) = body.as_object_mut() {
            for (name, value) in given {
                if let Some(value) = value {
                    members.insert(name.to_owned(), json!(value));
                }
            }
        }
        Ok(body)
    }

    /// Sets the members that are set by name.
    pub(super) fn finish(
        &self,
        mut body: Value,
        check: fn(&Value) -> Result<(), Violations>,
    ) -> Result<Value, Failure> {
        for assignment in &self.set {
            let is_text = |body: &Value, at: &str| is_text(check(body), at);
            assignment.apply(&mut body, is_text)?;
        }
        Ok(body)
    }
}
