//! The kind of version that a change needs.

use semver::Version;

/// The kind of version that the next release has to be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Need {
    /// Any version.
    Nothing,
    /// A version that may have additions.
    Additive,
    /// A version that may have breaking changes.
    Breaking,
}

impl Need {
    /// Returns the lowest version of this kind after `base`. Below 1.0 the minor number counts
    /// as the major number, and below 0.1 every release may break.
    pub fn after(self, base: &Version) -> Version {
        // A pre-release promises nothing about the next release.
        if self == Self::Nothing || !base.pre.is_empty() {
            return base.clone();
        }
        let breaking = self == Self::Breaking;
        let (major, minor, patch) = (base.major, base.minor, base.patch);
        match (major, minor) {
            (0, 0) => Version::new(0, 0, patch.saturating_add(1)),
            (0, _) if breaking => Version::new(0, minor.saturating_add(1), 0),
            (0, _) => Version::new(0, minor, patch.saturating_add(1)),
            _ if breaking => Version::new(major.saturating_add(1), 0, 0),
            _ => Version::new(major, minor.saturating_add(1), 0),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn next(version: &str, need: Need) -> String {
        need.after(&Version::parse(version).unwrap()).to_string()
    }

    #[test]
    fn numbers_follow_cargos_rules() {
        assert_eq!(next("1.2.3", Need::Breaking), "2.0.0");
        assert_eq!(next("1.2.3", Need::Additive), "1.3.0");
        assert_eq!(next("0.2.3", Need::Breaking), "0.3.0");
        assert_eq!(next("0.2.3", Need::Additive), "0.2.4");
        assert_eq!(next("0.0.3", Need::Breaking), "0.0.4");
        assert_eq!(next("1.2.3", Need::Nothing), "1.2.3");
    }

    #[test]
    fn a_pre_release_promises_nothing() {
        assert_eq!(next("1.0.0-rc.1", Need::Breaking), "1.0.0-rc.1");
    }

    proptest! {
        #[test]
        fn cargo_agrees_on_what_breaks(major in 0_u64..3, minor in 0_u64..3, patch in 0_u64..4) {
            let base = Version::new(major, minor, patch);
            // The versions that cargo would update a dependency on the base to.
            let compatible = semver::VersionReq::parse(&base.to_string()).unwrap();
            let (additive, breaking) = (Need::Additive.after(&base), Need::Breaking.after(&base));
            prop_assert!(base < additive && additive <= breaking);
            prop_assert!(!compatible.matches(&breaking));
            prop_assert_eq!(compatible.matches(&additive), (major, minor) != (0, 0));
        }
    }
}
