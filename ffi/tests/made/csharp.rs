//! `bindings/csharp/Carnet.cs`: structs, constants and functions for P/Invoke.

use super::model::{Field, Item, Kind, Signature, size_of};
use std::fmt::Write;

/// Words of C# that cannot be names.
const KEYWORDS: &[&str] =
    &["lock", "event", "params", "object", "string", "ref", "out", "in", "fixed", "checked"];

fn name(word: &str) -> String {
    if KEYWORDS.contains(&word) { format!("@{word}") } else { word.to_owned() }
}

fn simple(c_type: &str) -> &str {
    match c_type {
        "int32_t" => "int",
        "uint32_t" => "uint",
        "int64_t" => "long",
        "size_t" => "UIntPtr",
        "char" => "byte",
        "void" => "void",
        other => other,
    }
}

fn doc(made: &mut String, lines: &[String], indent: &str) {
    let text = |line: &String| line.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let summary = lines.iter().take_while(|line| !line.starts_with('@') && !line.is_empty());
    let summary: Vec<String> = summary.map(text).collect();
    writeln!(made, "{indent}/// <summary>{}</summary>", summary.join(" ")).expect("a String");
}

/// A struct that begins with its size is a class here: handed over by its address, and null where that is allowed.
fn is_class(fields: &[Field]) -> bool {
    fields.first().is_some_and(|field| field.name == "struct_size")
}

fn declare_struct(made: &mut String, item: &Item, fields: &[Field]) {
    let word = if is_class(fields) { "sealed class" } else { "struct" };
    doc(made, &item.doc, "    ");
    writeln!(
        made,
        "    [StructLayout(LayoutKind.Sequential, Pack = 8)]\n    public {word} {}\n    {{",
        item.name
    )
    .expect("a String");
    for field in fields {
        doc(made, &field.doc, "        ");
        let (of, called) = (simple(&field.c_type), name(&field.name));
        let line = match (field.len, field.name.as_str()) {
            (Some(len), _) => {
                let value = if is_class(fields) { format!(" = new {of}[{len}]") } else { String::new() };
                format!(
                    "[MarshalAs(UnmanagedType.ByValArray, SizeConst = {len})] public {of}[] {called}{value};"
                )
            }
            (None, "struct_size") => {
                format!("public {of} {called} = (uint)Marshal.SizeOf(typeof({}));", item.name)
            }
            (None, _) if field.c_type.ends_with('*') => format!("public IntPtr {called};"),
            (None, _) => format!("public {of} {called};"),
        };
        writeln!(made, "        {line}").expect("a String");
    }
    made.push_str("    }\n\n");
}

fn param(items: &[Item], c_type: &str, called: &str) -> String {
    let called = name(called);
    let of = c_type.trim_start_matches("const ").trim_end_matches('*').trim();
    let stars = c_type.matches('*').count();
    let item = items.iter().find(|item| item.name == of);
    match (item.map(|item| &item.kind), stars) {
        (Some(Kind::Opaque), 2) if called == "error" => format!("out IntPtr {called}"),
        (Some(Kind::Opaque), 2) => format!("ref IntPtr {called}"),
        (Some(Kind::Opaque), _) => format!("IntPtr {called}"),
        (Some(Kind::Struct(fields)), 1) if is_class(fields) && c_type.starts_with("const") => {
            format!("[In] {of} {called}")
        }
        (Some(Kind::Struct(fields)), 1) if is_class(fields) => format!("[In, Out] {of} {called}"),
        (Some(Kind::Struct(_)), 1) => format!("ref {of} {called}"),
        (Some(Kind::Callback(_)), 0) => format!("{of} {called}"),
        (_, 1) if of == "char" => format!("byte[] {called}"),
        (_, 0) => format!("{} {called}", simple(of)),
        _ => format!("IntPtr {called}"),
    }
}

/// What a callback gets: the marshaller would copy texts, so addresses are left as they are.
fn callback_param(c_type: &str, called: &str) -> String {
    if c_type.ends_with('*') {
        format!("IntPtr {}", name(called))
    } else {
        format!("{} {}", simple(c_type), name(called))
    }
}

fn returned(c_type: &str) -> &str {
    if c_type.ends_with('*') { "IntPtr" } else { simple(c_type) }
}

fn params(signature: &Signature, one: impl Fn(&str, &str) -> String) -> String {
    let all: Vec<String> = signature.params.iter().map(|p| one(&p.c_type, &p.name)).collect();
    all.join(", ")
}

pub fn unit(items: &[Item], constants: &[(String, String, String)]) -> String {
    let mut made = String::from(BEGIN);
    let structs = items.iter().filter_map(|item| match &item.kind {
        Kind::Struct(fields) => Some((item, fields)),
        _ => None,
    });
    structs.for_each(|(item, fields)| declare_struct(&mut made, item, fields));
    for item in items {
        if let Kind::Callback(signature) = &item.kind {
            doc(&mut made, &item.doc, "    ");
            let (returns, params) = (returned(&signature.returns), params(signature, callback_param));
            writeln!(made, "    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]\n    public delegate {returns} {}({params});\n", item.name).expect("a String");
        }
    }
    made.push_str("    /// <summary>The functions and constants of libcarnet, by their names in C.</summary>\n    public static class Native\n    {\n        const string Library = \"carnet\";\n\n");
    for (called, value, about) in constants {
        let of = match value.parse::<i64>() {
            _ if value.starts_with('"') => "string",
            Ok(number) if i32::try_from(number).is_err() => "long",
            _ => "int",
        };
        doc(&mut made, std::slice::from_ref(about), "        ");
        writeln!(made, "        public const {of} {called} = {value};").expect("a String");
    }
    for item in items {
        if let Kind::Function(signature) = &item.kind {
            made.push('\n');
            doc(&mut made, &item.doc, "        ");
            let params = params(signature, |c_type, called| param(items, c_type, called));
            writeln!(made, "        [DllImport(Library, CallingConvention = CallingConvention.Cdecl, ExactSpelling = true)]\n        public static extern {} {}({params});", returned(&signature.returns), item.name).expect("a String");
        }
    }
    made.push_str(END);
    let known = |item: &Item| matches!(&item.kind, Kind::Struct(_)) && size_of(items, &item.name).is_some();
    for item in items.iter().filter(|item| known(item)) {
        let (size, _) = size_of(items, &item.name).expect("a size");
        writeln!(made, "            Size(typeof({}), {size});", item.name).expect("a String");
    }
    made.push_str(AFTER_END);
    made
}

const BEGIN: &str = "\
// Carnet for .NET: what libcarnet exports, for P/Invoke. Made by ffi/tests/header.rs; do not edit.
//
// Texts go in as UTF-8 (Text.Utf8) with their length, or UIntPtr-maximum (Text.Whole) where a zero byte ends them. Texts in
// structs are arrays that end with a zero byte (Text.Fill, Text.Read). Handles are IntPtr. A delegate that is handed over
// must be kept alive for as long as the library may call it.

using System;
using System.Runtime.InteropServices;
using System.Text;

namespace Carnet
{
";

const END: &str = "    }

    /// <summary>Between strings and UTF-8.</summary>
    public static class Text
    {
        /// <summary>The length of a text that ends with a zero byte.</summary>
        public static readonly UIntPtr Whole = UIntPtr.Size == 8 ? new UIntPtr(ulong.MaxValue) : new UIntPtr(uint.MaxValue);

        /// <summary>UTF-8, ended by a zero byte.</summary>
        public static byte[] Utf8(string text)
        {
            return text == null ? null : Encoding.UTF8.GetBytes(text + \"\\0\");
        }

        /// <summary>Fills an array of a struct; throws where the text has no room.</summary>
        public static void Fill(byte[] array, string text)
        {
            byte[] bytes = Utf8(text ?? \"\");
            if (bytes.Length > array.Length)
                throw new ArgumentException(\"the text is longer than \" + (array.Length - 1) + \" bytes\");
            Array.Clear(array, 0, array.Length);
            Array.Copy(bytes, array, bytes.Length);
        }

        /// <summary>The text in an array of a struct.</summary>
        public static string Read(byte[] array)
        {
            int end = array == null ? -1 : Array.IndexOf(array, (byte)0);
            return array == null ? \"\" : Encoding.UTF8.GetString(array, 0, end < 0 ? array.Length : end);
        }

        /// <summary>A text that is lent by the library; null for none.</summary>
        public static string Read(IntPtr text)
        {
            if (text == IntPtr.Zero)
                return null;
            int end = 0;
            while (Marshal.ReadByte(text, end) != 0)
                end++;
            byte[] bytes = new byte[end];
            Marshal.Copy(text, bytes, 0, end);
            return Encoding.UTF8.GetString(bytes);
        }

        /// <summary>A text that the library gave, which is freed; null for none.</summary>
        public static string Take(ref carnet_string text)
        {
            string read = Read(text.ptr);
            Native.carnet_string_free(ref text);
            return read;
        }
    }

    /// <summary>Whether this file and the library speak of the same structs.</summary>
    public static class Layout
    {
        static void Size(Type type, int size)
        {
            if (Marshal.SizeOf(type) != size)
                throw new InvalidOperationException(type.Name + \" has \" + Marshal.SizeOf(type) + \" bytes and not \" + size);
        }

        /// <summary>Throws where a struct has another size than in C.</summary>
        public static void Check()
        {
";

const AFTER_END: &str = "        }
    }
}
";
