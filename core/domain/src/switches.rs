//! What a venue has switched off. Everything is on unless it says otherwise.

use crate::error::{Error, Reason, Result};

words! {
    /// A part of the program that a venue can switch off.
    pub enum Switch {
        /// The door: `access.*` is refused, and `client.overview` shows no visits. What was written down before stays in
        /// histories and reports; visits that had not ended stay open until it is on again.
        AccessControl "access_control",
        /// Zones: a request or a plan that names one is refused. Rules that were copied into passes before go on to hold.
        Zones "zones",
        /// Points. There are none yet, so this governs nothing today; the operations that are to give and take them will ask it.
        Points "points",
        /// Signing on a tablet: a consent through the channel `tablet` is refused.
        TabletSigning "tablet_signing",
    }
}

/// Each switch once, in one order: however a list names them, it says the same.
#[must_use]
pub fn in_order(named: &[Switch]) -> Vec<Switch> {
    Switch::ALL.iter().copied().filter(|switch| named.contains(switch)).collect()
}

/// Refuses what needs a part that is switched off.
///
/// # Errors
/// `disabled` in `field`, with the switch as detail.
pub fn require(off: &[Switch], needed: Switch, field: &str) -> Result<()> {
    if off.contains(&needed) {
        return Err(Error::field(Reason::Disabled, field).with("switch", needed));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_switched_off_is_refused_and_nothing_else() {
        for off in Switch::ALL {
            for needed in Switch::ALL {
                let refused = require(&[*off], *needed, "here").err();
                let expected = (off == needed)
                    .then(|| Error::field(Reason::Disabled, "here").with("switch", needed.as_str()));
                assert_eq!(refused, expected, "{off} off, {needed} needed");
            }
            assert_eq!(require(&[], *off, "here"), Ok(()));
            let others: Vec<Switch> = Switch::ALL.iter().copied().filter(|other| other != off).collect();
            assert_eq!(require(&others, *off, "here"), Ok(()), "all but {off} are off");
            assert!(require(Switch::ALL, *off, "here").is_err(), "all are off");
        }
    }

    #[test]
    fn switches_are_kept_once_and_in_one_order() {
        use Switch::{AccessControl, Points, TabletSigning, Zones};
        assert_eq!(in_order(&[TabletSigning, Zones, TabletSigning]), [Zones, TabletSigning]);
        assert_eq!(
            in_order(&[Points, TabletSigning, AccessControl, Zones]),
            [AccessControl, Zones, Points, TabletSigning]
        );
        assert_eq!(in_order(&[]), []);
    }
}
