//! Entries that a door sends late: they count when they were made, by what was there then and still is.

use crate::desk::{Desk, Outcome};
use crate::steps::MINUTE;
use serde_json::Value;

impl Desk<'_> {
    pub fn enter_late(
        &mut self,
        client: usize,
        service: Option<usize>,
        named: Option<usize>,
        minutes: i64,
    ) -> Outcome {
        let now = self.club.now;
        let at = (now - minutes * MINUTE).max(self.opened);
        self.late += 1;
        (self.club.now, self.club.entered, self.club.is_late) = (at, now, true);
        let outcome = self.enter(client, service, named);
        (self.club.now, self.club.is_late) = (now, false);
        outcome
    }

    /// Nobody pays. Who came in late was inside all the same, and somebody must settle that; another one stays outside.
    pub fn leave_unpaid(&mut self, client: usize, reply: &Value) -> Outcome {
        crate::desk::same("a conflict", &!reply["conflict"].is_null(), &self.club.is_late)?;
        if self.club.is_late {
            let visitor = &mut self.club.clients[client];
            (visitor.inside, visitor.visits) = (true, visitor.visits + 1);
            self.club.conflicts += 1;
        }
        Ok(())
    }
}
