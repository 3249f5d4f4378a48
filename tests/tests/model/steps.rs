//! What a club does in a day, drawn at random. Whom and what a step means it says by a number that is taken modulo what there
//! is, so that a row of steps stays one when some are left out.

use crate::random::Random;

pub const MINUTE: i64 = 60_000_000;
pub const DAY: i64 = 24 * 60 * MINUTE;

/// One step.
#[derive(Debug, Clone, PartialEq)]
pub enum Step {
    /// Time goes by: minutes.
    Wait(i64),
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
    /// `discount` in percent. From the account, or in cash.
    Sell {
        client: usize,
        plan: usize,
        discount: i64,
        from_account: bool,
    },
    /// `named`: the client says which pass.
    Enter {
        client: usize,
        service: Option<usize>,
        named: Option<usize>,
    },
    Exit {
        client: usize,
    },
    /// Gives back this part of what is owed, in percent; more than 100 is refused.
    Cancel {
        pass: usize,
        refund: i64,
    },
    OpenDay,
    CloseDay,
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
    /// Takes back one of the movements so far, whole, or this part of it in percent.
    Reverse {
        movement: usize,
        part: Option<i64>,
    },
}

/// A row of steps.
pub fn draw(random: &mut Random, count: usize) -> Vec<Step> {
    (0..count).map(|_| one(random)).collect()
}

fn index(random: &mut Random) -> usize {
    usize::try_from(random.below(1_000)).unwrap()
}

fn one(random: &mut Random) -> Step {
    let (client, pass) = (index(random), index(random));
    match random.below(100) {
        0..=17 => Step::Wait(wait(random)),
        18..=26 => Step::TopUp {
            client,
            cents: random.between(1, 20_000),
            bonus: if random.once_in(3) { random.between(1, 5_000) } else { 0 },
            days: random.once_in(2).then(|| random.between(1, 60)),
        },
        27..=36 => Step::Charge { client, cents: random.between(1, 15_000), tax: random.once_in(2) },
        37..=48 => Step::Sell {
            client,
            plan: index(random),
            discount: if random.once_in(4) { random.between(0, 100) } else { 0 },
            from_account: random.once_in(4),
        },
        49..=74 => Step::Enter {
            client,
            service: random.once_in(2).then(|| index(random)),
            named: random.once_in(5).then_some(pass),
        },
        75..=79 => Step::Exit { client },
        80..=82 => Step::Cancel { pass, refund: random.between(0, 110) },
        83..=86 => Step::OpenDay,
        87..=90 => Step::CloseDay,
        91..=93 => Step::Freeze { pass, after: random.between(-1, 6), days: random.between(1, 15) },
        94 => Step::Unfreeze { pass },
        95..=96 => Step::Extend { pass, days: random.between(1, 20) },
        _ => {
            Step::Reverse { movement: index(random), part: random.once_in(3).then(|| random.between(1, 120)) }
        }
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
