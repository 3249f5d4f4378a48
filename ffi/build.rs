//! Gives the shared library its soname, so that a program finds the library of the ABI it was built for.

use std::env::var;

/// `CARNET_ABI_VERSION` of `include/carnet.h`; `tests/c/run` compares the two.
const ABI_VERSION: u32 = 1;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if var("CARGO_CFG_TARGET_OS").is_ok_and(|os| os == "linux") {
        println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,libcarnet.so.{ABI_VERSION}");
    }
}
