//! The options of a call that also has generated setters.

/// Writes the setters of the options into the `impl` block of a call that keeps
/// its `CallOptions` in a field `options`. Their names begin with `with_`, as in
/// the generated client, because a member of the document may be called
/// `timeout`.
macro_rules! with_options {
    () => {
        /// Bounds the whole call with all its attempts and waits, in place of
        /// the client's operation timeout: above zero and at most a day.
        /// Unlike that one, it includes the wait for the rate limit.
        pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.options.timeout = Some(timeout);
            self
        }

        /// Sets in which lane the call waits for the rate limit. The default is
        /// the interactive lane, for calls that a person waits for.
        pub fn with_lane(mut self, lane: ::gorgias_runtime::pacer::Lane) -> Self {
            self.options.lane = lane;
            self
        }

        /// Sets when and how often a failed attempt of this call is repeated,
        /// in place of the client's policy.
        pub fn with_retry(mut self, policy: ::gorgias_runtime::RetryPolicy) -> Self {
            self.options.retry = Some(policy);
            self
        }
    };
}
pub(crate) use with_options;
