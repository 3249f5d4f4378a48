//! Reversal: new transfers that move back what others moved. Nothing is rewritten.
//!
//! The transfers of a group fall into movements: what moved (a use; a charge with its tax), and what only follows from it
//! (the value that a use earned, the bonus of a top-up). A part is a part of what moved; the rest follows.

use crate::books::{Group, Moved, Movement};
use crate::changes::Change;
use crate::ops::pass_course::Changing;
use crate::store;
use crate::work::Work;
use carnet_domain::account::{Account, Counter, Party, Transfer, TransferReason, Unit};
use carnet_domain::life::PassAct;
use carnet_domain::lots::{Lot, Origin, Take};
use carnet_domain::pass::{Pass, PassStatus};
use carnet_domain::plan::PlanTag;
use carnet_domain::reversal::{Back, Went, give_back, move_out, share, undo, whole_uses};
use carnet_domain::usage::PassUse;
use carnet_domain::{Error, GroupId, Instant, LotId, Money, Reason, Result, TransferId};
use std::collections::BTreeMap;

/// How much of a movement is reversed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    /// All that is left of it.
    All,
    /// This much, in its unit.
    Amount(i64),
}

/// A movement that was reversed.
#[derive(Debug, Clone)]
pub(crate) struct Reversed {
    /// The first of its transfers.
    pub transfer: TransferId,
    pub unit: Unit,
    pub amount: i64,
    /// What can still be reversed of it.
    pub left: i64,
    /// What went back to lots, or was taken out of those that it had granted.
    pub lots: Vec<Take>,
    /// A lot that was granted anew.
    pub fresh: Option<LotId>,
}

/// The transfers of a reversal, and what they reverse. A use of a time pass has no transfers: then nothing is in it.
#[derive(Debug)]
pub(crate) struct Reversal {
    pub group: GroupId,
    pub movements: Vec<Reversed>,
}

/// What moved, and what follows from it.
struct Bundle {
    main: Vec<Transfer>,
    with: Vec<Transfer>,
}

/// Reverses a group: all its movements, or a part of the only one.
///
/// Errors: `transfer_not_found`; `already_done` if nothing is left of it, `nothing_to_reverse` if less is left than
/// asked; `already_used` for a sale or top-up that was used; `pass_closed`; `not_allowed` for what has a way of its own
/// (cancellation, hand-over, the close of a day, a reversal). All without a field: the caller names it.
pub(crate) fn reverse_group(work: &mut Work<'_>, group: GroupId, part: Part) -> Result<Reversal> {
    let found = Found::load(work, group)?;
    if found.transfers.is_empty() && found.uses.is_empty() {
        return Err(Reason::TransferNotFound.into());
    }
    if found.is_sale() {
        return found.reverse_sale(work, part);
    }
    if found.transfers.iter().any(|transfer| !is_reversible(transfer.reason)) {
        return Err(not_allowed(&found.transfers));
    }
    let bundles = bundles(&found.transfers);
    if part != Part::All && bundles.len() != 1 {
        return Err(Error::new(Reason::Contradiction).with("movements", bundles.len()));
    }
    found.reverse(work, &bundles, part)
}

/// Reverses one movement of a group, named by one of its transfers. Errors as [`reverse_group`].
pub(crate) fn reverse_transfer(work: &mut Work<'_>, transfer: TransferId, part: Part) -> Result<Reversal> {
    let group = store::reversal::group_of(work.db(), transfer)?.ok_or(Reason::TransferNotFound)?;
    let found = Found::load(work, group)?;
    if found.is_sale() {
        return found.reverse_sale(work, part);
    }
    let mut bundles = bundles(&found.transfers);
    bundles.retain(|bundle| bundle.main.iter().any(|one| one.transfer == transfer));
    if bundles.is_empty() {
        let named: Vec<Transfer> =
            found.transfers.into_iter().filter(|one| one.transfer == transfer).collect();
        return Err(not_allowed(&named));
    }
    found.reverse(work, &bundles, part)
}

/// What has no way back of its own. Only what a pass forfeited, and money that lapsed, is reversed out of a larger group.
const fn is_reversible(reason: TransferReason) -> bool {
    use TransferReason as R;
    match reason {
        R::Sale | R::Tax | R::Grant | R::TopUp | R::Bonus | R::Charge | R::Use | R::Recognition => true,
        R::Fee | R::Adjustment | R::Breakage => true,
        R::TimeRecognition | R::Forfeit | R::Refund | R::TaxRefund => false,
        R::Handover | R::Credit | R::Reversal | R::Opening => false,
    }
}

fn not_allowed(transfers: &[Transfer]) -> Error {
    let what = transfers.iter().find(|transfer| !is_reversible(transfer.reason)).or(transfers.first());
    Error::new(Reason::NotAllowed).with("what", what.map_or("nothing", |transfer| transfer.reason.as_str()))
}

/// The movements of a group.
fn bundles(transfers: &[Transfer]) -> Vec<Bundle> {
    use TransferReason as R;
    let mut bundles: Vec<Bundle> = Vec::new();
    for transfer in transfers {
        let between = matches!((&transfer.debit, &transfer.credit), (Party::Counter(_), Party::Counter(_)));
        let last = |follows: &dyn Fn(&Transfer) -> bool, bundles: &[Bundle]| {
            bundles.iter().rposition(|bundle| bundle.main.first().is_some_and(follows))
        };
        let pays = |main: &Transfer| {
            let net = matches!(main.reason, R::Charge | R::Fee | R::Sale);
            net && main.debit == transfer.debit && main.pass == transfer.pass
        };
        let earns = |main: &Transfer| !matches!(main.unit, Unit::Money(_)) && main.pass == transfer.pass;
        let found = match transfer.reason {
            R::Tax => last(&pays, &bundles).map(|index| (index, true)),
            R::Bonus => last(&|main| main.reason == R::TopUp, &bundles).map(|index| (index, false)),
            R::Recognition | R::Breakage if between => last(&earns, &bundles).map(|index| (index, false)),
            _ => None,
        };
        let new = match transfer.reason {
            R::Recognition => false,
            R::Breakage => !between,
            R::Use | R::Forfeit | R::TopUp | R::Bonus | R::Adjustment | R::Charge | R::Fee | R::Tax => true,
            R::Sale | R::Grant => true,
            _ => false,
        };
        match found.and_then(|(index, is_main)| bundles.get_mut(index).map(|bundle| (bundle, is_main))) {
            Some((bundle, true)) => bundle.main.push(transfer.clone()),
            Some((bundle, false)) => bundle.with.push(transfer.clone()),
            None if new => bundles.push(Bundle { main: vec![transfer.clone()], with: Vec::new() }),
            None => {}
        }
    }
    bundles
}

/// A group, how much of it was reversed, and the uses that it counts.
struct Found {
    transfers: Vec<Transfer>,
    done: BTreeMap<TransferId, i64>,
    uses: Vec<PassUse>,
}

impl Found {
    fn load(work: &mut Work<'_>, group: GroupId) -> Result<Self> {
        Ok(Self {
            transfers: store::reversal::group(work.db(), group)?,
            done: store::reversal::done(work.db(), group)?,
            uses: store::reversal::uses(work.db(), group)?,
        })
    }

    fn is_sale(&self) -> bool {
        let sold =
            |transfer: &Transfer| matches!(transfer.reason, TransferReason::Sale | TransferReason::Grant);
        self.transfers.iter().any(sold)
    }

    fn done(&self, transfer: &Transfer) -> i64 {
        self.done.get(&transfer.transfer).copied().unwrap_or(0)
    }

    fn reverse(&self, work: &mut Work<'_>, bundles: &[Bundle], part: Part) -> Result<Reversal> {
        let group = Group::new(work)?;
        let mut movements = Vec::new();
        for bundle in bundles {
            movements.extend(self.reverse_bundle(work, group, bundle, part)?);
        }
        if movements.is_empty() {
            let open = self.uses.iter().any(|used| used.reversed.is_none());
            if !(bundles.is_empty() && open && part == Part::All) {
                return Err(Reason::AlreadyDone.into());
            }
            self.mark_uses(work, |used| used.quantity);
        } else {
            self.mark_uses(work, |used| self.gone_back(used, &movements));
        }
        Ok(Reversal { group: group.group, movements })
    }

    /// How many of a use of several have gone back, with what goes back now.
    fn gone_back(&self, used: &PassUse, now: &[Reversed]) -> i32 {
        let of_pass = |one: &&Transfer| one.reason == TransferReason::Use && one.pass == Some(used.pass);
        let (mut taken, mut back) = (0_i64, 0_i64);
        for transfer in self.transfers.iter().filter(of_pass) {
            taken = taken.saturating_add(transfer.amount);
            let more = now.iter().filter(|one| one.transfer == transfer.transfer).map(|one| one.amount);
            back = back.saturating_add(more.fold(self.done(transfer), i64::saturating_add));
        }
        whole_uses(used.quantity, taken, back)
    }

    /// Writes down how many of each use have gone back; one of which all have is reversed.
    fn mark_uses(&self, work: &mut Work<'_>, gone: impl Fn(&PassUse) -> i32) {
        for used in self.uses.iter().filter(|used| used.reversed.is_none()) {
            let back = gone(used);
            if back != used.back {
                let reversed = (back == used.quantity).then_some(work.at);
                work.add(Change::Use(PassUse { back, reversed, ..used.clone() }));
            }
        }
    }

    /// Reverses a movement; nothing if nothing is left of it.
    fn reverse_bundle(
        &self,
        work: &mut Work<'_>,
        group: Group,
        bundle: &Bundle,
        part: Part,
    ) -> Result<Option<Reversed>> {
        let Some(first) = bundle.main.first() else { return Ok(None) };
        let sum = |amounts: &mut dyn Iterator<Item = i64>| amounts.fold(0, i64::saturating_add);
        let total = sum(&mut bundle.main.iter().map(|main| main.amount));
        let done = sum(&mut bundle.main.iter().map(|main| self.done(main)));
        let left = total.saturating_sub(done);
        let amount = match part {
            Part::All => left,
            Part::Amount(amount) => amount,
        };
        if left == 0 {
            return Ok(None);
        }
        if amount > left {
            let written = |amount| first.unit.write(amount);
            return Err(Error::new(Reason::NothingToReverse)
                .with("left", written(left))
                .with("asked", written(amount)));
        }
        let mut group = group;
        group.venue = first.venue;
        (group.client, group.pass, group.plan) = (first.client, first.pass, first.plan);
        group.visit = first.visit;
        refuse_other_till(work, first)?;
        let stretch = Stretch { total, done, amount };
        let effect = match (&first.debit, &first.credit) {
            (Party::Account(account), _) => put_back(work, bundle, *account, stretch)?,
            (_, Party::Account(_)) => take_back(work, &self.done, first, amount)?,
            _ => Effect::default(),
        };
        let main: Vec<i64> = bundle.main.iter().map(|main| main.amount).collect();
        let mut moved = Moved { lots: effect.lots.clone(), lot: effect.fresh, reverses: None };
        for (transfer, amount) in bundle.main.iter().zip(share(&main, done, amount)?) {
            if amount > 0 {
                post(work, &group, transfer, amount, std::mem::take(&mut moved))?;
            }
        }
        post_value(work, &group, bundle, &effect)?;
        for bonus in bundle.with.iter().filter(|with| with.reason == TransferReason::Bonus) {
            self.reverse_bonus(work, &group, bonus, stretch)?;
        }
        if let (TransferReason::TopUp | TransferReason::Fee, Unit::Money(currency), Some(client)) =
            (first.reason, first.unit, first.client)
        {
            let amount = Money::new(amount.saturating_neg(), currency);
            work.add(Change::Spent { client, amount });
        }
        let left = left.saturating_sub(amount);
        let (lots, fresh) = (effect.lots, effect.fresh);
        Ok(Some(Reversed { transfer: first.transfer, unit: first.unit, amount, left, lots, fresh }))
    }

    /// The bonus of a top-up goes with it, in proportion.
    fn reverse_bonus(
        &self,
        work: &mut Work<'_>,
        group: &Group,
        bonus: &Transfer,
        Stretch { total, done, amount }: Stretch,
    ) -> Result<()> {
        let through = done.saturating_add(amount);
        let wanted = carnet_domain::money::proportion(bonus.amount, through, total)?;
        let amount = wanted.saturating_sub(self.done(bonus));
        if amount <= 0 {
            return Ok(());
        }
        let effect = take_back(work, &self.done, bonus, amount)?;
        post(work, group, bonus, amount, Moved { lots: effect.lots, ..Moved::default() })
    }

    /// A sale goes back whole, while nothing of it was used and no close of a day has posted any of it as earned. The
    /// pass is cancelled then.
    fn reverse_sale(&self, work: &mut Work<'_>, part: Part) -> Result<Reversal> {
        use TransferReason as R;
        // What another pass paid of it has no way back.
        let credited = |one: &Transfer| one.debit == Party::Counter(Counter::Exchange);
        let plain = |one: &&Transfer| {
            credited(one) || !matches!(one.reason, R::Sale | R::Tax | R::Grant | R::TimeRecognition)
        };
        if let Some(other) = self.transfers.iter().find(plain) {
            return Err(not_allowed(std::slice::from_ref(other)));
        }
        if part != Part::All {
            return Err(Error::new(Reason::Contradiction).with("a_sale", "whole"));
        }
        let id = self.transfers.iter().find_map(|transfer| transfer.pass).ok_or(Reason::NotAllowed)?;
        let pass = store::pass::get(work.db(), id)?.ok_or(Reason::PassNotFound)?;
        if self.transfers.iter().any(|transfer| self.done(transfer) > 0) {
            return Err(Reason::AlreadyDone.into());
        }
        if pass.status != PassStatus::Open {
            return Err(Reason::PassClosed.into());
        }
        self.refuse_begun(work, &pass)?;
        let group = Group::new(work)?;
        let mut movements = Vec::new();
        for bundle in bundles(&self.transfers) {
            movements.extend(self.reverse_bundle(work, group, &bundle, Part::All)?);
        }
        crate::ops::pass_cancel::free_previous(work, &pass)?;
        if pass.price.minor() > 0 {
            let amount = Money::new(pass.price.minor().saturating_neg(), pass.price.currency());
            work.add(Change::Spent { client: pass.client, amount });
        }
        // There was no sale: its days have earned nothing.
        let of_time = pass.kind == PlanTag::Time;
        let nothing = of_time.then(|| Money::zero(pass.value.currency()));
        let until = carnet_domain::course::end_of_day(work.zone_of(pass.venue)?, work.at)?;
        let closed = Pass {
            status: PassStatus::Cancelled,
            closed: Some(work.at),
            recognised: nothing,
            recognised_until: of_time.then_some(until),
            ..pass
        };
        change_pass(work, closed)?;
        Ok(Reversal { group: group.group, movements })
    }

    fn refuse_begun(&self, work: &mut Work<'_>, pass: &Pass) -> Result<()> {
        let used = |what: &str| Err(Error::new(Reason::AlreadyUsed).with("what", what));
        let earned = self.transfers.iter().any(|one| one.reason == TransferReason::TimeRecognition);
        let clock = store::journal::clock(work.db(), pass.venue)?;
        let zone = work.zone_of(pass.venue)?;
        let posted = clock.last_closed_at.map_or(Ok(0), |closed| pass.earned_by_time(closed, zone))?;
        if earned || posted > 0 || pass.recognised.is_some_and(|value| value.minor() > 0) {
            return used("recognised");
        }
        if pass.next.is_some() {
            return used("renewed");
        }
        if store::reversal::visited(work.db(), pass)? {
            return used("visited");
        }
        let granted = self.transfers.iter().find_map(|transfer| transfer.lot);
        let mut lots = match pass.account {
            Some(account) => store::account::all_lots(work.db(), account)?,
            None => Vec::new(),
        };
        let at = work.at;
        store::hold::recount(work.db(), &mut lots, at)?;
        match lots.iter().find(|lot| Some(lot.lot) != granted || lot.rest < lot.amount || lot.held > 0) {
            Some(_) => used("lots"),
            None => Ok(()),
        }
    }
}

/// A part of a movement: `amount` of `total`, after `done`.
#[derive(Clone, Copy)]
struct Stretch {
    total: i64,
    done: i64,
    amount: i64,
}

/// What a reversal does to lots and to the value that is owed.
#[derive(Default)]
struct Effect {
    lots: Vec<Take>,
    fresh: Option<LotId>,
    back: Back,
}

/// Money leaves or comes to a till only at its venue.
fn refuse_other_till(work: &Work<'_>, first: &Transfer) -> Result<()> {
    let till = |party: &Party| {
        matches!(party, Party::Counter(Counter::Cash | Counter::CardTerminal | Counter::Bank))
    };
    if (till(&first.debit) || till(&first.credit)) && work.venue()?.venue != first.venue {
        return Err(Error::new(Reason::Contradiction).with("venue", first.venue));
    }
    Ok(())
}

/// Posts a transfer the other way round.
fn post(work: &mut Work<'_>, group: &Group, of: &Transfer, amount: i64, moved: Moved) -> Result<()> {
    let movement = Movement {
        reason: TransferReason::Reversal,
        unit: of.unit,
        amount,
        debit: of.credit.clone(),
        credit: of.debit.clone(),
    };
    group.write(work, movement, Moved { reverses: Some(of.transfer), ..moved })
}

/// Posts that value is owed again.
fn post_value(work: &mut Work<'_>, group: &Group, bundle: &Bundle, effect: &Effect) -> Result<()> {
    let Some(pass) = group.pass else { return Ok(()) };
    let Back { recognised, released } = effect.back;
    if recognised == 0 && released == 0 {
        return Ok(());
    }
    let pass = store::pass::get(work.db(), pass)?.ok_or(Reason::PassNotFound)?;
    let unit = Unit::Money(pass.value.currency());
    for (amount, counter, reason) in [
        (recognised, Counter::Revenue, TransferReason::Recognition),
        (released, Counter::Breakage, TransferReason::Breakage),
    ] {
        let movement = Movement {
            reason: TransferReason::Reversal,
            unit,
            amount,
            debit: Party::Counter(counter),
            credit: Party::Counter(Counter::DeferredRevenue),
        };
        let of = bundle.with.iter().find(|with| with.reason == reason).map(|with| with.transfer);
        group.write(work, movement, Moved { reverses: of, ..Moved::default() })?;
    }
    Ok(())
}

/// Gives back what a movement took from an account.
fn put_back(
    work: &mut Work<'_>,
    bundle: &Bundle,
    account: carnet_domain::AccountId,
    Stretch { total, done, amount }: Stretch,
) -> Result<Effect> {
    let mut account = store::account::get(work.db(), account)?.ok_or(Reason::AccountNotFound)?;
    let takes: Vec<Take> = bundle.main.iter().flat_map(|main| main.lots.iter().cloned()).collect();
    let undone = undo(&takes, total, done, amount, account.debt)?;
    let went = match bundle.main.first().map(|main| main.reason) {
        Some(TransferReason::Use) => Went::Used,
        _ => Went::Lapsed,
    };
    let pass = match account.pass {
        Some(pass) => Some(store::pass::get(work.db(), pass)?.ok_or(Reason::PassNotFound)?),
        None => None,
    };
    if pass.as_ref().is_some_and(|pass| pass.status != PassStatus::Open) {
        return Err(Reason::PassClosed.into());
    }
    if undone.debt > 0 {
        account.debt = account.debt.saturating_sub(undone.debt);
        work.add(Change::Account(account.clone()));
    }
    let mut effect = Effect::default();
    if undone.fresh > 0 {
        let lot = new_lot(work, &account, undone.fresh, 0, None, Origin::Paid)?;
        effect.fresh = Some(lot.lot);
        work.add(Change::Lot(lot));
    }
    let mut anew = Anew::default();
    for (lot, amount) in undone.lots {
        let lot = store::reversal::lot(work.db(), lot)?.ok_or(Reason::Internal)?;
        give_to_lot(work, pass.as_ref(), &lot, amount, went, &mut effect, &mut anew)?;
    }
    if let (Some(pass), Some(until)) = (pass, anew.until) {
        let lot = new_lot(work, &account, anew.amount, anew.value, Some(until), anew.origin)?;
        effect.fresh = Some(lot.lot);
        work.add(Change::Lot(lot));
        // What can be used again needs a pass that can be used.
        if pass.ends.is_some_and(|end| end < until) {
            change_pass(work, Pass { ends: Some(until), ..pass })?;
        }
    }
    Ok(effect)
}

/// What goes back to expired lots of a plan that names a grace.
struct Anew {
    until: Option<Instant>,
    amount: i64,
    value: i64,
    origin: Origin,
}

impl Default for Anew {
    fn default() -> Self {
        Self { until: None, amount: 0, value: 0, origin: Origin::Bonus }
    }
}

fn give_to_lot(
    work: &mut Work<'_>,
    pass: Option<&Pass>,
    lot: &Lot,
    amount: i64,
    went: Went,
    effect: &mut Effect,
    anew: &mut Anew,
) -> Result<()> {
    let at = work.at;
    let mut after = lot.clone();
    // It was empty when its pass began, and so was given no end then.
    let begun = pass.filter(|pass| lot.expires.is_none() && pass.starts.is_some());
    let end = begun.and_then(|pass| pass.ends);
    if let Some(expires) = end {
        work.add(Change::LotExpires { lot: lot.lot, expires });
    }
    let expired = lot.expires.or(end).is_some_and(|end| end <= at);
    // The pass was extended after this lot had lapsed: what comes back can be used as long as the pass.
    let longer = pass.filter(|pass| expired && lot.rest == 0 && pass.ends.is_none_or(|end| at < end));
    let grace = pass.filter(|_| expired && longer.is_none()).and_then(|pass| pass.life.reversal_grace_days);
    let back = match (pass, grace) {
        (Some(pass), Some(days)) => {
            let back = move_out(&mut after, amount, went)?;
            let zone = work.zone_of(pass.venue)?;
            let days = u64::try_from(days).unwrap_or(0).saturating_add(1);
            let day = zone.date_of(at).checked_add_days(chrono::Days::new(days)).ok_or(Reason::OutOfRange)?;
            anew.until = Some(zone.start_of(day)?);
            anew.amount = anew.amount.saturating_add(amount);
            anew.value = anew.value.saturating_add(back.recognised).saturating_add(back.released);
            anew.origin = anew.origin.max(lot.origin);
            effect.lots.push(Take { lot: lot.lot, amount: 0, recognised: back.recognised });
            back
        }
        _ => {
            let back = give_back(&mut after, amount, went)?;
            effect.lots.push(Take { lot: lot.lot, amount, recognised: back.recognised });
            back
        }
    };
    effect.back.recognised = effect.back.recognised.saturating_add(back.recognised);
    effect.back.released = effect.back.released.saturating_add(back.released);
    if after != *lot {
        work.add(Change::of_lot(lot, &after));
    }
    if let Some(pass) = longer {
        let expires = pass.ends.unwrap_or(Instant::FOREVER);
        work.add(Change::LotExpires { lot: lot.lot, expires });
    }
    Ok(())
}

fn new_lot(
    work: &mut Work<'_>,
    account: &Account,
    amount: i64,
    value: i64,
    expires: Option<Instant>,
    origin: Origin,
) -> Result<Lot> {
    let lot = crate::ops::account::money_lot(work, account.account, amount, origin, expires)?;
    Ok(Lot { value, ..lot })
}

/// Takes a granted lot back, as long as nothing else has taken from it.
fn take_back(
    work: &mut Work<'_>,
    done: &BTreeMap<TransferId, i64>,
    of: &Transfer,
    amount: i64,
) -> Result<Effect> {
    let id = of.lot.ok_or_else(|| not_allowed(std::slice::from_ref(of)))?;
    let mut lot = store::reversal::lot(work.db(), id)?.ok_or(Reason::Internal)?;
    let at = work.at;
    store::hold::recount(work.db(), std::slice::from_mut(&mut lot), at)?;
    let done = done.get(&of.transfer).copied().unwrap_or(0);
    if lot.rest.saturating_add(done) != lot.amount || lot.held > 0 {
        return Err(Error::new(Reason::AlreadyUsed).with("rest", of.unit.write(lot.rest)));
    }
    if store::hold::is_stale(&lot, at) {
        crate::holds::write_down(work, &[lot.account])?;
    }
    let (after, taken) = carnet_domain::lots::lapse(&lot, amount)?;
    work.add(Change::of_lot(&lot, &after));
    Ok(Effect { lots: vec![taken], ..Effect::default() })
}

/// Writes a pass that a reversal changes, with the line of its history.
fn change_pass(work: &mut Work<'_>, pass: Pass) -> Result<()> {
    let before = store::pass::get(work.db(), pass.pass)?.ok_or(Reason::PassNotFound)?;
    let mut changing = Changing::of(work, before)?;
    changing.pass = pass;
    changing.record(work, PassAct::Reverse, None).map(drop)
}
