//! The external id: the application's own name for a ticket or message that it
//! creates.

use std::fmt;
use std::str::FromStr;

use hmac_sha256::Hash as Sha256;

/// The longest external id that the API allows, in characters.
const MAX_LENGTH: usize = 255;

/// The longest source of [`ExternalId::derive`], in bytes. It leaves room for
/// the digest of an id.
const MAX_SOURCE_LENGTH: usize = 64;

/// The prefix of a digest, which distinguishes a digest from an id.
const DIGEST_MARK: &str = "sha256-";

/// The application's own name for a ticket or message that it creates, for
/// `create_once` and `reply_once`.
///
/// An external id has 1 to 255 characters. Control characters are refused. So is
/// whitespace at either end, because the service might trim it. The same ticket
/// must get the same external id on every run. Derive the external id from an id
/// that the data already has, such as an order number, and never generate it at
/// random. With a random id, a ticket that was sent before a crash can't be found
/// after the crash.
///
/// ```
/// # extern crate gorgias_runtime as gorgias;
/// use gorgias::ExternalId;
///
/// let id: ExternalId = "order-1234".parse()?;
/// assert_eq!(id.as_str(), "order-1234");
///
/// let imported = ExternalId::derive("zendesk", 12345)?;
/// assert_eq!(imported.as_str(), "zendesk:12345");
/// assert_eq!(ExternalId::derive("zendesk", "12345")?, imported);
/// # Ok::<(), gorgias::InvalidExternalId>(())
/// ```
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ExternalId(String);

impl ExternalId {
    /// Checks an id.
    ///
    /// # Errors
    ///
    /// When the text isn't as described on the type. The error doesn't repeat
    /// the text.
    pub fn new(id: impl Into<String>) -> Result<Self, InvalidExternalId> {
        let id = id.into();
        check(&id).map(|()| Self(id))
    }

    /// Creates the external id `SOURCE:ID` from the name of a source and an id
    /// within that source. Different pairs give different external ids.
    ///
    /// The source has 1 to 64 letters, digits, `.`, `_` and `-`. The id may be
    /// an integer or any text. An id that is too long, contains characters that
    /// aren't allowed, or starts with `sha256-`, is replaced by `sha256-` and
    /// its SHA-256 digest.
    ///
    /// # Errors
    ///
    /// When the source isn't as described, or the id is empty.
    pub fn derive(source: &str, id: impl fmt::Display) -> Result<Self, InvalidExternalId> {
        let id = id.to_string();
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"._-".contains(&byte);
        if !(1..=MAX_SOURCE_LENGTH).contains(&source.len()) || !source.bytes().all(plain) {
            return Err(InvalidExternalId(
                "the source of an external id is not 1 to 64 letters, digits, dots, underscores \
                 and hyphens",
            ));
        }
        match id.is_empty() {
            true => Err(InvalidExternalId(EMPTY)),
            false => Ok(Self::qualified(source, &id)),
        }
    }

    /// Returns `SCOPE:ID`, the key of a resource in a journal that keeps several
    /// types of resources. An id that would be too long is replaced by its
    /// digest. The scope must be short and have only visible characters.
    #[doc(hidden)]
    #[must_use]
    pub fn scoped(&self, scope: &str) -> Self {
        Self::qualified(scope, &self.0)
    }

    /// Returns `PREFIX:ID`. The id is replaced by its SHA-256 digest if the result
    /// would not be a valid external id, or if the id looks like a digest.
    fn qualified(prefix: &str, id: &str) -> Self {
        let literal = format!("{prefix}:{id}");
        let is_valid = !id.starts_with(DIGEST_MARK)
            && !id.starts_with(char::is_whitespace)
            && check(&literal).is_ok();
        if is_valid {
            return Self(literal);
        }
        let digest = hex(&Sha256::hash(id.as_bytes()));
        Self(format!("{prefix}:{DIGEST_MARK}{digest}"))
    }

    /// Returns the id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Returns bytes as lowercase hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn check(id: &str) -> Result<(), InvalidExternalId> {
    let problem = if id.is_empty() {
        EMPTY
    } else if id.chars().count() > MAX_LENGTH {
        "the external id is longer than 255 characters"
    } else if id.chars().any(char::is_control) {
        "the external id holds a control character"
    } else if id.starts_with(char::is_whitespace) || id.ends_with(char::is_whitespace) {
        "the external id starts or ends with whitespace"
    } else {
        return Ok(());
    };
    Err(InvalidExternalId(problem))
}

impl fmt::Display for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

// `Debug` hides the id, because it may be personal data such as an e-mail address.
impl fmt::Debug for ExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("ExternalId").finish_non_exhaustive()
    }
}

impl AsRef<str> for ExternalId {
    fn as_ref(&self) -> &str {
        &self.0
    }
}

impl FromStr for ExternalId {
    type Err = InvalidExternalId;

    fn from_str(id: &str) -> Result<Self, InvalidExternalId> {
        Self::new(id)
    }
}

impl TryFrom<&str> for ExternalId {
    type Error = InvalidExternalId;

    fn try_from(id: &str) -> Result<Self, InvalidExternalId> {
        Self::new(id)
    }
}

impl TryFrom<String> for ExternalId {
    type Error = InvalidExternalId;

    fn try_from(id: String) -> Result<Self, InvalidExternalId> {
        Self::new(id)
    }
}

impl From<ExternalId> for String {
    fn from(id: ExternalId) -> Self {
        id.0
    }
}

/// The error for a text that can't be an external id. It doesn't repeat the
/// text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InvalidExternalId(&'static str);

const EMPTY: &str = "the external id is empty";

impl fmt::Display for InvalidExternalId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0)
    }
}

impl std::error::Error for InvalidExternalId {}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_the_service_may_change_or_refuse_is_refused() {
        let long = "x".repeat(256);
        for id in [
            "", " ", " a", "a ", "a\n", "a\tb", "\0", "a\u{85}b", "\u{a0}a", &long,
        ] {
            assert!(ExternalId::new(id).is_err(), "{id:.20}");
        }
        for id in ["a", "a b", "Grüße 👋", &"ü".repeat(255)] {
            assert_eq!(ExternalId::new(id).unwrap().as_str(), id);
        }
    }

    #[test]
    fn a_derived_id_names_its_source() {
        let derive = |source: &str, id: &str| ExternalId::derive(source, id).map(String::from);
        assert_eq!(derive("zendesk", "12345").as_deref(), Ok("zendesk:12345"));
        assert_eq!(derive("shop.v2", "a:b c").as_deref(), Ok("shop.v2:a:b c"));
        assert!(derive("", "1").is_err());
        assert!(derive("a:b", "1").is_err());
        assert!(derive(&"x".repeat(65), "1").is_err());
        assert!(derive("shop", "").is_err());
    }

    #[test]
    fn an_id_that_can_not_be_sent_is_digested() {
        let derived = ExternalId::derive("shop", "line\nbreak").unwrap();
        assert_eq!(
            derived.as_str(),
            format!("shop:sha256-{}", hex(&Sha256::hash(b"line\nbreak")))
        );
        assert_eq!(
            hex(&Sha256::hash(b"")),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }

    #[test]
    fn an_id_keeps_its_own_text_in_a_scope_that_leaves_room() {
        let scoped = |id: &str| String::from(ExternalId::new(id).unwrap().scoped("reply:7"));
        assert_eq!(scoped("a b:c"), "reply:7:a b:c");
        let long = "ü".repeat(250);
        let digest = |id: &str| format!("reply:7:sha256-{}", hex(&Sha256::hash(id.as_bytes())));
        assert_eq!(scoped(&long), digest(&long));
        let posing = digest(&long).split_off("reply:7:".len());
        assert_eq!(scoped(&posing), digest(&posing));
    }

    #[test]
    fn debug_does_not_show_the_id() {
        let id = ExternalId::new("jane@example.com").unwrap();
        assert_eq!(format!("{id:?}"), "ExternalId(..)");
        assert_eq!(id.to_string(), "jane@example.com");
    }

    proptest! {
        #[test]
        fn different_pairs_give_different_ids(
            one in ("[a-c._-]{1,4}", "(sha256-)?[a-c: \n]{1,6}"),
            other in ("[a-c._-]{1,4}", "(sha256-)?[a-c: \n]{1,6}"),
        ) {
            let derive = |(source, id): &(String, String)| ExternalId::derive(source, id).unwrap();
            prop_assert_eq!(one == other, derive(&one) == derive(&other));
        }

        #[test]
        fn any_id_of_a_source_can_be_sent(id in any::<String>().prop_filter("empty", |id| !id.is_empty())) {
            let derived = ExternalId::derive("shop", &id).unwrap();
            prop_assert!(ExternalId::new(derived.as_str()).is_ok());
        }
    }
}
