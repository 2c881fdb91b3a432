//! P: successes whose JSON is not what it used to be. They change every ticket
//! of an answer.

use super::{AT_ONCE, FaultInfo, faithful};
use crate::fault::info::Action::Payload;
use crate::fault::payload::Drift;

#[rustfmt::skip]
pub(super) const ROWS: &[FaultInfo] = &[
    faithful("P1", "naive-datetimes", AT_ONCE, Payload(Drift::NaiveDatetimes),
        "Datetimes without an offset."),
    faithful("P2", "mixed-datetimes", AT_ONCE, Payload(Drift::MixedDatetimes),
        "Datetimes with Z, without a fraction, with a space, and one that is none."),
    faithful("P3", "unknown-values", AT_ONCE, Payload(Drift::UnknownValues),
        "Values of status, priority, via and channel nobody has seen."),
    faithful("P4", "unknown-fields", AT_ONCE, Payload(Drift::UnknownFields),
        "Fields nobody has seen, on the ticket and inside."),
    faithful("P5", "missing-fields", AT_ONCE, Payload(Drift::OnlyId),
        "No field but the id."),
    faithful("P6", "missing-id", AT_ONCE, Payload(Drift::NoId),
        "No id."),
    faithful("P7", "nulls", AT_ONCE, Payload(Drift::Nulls),
        "Null for every object and string."),
    faithful("P8", "null-arrays", AT_ONCE, Payload(Drift::NullArrays),
        "Null for every array."),
    faithful("P9", "numbers-as-strings", AT_ONCE, Payload(Drift::NumbersAsStrings),
        "Integers as strings, the id included."),
    faithful("P10", "strings-as-numbers", AT_ONCE, Payload(Drift::StringsAsNumbers),
        "External id and subject as numbers."),
    faithful("P11", "float-ids", AT_ONCE, Payload(Drift::FloatIds),
        "Ids with a decimal point, the ticket's included."),
    faithful("P12", "large-integers", AT_ONCE, Payload(Drift::LargeIntegers),
        "2^53 + 1 and the largest 64-bit integer beside the id."),
    faithful("P13", "huge-integers", AT_ONCE, Payload(Drift::HugeIntegers),
        "Integers beyond 64 bits, one of 400 digits, beside the id."),
    faithful("P13-id", "huge-id", AT_ONCE, Payload(Drift::HugeId),
        "An id of 400 digits."),
    faithful("P14", "duplicate-keys", AT_ONCE, Payload(Drift::DuplicateKeys),
        "A key twice."),
    faithful("P15", "deep-meta", AT_ONCE, Payload(Drift::DeepMeta),
        "A meta 200 objects deep."),
    faithful("P16", "long-external-id", AT_ONCE, Payload(Drift::LongExternalId),
        "An external id of 256 characters, one more than a request may have."),
    faithful("P17", "other-shapes", AT_ONCE, Payload(Drift::OtherShapes),
        "Custom fields as a map, decorations empty and null, from_agent null."),
    faithful("P18", "odd-text", AT_ONCE, Payload(Drift::OddText),
        "A subject with emoji, a NUL and right-to-left text."),
    faithful("P18-surrogate", "lone-surrogate", AT_ONCE, Payload(Drift::LoneSurrogate),
        "A subject with an escaped lone surrogate."),
    faithful("P18-large", "large-text", AT_ONCE, Payload(Drift::LargeText),
        "A subject of a megabyte."),
];
