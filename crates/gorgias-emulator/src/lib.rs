//! A stand-in for the Gorgias ticket API.
