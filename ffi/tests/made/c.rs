//! The header: groups, comments, declarations.

use super::model::{Item, Kind, Signature};
use std::fmt::Write;

/// The groups in their order: name, title, and the beginnings of names of what is in them.
const GROUPS: &[(&str, &str, &[&str])] = &[
    ("version", "Version", &["carnet_version", "carnet_abi_version"]),
    ("errors", "Errors", &["carnet_error", "carnet_reason", "carnet_deny"]),
    ("strings", "Strings", &["carnet_string"]),
    ("engine", "Engine", &["carnet_engine", "carnet_interrupt"]),
    ("execute", "Execute: every operation, in JSON", &["carnet_execute"]),
    ("changes", "Changes: the feed of what was done", &["carnet_changes"]),
    ("backup", "Backup", &["carnet_progress", "carnet_backup"]),
    ("log", "Log", &["CARNET_LOG", "carnet_log", "carnet_user_free"]),
    ("till", "Till and turnstile: typed structs for what is done in a hurry", &[""]),
];

/// What stands before the declarations of some groups.
pub struct Tables {
    pub version: String,
    pub errors: String,
    pub execute: String,
}

pub fn group_of(name: &str) -> &'static str {
    let found = GROUPS.iter().find(|(_, _, starts)| starts.iter().any(|start| name.starts_with(start)));
    found.expect("the last group takes everything").0
}

pub fn header(prose: &str, tables: &Tables, items: &[Item]) -> String {
    let mut made = String::from(prose);
    made.push_str(BEGIN);
    for (group, title, _) in GROUPS {
        write!(made, "\n/**\n * @defgroup carnet_{group} {title}\n * @{{\n */\n").expect("a String");
        made.push_str(match *group {
            "version" => &tables.version,
            "errors" => &tables.errors,
            "execute" => &tables.execute,
            "till" => INIT,
            _ => "",
        });
        let of_group = || items.iter().filter(|item| group_of(&item.name) == *group);
        let order = [
            |kind: &Kind| matches!(kind, Kind::Constant(_)),
            |kind: &Kind| matches!(kind, Kind::Opaque | Kind::Struct(_) | Kind::Callback(_)),
            |kind: &Kind| matches!(kind, Kind::Function(_)),
        ];
        for wanted in order {
            of_group().filter(|item| wanted(&item.kind)).for_each(|item| declare(&mut made, item));
        }
        write!(made, "\n/** @}} */\n").expect("a String");
    }
    made.push_str(END);
    made
}

fn comment(made: &mut String, doc: &[String], indent: &str) {
    if let [line] = doc {
        writeln!(made, "{indent}/** {line} */").expect("a String");
        return;
    }
    writeln!(made, "{indent}/**").expect("a String");
    for line in doc {
        writeln!(made, "{indent} * {line}").map(|()| trim_end(made)).expect("a String");
    }
    writeln!(made, "{indent} */").expect("a String");
}

/// No blanks before the end of the line.
fn trim_end(made: &mut String) {
    made.truncate(made.trim_end().len());
    made.push('\n');
}

fn declare(made: &mut String, item: &Item) {
    if !matches!(item.kind, Kind::Constant(_)) {
        made.push('\n');
    }
    comment(made, &item.doc, "");
    let name = &item.name;
    match &item.kind {
        Kind::Constant(value) => writeln!(made, "#define {name} {value}"),
        Kind::Opaque => writeln!(made, "typedef struct {name} {name};"),
        Kind::Struct(fields) => {
            writeln!(made, "typedef struct {name} {{").expect("a String");
            for field in fields {
                comment(made, &field.doc, "    ");
                let len = field.len.map(|len| format!("[{len}]")).unwrap_or_default();
                writeln!(made, "    {};", declared(&field.c_type, &format!("{}{len}", field.name)))
                    .expect("a String");
            }
            writeln!(made, "}} {name};")
        }
        Kind::Callback(signature) => {
            writeln!(
                made,
                "typedef {}",
                lines(&format!("{}(*{name})", spaced(&signature.returns)), signature)
            )
        }
        Kind::Function(signature) => {
            writeln!(made, "CARNET_API {}", lines(&declared(&signature.returns, name), signature))
        }
    }
    .expect("a String");
}

fn spaced(c_type: &str) -> String {
    if c_type.ends_with('*') { c_type.to_owned() } else { format!("{c_type} ") }
}

fn declared(c_type: &str, name: &str) -> String {
    format!("{}{name}", spaced(c_type))
}

fn lines(head: &str, signature: &Signature) -> String {
    let params: Vec<String> = signature.params.iter().map(|p| declared(&p.c_type, &p.name)).collect();
    let one =
        if params.is_empty() { format!("{head}(void);") } else { format!("{head}({});", params.join(", ")) };
    if one.len() <= 100 {
        return one;
    }
    format!("{head}(\n    {});", params.join(",\n    "))
}

const INIT: &str = "
/** Makes a struct ready for use: all zero but for its `struct_size`. */
#define CARNET_INIT(pointer) \\
    (memset((pointer), 0, sizeof *(pointer)), (void)((pointer)->struct_size = (uint32_t)sizeof *(pointer)))

";

const BEGIN: &str = "
#ifndef CARNET_H
#define CARNET_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifndef CARNET_API
#if defined(_WIN32) && !defined(CARNET_STATIC)
#define CARNET_API __declspec(dllimport)
#else
#define CARNET_API
#endif
#endif

#ifdef __cplusplus
extern \"C\" {
#endif
";

const END: &str = "
#ifdef __cplusplus
}
#endif

#endif /* CARNET_H */
";
