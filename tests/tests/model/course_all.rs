//! What staff do to the course of a pass beside freezes: its last day, whether it goes on, and what a venue does to all of them.

use crate::books::Pass;
use crate::calendar::day_of;
use crate::desk::{Desk, Outcome, cents, date, same};
use crate::steps::DAY;
use serde_json::json;
use std::ops::Range;

impl Desk<'_> {
    /// That a pass has begun by itself is a change of its course, once it is written down.
    fn write_start(&mut self, index: usize) {
        if self.club.passes[index].starts.is_none() {
            self.club.start_if_begun(index);
            if self.club.passes[index].starts.is_some() {
                self.club.fix(index);
            }
        }
        self.touched.push(index);
    }

    /// It goes on until its end and is not renewed.
    pub fn cancel_at_end(&mut self, pass: usize) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let pass = self.club.passes[index].clone();
        let args = json!({"pass": pass.id, "reason": "moves away", "when": "at_end"});
        let expected = match pass.closed {
            Some((crate::books::State::Cancelled, _)) => Err("already_done"),
            Some(_) => Err("pass_closed"),
            None if pass.cancel_at_end => Err("already_done"),
            None if pass.next.is_some() => Err("not_allowed"),
            None if self.club.is_over(&pass, self.club.now) => Err("pass_ended"),
            None if self.club.span(&pass, self.club.now).1.is_none() => Err("not_allowed"),
            None => Ok(()),
        };
        let Some(reply) = self.expect("pass.cancel", &args, expected)? else { return Ok(()) };
        same("recognised in the reply", &cents(&reply["recognised"]), &(pass.value - self.club.owed(&pass)))?;
        self.write_start(index);
        self.club.passes[index].cancel_at_end = true;
        Ok(())
    }

    pub fn take_back_cancel(&mut self, pass: usize) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let pass = &self.club.passes[index];
        let args = json!({"pass": pass.id, "clear": ["cancel_at_end"]});
        let expected = if pass.closed.is_some() { Err("pass_closed") } else { Ok(()) };
        if self.expect("pass.change", &args, expected)?.is_some() {
            self.write_start(index);
            self.club.passes[index].cancel_at_end = false;
        }
        Ok(())
    }

    /// Its last day, so many days from today; whether it renews by itself.
    pub fn change_pass(&mut self, pass: usize, last: Option<i64>, renews: Option<bool>) -> Outcome {
        let Some(index) = self.pass(pass) else { return Ok(()) };
        let pass = self.club.passes[index].clone();
        let mut set = json!({});
        if let Some(renews) = renews {
            set["auto_renew"] = json!(renews);
        }
        let last = last.map(|days| day_of(self.club.now) + days);
        if let Some(last) = last {
            set["through"] = json!(date(last));
        }
        let expected = if pass.closed.is_some() {
            Err("pass_closed")
        } else if renews == Some(true) && pass.cancel_at_end {
            Err("contradiction")
        } else {
            last.map_or(Ok(()), |last| self.may_end(index, (last + 1) * DAY))
        };
        if self.expect("pass.change", &json!({"pass": pass.id, "set": set}), expected)?.is_none() {
            return Ok(());
        }
        self.write_start(index);
        self.club.passes[index].auto_renew = renews.unwrap_or(pass.auto_renew);
        let end = last.map(|last| (last + 1) * DAY);
        if end.is_some() && end != self.club.passes[index].ends {
            self.club.fix(index);
            self.move_end(index, end);
        }
        Ok(())
    }

    /// Not before it begins, not before a use that was made or booked, not in the past.
    fn may_end(&self, index: usize, end: i64) -> Result<(), &'static str> {
        let club = &self.club;
        match club.span(&club.passes[index], club.now).0 {
            None => Err("not_allowed"),
            Some(starts) if end <= starts => Err("end_before_start"),
            Some(_) if club.last_use(index, i64::MAX).is_some_and(|used| end <= used) => Err("in_the_past"),
            Some(_) if end <= club.now => Err("in_the_past"),
            Some(_) => Ok(()),
        }
    }

    /// Whether a pass is frozen when all are: it has an end after the beginning of the freeze.
    fn is_one_of_all(&self, pass: &Pass, plan: Option<usize>, after: i64) -> bool {
        let is_open = pass.closed.is_none() && pass.starts.is_some();
        is_open && plan.is_none_or(|plan| plan == pass.plan) && pass.ends.is_some_and(|end| end > after)
    }

    /// Freezes all passes with an end, on the days on which they are not frozen yet. A renewal that waits for the end of
    /// one of them moves, and is not frozen.
    pub fn freeze_all(&mut self, plan: Option<usize>, after: i64, days: i64) -> Outcome {
        let plan = plan.map(|plan| plan % self.club.plans.len());
        let today = day_of(self.club.now);
        let asked = today + after..today + after + days;
        let args = json!({"plan": plan.map(|plan| self.club.plans[plan].id), "from": date(asked.start),
            "until": date(asked.end), "reason": "repairs"});
        let expected = if after < 0 { Err("in_the_past") } else { Ok(()) };
        let Some(reply) = self.expect("pass.freeze_all", &args, expected)? else { return Ok(()) };
        let from = (asked.start * DAY).max(self.club.now);
        let passes = &self.club.passes;
        let all: Vec<usize> = (0..passes.len())
            .filter(|index| self.is_one_of_all(&passes[*index], plan, from))
            .filter(|index| !self.waits_for_one_of_all(*index, plan, from))
            .collect();
        let mut count = 0;
        for index in all {
            let first = asked.start.max(self.club.first_to_freeze(index));
            if self.club.passes[index].ends.is_some_and(|end| day_of(end) <= first) {
                continue;
            }
            let parts = self.not_frozen(index, first..asked.end);
            if parts.is_empty() {
                continue;
            }
            count += 1;
            self.club.fix(index);
            self.club.passes[index].asked.extend(parts);
            let end = self.freeze_on_asked(index);
            self.move_end(index, end);
        }
        same("passes frozen", &reply["count"].as_i64(), &Some(count))
    }

    fn waits_for_one_of_all(&self, index: usize, plan: Option<usize>, after: i64) -> bool {
        let pass = &self.club.passes[index];
        pass.starts > Some(self.club.now)
            && pass.previous.is_some_and(|previous| {
                let previous = &self.club.passes[previous];
                previous.next == Some(index)
                    && previous.ends == pass.starts
                    && self.is_one_of_all(previous, plan, after)
            })
    }

    /// The parts of some days on which nobody has asked for a pass to be frozen.
    fn not_frozen(&self, index: usize, days: Range<i64>) -> Vec<Range<i64>> {
        let asked = &self.club.passes[index].asked;
        let mut parts: Vec<Range<i64>> = Vec::new();
        for day in days.filter(|day| !asked.iter().any(|days| days.contains(day))) {
            match parts.last_mut() {
                Some(part) if part.end == day => part.end += 1,
                _ => parts.push(day..day + 1),
            }
        }
        parts
    }
}
