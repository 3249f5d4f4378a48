//! The exported functions, called as C calls them.

mod doors;
mod feed;
mod hooks;
mod misuse;
mod support;
