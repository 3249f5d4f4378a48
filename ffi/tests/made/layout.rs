//! Sizes and offsets of every struct, once for compilers of C and once for Rust's.

use super::model::{Item, Kind, layout};
use std::fmt::Write;

fn structs(items: &[Item]) -> impl Iterator<Item = (&Item, Vec<(&str, usize)>, usize)> {
    items.iter().filter_map(|item| {
        let Kind::Struct(fields) = &item.kind else { return None };
        let (offsets, size, _) = layout(items, &item.name)?;
        let fields = fields.iter().map(|field| field.name.as_str()).zip(offsets).collect();
        Some((item, fields, size))
    })
}

/// For C11 and C++11, 32 and 64 bits, any system.
pub fn c(items: &[Item]) -> String {
    let mut made = String::from(C_BEGIN);
    for (item, fields, size) in structs(items) {
        let name = &item.name;
        writeln!(made, "\nSIZE({name}, {size})").expect("a String");
        for (field, offset) in fields {
            writeln!(made, "AT({name}, {field}, {offset})").expect("a String");
        }
    }
    made
}

pub fn rust(items: &[Item]) -> String {
    let mut made = String::from(RUST_BEGIN);
    for (item, fields, size) in structs(items) {
        let name = &item.name;
        writeln!(made, "\n    assert_eq!(size_of::<{name}>(), {size});").expect("a String");
        for (field, offset) in fields {
            writeln!(made, "    assert_eq!(offset_of!({name}, {field}), {offset});").expect("a String");
        }
    }
    made.push_str("}\n");
    made
}

const C_BEGIN: &str = "\
/* Sizes and offsets of every struct of carnet.h. Made by ffi/tests/header.rs; do not edit.
 *
 * They are the same in 32 and in 64 bits, on every system. Compiling this file is the test:
 * cc -std=c11 -fsyntax-only -Iinclude ffi/tests/layout.c
 */
#include <carnet.h>

#ifdef __cplusplus
#define MUST(what, text) static_assert(what, text);
#else
#define MUST(what, text) _Static_assert(what, text);
#endif
#define SIZE(type, bytes) MUST(sizeof(type) == bytes, #type)
#define AT(type, field, bytes) MUST(offsetof(type, field) == bytes, #type \".\" #field)

/* The only one with a pointer: two words. */
SIZE(carnet_string, 2 * sizeof(void *))
AT(carnet_string, ptr, 0)
AT(carnet_string, len, sizeof(void *))
";

const RUST_BEGIN: &str = "\
//! Sizes and offsets of every struct as Rust lays them out. Made by `tests/header.rs`; do not edit.

use carnet_abi::*;
use std::mem::offset_of;

#[test]
#[expect(clippy::too_many_lines, reason = \"a list\")]
fn structs_lie_in_memory_as_the_header_says() {
    assert_eq!(size_of::<carnet_string>(), 2 * size_of::<usize>());
    assert_eq!(offset_of!(carnet_string, ptr), 0);
    assert_eq!(offset_of!(carnet_string, len), size_of::<usize>());
";
