//! The exported functions, called as C calls them.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::cast_possible_wrap,
    clippy::cast_sign_loss,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a test that fails says where"
)]

mod doors;
mod feed;
mod hooks;
mod misuse;
mod support;
