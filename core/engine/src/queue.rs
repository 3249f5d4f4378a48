//! Group commit. Callers queue their work; one of them leads: it takes what has queued up, carries it out in one
//! transaction and answers everybody after the commit. There is no thread to wake for a caller who is alone.

use crate::hand::Hand;
use crate::writer::Writer;
use carnet_domain::{Error, Reason, Result};
use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

/// How many pieces of work share one commit at most.
const GROUP: usize = 64;

/// How long the store is waited for when a group is carried out again.
const AGAIN: Duration = Duration::from_secs(5);

/// Work for the writer.
pub(crate) trait Job: Send {
    /// Whether it holds several operations, so that one may have to go and another to stay.
    fn several(&self) -> bool;
    /// Carries it out and keeps the outcome for itself. It may be carried out a second time, from the start.
    fn run(&mut self, hand: &mut Hand<'_>);
    /// Drops every outcome: nothing of it was kept.
    fn forget(&mut self);
    /// Replaces every outcome that said something was stored: the commit failed.
    fn fail(&mut self, error: &Error);
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Signal {
    Waiting,
    Lead,
    Done,
    Interrupted,
}

struct Ticket<J: ?Sized> {
    signal: Mutex<Signal>,
    changed: Condvar,
    job: Mutex<J>,
}

type AnyTicket = Arc<Ticket<dyn Job>>;

#[derive(Default)]
struct Waiting {
    tickets: VecDeque<AnyTicket>,
    led: bool,
    closed: bool,
}

/// The queue before the writer.
pub(crate) struct Queue {
    waiting: Mutex<Waiting>,
    writer: Mutex<Writer>,
}

fn lock<T: ?Sized>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Queue {
    pub fn new(writer: Writer) -> Self {
        Self { waiting: Mutex::new(Waiting::default()), writer: Mutex::new(writer) }
    }

    /// The writer itself, for work that is not an operation. Waits for the running group.
    pub fn writer(&self) -> MutexGuard<'_, Writer> {
        lock(&self.writer)
    }

    /// Carries a job out and returns it with its outcome.
    pub fn submit<J: Job + 'static>(&self, job: J, wait: Duration) -> Result<J> {
        let deadline = Instant::now().checked_add(wait).ok_or(Reason::OutOfRange)?;
        let signal = Mutex::new(Signal::Waiting);
        let ticket = Arc::new(Ticket { signal, changed: Condvar::new(), job: Mutex::new(Some(job)) });
        let mine: AnyTicket = ticket.clone();
        let lead = {
            let mut waiting = lock(&self.waiting);
            if waiting.closed {
                return Err(Reason::Closed.into());
            }
            waiting.tickets.push_back(Arc::clone(&mine));
            let lead = !std::mem::replace(&mut waiting.led, true);
            if lead {
                *lock(&mine.signal) = Signal::Lead;
            }
            lead
        };
        match if lead { Signal::Lead } else { self.wait(&mine, deadline)? } {
            Signal::Lead => self.lead(&mine, deadline),
            Signal::Interrupted => return Err(Reason::Interrupted.into()),
            Signal::Waiting | Signal::Done => {}
        }
        lock(&ticket.job)
            .take()
            .ok_or_else(|| Error::new(Reason::Internal).with("what", "work without an answer"))
    }

    /// Waits until the work is done, or until this caller must lead.
    fn wait(&self, ticket: &AnyTicket, deadline: Instant) -> Result<Signal> {
        let mut signal = lock(&ticket.signal);
        while *signal == Signal::Waiting {
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                drop(signal);
                return self.give_up(ticket);
            }
            let (next, _) = ticket.changed.wait_timeout(signal, left).unwrap_or_else(PoisonError::into_inner);
            signal = next;
        }
        Ok(*signal)
    }

    /// Takes work out of the queue whose time is over. Work that has begun is waited for.
    fn give_up(&self, ticket: &AnyTicket) -> Result<Signal> {
        let mut waiting = lock(&self.waiting);
        let place = waiting.tickets.iter().position(|other| Arc::ptr_eq(other, ticket));
        let leads = *lock(&ticket.signal) == Signal::Lead;
        if let Some(place) = place.filter(|_| !leads) {
            waiting.tickets.remove(place);
            return Err(Error::new(Reason::Busy).with("what", "the deadline passed in the queue"));
        }
        drop(waiting);
        let mut signal = lock(&ticket.signal);
        while *signal == Signal::Waiting {
            signal = ticket.changed.wait(signal).unwrap_or_else(PoisonError::into_inner);
        }
        Ok(*signal)
    }

    /// Ends the wait of everybody whose work has not begun. Who leads finds out by itself, if it waits for the store.
    pub fn interrupt(&self) {
        lock(&self.waiting).tickets.retain(|ticket| {
            let mut signal = lock(&ticket.signal);
            let waits = *signal == Signal::Waiting;
            if waits {
                *signal = Signal::Interrupted;
                ticket.changed.notify_one();
            }
            !waits
        });
    }

    /// Carries out one group, this caller's work in it, and hands the lead on.
    fn lead(&self, mine: &AnyTicket, deadline: Instant) {
        let mut turn = Turn { queue: self, group: Vec::new() };
        let mut writer = lock(&self.writer);
        // The store is waited for before the group is closed: meanwhile others may join it, or give up in time. If
        // this caller's time runs out here, that is no reason to fail those who can wait longer.
        let begun = writer.begin(deadline);
        {
            let mut waiting = lock(&self.waiting);
            turn.group = match begun {
                Ok(()) => {
                    let count = waiting.tickets.len().min(GROUP);
                    waiting.tickets.drain(..count).collect()
                }
                Err(_) => {
                    waiting.tickets.retain(|ticket| !Arc::ptr_eq(ticket, mine));
                    vec![Arc::clone(mine)]
                }
            };
        }
        if let Err(error) = begun.and_then(|()| run(&mut writer, &turn.group)) {
            for ticket in &turn.group {
                lock(&ticket.job).fail(&error);
            }
        }
    }

    /// Refuses further work and waits for what is queued.
    pub fn close(&self) {
        lock(&self.waiting).closed = true;
        loop {
            let idle = {
                let waiting = lock(&self.waiting);
                !waiting.led && waiting.tickets.is_empty()
            };
            if idle {
                return;
            }
            drop(lock(&self.writer));
            std::thread::yield_now();
        }
    }
}

/// One turn of leading. However it ends, the group is answered and the next in the queue leads.
struct Turn<'a> {
    queue: &'a Queue,
    group: Vec<AnyTicket>,
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        for ticket in &self.group {
            *lock(&ticket.signal) = Signal::Done;
            ticket.changed.notify_one();
        }
        let mut waiting = lock(&self.queue.waiting);
        match waiting.tickets.front() {
            Some(next) => {
                *lock(&next.signal) = Signal::Lead;
                next.changed.notify_one();
            }
            None => waiting.led = false,
        }
    }
}

impl<J: Job> Job for Option<J> {
    fn several(&self) -> bool {
        self.as_ref().is_some_and(Job::several)
    }
    fn run(&mut self, hand: &mut Hand<'_>) {
        if let Some(job) = self {
            job.run(hand);
        }
    }
    fn forget(&mut self) {
        if let Some(job) = self {
            job.forget();
        }
    }
    fn fail(&mut self, error: &Error) {
        if let Some(job) = self {
            job.fail(error);
        }
    }
}

fn run(writer: &mut Writer, group: &[AnyTicket]) -> Result<()> {
    let each =
        |job: &mut dyn FnMut(&mut dyn Job)| group.iter().for_each(|ticket| job(&mut *lock(&ticket.job)));
    each(&mut |job| job.run(&mut Hand::File(writer)));
    // Who is alone has its outcome: it failed, or was a dry run, and nothing of it is to stay.
    if writer.is_spoilt() && (group.len() > 1 || group.iter().any(|ticket| lock(&ticket.job).several())) {
        each(&mut |job| job.forget());
        // Work that has begun is not given up, whatever the deadline of the one who leads.
        let deadline = Instant::now().checked_add(AGAIN).ok_or(Reason::OutOfRange)?;
        writer.begin_again(deadline)?;
        each(&mut |job| job.run(&mut Hand::File(writer)));
    }
    writer.commit()
}
