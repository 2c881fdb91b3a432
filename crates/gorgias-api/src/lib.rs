//! The Gorgias ticket API as generated from its OpenAPI document.
