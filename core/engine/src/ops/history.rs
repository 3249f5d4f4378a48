//! One timeline of all that happened to a client.

use crate::input;
use crate::journal::{hex, unhex};
use crate::store;
use crate::store::visit::{Happened, Place};
use crate::work::Work;
use carnet_domain::account::{TransferReason, Unit};
use carnet_domain::ids::Id;
use carnet_domain::life::PassAct;
use carnet_domain::{
    BookingId, CardId, ClientId, Error, GroupId, HoldId, Instant, PassId, Reason, Result, ServiceId,
    TransferId, UseId, VisitId, record, request, words,
};

words! {
    /// What a line of a client's history is about.
    pub enum HistoryKind {
        /// A visit.
        Visit "visit",
        /// A use of a pass without a door or booking.
        Use "use",
        /// Something was done to a pass: sold, started, frozen, renewed, cancelled.
        Pass "pass",
        /// Money moved, or visits or credit went back or lapsed.
        Money "money",
        /// A booking, where it was made.
        Booking "booking",
        /// A card, where it was issued.
        Card "card",
        /// A hold, where it was placed.
        Hold "hold",
    }
}

request! {
    /// Lists all that happened to a client at all venues, the latest first.
    pub struct ClientHistory {
        /// The client.
        pub client: ClientId,
        /// What the page before gave as `next`.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<String>,
        /// How many at most, 1 to 1000. 50 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

record! {
    /// One thing that happened to a client.
    pub struct HistoryLine {
        /// When: by value time.
        pub at: Instant,
        /// What it is about; of the ids below, those of its kind are given.
        pub kind: HistoryKind,
        /// The visit.
        pub visit: Option<VisitId>,
        /// The use.
        pub pass_use: Option<UseId>,
        /// The pass that it was done to, or that paid.
        pub pass: Option<PassId>,
        /// What was done to the pass.
        pub act: Option<PassAct>,
        /// The transfer.
        pub transfer: Option<TransferId>,
        /// Why it was made.
        pub reason: Option<TransferReason>,
        /// What it moved, in the unit: `12.50`.
        pub amount: Option<String>,
        /// The unit: a currency, `visits`, or `credit:` and a currency.
        #[schemars(with = "Option<String>")]
        pub unit: Option<Unit>,
        /// The transfers that it belongs to.
        pub group: Option<GroupId>,
        /// The booking.
        pub booking: Option<BookingId>,
        /// The card.
        pub card: Option<CardId>,
        /// The hold.
        pub hold: Option<HoldId>,
        /// What is written now of a booking, card or hold.
        pub state: Option<String>,
        /// The service of a visit, use or booking.
        pub service: Option<ServiceId>,
        /// How often the pass was used, less what went back.
        pub quantity: Option<i64>,
        /// The end of a visit, the beginning of what was booked, the end of a hold, the return of a card.
        pub until: Option<Instant>,
    }

    /// A page of a client's history.
    pub struct ClientHappened {
        /// The latest first.
        pub lines: Vec<HistoryLine>,
        /// Where more follow: what the next page is asked for with, as `after`.
        pub next: Option<String>,
    }
}

fn cursor((at, rank, id, line): Place) -> String {
    hex(format!("{at} {rank} {id} {line}").as_bytes())
}

fn place(after: &str) -> Result<Place> {
    let wrong = || Error::field(Reason::BadFormat, "after");
    let after = input::text(after, "after", 200)?;
    let text = unhex(&after).and_then(|bytes| String::from_utf8(bytes).ok()).ok_or_else(wrong)?;
    let numbers: Option<Vec<i64>> = text.split(' ').map(|part| part.parse().ok()).collect();
    match numbers.as_deref() {
        Some([at, rank, id, line]) => Ok((*at, *rank, *id, *line)),
        _ => Err(wrong()),
    }
}

pub(crate) fn history(work: &mut Work<'_>, request: ClientHistory) -> Result<ClientHappened> {
    let limit = input::page(request.limit, 50)?;
    let before = match &request.after {
        Some(after) => place(after)?,
        None => (i64::MAX, 0, 0, 0),
    };
    let client = super::client::existing(work, request.client)?.client;
    let mut found = store::visit::history(work.db(), client, before, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = found.len() > size;
    found.truncate(size);
    let next = found.last().filter(|_| more).map(|last| cursor(last.place));
    let lines = found.into_iter().map(line).collect::<Result<_>>()?;
    Ok(ClientHappened { lines, next })
}

fn line(found: Happened) -> Result<HistoryLine> {
    let corrupt = || Error::new(Reason::Corrupt).with("what", "a line of a history");
    let (at, rank, id, _) = found.place;
    let index = rank.checked_sub(1).and_then(|rank| usize::try_from(rank).ok());
    let kind = *index.and_then(|index| HistoryKind::ALL.get(index)).ok_or_else(corrupt)?;
    let unit: Option<Unit> = found.unit.as_deref().map(str::parse).transpose().map_err(|_| corrupt())?;
    let word = found.word.as_deref();
    let act = word.filter(|_| kind == HistoryKind::Pass).and_then(PassAct::from_text);
    let reason = word.filter(|_| kind == HistoryKind::Money).and_then(TransferReason::from_text);
    let has_state = matches!(kind, HistoryKind::Booking | HistoryKind::Card | HistoryKind::Hold);
    fn of<T: Id>(kind: HistoryKind, is: HistoryKind, id: i64) -> Option<T> {
        (kind == is).then(|| T::from_raw(id))
    }
    Ok(HistoryLine {
        at: Instant::from_micros(at).map_err(|_| corrupt())?,
        kind,
        visit: of(kind, HistoryKind::Visit, id),
        pass_use: of(kind, HistoryKind::Use, id),
        pass: found.pass,
        act,
        transfer: of(kind, HistoryKind::Money, id),
        reason,
        amount: found.amount.zip(unit).map(|(amount, unit)| unit.write(amount)),
        unit,
        group: found.group,
        booking: of(kind, HistoryKind::Booking, id),
        card: of(kind, HistoryKind::Card, id),
        hold: of(kind, HistoryKind::Hold, id),
        state: found.word.filter(|_| has_state),
        service: found.service,
        quantity: found.amount.filter(|_| kind == HistoryKind::Use),
        until: found.until,
    })
}
