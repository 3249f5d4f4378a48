//! Transfers: what was moved, moved back.

use crate::changes::Change;
use crate::input;
use crate::reversal::{Part, Reversal, reverse_group, reverse_transfer};
use crate::store;
use crate::work::Work;
use carnet_domain::account::Unit;
use carnet_domain::lots::Take;
use carnet_domain::{Error, GroupId, LotId, Reason, Result, TransferId, record, request};

request! {
    /// Moves back what a movement moved, whole or in part, to where it came from. Give the group or one transfer.
    ///
    /// What was used goes back to the same lots, last used first; into an expired lot it comes back as expired, unless the
    /// plan names a grace. A grant is taken back only if nothing of it was used. A sale goes back whole and cancels the pass.
    pub struct TransferReverse {
        /// The group: all that was moved in one operation.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub group: Option<GroupId>,
        /// One transfer, with what belongs to it: its tax, the value that it earned.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub transfer: Option<TransferId>,
        /// How much, tax included, in the unit of what was moved: `12.50`, `2`. All that is left if left out.
        #[schemars(length(min = 1, max = 32))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub amount: Option<String>,
        /// Why, 1 to 200 characters. Shown in statements: no personal data.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
    }
}

record! {
    /// A movement that was reversed, whole or in part.
    pub struct MovementReversed {
        /// Its first transfer.
        pub transfer: TransferId,
        /// What it counts.
        #[schemars(with = "String")]
        pub unit: Unit,
        /// How much was moved back, in the unit.
        pub amount: String,
        /// How much of it can still be moved back.
        pub left: String,
        /// What went back to lots, or was taken out of those that it had granted.
        pub lots: Vec<Take>,
        /// A lot that was granted anew: within the grace of the plan, or for a debt that was paid since.
        pub lot: Option<LotId>,
    }

    /// What was moved back.
    pub struct TransferReversed {
        /// The transfers of the reversal.
        pub group: GroupId,
        /// The movements that were reversed. None for a use of a time pass, which moved nothing.
        pub movements: Vec<MovementReversed>,
    }
}

pub(crate) fn reverse(work: &mut Work<'_>, request: TransferReverse) -> Result<TransferReversed> {
    let reason = input::text(&request.reason, "reason", 200)?;
    let done = match (request.group, request.transfer) {
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "transfer")),
        (None, None) => return Err(Error::field(Reason::Required, "group")),
        (Some(group), None) => {
            let group = input::id(group, "group")?;
            let part = part(work, group, None, request.amount.as_deref())?;
            reverse_group(work, group, part).map_err(|error| named(error, "group"))?
        }
        (None, Some(transfer)) => {
            let transfer = input::id(transfer, "transfer")?;
            let group = store::reversal::group_of(work.db(), transfer)?;
            let group = group.ok_or_else(|| Error::field(Reason::TransferNotFound, "transfer"))?;
            let part = part(work, group, Some(transfer), request.amount.as_deref())?;
            reverse_transfer(work, transfer, part).map_err(|error| named(error, "transfer"))?
        }
    };
    work.add(Change::Adjustment { group: done.group, operator: work.call.by, reason });
    Ok(reply(done))
}

/// Names the field that a refusal is about.
fn named(error: Error, what: &str) -> Error {
    match error.reason() {
        Reason::NothingToReverse => error.or_field("amount"),
        Reason::Contradiction if !error.details().contains_key("venue") => error.or_field("amount"),
        Reason::Contradiction => error.or_field("venue"),
        _ => error.or_field(what),
    }
}

/// The amount in the unit of what was moved first.
fn part(
    work: &mut Work<'_>,
    group: GroupId,
    transfer: Option<TransferId>,
    amount: Option<&str>,
) -> Result<Part> {
    let Some(text) = amount else { return Ok(Part::All) };
    let text = input::text(text, "amount", 32)?;
    let transfers = store::reversal::group(work.db(), group)?;
    let first = transfers.iter().find(|one| transfer.is_none_or(|id| one.transfer == id));
    let first = first.ok_or_else(|| Error::field(Reason::TransferNotFound, "group"))?;
    let amount = first.unit.read(&text).map_err(|error| error.or_field("amount"))?;
    if amount <= 0 {
        return Err(Error::field(Reason::OutOfRange, "amount").with("min", "more than 0"));
    }
    Ok(Part::Amount(amount))
}

fn reply(done: Reversal) -> TransferReversed {
    let movements = done.movements.into_iter().map(|one| MovementReversed {
        transfer: one.transfer,
        unit: one.unit,
        amount: one.unit.write(one.amount),
        left: one.unit.write(one.left),
        lots: one.lots,
        lot: one.fresh,
    });
    TransferReversed { group: done.group, movements: movements.collect() }
}
