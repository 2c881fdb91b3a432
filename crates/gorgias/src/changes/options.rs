//! The options of a call whose setters are those of the document.

/// The options that every call has, with the names of the generated calls: a
/// member of the document may be called `timeout`. For a call that keeps its
/// `CallOptions` in a field `options`.
macro_rules! with_options {
    () => {
        /// Bounds the whole call with all its attempts and waits, in place of
        /// the client's operation timeout: above zero and at most a day.
        /// Unlike that, it includes the wait for the rate limit.
        pub fn with_timeout(mut self, timeout: ::std::time::Duration) -> Self {
            self.options.timeout = Some(timeout);
            self
        }

        /// Sets which queue for the rate limit the call waits in. The default
        /// is for calls that somebody waits for.
        pub fn with_lane(mut self, lane: ::gorgias_runtime::pacer::Lane) -> Self {
            self.options.lane = lane;
            self
        }

        /// Sets how persistent this call is, in place of the client's policy.
        pub fn with_retry(mut self, policy: ::gorgias_runtime::RetryPolicy) -> Self {
            self.options.retry = Some(policy);
            self
        }
    };
}
pub(crate) use with_options;
