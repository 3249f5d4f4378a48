//! `include/carnet.h` is made here, from this crate, the table of reasons and the operation table, and
//! compared with the committed file. `CARNET_WRITE=1 cargo test -p carnet-ffi --test header` writes it.

use engine::Reason;
use std::fmt::Write as _;
use std::path::Path;

macro_rules! operations {
    ($($kind:ident $json:literal $name:ident($request:ty) -> $reply:ty = $function:path, $doc:literal;)*) => {
        &[$(($json, $doc),)*]
    };
}
const OPERATIONS: &[(&str, &str)] = engine::for_each_operation!(operations);

fn constant(word: &str) -> String {
    word.replace('.', "_").to_uppercase()
}

/// What cbindgen cannot know: versions, numbers of reasons, names of operations.
fn tables() -> String {
    let mut out = String::new();
    let mut number = 0;
    for (part, text, weight) in [
        ("MAJOR", env!("CARGO_PKG_VERSION_MAJOR"), 1_000_000),
        ("MINOR", env!("CARGO_PKG_VERSION_MINOR"), 1_000),
        ("PATCH", env!("CARGO_PKG_VERSION_PATCH"), 1),
    ] {
        number += weight * text.parse::<u32>().expect("a number");
        writeln!(out, "#define CARNET_VERSION_{part} {text}").expect("a string");
    }
    writeln!(out, "/** MAJOR * 1000000 + MINOR * 1000 + PATCH */\n#define CARNET_VERSION_NUMBER {number}")
        .expect("a string");
    writeln!(
        out,
        "/** Grows when a program built before must be built again; compare with carnet_abi_version(). */"
    )
    .expect("a string");
    writeln!(out, "#define CARNET_ABI_VERSION 1\n\n#define CARNET_OK 0").expect("a string");
    for reason in Reason::ALL {
        let (name, number) = (constant(reason.as_str()), reason.number());
        writeln!(
            out,
            "/** {}: {} */\n#define CARNET_REASON_{name} {number}",
            reason.code(),
            reason.message()
        )
        .expect("a string");
    }
    out.push('\n');
    for (json, doc) in OPERATIONS {
        writeln!(out, "/** {doc} */\n#define CARNET_OP_{} \"{json}\"", constant(json)).expect("a string");
    }
    out + r#"
#ifndef CARNET_API
#if defined(_WIN32) && !defined(CARNET_STATIC)
#define CARNET_API __declspec(dllimport)
#else
#define CARNET_API
#endif
#endif
"#
}

#[test]
fn the_committed_header_is_the_one_that_is_made() {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut config = cbindgen::Config::from_file(crate_dir.join("cbindgen.toml")).expect("a configuration");
    config.header = Some(std::fs::read_to_string(crate_dir.join("header.txt")).expect("readable"));
    config.after_includes = Some(tables());
    let mut made = Vec::new();
    cbindgen::Builder::new()
        .with_config(config)
        .with_src(crate_dir.join("src/lib.rs"))
        .generate()
        .expect("cbindgen understands the crate")
        .write(&mut made);
    let made = String::from_utf8(made).expect("text").replace("# Safety\n", "Requires:\n");
    let file = crate_dir.join("../include/carnet.h");
    if std::env::var_os("CARNET_WRITE").is_some() {
        std::fs::write(&file, &made).expect("writable");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == made,
        "include/carnet.h is out of date: CARNET_WRITE=1 cargo test -p carnet-ffi --test header"
    );
}
