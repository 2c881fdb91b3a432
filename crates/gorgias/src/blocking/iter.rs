//! Streams as iterators.

use std::fmt;
use std::iter::FusedIterator;

use futures_util::StreamExt;
use futures_util::stream::{BoxStream, Stream};
use gorgias_runtime::Error;

use super::Client;

/// An iterator over the items of a stream, from [`Client::iter`]. It waits for
/// each item.
#[must_use = "an iterator sends nothing until `next` is called"]
pub struct Iter<T> {
    client: Client,
    /// `None` once the stream has ended.
    stream: Option<BoxStream<'static, Result<T, Error>>>,
}

impl Client {
    /// Creates an iterator from a stream, such as the tickets of a list. Each
    /// `next` of the iterator asks the stream for one item, and waits for it.
    ///
    /// ```
    /// use gorgias::Error;
    /// use gorgias::blocking::Client;
    ///
    /// fn print(gorgias: &Client, customer: i64) -> Result<(), Error> {
    ///     let list = gorgias.tickets().list().customer_id(customer);
    ///     for ticket in gorgias.iter(list.stream()) {
    ///         println!("ticket {}", ticket?.id);
    ///     }
    ///     Ok(())
    /// }
    /// ```
    pub fn iter<T>(
        &self,
        stream: impl Stream<Item = Result<T, Error>> + Send + 'static,
    ) -> Iter<T> {
        Iter {
            client: self.clone(),
            stream: Some(Box::pin(stream)),
        }
    }
}

impl<T: Send + 'static> Iterator for Iter<T> {
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        let next = self.client.run(|_| async move {
            let next = stream.next().await;
            Ok((stream, next))
        });
        match next {
            Ok((stream, next)) => {
                self.stream = next.is_some().then_some(stream);
                next
            }
            // The failed call owned the stream, so the iterator ends after this
            // error.
            Err(error) => Some(Err(error)),
        }
    }
}

impl<T: Send + 'static> FusedIterator for Iter<T> {}

impl<T> fmt::Debug for Iter<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").finish_non_exhaustive()
    }
}
