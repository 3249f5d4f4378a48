//! `include/carnet.h` is made here, from this crate, the table of reasons and the operation table, and
//! compared with the committed file. `CARNET_UPDATE=1 cargo test -p carnet-ffi --test header` writes it.

use engine::Reason;
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
    let version = [
        ("MAJOR", env!("CARGO_PKG_VERSION_MAJOR")),
        ("MINOR", env!("CARGO_PKG_VERSION_MINOR")),
        ("PATCH", env!("CARGO_PKG_VERSION_PATCH")),
    ];
    let version = version.map(|(part, number)| format!("#define CARNET_VERSION_{part} {number}\n")).concat();
    let reason = |reason: &Reason| {
        let (name, number) = (constant(reason.as_str()), reason.number());
        format!("/** {}: {} */\n#define CARNET_REASON_{name} {number}\n", reason.code(), reason.message())
    };
    let operation = |(json, doc): &(&str, &str)| {
        format!("/** {doc} */\n#define CARNET_OP_{} \"{json}\"\n", constant(json))
    };
    let reasons: String = Reason::ALL.iter().map(reason).collect();
    let operations: String = OPERATIONS.iter().map(operation).collect();
    format!("{version}{VERSIONS}{reasons}\n{operations}{API}")
}

const VERSIONS: &str = "\
#define CARNET_VERSION_NUMBER \
(CARNET_VERSION_MAJOR * 1000000 + CARNET_VERSION_MINOR * 1000 + CARNET_VERSION_PATCH)
/** Grows when a program built before must be built again; compare with carnet_abi_version(). */
#define CARNET_ABI_VERSION 1

#define CARNET_OK 0
";

const API: &str = "
#ifndef CARNET_API
#if defined(_WIN32) && !defined(CARNET_STATIC)
#define CARNET_API __declspec(dllimport)
#else
#define CARNET_API
#endif
#endif
";

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
    if std::env::var_os("CARNET_UPDATE").is_some() {
        std::fs::write(&file, &made).expect("writable");
    }
    let committed = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        committed == made,
        "include/carnet.h is out of date: CARNET_UPDATE=1 cargo test -p carnet-ffi --test header"
    );
}
