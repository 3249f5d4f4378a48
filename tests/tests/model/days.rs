//! The business day.

use crate::calendar::day_of;
use crate::desk::{Desk, Outcome, same};
use serde_json::json;

impl Desk<'_> {
    pub fn open_day(&mut self) -> Outcome {
        let today = day_of(self.club.now);
        let expected = if self.club.open.is_some() {
            Err("day_open")
        } else if self.club.last_closed.is_some_and(|closed| today <= closed) {
            Err("day_closed")
        } else {
            Ok(())
        };
        if self.expect("day.open", &json!({}), expected)?.is_some() {
            self.club.open = Some(today);
        }
        Ok(())
    }

    /// Writes down what has begun by itself, and writes off what has expired and is not held.
    pub fn close_day(&mut self) -> Outcome {
        let expected = if self.club.open.is_some() { Ok(()) } else { Err("day_not_open") };
        if self.expect("day.close", &json!({}), expected)?.is_none() {
            return Ok(());
        }
        self.club.last_closed = self.club.open.take();
        self.club.closed_at = Some(self.club.now);
        let (now, held) = (self.club.now, self.club.held());
        for index in 0..self.club.passes.len() {
            if self.club.passes[index].closed.is_some() {
                continue;
            }
            self.club.start_if_begun(index);
            if self.club.is_over(&self.club.passes[index], now) {
                for lot in &mut self.club.passes[index].lots {
                    if held.of(lot) == 0 {
                        lot.lapse(lot.rest());
                    }
                }
            }
        }
        for lot in self.club.clients.iter_mut().flat_map(|client| &mut client.money) {
            if lot.expires.is_some_and(|end| end <= now) && held.of(lot) == 0 {
                lot.gone += lot.rest();
            }
        }
        Ok(())
    }

    /// Holds whose time is over are written down; the model changes in nothing that anybody could ask about, and after a second call
    /// nothing is due.
    pub fn tick(&mut self) -> Outcome {
        self.expect("tick", &json!({}), Ok(()))?;
        let again = self.expect("tick", &json!({}), Ok(()))?.unwrap_or_default();
        same("holds due after a tick", &again["holds"].as_i64(), &Some(0))?;
        let now = self.club.now;
        // Who asks later by an earlier time knows that these are over.
        self.club.holds.iter_mut().filter(|hold| hold.expires <= now).for_each(|hold| hold.ended = true);
        self.touched_clients.extend(0..self.club.clients.len());
        Ok(())
    }
}
