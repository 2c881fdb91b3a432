//! What the workspace's maintainers run: the pipeline from the OpenAPI document
//! to the generated client, and the review of changes to that document.

pub mod load;
