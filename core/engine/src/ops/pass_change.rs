//! Later edits of a pass: its end, its notes, its automatic renewal; and what was done to it so far.

use super::pass_course::Changing;
use crate::input;
use crate::store;
use crate::work::{Work, refuse_both};
use carnet_domain::course::move_days;
use carnet_domain::life::{PassAct, PassEvent};
use carnet_domain::pass::Pass;
use carnet_domain::{Date, Error, Instant, PassId, Reason, Result, record, request, words};

request! {
    /// Moves the end of a pass on, also of one that has ended. Give `days` or `through`. Visits that have lapsed stay so.
    pub struct PassExtend {
        /// The pass.
        pub pass: PassId,
        /// By how many days, 1 to 3660.
        #[schemars(range(min = 1, max = 3660))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub days: Option<i32>,
        /// The new last day.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub through: Option<Date>,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        pub reason: String,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// What is set on a pass.
    #[derive(Default)]
    pub struct PassSet {
        /// Whether it renews by itself.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub auto_renew: Option<bool>,
        /// Notes for the reception, 1 to 2000 characters.
        #[schemars(length(min = 1, max = 2000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub notes: Option<String>,
        /// Its last day, earlier or later than it was; not before now, and not before a use.
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub through: Option<Date>,
    }

    /// Edits a pass: its last day, its notes, whether it renews by itself. What was there before stays in its history.
    pub struct PassChange {
        /// The pass.
        pub pass: PassId,
        /// What is set.
        #[serde(default)]
        pub set: PassSet,
        /// What is taken away.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        #[schemars(length(max = 16))]
        #[cfg_attr(feature = "uniffi", uniffi(default = []))]
        pub clear: Vec<PassField>,
        /// Why, 1 to 200 characters.
        #[schemars(length(min = 1, max = 200))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub reason: Option<String>,
        /// The version that was read; another one is a conflict.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub expected_version: Option<i64>,
    }

    /// What was done to a pass from its sale on, the latest first, with what it was before and after, and who did it.
    pub struct PassHistory {
        /// The pass.
        pub pass: PassId,
        /// The last line of the page before.
        #[schemars(range(min = 1))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub after: Option<i64>,
        /// How many lines at most, 1 to 1000. 100 if left out.
        #[schemars(range(min = 1, max = 1000))]
        #[cfg_attr(feature = "uniffi", uniffi(default = None))]
        pub limit: Option<i32>,
    }
}

words! {
    /// A field of a pass that can be taken away.
    pub enum PassField {
        /// The notes.
        Notes "notes",
        /// That it was cancelled for its end.
        CancelAtEnd "cancel_at_end",
        /// That the payment of its renewal has failed.
        Dunning "dunning",
    }
}

record! {
    /// A pass was changed.
    pub struct PassChanged {
        /// The pass.
        pub pass: PassId,
        /// Its new version.
        pub version: i64,
        /// Its end; none for ever.
        pub ends: Option<Instant>,
    }

    /// What was done to a pass.
    pub struct PassEvents {
        /// The pass.
        pub pass: PassId,
        /// When it was sold.
        pub sold: Instant,
        /// What was done to it, the latest first.
        pub events: Vec<PassEvent>,
        /// True where more follow; ask again with `after`.
        pub more: bool,
    }
}

pub(crate) fn extend(work: &mut Work<'_>, request: PassExtend) -> Result<PassChanged> {
    let reason = input::text(&request.reason, "reason", 200)?;
    let days = request.days.map(|days| input::range(days, "days", 1, 3660)).transpose()?;
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    changing.refuse_waiting()?;
    let never = || Error::field(Reason::NotAllowed, "pass").with("ends", "never");
    let old = changing.pass.ends.ok_or_else(never)?;
    let (end, field) = match (days, request.through) {
        (Some(_), Some(_)) => return Err(Error::field(Reason::Contradiction, "through")),
        (None, None) => return Err(Error::field(Reason::Required, "days")),
        (Some(days), None) => (move_days(changing.zone, old, days.into())?, "days"),
        (None, Some(last)) => (carnet_domain::calendar::end_of_last_day(last, changing.zone)?, "through"),
    };
    if end <= old {
        return Err(Error::field(Reason::OutOfRange, field).with("ends", old));
    }
    if end <= work.at {
        return Err(Error::field(Reason::InThePast, field).with("ends", end));
    }
    changing.pass.ends = Some(end);
    changing.write(work, PassAct::Extend, Some(reason)).map(changed)
}

fn changed(pass: Pass) -> PassChanged {
    PassChanged { pass: pass.pass, version: pass.version, ends: pass.ends }
}

pub(crate) fn change(work: &mut Work<'_>, request: PassChange) -> Result<PassChanged> {
    let reason = super::pass_course::reason(request.reason.as_ref())?;
    input::list(&request.clear, "clear", 16)?;
    let set = &request.set;
    let notes = input::opt_text(set.notes.as_ref(), "set.notes", 2000)?;
    let mut changing = Changing::named(work, request.pass, request.expected_version)?;
    for (index, field) in request.clear.iter().enumerate() {
        match field {
            PassField::Notes => {
                refuse_both(notes.is_some(), index)?;
                changing.pass.notes = None;
            }
            PassField::CancelAtEnd => changing.pass.cancel_at_end = false,
            PassField::Dunning => changing.pass.dunning = None,
        }
    }
    if let Some(auto_renew) = set.auto_renew {
        if auto_renew && changing.pass.cancel_at_end {
            return Err(Error::field(Reason::Contradiction, "set.auto_renew").with("cancel_at_end", true));
        }
        changing.pass.auto_renew = auto_renew;
    }
    changing.pass.notes = notes.or(changing.pass.notes);
    if let Some(last) = set.through {
        set_end(work, &mut changing, last)?;
    }
    changing.write(work, PassAct::Change, reason).map(changed)
}

/// Sets the last day of a pass: not before its first, not before now, not before a use that was made or booked.
fn set_end(work: &mut Work<'_>, changing: &mut Changing, last: Date) -> Result<()> {
    let starts = changing.refuse_waiting()?;
    let end = carnet_domain::calendar::end_of_last_day(last, changing.zone)
        .map_err(|error| error.or_field("set.through"))?;
    if end <= starts {
        return Err(Error::field(Reason::EndBeforeStart, "set.through"));
    }
    let used = store::pass::last_use(work.db(), &changing.pass)?;
    if let Some(used) = used.filter(|used| end <= *used) {
        return Err(Error::field(Reason::InThePast, "set.through").with("used", used));
    }
    if end <= work.at {
        return Err(Error::field(Reason::InThePast, "set.through").with("ends", end));
    }
    changing.pass.ends = Some(end);
    Ok(())
}

pub(crate) fn history(work: &mut Work<'_>, request: PassHistory) -> Result<PassEvents> {
    let limit = input::page(request.limit, 100)?;
    let below = request.after.map(|after| input::range(after, "after", 1, i64::MAX)).transpose()?;
    let pass = super::pass::existing(work, request.pass)?;
    let below = below.unwrap_or(i64::MAX);
    let mut events = store::pass::events(work.db(), pass.pass, below, limit.saturating_add(1))?;
    let size = usize::try_from(limit).unwrap_or(usize::MAX);
    let more = events.len() > size;
    events.truncate(size);
    Ok(PassEvents { pass: pass.pass, sold: pass.sold, events, more })
}
