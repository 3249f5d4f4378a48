//! Replay: the stored changes of another store's journal, applied to an empty one.

use crate::call::Call;
use crate::changes::Change;
use crate::engine::Engine;
use crate::journal::{self, Payload, unhex};
use crate::ops::journal::JournalEntry;
use crate::strict;
use carnet_domain::ids::{COUNTER_MAX, Id};
use carnet_domain::{Error, Reason, Result};

impl Engine {
    /// Applies exported journal entries, in order, to a store that has none of them yet: the first entry's position
    /// is the next one here. Digests and chain are checked on the way; the same entries give the same head.
    ///
    /// # Errors
    /// `corrupt` if an entry does not follow or was altered, `gone` entries included; storage errors. A call applies
    /// all its entries or none.
    pub fn replay(&self, entries: &[JournalEntry]) -> Result<()> {
        let deadline = self.deadline(&Call::default());
        #[cfg(feature = "postgres")]
        if let Some(server) = self.server() {
            return server.with(deadline, |session| session.replay(entries));
        }
        let file = self.file().ok_or(Reason::Internal)?;
        let mut writer = file.queue.writer();
        writer.begin(deadline)?;
        let applied = entries.iter().try_for_each(|entry| {
            let (payload, salt) = follow(entry, writer.tip().position)?;
            writer.replay(&payload, salt)?;
            for (kind, counter) in counters(&payload) {
                writer.taken(kind, counter)?;
            }
            same_chain(entry, &writer.tip().hash)
        });
        match applied {
            Ok(()) => {
                writer.commit()?;
                drop(writer);
                file.readers.close();
                Ok(())
            }
            Err(error) => {
                writer.rollback();
                Err(error)
            }
        }
    }

    /// Applies the whole journal of another store.
    #[cfg(feature = "postgres")]
    pub(crate) fn replay_all(&self, source: &Self, goes_on: &mut dyn FnMut(i64, i64) -> bool) -> Result<()> {
        let mut after = 0;
        loop {
            let request = crate::ops::journal::JournalExport { after, limit: Some(crate::limits::PAGE) };
            let page = source.journal_export(&Call::default(), request)?;
            self.replay(&page.entries)?;
            after = page.last;
            if !goes_on(after, if page.more { 0 } else { after }) {
                return Err(Reason::Interrupted.into());
            }
            if !page.more {
                return Ok(());
            }
        }
    }
}

/// What an entry holds, if it is the one after this position.
pub(crate) fn follow(entry: &JournalEntry, position: i64) -> Result<(Payload, [u8; 32])> {
    if position.checked_add(1) != Some(entry.position) {
        return Err(Error::new(Reason::Corrupt).with("what", "an entry that does not follow"));
    }
    open_entry(entry)
}

/// Refuses an entry that came out with another hash than it had.
pub(crate) fn same_chain(entry: &JournalEntry, hash: &[u8]) -> Result<()> {
    if journal::hex(hash) == entry.hash {
        return Ok(());
    }
    Err(Error::new(Reason::Corrupt).with("what", "another chain").with("position", entry.position))
}

/// The numbers of the ids that an entry made, by kind.
pub(crate) fn counters(payload: &Payload) -> impl Iterator<Item = (&'static str, i64)> + '_ {
    let made = payload.changes.iter().flat_map(|change| new_ids(change).into_iter().flatten());
    made.map(|(kind, id)| (kind, id & COUNTER_MAX))
}

/// The payload of an entry whose digest is right, and its salt.
fn open_entry(entry: &JournalEntry) -> Result<(Payload, [u8; 32])> {
    let corrupt = || Error::new(Reason::Corrupt).with("position", entry.position);
    let (Some(salt), Some(payload)) = (&entry.salt, &entry.payload) else {
        return Err(corrupt().with("what", "an erased entry"));
    };
    let salt = unhex(salt).ok_or_else(corrupt)?;
    if journal::hex(&journal::digest(&salt, payload)) != entry.digest {
        return Err(corrupt().with("what", "an altered payload"));
    }
    let mut padded = [0_u8; 32];
    for (to, from) in padded.iter_mut().zip(salt) {
        *to = from;
    }
    serde_json::from_str(payload)
        .ok()
        .and_then(|payload: serde_json::Value| strict::typed(&payload).ok())
        .map(|payload| (payload, padded))
        .ok_or_else(|| corrupt().with("what", "a payload"))
}

/// The ids that a change made, by kind.
fn new_ids(change: &Change) -> [Option<(&'static str, i64)>; 2] {
    fn of<T: Id>(id: T) -> [Option<(&'static str, i64)>; 2] {
        [Some((T::KIND, id.get())), None]
    }
    fn both<T: Id, U: Id>(first: T, second: U) -> [Option<(&'static str, i64)>; 2] {
        [Some((T::KIND, first.get())), Some((U::KIND, second.get()))]
    }
    match change {
        Change::Venue(venue) => both(venue.venue, venue.zone),
        Change::Operator(operator) => of(operator.operator),
        Change::Category(category) => of(category.category),
        Change::Service(service) => of(service.service),
        Change::Plan(plan) => of(plan.plan),
        Change::Client(client) => of(client.client),
        Change::Card(card) => of(card.card),
        Change::Pass(pass) => of(pass.pass),
        Change::Account(account) => of(account.account),
        Change::Lot(lot) => of(lot.lot),
        Change::Transfer(transfer) => both(transfer.transfer, transfer.group),
        Change::VisitBegan(visit) => of(visit.visit),
        Change::Attempt(attempt) => of(attempt.attempt),
        Change::Use(used) => both(used.pass_use, used.group),
        Change::Booking(booking) => of(booking.booking),
        Change::Freeze(freeze) => of(freeze.freeze),
        Change::Hold(hold) => of(hold.hold),
        Change::Conflict(conflict) => of(conflict.conflict),
        Change::Adjustment { group, .. } => of(*group),
        Change::Opening(opening) => of(opening.group),
        Change::Comment(comment) => of(comment.comment),
        Change::Consent(consent) => of(consent.consent),
        Change::File { file, .. } => of(file.file),
        // The desk.
        Change::Document(entry) => of(entry.document),
        Change::Field(field) => of(field.field),
        Change::Household(household) => of(household.household),
        Change::Message(message) => of(message.message),
        Change::TokenRefused { attempt, .. } => of(*attempt),
        Change::ClientTagged { .. }
        | Change::PassStarted { .. }
        | Change::PassEvent(_)
        | Change::LotRest { .. }
        | Change::LotHeld { .. }
        | Change::LotExpires { .. }
        | Change::Spent { .. }
        | Change::VisitEnded { .. }
        | Change::DayOpened { .. }
        | Change::DayClosed { .. }
        | Change::ClientEdited { .. }
        // The desk.
        | Change::VisitParameters { .. }
        | Change::Photo { .. }
        | Change::PhotoRemoved { .. }
        | Change::FileRemoved { .. }
        | Change::Charted { .. }
        | Change::Uncharted { .. }
        | Change::ChartRead { .. }
        | Change::Invitation(_)
        | Change::Reminder { .. }
        | Change::Activated { .. } => [None, None],
    }
}
