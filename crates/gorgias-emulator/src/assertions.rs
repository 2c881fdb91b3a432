//! Methods for a user's test: assertions on requests and tickets, and faults by
//! name.

use serde_json::Value;

use crate::emulator::Emulator;
use crate::fault::{FaultId, ParseFaultRuleError};
use crate::log::Exchange;

/// Methods for tests. An assertion that fails panics at the caller's line, and lists the
/// requests or the tickets.
impl Emulator {
    /// Returns the requests for one operation of the document, such as
    /// `create_ticket`, oldest first, whatever their answers. Only the newest requests
    /// are kept, see
    /// [`EmulatorBuilder::log_capacity`](crate::EmulatorBuilder::log_capacity).
    ///
    /// # Panics
    ///
    /// When the document has no such operation: an empty list would hide the
    /// mistake.
    #[must_use]
    #[track_caller]
    pub fn received(&self, operation: &str) -> Vec<Exchange> {
        let document = &self.account.settings.document;
        let known = document.operations().into_iter();
        let known: Vec<&str> = known.map(|operation| operation.id.as_str()).collect();
        assert!(
            known.contains(&operation),
            "there is no operation {operation:?}, but {}",
            known.join(", ")
        );
        let mut requests = self.requests();
        requests.retain(|exchange| exchange.operation.as_deref() == Some(operation));
        requests
    }

    /// Asserts how many requests for one operation were received.
    ///
    /// ```
    /// # let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// emulator.assert_received("create_ticket", 0);
    /// # Ok::<(), gorgias_emulator::BuildError>(())
    /// ```
    ///
    /// # Panics
    ///
    /// When another number was received: the message has a line for each request. Also
    /// when the document has no such operation.
    #[track_caller]
    pub fn assert_received(&self, operation: &str, times: usize) {
        let received = self.received(operation).len();
        assert!(
            received == times,
            "expected {times} requests for {operation}, and received {received}; all requests:{}",
            listed(self.requests().iter())
        );
    }

    /// Asserts that exactly one ticket has this external id, and returns it in the
    /// form in which the API returns a ticket.
    ///
    /// # Panics
    ///
    /// When no ticket has it, or more than one. The message has a line for each ticket.
    #[track_caller]
    #[allow(
        clippy::must_use_candidate,
        reason = "a test may only assert that the ticket exists"
    )]
    pub fn assert_ticket(&self, external_id: &str) -> Value {
        let mut found = self.tickets_with_external_id(external_id);
        let line = |ticket: &Value| format!("{} {}", ticket["id"], ticket["external_id"]);
        assert!(
            found.len() == 1,
            "expected one ticket with the external id {external_id:?}, and there are {}; \
             all tickets:{}",
            found.len(),
            listed(self.tickets().iter().map(line))
        );
        found.pop().unwrap_or_default()
    }

    /// Adds a rule written as text: the name of a fault, and when it happens.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// let emulator = gorgias_emulator::Emulator::builder().build()?;
    /// emulator.inject_named("429")?;
    /// emulator.inject_named("read-then-close,operation=create_ticket,nth=2")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// When there is no fault of that name, or the text isn't a rule.
    pub fn inject_named(&self, rule: &str) -> Result<FaultId, ParseFaultRuleError> {
        rule.parse().map(|rule: crate::FaultRule| self.inject(rule))
    }
}

fn listed(lines: impl Iterator<Item = impl ToString>) -> String {
    let lines: Vec<_> = lines
        .map(|line| format!("\n  {}", line.to_string()))
        .collect();
    if lines.is_empty() {
        " none".to_owned()
    } else {
        lines.concat()
    }
}
