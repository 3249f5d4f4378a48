//! Random operations against a model in memory that is written from the design, in lists and sums, and shares no code with the
//! engine: accounts, debts, holds, passes from sale to end, rules of use, the door, also late,
//! the till, bookings, corrections, reversals, also of sales, business days.
//!
//! After each step both must say the same of the reply, of a refusal its reason, and of the passes and clients that the step can
//! have touched: state, dates, rest, value recognised and owed; balance, debt, visits, spent; and of the books by plan
//! (sold and taken over = recognised, lapsed, refunded, handed over and owed), of the tax and of what is on accounts. After every
//! 20 steps and at the end of a row, of every pass and client; at the end of a store `store.check` must find no difference.
//!
//! `CARNET_MODEL_SEQUENCES` sets how many rows of 200 steps are made, `CARNET_MODEL_SEED` with which seed the first begins. A row
//! that fails is cut down to what is needed.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::arithmetic_side_effects)]

mod bookings;
mod books;
mod calendar;
mod compare;
mod course;
mod course_all;
mod days;
mod desk;
mod holds;
mod late;
mod money;
mod plans;
mod random;
mod reversal;
mod rules;
mod sales;
mod steps;
mod uses;

use carnet::{Engine, Options};
use desk::Desk;
use random::Random;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use steps::Step;

const STEPS: usize = 200;
/// After how many steps every pass and client is compared.
const EVERYTHING: usize = 20;
/// How many rows use one store, each with a venue of its own.
const ROWS_OF_A_STORE: usize = 20;

fn setting(name: &str, default: usize) -> usize {
    std::env::var(name).ok().map_or(default, |text| text.parse().unwrap())
}

/// Carries a row out: where it stops to agree, and how.
fn carry_out(engine: &Engine, seed: u64, steps: &[Step]) -> Result<(), (usize, String)> {
    let mut desk = Desk::new(engine, &mut Random::new(seed));
    for (number, step) in steps.iter().enumerate() {
        let mut agree =
            desk.step(step).and_then(|()| desk.compare_touched()).and_then(|()| desk.compare_books());
        if number % EVERYTHING == EVERYTHING - 1 || number + 1 == steps.len() {
            agree = agree.and_then(|()| desk.compare_clients());
        }
        agree.map_err(|what| (number, what))?;
    }
    Ok(())
}

fn open(path: &Path) -> Engine {
    Engine::open(path, Options::create().seeded(7)).unwrap()
}

/// The shortest row that fails as this one does, found by leaving steps out.
fn shorten(seed: u64, steps: &[Step], mut fresh: impl FnMut() -> Engine) -> (Vec<Step>, String) {
    let mut fails = |steps: &[Step]| carry_out(&fresh(), seed, steps).err();
    let Some((at, mut what)) = fails(steps) else {
        return (steps.to_vec(), "only after other rows".to_owned());
    };
    let mut steps = steps[..=at].to_vec();
    let mut size = steps.len() / 2;
    while size > 0 {
        let mut from = 0;
        while from < steps.len() {
            let mut fewer = steps.clone();
            fewer.drain(from..(from + size).min(steps.len()));
            match fails(&fewer) {
                Some((at, why)) => {
                    fewer.truncate(at + 1);
                    (steps, what) = (fewer, why);
                }
                None => from += size,
            }
        }
        size /= 2;
    }
    (steps, what)
}

/// A row of steps, one a line.
fn list(steps: &[Step]) -> String {
    steps.iter().map(|step| format!("    {step:?}\n")).collect()
}

/// Makes rows on several threads, each store in a place of its own.
fn agree(rows: usize, threads: usize, place: impl Fn(usize) -> PathBuf + Sync) {
    let first = u64::try_from(setting("CARNET_MODEL_SEED", 1)).unwrap();
    let stores = rows.div_ceil(ROWS_OF_A_STORE);
    let (next, fresh) = (AtomicUsize::new(0), AtomicUsize::new(stores));
    let work = || {
        loop {
            let store = next.fetch_add(1, Ordering::Relaxed);
            if store >= stores {
                return;
            }
            let engine = open(&place(store));
            for row in store * ROWS_OF_A_STORE..((store + 1) * ROWS_OF_A_STORE).min(rows) {
                let seed = first + u64::try_from(row).unwrap();
                let steps = steps::draw(&mut Random::new(seed ^ 0x5eed), STEPS);
                if let Err((at, what)) = carry_out(&engine, seed, &steps) {
                    let again = || open(&place(fresh.fetch_add(1, Ordering::Relaxed)));
                    let (steps, short) = shorten(seed, &steps, again);
                    panic!("seed {seed}, step {at}: {what}\nshortest: {short}\n{}", list(&steps));
                }
            }
            Desk::new(&engine, &mut Random::new(0)).check().unwrap();
            engine.close().unwrap();
        }
    };
    std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        for thread in threads {
            if let Err(panic) = thread.join() {
                std::panic::resume_unwind(panic);
            }
        }
    });
    println!("measured: model: {rows} rows of {STEPS} steps agree");
}

#[test]
fn a_file_agrees_with_the_model() {
    // In memory where there is such a folder: this is about rules and not about the disk.
    let memory = Path::new("/dev/shm");
    let folder = if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap();
    agree(setting("CARNET_MODEL_SEQUENCES", 1000), 2, |store| folder.path().join(format!("{store}.db")));
}

#[cfg(feature = "postgres")]
#[test]
#[ignore = "needs a server"]
fn a_server_agrees_with_the_model() {
    agree(setting("CARNET_MODEL_SEQUENCES", 1000), 2, |store| {
        carnet_tests::server::store(&format!("model_{store}"))
    });
}
