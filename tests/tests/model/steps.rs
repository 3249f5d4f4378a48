//! What a club does in a day, drawn at random. Whom and what a step means it says by a number that is taken modulo what there
//! is, so that a row of steps stays one when some are left out.

use crate::random::Random;

pub const MINUTE: i64 = 60_000_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// One step. `named` is a pass that the client wants to use.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Time goes by: minutes.
    Wait(i64),
    OpenDay,
    /// A host asks what is due. Nothing is other for it.
    Tick,
    CloseDay,
    TopUp {
        client: usize,
        cents: i64,
        bonus: i64,
        days: Option<i64>,
    },
    Charge {
        client: usize,
        cents: i64,
        tax: bool,
    },
    /// How far the account may be used beyond what is on it.
    Limit {
        client: usize,
        cents: i64,
    },
    /// Gives money by hand, or takes it away.
    Correct {
        client: usize,
        cents: i64,
        days: Option<i64>,
    },
    /// `discount` in percent. From the account, or in cash. `covers`: also bookings made before.
    Sell {
        client: usize,
        plan: usize,
        discount: i64,
        from_account: bool,
        covers: bool,
    },
    /// With the plan of the pass, or another.
    Renew {
        pass: usize,
        plan: Option<usize>,
        from_account: bool,
    },
    Transfer {
        pass: usize,
        client: usize,
        beyond: bool,
        from_account: bool,
    },
    Replace {
        pass: usize,
        plan: usize,
        at_end: bool,
        from_account: bool,
    },
    /// Gives back this part of what is owed, in percent; more than 100 is refused.
    Cancel {
        pass: usize,
        refund: i64,
        to_account: bool,
    },
    /// For its end, or takes that back.
    CancelAtEnd {
        pass: usize,
        back: bool,
    },
    /// Sets its last day, so many days from today, and whether it renews by itself.
    Change {
        pass: usize,
        last: Option<i64>,
        renews: Option<bool>,
    },
    /// All passes, or those of a plan.
    FreezeAll {
        plan: Option<usize>,
        after: i64,
        days: i64,
    },
    /// From so many days after today on, for so many days.
    Freeze {
        pass: usize,
        after: i64,
        days: i64,
    },
    Unfreeze {
        pass: usize,
    },
    Extend {
        pass: usize,
        days: i64,
    },
    Enter {
        client: usize,
        service: Option<usize>,
        named: Option<usize>,
    },
    /// So many minutes ago, at a door that was off line.
    EnterLate {
        client: usize,
        service: Option<usize>,
        named: Option<usize>,
        minutes: i64,
    },
    Exit {
        client: usize,
    },
    Use {
        client: usize,
        service: usize,
        named: Option<usize>,
        quantity: i64,
    },
    /// Gives by hand this part of what was bought, in percent, or takes it away.
    CorrectPass {
        pass: usize,
        percent: i64,
    },
    /// For so many minutes from now.
    Book {
        client: usize,
        service: usize,
        minutes: i64,
        named: Option<usize>,
        must: bool,
    },
    CallOff {
        booking: usize,
    },
    Attend {
        booking: usize,
        named: Option<usize>,
        must: bool,
    },
    /// Cents, this part of what was bought with a pass in percent, or both. `more` may be captured: percent, or cents if
    /// negative.
    Hold {
        client: usize,
        money: Option<i64>,
        pass: Option<usize>,
        percent: i64,
        minutes: i64,
        more: i64,
    },
    /// This part of each account in percent: none of those with 0, all that is held if all are 0.
    Capture {
        hold: usize,
        parts: [i64; 2],
        keep_open: bool,
        tax: bool,
    },
    Release {
        hold: usize,
    },
    /// Takes back one of the movements so far, whole, or this part of it in percent.
    Reverse {
        group: usize,
        part: Option<i64>,
    },
}

/// A row of steps.
pub fn draw(random: &mut Random, count: usize) -> Vec<Step> {
    (0..count).map(|_| one(random)).collect()
}

fn index(random: &mut Random) -> usize {
    usize::try_from(random.below(10_000)).unwrap()
}

fn one(random: &mut Random) -> Step {
    match random.below(100) {
        0..=15 => Step::Wait(wait(random)),
        16..=18 => Step::OpenDay,
        19..=21 => Step::CloseDay,
        22..=23 => Step::Tick,
        24..=40 => of_money(random),
        41..=53 => of_passes(random),
        54..=61 => of_course(random),
        62..=78 => of_use(random),
        79..=85 => of_bookings(random),
        86..=93 => of_holds(random),
        _ => Step::Reverse { group: index(random), part: random.once_in(3).then(|| random.between(1, 120)) },
    }
}

fn wait(random: &mut Random) -> i64 {
    match random.below(10) {
        0..=3 => random.between(1, 90),
        4..=7 => random.between(60, 30 * 60),
        // To a midnight, the edge of everything.
        8 => 0,
        _ => random.between(24 * 60, 20 * 24 * 60),
    }
}

fn of_money(random: &mut Random) -> Step {
    let client = index(random);
    match random.below(19) {
        0..=7 => Step::TopUp {
            client,
            cents: random.between(1, 20_000),
            bonus: if random.once_in(3) { random.between(1, 5_000) } else { 0 },
            days: random.once_in(2).then(|| random.between(1, 60)),
        },
        8..=15 => Step::Charge { client, cents: random.between(1, 15_000), tax: random.once_in(2) },
        16 => Step::Limit { client, cents: if random.once_in(4) { 0 } else { random.between(1, 10_000) } },
        _ => {
            let cents = random.between(1, 5_000);
            Step::Correct {
                client,
                cents: if random.once_in(2) { -cents } else { cents },
                days: random.once_in(3).then(|| random.between(1, 30)),
            }
        }
    }
}

fn of_passes(random: &mut Random) -> Step {
    let (client, pass, from_account) = (index(random), index(random), random.once_in(4));
    match random.below(14) {
        0..=7 => Step::Sell {
            client,
            plan: index(random),
            discount: if random.once_in(4) { random.between(0, 100) } else { 0 },
            from_account,
            covers: random.once_in(2),
        },
        8..=9 => Step::Renew { pass, plan: random.once_in(4).then(|| index(random)), from_account },
        10 => Step::Transfer { pass, client, beyond: random.once_in(3), from_account },
        11 => Step::Replace { pass, plan: index(random), at_end: random.once_in(3), from_account },
        12 => Step::Cancel { pass, refund: random.between(0, 110), to_account: random.once_in(3) },
        _ => Step::CancelAtEnd { pass, back: random.once_in(3) },
    }
}

fn of_course(random: &mut Random) -> Step {
    let pass = index(random);
    match random.below(9) {
        7 => Step::Change {
            pass,
            last: (!random.once_in(4)).then(|| random.between(-3, 40)),
            renews: random.once_in(3).then(|| random.once_in(2)),
        },
        8 => Step::FreezeAll {
            plan: random.once_in(2).then(|| index(random)),
            after: random.between(-1, 6),
            days: random.between(1, 10),
        },
        0..=2 => Step::Freeze { pass, after: random.between(-1, 6), days: random.between(1, 15) },
        3 => Step::Unfreeze { pass },
        4..=5 => Step::Extend { pass, days: random.between(1, 20) },
        _ => {
            let percent = random.between(0, 60);
            Step::CorrectPass { pass, percent: if random.once_in(2) { -percent - 1 } else { percent } }
        }
    }
}

fn of_use(random: &mut Random) -> Step {
    let (client, service) = (index(random), index(random));
    let named = random.once_in(5).then(|| index(random));
    match random.below(20) {
        18..=19 => Step::EnterLate {
            client,
            service: random.once_in(2).then_some(service),
            named,
            minutes: if random.once_in(3) {
                random.between(1, 10 * 24 * 60)
            } else {
                random.between(1, 24 * 60)
            },
        },
        0..=10 => Step::Enter { client, service: random.once_in(2).then_some(service), named },
        11..=14 => Step::Exit { client },
        _ => {
            let quantity = if random.once_in(3) { random.between(2, 4) } else { 1 };
            Step::Use { client, service, named, quantity }
        }
    }
}

fn of_bookings(random: &mut Random) -> Step {
    let (booking, must) = (index(random), random.once_in(4));
    let named = random.once_in(4).then(|| index(random));
    match random.below(5) {
        0..=2 => {
            let minutes = if random.once_in(3) { 14 * 24 * 60 } else { 2 * 24 * 60 };
            Step::Book {
                client: index(random),
                service: index(random),
                minutes: random.below(minutes),
                named,
                must,
            }
        }
        3 => Step::CallOff { booking },
        _ => Step::Attend { booking, named, must },
    }
}

fn of_holds(random: &mut Random) -> Step {
    let hold = index(random);
    match random.below(9) {
        0..=4 => {
            let what = random.below(3);
            Step::Hold {
                client: index(random),
                money: (what < 2).then(|| random.between(1, 8_000)),
                pass: (what > 0).then(|| index(random)),
                percent: random.between(0, 60),
                minutes: if random.once_in(3) {
                    random.between(1, 90)
                } else {
                    random.between(60, 7 * 24 * 60)
                },
                more: match random.below(4) {
                    0 => random.between(1, 100),
                    1 => -random.between(1, 2_000),
                    _ => 0,
                },
            }
        }
        5..=7 => {
            let mut part = || if random.once_in(3) { 0 } else { random.between(1, 140) };
            let parts = [part(), part()];
            Step::Capture { hold, parts, keep_open: random.once_in(3), tax: random.once_in(2) }
        }
        _ => Step::Release { hold },
    }
}
