//! Ids and request ids, which follow from the seed.

/// The random number generator SplitMix64: small, fast, and with the same numbers on
/// every platform.
#[derive(Clone, Debug)]
pub(crate) struct SplitMix64(u64);

impl SplitMix64 {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next_u64(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number in `0.0..1.0`.
    pub(crate) fn next_unit(&mut self) -> f64 {
        // The upper 53 bits fill a double's mantissa exactly.
        (self.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// One sequence of rising ids.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sequence(i64);

impl Sequence {
    fn start(base: i64, random: &mut SplitMix64) -> Self {
        let offset = i64::try_from(random.next_u64() % 1_000_000).unwrap_or_default();
        Self(base.saturating_add(offset))
    }

    pub(crate) fn next(&mut self) -> i64 {
        self.take(None)
    }

    /// Returns the given id, or else the next one. Every id that is generated later is larger.
    pub(crate) fn take(&mut self, given: Option<i64>) -> i64 {
        let id = given.unwrap_or(self.0);
        self.0 = self.0.max(id.saturating_add(1));
        id
    }
}

/// The sequences of one emulator. The ids have the magnitudes that were recorded from the
/// service in August 2026.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ids {
    pub(crate) tickets: Sequence,
    pub(crate) messages: Sequence,
    /// Customers and agents share one sequence, as they seem to in the service.
    pub(crate) people: Sequence,
    pub(crate) channels: Sequence,
    pub(crate) tags: Sequence,
    pub(crate) custom_fields: Sequence,
    pub(crate) integrations: Sequence,
    pub(crate) satisfaction_surveys: Sequence,
    pub(crate) teams: Sequence,
    pub(crate) views: Sequence,
    pub(crate) events: Sequence,
}

impl Ids {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = SplitMix64::new(seed);
        Self {
            tickets: Sequence::start(80_000_000, &mut random),
            messages: Sequence::start(214_000_000, &mut random),
            people: Sequence::start(512_000_000, &mut random),
            channels: Sequence::start(652_000_000, &mut random),
            tags: Sequence::start(1_801_000, &mut random),
            custom_fields: Sequence::start(318_000, &mut random),
            integrations: Sequence::start(125_000, &mut random),
            satisfaction_surveys: Sequence::start(6_900_000, &mut random),
            teams: Sequence::start(4_100, &mut random),
            views: Sequence::start(1_170_000, &mut random),
            events: Sequence::start(2_180_000_000, &mut random),
        }
    }
}

/// Request ids: 32 hexadecimal digits.
#[derive(Clone, Debug)]
pub(crate) struct RequestIds(SplitMix64);

impl RequestIds {
    pub(crate) fn new(seed: u64) -> Self {
        // The seed is changed, so that the random numbers differ from those of the ids.
        Self(SplitMix64::new(seed ^ 0x7265_7175_6573_7473))
    }

    pub(crate) fn next(&mut self) -> String {
        format!("{:016x}{:016x}", self.0.next_u64(), self.0.next_u64())
    }
}
