//! The command-line front desk.
fn main() {}
