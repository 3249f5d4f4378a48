//! `bindings/delphi/Carnet.pas`: a unit for Delphi and Free Pascal.

use super::model::{Field, Item, Kind, Signature, size_of};
use std::fmt::Write;

/// Words of Pascal that cannot be names.
const KEYWORDS: &[&str] = &[
    "and",
    "array",
    "as",
    "asm",
    "begin",
    "case",
    "class",
    "const",
    "constructor",
    "destructor",
    "div",
    "do",
    "downto",
    "else",
    "end",
    "except",
    "exports",
    "file",
    "finalization",
    "finally",
    "for",
    "function",
    "goto",
    "if",
    "implementation",
    "in",
    "inherited",
    "initialization",
    "inline",
    "interface",
    "is",
    "label",
    "library",
    "mod",
    "nil",
    "not",
    "object",
    "of",
    "on",
    "operator",
    "or",
    "out",
    "packed",
    "procedure",
    "program",
    "property",
    "raise",
    "record",
    "repeat",
    "set",
    "shl",
    "shr",
    "string",
    "then",
    "to",
    "try",
    "type",
    "unit",
    "until",
    "uses",
    "var",
    "while",
    "with",
    "xor",
];

fn name(word: &str) -> String {
    if KEYWORDS.contains(&word) { format!("{word}_") } else { word.to_owned() }
}

fn simple(c_type: &str) -> &str {
    match c_type {
        "int32_t" => "Integer",
        "uint32_t" => "Cardinal",
        "int64_t" => "Int64",
        "size_t" => "NativeUInt",
        "char" => "AnsiChar",
        other => other,
    }
}

fn doc(made: &mut String, lines: &[String], indent: &str) {
    for line in lines.iter().take_while(|line| !line.starts_with('@') && !line.is_empty()) {
        writeln!(made, "{indent}/// {line}").expect("a String");
    }
}

fn declare_struct(made: &mut String, item: &Item, fields: &[Field]) {
    doc(made, &item.doc, "  ");
    writeln!(made, "  {} = packed record", item.name).expect("a String");
    for field in fields {
        doc(made, &field.doc, "    ");
        let of = if field.c_type.ends_with('*') { "PAnsiChar" } else { simple(&field.c_type) };
        let of = field.len.map_or_else(|| of.to_owned(), |len| format!("array[0..{}] of {of}", len - 1));
        writeln!(made, "    {}: {of};", name(&field.name)).expect("a String");
    }
    writeln!(made, "  end;\n  P{0} = ^{0};\n", item.name).expect("a String");
}

fn param(c_type: &str, called: &str) -> String {
    let of = c_type.trim_start_matches("const ").trim_end_matches('*').trim();
    let pointed = match (of, c_type.matches('*').count()) {
        ("char", 1) => "PAnsiChar".to_owned(),
        ("void", 1) => "Pointer".to_owned(),
        // A handle is a pointer by itself.
        ("carnet_engine" | "carnet_error" | "carnet_changes", 1) => of.to_owned(),
        (of, 0) => simple(of).to_owned(),
        (of, _) => format!("P{of}"),
    };
    format!("{}: {pointed}", name(called))
}

fn heading(signature: &Signature, called: &str) -> String {
    let params: Vec<String> = signature.params.iter().map(|p| param(&p.c_type, &p.name)).collect();
    let params = if params.is_empty() { String::new() } else { format!("({})", params.join("; ")) };
    match signature.returns.as_str() {
        "void" => format!("procedure{called}{params}"),
        returns => {
            let returns = if returns.ends_with('*') { "PAnsiChar" } else { simple(returns) };
            format!("function{called}{params}: {returns}")
        }
    }
}

pub fn unit(items: &[Item], constants: &[(String, String, String)]) -> String {
    let mut made = String::from(BEGIN);
    for (called, value, about) in constants {
        // Pascal does not tell capitals: what a function is called too is that of this unit.
        let clashes = items
            .iter()
            .any(|item| !matches!(item.kind, Kind::Constant(_)) && item.name.eq_ignore_ascii_case(called));
        let called = if clashes { called.replace("CARNET_", "CARNET_BUILT_") } else { called.clone() };
        doc(&mut made, std::slice::from_ref(about), "  ");
        writeln!(
            made,
            "  {called} = {};",
            value.replace('"', "'").replace("-9223372036854775808", "Low(Int64)")
        )
        .expect("a String");
    }
    made.push_str("\ntype\n");
    for item in items.iter().filter(|item| matches!(item.kind, Kind::Opaque)) {
        doc(&mut made, &item.doc, "  ");
        writeln!(made, "  {0} = type Pointer;\n  P{0} = ^{0};\n", item.name).expect("a String");
    }
    for item in items {
        if let Kind::Struct(fields) = &item.kind {
            declare_struct(&mut made, item, fields);
        }
    }
    for item in items {
        if let Kind::Callback(signature) = &item.kind {
            doc(&mut made, &item.doc, "  ");
            writeln!(made, "  {} = {}; cdecl;\n", item.name, heading(signature, "")).expect("a String");
        }
    }
    for item in items {
        if let Kind::Function(signature) = &item.kind {
            doc(&mut made, &item.doc, "");
            let heading = heading(signature, &format!(" {}", item.name));
            writeln!(made, "{heading}; cdecl; external CARNET_LIBRARY;\n").expect("a String");
        }
    }
    made.push_str(MIDDLE);
    for item in items.iter().filter(|item| matches!(item.kind, Kind::Struct(_))) {
        if let Some((size, _)) = size_of(items, &item.name) {
            writeln!(made, "  Assert(SizeOf({}) = {size}, '{0}');", item.name).expect("a String");
        }
    }
    made.push_str(END);
    made
}

const BEGIN: &str = "\
{ Carnet for Delphi and Free Pascal: what libcarnet exports. Made by ffi/tests/header.rs; do not edit.

  Texts are UTF-8: UTF8String, and CARNET_WHOLE for the length of one that ends with a zero byte. A record that begins with
  struct_size is emptied first (FillChar) and gets its size. Handles are pointers that nobody follows; nil is none. }
unit Carnet;

{$IFDEF FPC}{$MODE DELPHI}{$H+}{$ENDIF}

interface

const
{$IFDEF MSWINDOWS}
  CARNET_LIBRARY = 'carnet.dll';
{$ELSE}
  CARNET_LIBRARY = 'libcarnet.so';
{$ENDIF}
  /// The length of a text that ends with a zero byte.
  CARNET_WHOLE = High(NativeUInt);
";

const MIDDLE: &str = "\
/// Puts a text into an array of a record, ended by a zero byte; False where it has no room.
function CarnetFill(var place: array of AnsiChar; const text: UTF8String): Boolean;

/// Whether this unit and the library speak of the same records: an assertion fails where they do not.
procedure CarnetCheckLayout;

implementation

function CarnetFill(var place: array of AnsiChar; const text: UTF8String): Boolean;
begin
  FillChar(place, SizeOf(place), 0);
  Result := Length(text) < Length(place);
  if Result and (Length(text) > 0) then
    Move(text[1], place, Length(text));
end;

procedure CarnetCheckLayout;
begin
";

const END: &str = "end;

end.
";
