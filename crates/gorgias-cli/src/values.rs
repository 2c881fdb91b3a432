//! Values of options, as the API's document lists them: for completion, and for
//! telling what was meant.

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, Command, Error};
use gorgias::types::UploadType;
use gorgias_import::{known_values, nearest_value};

/// The orders of a list.
const ORDERS: [&str; 4] = [
    "created_datetime:asc",
    "created_datetime:desc",
    "updated_datetime:asc",
    "updated_datetime:desc",
];

/// The priorities of a ticket.
pub(crate) fn priorities() -> Values {
    Values(|| known_values("WritablePriority"))
}

/// The orders of a list.
pub(crate) fn orders() -> Values {
    Values(|| ORDERS.map(str::to_owned).to_vec())
}

/// The channels of a message.
pub(crate) fn channels() -> Values {
    Values(|| known_values("Channel"))
}

/// What an uploaded file may be for.
pub(crate) fn upload_types() -> Values {
    Values(|| {
        let known = UploadType::KNOWN.iter();
        known.map(|one| one.as_str().to_owned()).collect()
    })
}

/// The values that are known. Another one that looks like a slip of these is
/// refused; whether there may be others is for the library to say.
#[derive(Clone, Copy)]
pub(crate) struct Values(fn() -> Vec<String>);

impl TypedValueParser for Values {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        argument: Option<&Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<String, Error> {
        let value = StringValueParser::new().parse_ref(command, argument, value)?;
        let known = (self.0)();
        let Some(meant) = nearest_value(&known, &value) else {
            return Ok(value);
        };
        let mut error = Error::new(ErrorKind::InvalidValue).with_cmd(command);
        if let Some(argument) = argument {
            let name = ContextValue::String(argument.to_string());
            error.insert(ContextKind::InvalidArg, name);
        }
        error.insert(ContextKind::InvalidValue, ContextValue::String(value));
        error.insert(
            ContextKind::SuggestedValue,
            ContextValue::String(meant.to_owned()),
        );
        Err(error)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new((self.0)().into_iter().map(PossibleValue::new)))
    }
}
