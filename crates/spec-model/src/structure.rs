//! What OpenAPI 3.0 puts where.

/// The methods that may hold an operation.
pub const METHODS: [&str; 8] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace",
];

/// Whether a response key means success.
pub fn is_success(status: &str) -> bool {
    status.starts_with('2')
}
