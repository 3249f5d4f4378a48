//! Bookings: made, called off, attended, and charged by a sale that covers them.

use crate::books::{Booked, Booking, State};
use crate::desk::{Desk, Outcome, id, instant, same};
use crate::steps::MINUTE;
use crate::uses::{Asked, named_in};
use serde_json::json;

impl Desk<'_> {
    fn asked_by(&self, booking: &Booking, named: Option<usize>, is_there: bool) -> Asked {
        let (client, at) = (booking.client, booking.starts);
        Asked { client, price: Some(self.club.services[booking.service].1), quantity: 1, named, at, is_there }
    }

    /// Who pays is judged by the beginning; a pass that waits for its first use does not start yet.
    pub fn book(
        &mut self,
        client: usize,
        service: usize,
        minutes: i64,
        named: Option<usize>,
        must: bool,
    ) -> Outcome {
        let (client, service) = (self.client(client), self.service(service));
        let starts = self.club.now + minutes * MINUTE;
        let named = named.and_then(|index| self.own_pass(client, index));
        let mut args = json!({"client": self.club.clients[client].id, "service": self.club.services[service].0,
            "starts": instant(starts), "must_be_paid": must});
        named_in(&mut args, named.map(|pass| self.club.passes[pass].id));
        let state = Booked::Waits;
        let mut booking = Booking { id: 0, client, service, starts, state, pass: None, paid: None };
        let asked = self.asked_by(&booking, named, false);
        let payer = self.payer(&asked);
        let refused = payer.is_none() && (must || named.is_some());
        let expected = if refused { Err("not_covered") } else { Ok(()) };
        let Some(reply) = self.expect("booking.add", &args, expected)? else { return Ok(()) };
        let said = reply["payer"]["pass"].as_i64();
        same("who pays", &said, &payer.map(|index| self.club.passes[index].id))?;
        (booking.id, booking.pass) = (id(&reply, "booking"), payer);
        if let Some(index) = payer.filter(|index| !self.is_charged_later(*index)) {
            let takes = self.consume(index, &asked);
            booking.paid = Some(self.count(index, id(&reply, "group"), takes, starts, 1));
        }
        self.club.bookings.push(booking);
        Ok(())
    }

    fn is_charged_later(&self, pass: usize) -> bool {
        self.club.plans[self.club.passes[pass].plan].at_attendance
    }

    fn is_paid(&self, booking: &Booking) -> bool {
        booking.paid.is_some_and(|(used, _)| self.club.uses[used].stands)
    }

    /// What it took goes back, but not to a pass that was closed since.
    pub fn call_off(&mut self, booking: usize) -> Outcome {
        let Some(index) = self.booking_of(booking) else { return Ok(()) };
        let booking = self.club.bookings[index].clone();
        let expected = if booking.state == Booked::Waits { Ok(()) } else { Err("already_done") };
        let reply = self.expect("booking.cancel", &json!({"booking": booking.id}), expected)?;
        let Some(reply) = reply else { return Ok(()) };
        self.club.bookings[index].state = Booked::Cancelled;
        let pass = booking.pass.filter(|pass| self.club.passes[*pass].closed.is_none());
        let back = self.is_paid(&booking) && pass.is_some();
        same("given back", &!reply["given_back"].is_null(), &back)?;
        if let (Some((_, group)), true) = (booking.paid, back) {
            self.give_back_all(group);
        }
        self.touched.extend(pass);
        Ok(())
    }

    /// One that was charged when it was made starts the pass that waited; another is charged now, for its beginning.
    pub fn attend(&mut self, booking: usize, named: Option<usize>, must: bool) -> Outcome {
        let Some(index) = self.booking_of(booking) else { return Ok(()) };
        let booking = self.club.bookings[index].clone();
        let named = named.and_then(|index| self.own_pass(booking.client, index));
        let mut args = json!({"booking": booking.id, "must_be_paid": must});
        named_in(&mut args, named.map(|pass| self.club.passes[pass].id));
        let is_paid = self.is_paid(&booking);
        let chosen = named.or(booking.pass.filter(|_| booking.paid.is_none()));
        let asked = self.asked_by(&booking, chosen, true);
        let payer = chosen.and_then(|_| self.payer(&asked));
        let expected = if booking.state != Booked::Waits || is_paid && named.is_some() {
            Err("already_done")
        } else if !is_paid && payer.is_none() && (must || named.is_some()) {
            Err("not_covered")
        } else {
            Ok(())
        };
        let Some(reply) = self.expect("booking.attend", &args, expected)? else { return Ok(()) };
        self.club.bookings[index].state = Booked::Attended;
        if is_paid {
            self.come_for_paid(&booking);
        } else if let Some(pass) = payer {
            if self.club.state(&self.club.passes[pass], booking.starts) == State::Frozen {
                self.thaw(pass);
            }
            self.club.start(pass, booking.starts);
            let takes = self.consume(pass, &asked);
            let paid = self.count(pass, id(&reply, "group"), takes, booking.starts, 1);
            let booking = &mut self.club.bookings[index];
            (booking.pass, booking.paid) = (Some(pass), Some(paid));
        }
        Ok(())
    }

    fn come_for_paid(&mut self, booking: &Booking) {
        let Some(index) = booking.pass else { return };
        let pass = &self.club.passes[index];
        if pass.closed.is_some() {
            return;
        }
        if self.club.plans[pass.plan].thaws && self.club.course(pass, self.club.now) == State::Frozen {
            self.thaw(index);
        }
        self.club.start(index, booking.starts);
        self.touched.push(index);
    }

    /// Charges the bookings of a client that nothing pays yet to a pass that was sold just now. Says which it pays.
    pub fn cover_booked(&mut self, pass: usize) -> Vec<i64> {
        let client = self.club.passes[pass].client;
        let open = |booking: &Booking| {
            let reserved = booking.pass.is_some() && booking.paid.is_none();
            booking.client == client && booking.state == Booked::Waits && !reserved && !self.is_paid(booking)
        };
        let bookings = &self.club.bookings;
        let mut order: Vec<usize> = (0..bookings.len()).filter(|index| open(&bookings[*index])).collect();
        order.sort_by_key(|index| (bookings[*index].starts, bookings[*index].id));
        let mut charged = Vec::new();
        for index in order {
            let booking = self.club.bookings[index].clone();
            let asked = self.asked_by(&booking, Some(pass), false);
            if !self.pays_for(pass, &asked) {
                continue;
            }
            charged.push(booking.id);
            self.club.bookings[index].pass = Some(pass);
            if !self.is_charged_later(pass) {
                let takes = self.consume(pass, &asked);
                // Its movements are in a group of their own, which no reply names.
                self.club.bookings[index].paid = Some(self.count(pass, 0, takes, booking.starts, 1));
            } else {
                self.club.bookings[index].paid = None;
            }
        }
        charged
    }
}
