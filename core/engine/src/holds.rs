//! Holds whose time is over: they hold nothing from that instant on, and are written down by whoever changes what they
//! held.

use crate::changes::Change;
use crate::store;
use crate::work::{Work, next_version};
use carnet_domain::hold::{Hold, HoldPart, HoldState};
use carnet_domain::{AccountId, Instant, LotId, Result};
use std::collections::{BTreeMap, BTreeSet};

/// What is held of a lot, and when the first of its holds runs out.
pub(crate) type Held = BTreeMap<LotId, (i64, Instant)>;

/// Writes down the holds on some accounts whose time is over, with all that they held on other accounts. Who holds or
/// frees something on several accounts names them all, before that: what is read here knows nothing of it.
pub(crate) fn write_down(work: &mut Work<'_>, accounts: &[AccountId]) -> Result<()> {
    let at = work.holds_end();
    let mut over: BTreeMap<i64, Hold> = BTreeMap::new();
    let (mut waiting, mut seen) = (accounts.to_vec(), BTreeSet::new());
    while let Some(account) = waiting.pop() {
        if !seen.insert(account) {
            continue;
        }
        for hold in store::hold::over(work.db(), account, at)? {
            waiting.extend(hold.parts.iter().map(|part| part.account));
            over.insert(hold.hold.0, hold);
        }
    }
    let held_before = |hold: &Hold| hold.parts.iter().filter(|part| part.held > 0).cloned().collect();
    let parts: Vec<HoldPart> =
        over.values().flat_map(|hold| -> Vec<HoldPart> { held_before(hold) }).collect();
    for hold in over.into_values() {
        let version = next_version(hold.version)?;
        let parts = hold.parts.iter().map(|part| HoldPart { held: 0, ..part.clone() }).collect();
        let ended = Hold { version, state: HoldState::Expired, ended: Some(at), parts, ..hold };
        work.add(Change::Hold(ended));
    }
    for account in seen {
        let held = store::hold::counted(work.db(), account, at, None)?;
        let lots: BTreeSet<LotId> =
            parts.iter().filter(|part| part.account == account).map(|part| part.lot).collect();
        for lot in lots {
            hold_lot(work, lot, held.get(&lot));
        }
    }
    Ok(())
}

/// Adds the change of what is held of a lot.
pub(crate) fn hold_lot(work: &mut Work<'_>, lot: LotId, held: Option<&(i64, Instant)>) {
    let (held, until) = held.map_or((0, None), |(held, until)| (*held, Some(*until)));
    work.add(Change::LotHeld { lot, held, until });
}

/// Adds what a hold holds of one lot.
pub(crate) fn add(held: &mut Held, lot: LotId, amount: i64, until: Instant) {
    if amount > 0 {
        let entry = held.entry(lot).or_insert((0, until));
        *entry = (entry.0.saturating_add(amount), entry.1.min(until));
    }
}
