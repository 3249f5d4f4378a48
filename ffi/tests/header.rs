//! `include/carnet.h` and all that is made from the same source: declarations for C# and Delphi, the layout of the
//! structs, a page for every reason. Made here from this crate, the table of reasons and the operation table, and compared
//! with what is committed. `CARNET_UPDATE=1 cargo test -p carnet-ffi --test header` writes it.

#![expect(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    reason = "a test that fails says where"
)]

mod made;

use engine::Reason;
use made::c::Tables;
use made::model::{Item, Kind};
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

const VERSION_PARTS: [(&str, &str); 3] = [
    ("MAJOR", env!("CARGO_PKG_VERSION_MAJOR")),
    ("MINOR", env!("CARGO_PKG_VERSION_MINOR")),
    ("PATCH", env!("CARGO_PKG_VERSION_PATCH")),
];

/// What cbindgen cannot know: versions, numbers of reasons, names of operations.
fn tables() -> Tables {
    let part = |(part, number)| {
        format!(
            "/** The {} number of the version this header is of. */\n#define CARNET_VERSION_{part} {number}\n",
            str::to_lowercase(part)
        )
    };
    let version = VERSION_PARTS.map(part).concat();
    let reason = |reason: &Reason| {
        let (name, number) = (constant(reason.as_str()), reason.number());
        format!("/** {}: {} */\n#define CARNET_REASON_{name} {number}\n", reason.code(), reason.message())
    };
    let operation = |(json, doc): &(&str, &str)| {
        format!("/** {doc} */\n#define CARNET_OP_{} \"{json}\"\n", constant(json))
    };
    let reasons: String = Reason::ALL.iter().map(reason).collect();
    let operations: String = OPERATIONS.iter().map(operation).collect();
    Tables {
        version: format!("\n{version}{VERSIONS}"),
        errors: format!("\n/** No error. */\n#define CARNET_OK 0\n{reasons}"),
        execute: format!("\n{operations}"),
    }
}

const VERSIONS: &str = "\
/** The version this header is of, such as 1002003 for 1.2.3. */
#define CARNET_VERSION_NUMBER \\
    (CARNET_VERSION_MAJOR * 1000000 + CARNET_VERSION_MINOR * 1000 + CARNET_VERSION_PATCH)
/** Grows when a program built before must be built again; compare with carnet_abi_version(). */
#define CARNET_ABI_VERSION 1
";

/// What cbindgen makes of the crate.
fn items() -> Vec<Item> {
    let crate_dir = Path::new(env!("CARGO_MANIFEST_DIR"));
    let config = cbindgen::Config::from_file(crate_dir.join("cbindgen.toml")).expect("a configuration");
    let mut made = Vec::new();
    cbindgen::Builder::new()
        .with_config(config)
        .with_src(crate_dir.join("src/lib.rs"))
        .generate()
        .expect("cbindgen understands the crate")
        .write(&mut made);
    let made = String::from_utf8(made).expect("text").replace("# Safety", "Requires:");
    made::model::parse(&made)
}

/// Compares what was made with what is committed; writes it instead if that is asked for.
fn compare(file: &str, made: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(file);
    if std::env::var_os("CARNET_UPDATE").is_some() {
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(&path, made).expect("writable");
    }
    let committed = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == made,
        "{file} is out of date: CARNET_UPDATE=1 cargo test -p carnet-ffi --test header"
    );
}

#[test]
fn the_committed_header_is_the_one_that_is_made() {
    let prose = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("header.txt"));
    compare("include/carnet.h", &made::c::header(&prose.expect("readable"), &tables(), &items()));
}

#[test]
fn everything_says_what_it_is_who_may_call_it_and_since_when() {
    let mut found = Vec::new();
    for item in items() {
        let doc = item.doc.join("\n");
        let says = |word: &str| doc.lines().any(|line| line.starts_with(word));
        let mut needs = |word: &str| {
            if !says(word) {
                found.push(format!("{} lacks {word}", item.name));
            }
        };
        if let Kind::Function(signature) | Kind::Callback(signature) = &item.kind {
            for param in &signature.params {
                needs(&format!("@param {} ", param.name));
            }
            if signature.returns != "void" {
                needs("@return");
            }
            needs("@threadsafe");
        }
        if !matches!(item.kind, Kind::Constant(_)) {
            needs("@since");
        }
        if let Kind::Struct(fields) = &item.kind {
            let bare = fields.iter().filter(|field| field.doc.is_empty());
            found.extend(bare.map(|field| format!("{}.{} says nothing", item.name, field.name)));
        }
        if item.doc.is_empty() {
            found.push(format!("{} says nothing", item.name));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}

/// Every constant with its value and what it means.
fn constants() -> Vec<(String, String, String)> {
    let number = |part: usize| VERSION_PARTS[part].1.parse::<i64>().expect("a number");
    let version = number(0) * 1_000_000 + number(1) * 1000 + number(2);
    let mut all = vec![
        ("CARNET_VERSION_NUMBER".to_owned(), version.to_string(), "The version this file is of.".to_owned()),
        ("CARNET_ABI_VERSION".to_owned(), "1".to_owned(), "Compare with carnet_abi_version.".to_owned()),
        ("CARNET_OK".to_owned(), "0".to_owned(), "No error.".to_owned()),
    ];
    all.extend(Reason::ALL.iter().map(|reason| {
        let about = format!("{}: {}", reason.code(), reason.message());
        (format!("CARNET_REASON_{}", constant(reason.as_str())), reason.number().to_string(), about)
    }));
    all.extend(OPERATIONS.iter().map(|(json, doc)| {
        (format!("CARNET_OP_{}", constant(json)), format!("\"{json}\""), (*doc).to_owned())
    }));
    all.extend(items().iter().filter_map(|item| {
        let Kind::Constant(value) = &item.kind else { return None };
        let value =
            if value.contains("INT64_MIN") { i64::MIN.to_string() } else { value.replace(['(', ')'], "") };
        Some((item.name.clone(), value, item.doc.join(" ")))
    }));
    all
}

#[test]
fn the_committed_layouts_are_those_that_are_made() {
    compare("ffi/tests/layout.c", &made::layout::c(&items()));
    compare("ffi/tests/layout.rs", &made::layout::rust(&items()));
}

#[test]
fn the_committed_declarations_for_other_languages_are_those_that_are_made() {
    compare("bindings/csharp/Carnet.cs", &made::csharp::unit(&items(), &constants()));
    compare("bindings/delphi/Carnet.pas", &made::delphi::unit(&items(), &constants()));
}

#[test]
fn every_reason_has_its_page() {
    compare("docs/errors/README.md", &made::pages::list());
    for reason in Reason::ALL {
        compare(&format!("docs/errors/{}.md", reason.as_str()), &made::pages::page(*reason));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/errors");
    let pages = std::fs::read_dir(folder).expect("a folder").count();
    assert_eq!(pages, Reason::ALL.len() + 1, "a page of a reason that is gone");
}
