//! The arguments of every command that changes something.

use clap::Args;
use gorgias::{Client, Error, Response};
use serde::Serialize;

use crate::calls::{print_request, send};
use crate::connection::ConnectionArguments;
use crate::failure::Failure;
use crate::output::OutputArguments;

#[derive(Args)]
pub(crate) struct WriteArguments {
    /// Print the body of the request in place of sending it, and its method and path on
    /// standard error; needs no account unless something has to be looked up
    #[arg(long)]
    pub(crate) dry_run: bool,

    #[command(flatten)]
    pub(crate) connection: ConnectionArguments,

    #[command(flatten)]
    pub(crate) output: OutputArguments,
}

impl WriteArguments {
    /// Makes a call and returns the answer. With `--dry-run` it prints the request and
    /// returns `None`. `client` makes the call; if it is `None`, a new client does.
    /// `check` is the hint that says how to find out whether the call was applied.
    pub(crate) async fn send<C, T>(
        &self,
        client: Option<Client>,
        call: impl FnOnce(&Client) -> C,
        check: &str,
    ) -> Result<Option<Response<T>>, Failure>
    where
        C: IntoFuture<Output = Result<Response<T>, Error>>,
    {
        if self.dry_run {
            print_request(call).await?;
            return Ok(None);
        }
        let client = client.map_or_else(|| self.connection.client(), Ok)?;
        let answer = send(call(&client), "it may be applied", check).await?;
        Ok(Some(answer))
    }

    /// Makes a call as [`send`](Self::send) does, and prints the answer.
    pub(crate) async fn run<C, T: Serialize>(
        &self,
        client: Option<Client>,
        call: impl FnOnce(&Client) -> C,
        check: &str,
        text: fn(&T) -> String,
    ) -> Result<(), Failure>
    where
        C: IntoFuture<Output = Result<Response<T>, Error>>,
    {
        match self.send(client, call, check).await? {
            Some(answer) => self.output.print(&*answer, answer.metadata(), text),
            None => Ok(()),
        }
    }
}
