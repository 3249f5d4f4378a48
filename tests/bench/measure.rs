//! Times and what is said of them: percentiles of one run, medians over the runs.

use std::sync::Barrier;
use std::time::{Duration, Instant};

/// What a bench may fail with.
pub type Result<T> = std::result::Result<T, Box<dyn std::error::Error + Send + Sync>>;

/// One way of doing the job; it is called with a running number and does the job once.
pub type Job<'a> = Box<dyn FnMut(u64) -> Result<()> + 'a>;

/// A way of doing the job, and how long each time took in the run so far.
pub struct Lane<'a> {
    name: &'static str,
    job: Job<'a>,
    calls: u64,
    taken: Vec<u64>,
    runs: Vec<[f64; 3]>,
}

impl<'a> Lane<'a> {
    pub fn new(name: &'static str, job: impl FnMut(u64) -> Result<()> + 'a) -> Self {
        Self { name, job: Box::new(job), calls: 0, taken: Vec::new(), runs: Vec::new() }
    }

    fn work(&mut self, slice: Duration) -> Result<()> {
        let until = Instant::now() + slice;
        let mut before = Instant::now();
        while before < until {
            self.calls += 1;
            (self.job)(self.calls)?;
            let after = Instant::now();
            self.taken.push(u64::try_from((after - before).as_nanos())?);
            before = after;
        }
        Ok(())
    }
}

/// How long to measure.
#[derive(Clone, Copy)]
pub struct Plan {
    pub seconds: f64,
    pub runs: usize,
    pub slice: Duration,
}

/// Runs the lanes by turns, a short slice each, so that a noisy neighbour is felt by all of them, and prints for each
/// lane the median over the runs of its p50, p99 and p99.9 in microseconds.
pub fn by_turns(lanes: &mut [Lane<'_>], plan: Plan) -> Result<()> {
    for lane in lanes.iter_mut() {
        lane.work(plan.slice)?;
    }
    for _ in 0..plan.runs {
        for lane in lanes.iter_mut() {
            lane.taken.clear();
        }
        let until = Instant::now() + Duration::from_secs_f64(plan.seconds);
        while Instant::now() < until {
            for lane in lanes.iter_mut() {
                lane.work(plan.slice)?;
            }
        }
        for lane in lanes.iter_mut() {
            lane.taken.sort_unstable();
            let run =
                [percentile(&lane.taken, 0.5), percentile(&lane.taken, 0.99), percentile(&lane.taken, 0.999)];
            lane.runs.push(run);
        }
    }
    for lane in lanes.iter() {
        println!("{}_us={:.2}", lane.name, p(lane, 0));
        println!("{}_p99_us={:.2}", lane.name, p(lane, 1));
        println!("{}_p999_us={:.2}", lane.name, p(lane, 2));
        println!("{}_samples={}", lane.name, lane.taken.len());
    }
    Ok(())
}

/// The median over the runs of one percentile of a lane.
pub fn p(lane: &Lane<'_>, which: usize) -> f64 {
    median(lane.runs.iter().filter_map(|run| run.get(which)).copied().collect())
}

/// Prints the ratio of a lane to another, run by run and their median, which it returns.
pub fn ratio(name: &str, of: &Lane<'_>, to: &Lane<'_>, which: usize) -> f64 {
    let value = |run: &[f64; 3]| run.get(which).copied().unwrap_or(f64::NAN);
    let ratios: Vec<f64> = of.runs.iter().zip(&to.runs).map(|(a, b)| value(a) / value(b)).collect();
    ratios_of(name, ratios)
}

/// Prints the median of ratios, and all of them.
pub fn ratios_of(name: &str, ratios: Vec<f64>) -> f64 {
    let all: Vec<String> = ratios.iter().map(|ratio| format!("{ratio:.2}")).collect();
    let middle = median(ratios);
    println!("{name}={middle:.2}");
    println!("{name}_runs={}", all.join(","));
    middle
}

/// Prints whether a goal is met.
pub fn goal(name: &str, value: f64, at_most: f64) {
    println!(
        "goal_{name}={} ({value:.2} of at most {at_most:.2})",
        if value <= at_most { "met" } else { "missed" }
    );
}

/// A percentile of sorted times, in microseconds.
pub fn percentile(sorted: &[u64], part: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * part).round() as usize).map_or(f64::NAN, |nanos| *nanos as f64 / 1000.0)
}

/// The middle one.
pub fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

/// A number that looks random, the same for the same input.
pub fn scatter(index: u64) -> u64 {
    let mut z = index.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A thread of [`together`]: where it waits for the others, and for how long it then works.
pub struct Ready<'a> {
    barrier: &'a Barrier,
    seconds: f64,
    thread: u64,
}

impl Ready<'_> {
    /// Waits for the others and repeats a job until the time is over: how often a second.
    pub fn repeat(&self, mut job: impl FnMut(u64) -> Result<()>) -> Result<f64> {
        self.barrier.wait();
        let (begun, mut count) = (Instant::now(), 0_u64);
        while begun.elapsed().as_secs_f64() < self.seconds {
            count += 1;
            job((self.thread << 32) + count)?;
        }
        Ok(count as f64 / begun.elapsed().as_secs_f64())
    }
}

/// The rate of several threads that do the same together.
pub fn together<'a, F>(threads: u64, seconds: f64, work: F) -> Result<f64>
where
    F: Fn(u64, &Ready<'_>) -> Result<f64> + Sync + 'a,
{
    let barrier = Barrier::new(usize::try_from(threads)?);
    std::thread::scope(|scope| {
        let (work, barrier) = (&work, &barrier);
        let running: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || work(thread, &Ready { barrier, seconds, thread })))
            .collect();
        let mut rate = 0.0;
        for thread in running {
            rate += thread.join().map_err(|_| "a thread panicked")??;
        }
        Ok(rate)
    })
}
