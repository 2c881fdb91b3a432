//! Macros that implement traits for generated types.
//!
//! The macros only implement traits. Types and methods are written out in the
//! generated code, so that a reader sees them there.

/// Implements `Debug`, `IntoFuture` and `OperationCall` for a call:
/// `call_type!(GetTicket -> Ticket, GET_TICKET);`.
#[doc(hidden)]
#[macro_export]
macro_rules! call_type {
    ($name:ident -> $answer:ty, $operation:path) => {
        // Parameters may be personal data.
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                f.debug_struct(::std::stringify!($name))
                    .finish_non_exhaustive()
            }
        }

        impl ::std::future::IntoFuture for $name {
            type Output = ::std::result::Result<$crate::Response<$answer>, $crate::Error>;
            type IntoFuture = $crate::Pending<$answer>;

            fn into_future(self) -> Self::IntoFuture {
                ::std::boxed::Box::pin(self.send())
            }
        }

        impl $crate::support::OperationCall for $name {
            const OPERATION: &'static $crate::support::Operation = &$operation;

            fn call(&mut self) -> &mut $crate::support::Call {
                &mut self.call
            }

            fn draft(&self) -> $crate::support::Draft {
                self.draft()
            }
        }
    };
}

/// Implements a `Debug` that leaves out text, for a request type:
/// `shown_type!(CreateTicket);`.
#[doc(hidden)]
#[macro_export]
macro_rules! shown_type {
    ($name:ident) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::support::shown::serialized(f, ::std::stringify!($name), self)
            }
        }

        impl $crate::support::shown::Shown for $name {}
    };
}

/// Implements lenient reading, and a `Debug` that leaves out text, for a
/// response type. The arguments are its name, the field for unknown members,
/// the required members, and the field of each member.
#[doc(hidden)]
#[macro_export]
macro_rules! response_type {
    ($name:ident, $extra:ident, [$($required:literal),*] $(, $key:literal => $field:ident)* $(,)?) => {
        impl ::std::fmt::Debug for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                $crate::support::shown::object(
                    f,
                    ::std::stringify!($name),
                    &[
                        $((::std::stringify!($field), &self.$field),)*
                        (::std::stringify!($extra), &self.$extra),
                    ],
                )
            }
        }

        impl $crate::support::shown::Shown for $name {}

        impl $crate::support::lenient::Object for $name {
            const NAME: &'static str = ::std::stringify!($name);
            const REQUIRED: &'static [&'static str] = &[$($required),*];

            fn blank() -> Self {
                Self {
                    $($field: ::std::default::Default::default(),)*
                    $extra: ::std::default::Default::default(),
                }
            }
        }

        impl $crate::support::lenient::Fill for $name {
            fn read_field(
                &mut self,
                key: &str,
                source: &mut dyn $crate::support::lenient::Source<'_>,
            ) -> ::std::result::Result<::std::option::Option<bool>, $crate::support::lenient::Broken>
            {
                $(if key == $key {
                    let read = $crate::support::lenient::read(&mut self.$field, source)?;
                    return ::std::result::Result::Ok(::std::option::Option::Some(read));
                })*
                let _ = (key, source);
                ::std::result::Result::Ok(::std::option::Option::None)
            }

            fn extra_fields(
                &mut self,
            ) -> &mut ::serde_json::Map<::std::string::String, ::serde_json::Value> {
                &mut self.$extra
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(
                deserializer: D,
            ) -> ::std::result::Result<Self, D::Error> {
                $crate::support::lenient::deserialize(deserializer)
            }
        }

        impl $crate::support::lenient::Lenient for $name {
            fn lenient(
                source: &mut dyn $crate::support::lenient::Source<'_>,
                value: &mut ::std::option::Option<Self>,
            ) -> ::std::result::Result<bool, $crate::support::lenient::Broken> {
                $crate::support::lenient::object(source, value)
            }
        }
    };
}
