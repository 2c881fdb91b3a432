//! Canaries: random words in the data of a test, which must not turn up in
//! logs.

use std::collections::BTreeMap;
use std::hash::{BuildHasher, Hasher, RandomState};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

/// Canaries by the name of the data that they are in.
#[derive(Default)]
pub struct Canaries(BTreeMap<&'static str, String>);

impl Canaries {
    /// Adds a new canary of 24 characters, and returns it.
    pub fn add(&mut self, name: &'static str) -> String {
        let word = format!("q{:015x}{:08x}", random(), random() as u32);
        self.0.insert(name, word.clone());
        word
    }

    /// Returns the names of all canaries in a text. Finds a canary as text, in hexadecimal,
    /// as a list of bytes and in base64.
    #[must_use]
    pub fn found_in(&self, text: &[u8]) -> Vec<&'static str> {
        let text = String::from_utf8_lossy(text).to_ascii_lowercase();
        self.0
            .iter()
            .filter(|(_, word)| forms(word).iter().any(|form| text.contains(form)))
            .map(|(name, _)| *name)
            .collect()
    }

    /// Returns the names of all canaries in a text, except for those allowed.
    #[must_use]
    pub fn found_except(&self, text: &[u8], allowed: &[&str]) -> Vec<&'static str> {
        let mut found = self.found_in(text);
        found.retain(|name| !allowed.contains(name));
        found
    }
}

fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}

/// Returns the encodings of a word, in lower case: as text, in hexadecimal, as
/// a printed list of bytes, and in base64 at each of the three offsets.
fn forms(word: &str) -> Vec<String> {
    let bytes = word.as_bytes();
    let decimal: Vec<String> = bytes.iter().map(ToString::to_string).collect();
    let mut forms = vec![
        word.to_owned(),
        bytes.iter().map(|byte| format!("{byte:02x}")).collect(),
        decimal.join(", "),
        decimal.join(","),
    ];
    for shift in 0..3 {
        let shifted = [vec![0; shift], bytes.to_vec()].concat();
        let encoded = STANDARD_NO_PAD.encode(shifted).to_ascii_lowercase();
        // The characters at the ends depend on the text before and after.
        forms.push(encoded[4..encoded.len() - 4].to_owned());
    }
    forms
}
