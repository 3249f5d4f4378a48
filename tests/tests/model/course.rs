//! What moves the end of a pass: freezes, their early ends, extensions; and the renewal that waits for that end.

use crate::books::Pass;
use crate::calendar::day_of;
use crate::desk::{Desk, Outcome, date};
use crate::steps::DAY;
use serde_json::json;

impl Desk<'_> {
    /// Why the course of a pass cannot be changed, if so.
    fn changes(&self, pass: &Pass, waits: bool) -> Result<(), &'static str> {
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

    /// Sets the end of a pass. A renewal that was to begin there, and was not frozen by itself, begins at the new end.
    fn move_end(&mut self, index: usize, end: Option<i64>) {
        let now = self.club.now;
        let pass = &mut self.club.passes[index];
        let old = std::mem::replace(&mut pass.ends, end);
        self.touched.push(index);
        let (Some(next), Some(end)) = (pass.next, end) else { return };
        let waiting = &self.club.passes[next];
        let moves = waiting.closed.is_none() && waiting.starts == old && waiting.starts > Some(now);
        if old == Some(end) || end <= now || !moves || !waiting.frozen.is_empty() {
            return;
        }
        self.club.fix(next);
        let ends = self.club.end_of(self.club.passes[next].plan, end);
        let waiting = &mut self.club.passes[next];
        (waiting.starts, waiting.anchor, waiting.term) = (Some(end), Some(day_of(end)), 0);
        self.move_end(next, ends);
    }

    pub fn freeze(&mut self, index: usize, after: i64, days: i64) -> Outcome {
        let Some(index) = self.pass(index) else { return Ok(()) };
        let today = day_of(self.club.now);
        let pass = self.club.passes[index].clone();
        let (starts, ends) = self.club.span(&pass, self.club.now);
        let asked = today + after..today + after + days;
        let args = json!({"pass": pass.id, "from": date(asked.start), "until": date(asked.end), "beyond_rules": true});
        let expected = self.changes(&pass, false).and_then(|()| {
            let free = if self.club.last_use(index) == Some(today) { today + 1 } else { today };
            if asked.start < free.max(day_of(starts.unwrap())) {
                Err("in_the_past")
            } else if ends.is_some_and(|end| day_of(end) <= asked.start) {
                Err("out_of_range")
            } else if pass.frozen.iter().any(|days| days.start < asked.end && asked.start < days.end) {
                Err("already_exists")
            } else {
                Ok(())
            }
        });
        if self.expect("pass.freeze", &args, expected)?.is_some() {
            self.club.start_if_begun(index);
            self.club.fix(index);
            self.club.passes[index].frozen.push(asked);
            self.move_end(index, ends.map(|end| end + days * DAY));
        }
        Ok(())
    }

    /// Which of the freezes of a pass holds today.
    fn running(&self, index: usize) -> Option<usize> {
        let today = day_of(self.club.now);
        self.club.passes[index].frozen.iter().position(|days| days.contains(&today))
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
        let days = &mut pass.frozen[running];
        let back = days.end - today;
        days.end = today;
        pass.frozen.retain(|days| !days.is_empty());
        let end = pass.ends.map(|end| end - back * DAY);
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
