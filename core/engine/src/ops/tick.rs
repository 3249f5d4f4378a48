//! What is due, when a host likes to call: holds whose time is over are written down, reminders are queued, and what else is due is
//! counted.
//!
//! Every rule asks the instant and not what was written down, so calling this twice or never changes no right and no balance. That
//! is why some things that are due are counted only. What has expired is posted by the close of the day: an extension of the pass
//! before that brings it back, and would not after it. A pass that has begun by itself is written down by its first use or by the
//! close: a door that was off line may yet send an entry of before its latest start, with which it began.

use super::pass_renew::RenewalDue;
use crate::changes::Change;
use crate::holds;
use crate::input;
use crate::store;
use crate::work::{Work, next_version};
use carnet_domain::hold::{Hold, HoldState};
use carnet_domain::{AccountId, Result, VenueId, record, request};

request! {
    /// Writes down what is due at a venue. Hosts call it when they like: calling it twice or never changes no right and no balance.
    #[derive(Default)]
    pub struct Tick {
        /// How many holds to write down, and how many reminders to queue, at most: 1 to 1000. 200 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// What was due.
    pub struct Ticked {
        /// The venue.
        pub venue: VenueId,
        /// Holds that were written down as expired.
        pub holds: i64,
        /// Clients who are reminded of the end of a pass: messages that were queued, if the venue has `reminder_days`. Once for
        /// each end of a pass; one that is extended ends anew. Who wants no messages, or cannot be reached, gets none.
        pub reminders: i64,
        /// True where more of these are due; call again.
        pub more: bool,
        /// Renewals that are due: `renewal.due` lists them. At most 1000 are counted.
        pub renewals: i64,
        /// Passes that have begun by themselves; the close of the day writes them down.
        pub begun: i64,
        /// Lots whose time is over with something left; the close of the day posts them.
        pub lapsed: i64,
    }
}

pub(crate) fn tick(work: &mut Work<'_>, request: Tick) -> Result<Ticked> {
    let limit = input::page(request.limit, 200)?;
    let (venue, at) = (work.venue()?.venue, work.at);
    let (holds, more_holds) = end_holds(work, venue, limit)?;
    let (reminders, more_reminders) = super::reminder::queue(work, limit)?;
    let due = super::pass_renew::due(
        work,
        RenewalDue { limit: Some(input::limits::PAGE), ..RenewalDue::default() },
    )?;
    let (begun, lapsed) = store::desk::due(work.db(), venue, at)?;
    let renewals = i64::try_from(due.renewals.len()).unwrap_or(i64::MAX);
    let more = more_holds || more_reminders;
    Ok(Ticked { venue, holds, reminders, more, renewals, begun, lapsed })
}

/// Writes down holds whose time is over, the oldest first: how many, and whether more are due.
fn end_holds(work: &mut Work<'_>, venue: VenueId, limit: i64) -> Result<(i64, bool)> {
    let at = work.at;
    let mut over = store::hold::over_at(work.db(), venue, at, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = over.len() > size;
    over.truncate(size);
    let accounts: Vec<AccountId> = over
        .iter()
        .flat_map(|hold| hold.parts.iter().filter(|part| part.held > 0).map(|part| part.account))
        .collect();
    // Other holds on the same accounts may be over too: what is held of a lot is written once, after all of them.
    holds::write_down(work, &accounts)?;
    let empty = |hold: &Hold| hold.parts.iter().all(|part| part.held == 0);
    for hold in over.into_iter().filter(empty) {
        let version = next_version(hold.version)?;
        work.add(Change::Hold(Hold { version, state: HoldState::Expired, ended: Some(at), ..hold }));
    }
    let ended = work.changes.iter().filter(|change| matches!(change, Change::Hold(_))).count();
    Ok((i64::try_from(ended).unwrap_or(i64::MAX), more))
}
