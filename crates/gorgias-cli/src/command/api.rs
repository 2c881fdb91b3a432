//! `gorgias api`.

use clap::Args;
use gorgias::{Client, RawRequest, Response};
use http::Method;
use serde_json::Value;

use crate::assignment::{self, Assignment};
use crate::calls::{print_request, read, send};
use crate::command::write_arguments::WriteArguments;
use crate::failure::Failure;
use crate::input::Input;
use crate::output::{Format, print};
use crate::printable;
use crate::values::{self, Pair};

const AFTER_HELP: &str = "\
Calls any operation of the API, also one that no other command has. Only the path
is checked before sending. GET and HEAD are repeated after an error that may be
temporary; a request of another method is sent again only if it provably was not
applied, and a failure says what became of the request.

Examples:
  gorgias api GET /api/tickets --query limit=3
  gorgias api PUT /api/tickets/80400317 --set status=closed --set spam=false
  gorgias api POST /api/tickets/80400317/messages --body message.json
  gorgias api DELETE /api/tickets/80400317/tags --set ids.0=12 --dry-run";

#[derive(Args)]
#[command(after_help = AFTER_HELP)]
pub(crate) struct ApiArguments {
    /// The method, such as GET or POST
    #[arg(value_name = "METHOD", value_parser = method)]
    method: Method,

    /// The path, such as /api/tickets
    #[arg(value_name = "PATH")]
    path: String,

    /// A parameter of the query; may be given several times
    #[arg(long, value_name = "NAME=VALUE", value_parser = values::pair)]
    query: Vec<Pair>,

    /// Send the JSON in this file (- for standard input) as it is
    #[arg(long, value_name = "FILE")]
    body: Option<Input>,

    /// Set a member of the body, as in messages.0.public=false. VALUE is JSON, or
    /// else text; may be given several times
    #[arg(long, value_name = "PATH=VALUE")]
    set: Vec<Assignment>,

    #[command(flatten)]
    write: WriteArguments,
}

pub(super) async fn run(arguments: ApiArguments) -> Result<(), Failure> {
    let body = arguments.json()?;
    if arguments.write.dry_run {
        return print_request(|client| arguments.call(client, body)).await;
    }
    let client = arguments.write.connection.client()?;
    let call = arguments.call(&client, body);
    let answer = if arguments.reads() {
        read(call).await?
    } else {
        let check = "find out whether it was applied before sending again";
        send(call, "it may be applied", check).await?
    };
    print_answer(&answer, arguments.write.output.format())
}

impl ApiArguments {
    fn reads(&self) -> bool {
        matches!(self.method, Method::GET | Method::HEAD)
    }

    /// The body, if there is one.
    fn json(&self) -> Result<Option<String>, Failure> {
        if self.reads() && (self.body.is_some() || !self.set.is_empty()) {
            let problem = format!("{} has no body", self.method);
            return Err(Failure::invalid(problem).hint("give parameters with --query"));
        }
        let text = self.body.as_ref().map(Input::read_json).transpose()?;
        if self.set.is_empty() {
            return Ok(text);
        }
        let body = text.and_then(|text| serde_json::from_str(&text).ok());
        let mut body = body.unwrap_or(Value::Null);
        assignment::set(&mut body, &self.set, |_| Ok(()))?;
        Ok(Some(body.to_string()))
    }

    fn call(&self, client: &Client, body: Option<String>) -> RawRequest {
        let mut call = client.request(self.method.clone(), &self.path);
        for (name, value) in &self.query {
            call = call.query(name, value);
        }
        match body {
            Some(body) => call.body("application/json", body),
            None => call,
        }
    }
}

fn print_answer(answer: &Response<impl AsRef<[u8]>>, format: Format) -> Result<(), Failure> {
    let body = (**answer).as_ref();
    let json: Option<Value> = match format {
        Format::Text => serde_json::from_slice(body).ok(),
        Format::Json => None,
    };
    match json {
        _ if body.is_empty() => Ok(()),
        Some(json) => print(printable::paragraph(&format!("{json:#}\n"))),
        None if body.ends_with(b"\n") => print(body),
        None => print([body, b"\n"].concat()),
    }
}

fn method(text: &str) -> Result<Method, &'static str> {
    let upper = text.to_ascii_uppercase();
    Method::from_bytes(upper.as_bytes()).map_err(|_| "expected a method, such as GET or POST")
}
