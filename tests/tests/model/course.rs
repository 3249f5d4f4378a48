//! What moves the end of a pass: freezes, their early ends, extensions; and the renewal that waits for that end.

use crate::books::Pass;
use crate::calendar::day_of;
use crate::desk::{Desk, Outcome, date};
use crate::steps::DAY;
use serde_json::json;
use std::ops::Range;

impl Desk<'_> {
    /// Why the course of a pass cannot be changed, if so.
    pub fn changes(&self, pass: &Pass, waits: bool) -> Result<(), &'static str> {
        if pass.closed.is_some() {
            Err("pass_closed")
        } else if self.club.span(pass, self.club.now).0.is_none() && !waits {
            Err("not_allowed")
        } else if self.club.is_over(pass, self.club.now) {
            Err("pass_ended")
        } else {
            Ok(())
        }
    }

    /// Sets the end of a pass; a renewal that was to begin there follows.
    pub fn move_end(&mut self, index: usize, end: Option<i64>) {
        let old = std::mem::replace(&mut self.club.passes[index].ends, end);
        self.touched.push(index);
        if old != end {
            self.move_renewal(index, old);
        }
    }

    /// A renewal that was to begin where a pass ended before begins where it ends now, while it has not begun: it lies as
    /// if it were sold now, and keeps the days by which its own end was moved and on which it is frozen.
    fn move_renewal(&mut self, index: usize, old: Option<i64>) {
        let pass = &self.club.passes[index];
        let (Some(next), Some(starts)) = (pass.next, pass.ends) else { return };
        let waiting = &self.club.passes[next];
        let waits = waiting.closed.is_none() && waiting.starts == old && waiting.starts > Some(self.club.now);
        let lasts = self.club.plans[waiting.plan].lasts;
        let (true, Some(lasts), Some(before)) = (waits, lasts, waiting.ends) else { return };
        let frozen = |days: &[Range<i64>]| days.iter().map(|days| days.end - days.start).sum::<i64>();
        let own =
            day_of(before) - lasts.times(waiting.term + 1, waiting.anchor.unwrap()) - frozen(&waiting.frozen);
        let row = pass.anchor.filter(|first| lasts.times(pass.term + 1, *first) * DAY == starts);
        let (anchor, term) = row.map_or((day_of(starts), 0), |first| (first, pass.term + 1));
        let mut end = (lasts.times(term + 1, anchor) + own) * DAY;
        let mut kept = Vec::new();
        for days in waiting.frozen_from(starts) {
            if days.start * DAY < end {
                end += (days.end - days.start) * DAY;
                kept.push(days);
            }
        }
        self.club.fix(next);
        let waiting = &mut self.club.passes[next];
        (waiting.starts, waiting.ends, waiting.frozen) = (Some(starts), Some(end), kept);
        (waiting.anchor, waiting.term) = (Some(anchor), term);
        self.touched.push(next);
        self.move_renewal(next, Some(before));
    }

    /// Freezes a pass on the days that are asked for and no others, and moves its end by as many as are more than before.
    pub fn freeze_on_asked(&mut self, index: usize) -> Option<i64> {
        let pass = &mut self.club.passes[index];
        let count = |pass: &Pass| pass.frozen.iter().map(|days| days.end - days.start).sum::<i64>();
        let before = count(pass);
        pass.frozen = pass.frozen_from(pass.starts.unwrap());
        let more = count(pass) - before;
        pass.ends.map(|end| end + more * DAY)
    }

    pub fn freeze(&mut self, index: usize, after: i64, days: i64) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let today = day_of(self.club.now);
        let pass = self.club.passes[index].clone();
        let ends = self.club.span(&pass, self.club.now).1;
        let asked = today + after..today + after + days;
        let args = json!({"pass": pass.id, "from": date(asked.start), "until": date(asked.end), "beyond_rules": true});
        let expected = self.changes(&pass, false).and_then(|()| {
            if asked.start < self.club.first_to_freeze(index) {
                Err("in_the_past")
            } else if ends.is_some_and(|end| day_of(end) <= asked.start) {
                Err("out_of_range")
            } else if pass.asked.iter().any(|days| days.start < asked.end && asked.start < days.end) {
                Err("already_exists")
            } else {
                Ok(())
            }
        });
        if self.expect("pass.freeze", &args, expected)?.is_some() {
            self.club.start_if_begun(index);
            self.club.fix(index);
            self.club.passes[index].asked.push(asked);
            let end = self.freeze_on_asked(index);
            self.move_end(index, end);
        }
        Ok(())
    }

    /// Which of the freezes of a pass holds today.
    fn running(&self, index: usize) -> Option<usize> {
        let today = day_of(self.club.now);
        self.club.passes[index].asked.iter().position(|days| days.contains(&today))
    }

    pub fn unfreeze(&mut self, index: usize) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let pass = &self.club.passes[index];
        let args = json!({"pass": pass.id});
        let expected = self.changes(pass, true).and(self.running(index).map(|_| ()).ok_or("not_frozen"));
        if self.expect("pass.unfreeze", &args, expected)?.is_some() {
            self.thaw(index);
        }
        Ok(())
    }

    /// Ends the freeze of today, if there is one: its days that are left come back.
    pub fn thaw(&mut self, index: usize) {
        let Some(running) = self.running(index) else { return };
        let (now, today) = (self.club.now, day_of(self.club.now));
        self.club.fix(index);
        let pass = &mut self.club.passes[index];
        pass.asked[running].end = today;
        pass.asked.retain(|days| !days.is_empty());
        let end = self.freeze_on_asked(index);
        self.move_end(index, end.map(|end| if end <= now { (today + 1) * DAY } else { end }));
    }

    pub fn extend(&mut self, index: usize, days: i64) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let pass = &self.club.passes[index];
        let (starts, ends) = self.club.span(pass, self.club.now);
        let args = json!({"pass": pass.id, "days": days, "reason": "illness"});
        let expected = match ends {
            _ if pass.closed.is_some() => Err("pass_closed"),
            _ if starts.is_none() => Err("not_allowed"),
            None => Err("not_allowed"),
            Some(end) if end + days * DAY <= self.club.now => Err("in_the_past"),
            Some(_) => Ok(()),
        };
        if self.expect("pass.extend", &args, expected)?.is_some() {
            self.club.start_if_begun(index);
            self.club.fix(index);
            self.move_end(index, ends.map(|end| end + days * DAY));
        }
        Ok(())
    }
}
