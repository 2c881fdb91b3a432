//! The admin interface: commands to the emulator itself, such as adding a fault, as
//! HTTP requests on a separate port. `routes` has all of them.

mod routes;

pub(crate) use routes::answer;
