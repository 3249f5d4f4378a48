//! What cbindgen wrote, taken apart: everything else is made from it.

/// One thing that the header declares.
pub struct Item {
    pub name: String,
    /// The comment, line by line, without its frame.
    pub doc: Vec<String>,
    pub kind: Kind,
}

pub enum Kind {
    /// A macro with its value.
    Constant(String),
    /// A handle.
    Opaque,
    /// A struct.
    Struct(Vec<Field>),
    /// The type of a function that the host gives.
    Callback(Signature),
    /// An exported function.
    Function(Signature),
}

pub struct Field {
    pub doc: Vec<String>,
    pub c_type: String,
    pub name: String,
    /// Of an array: how many.
    pub len: Option<usize>,
}

pub struct Signature {
    pub returns: String,
    pub params: Vec<Param>,
}

pub struct Param {
    /// With its stars, such as `const carnet_call *`.
    pub c_type: String,
    pub name: String,
}

/// Takes apart what cbindgen wrote between its includes and its end.
pub fn parse(header: &str) -> Vec<Item> {
    let mut items = Vec::new();
    let mut doc = Vec::new();
    let mut lines = header.lines().peekable();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if text.starts_with("/**") {
            doc = comment(text, &mut lines);
        } else if let Some(rest) = text.strip_prefix("#define CARNET_") {
            let (name, value) = rest.split_once(' ').unwrap_or((rest, ""));
            if !value.is_empty() {
                let value = value.trim();
                let kind = Kind::Constant(if value.starts_with('-') {
                    format!("({value})")
                } else {
                    value.to_owned()
                });
                items.push(Item { name: format!("CARNET_{name}"), doc: std::mem::take(&mut doc), kind });
            }
        } else if text.starts_with("typedef struct") && text.ends_with('{') {
            let (fields, name) = body(&mut lines);
            items.push(Item { name, doc: std::mem::take(&mut doc), kind: Kind::Struct(fields) });
        } else if text.starts_with("typedef struct") {
            let name = text.trim_end_matches(';').rsplit(' ').next().unwrap_or_default().to_owned();
            items.push(Item { name, doc: std::mem::take(&mut doc), kind: Kind::Opaque });
        } else if text.starts_with("typedef") {
            let whole = until_semicolon(text, &mut lines);
            let (head, params) = whole.split_once(")(").expect("the type of a function");
            let (returns, name) = head.trim_start_matches("typedef ").split_once("(*").expect("its name");
            let signature = signature(returns.trim(), params);
            items.push(Item {
                name: name.to_owned(),
                doc: std::mem::take(&mut doc),
                kind: Kind::Callback(signature),
            });
        } else if text == "CARNET_API" || text.starts_with("CARNET_API ") {
            let first = text.trim_start_matches("CARNET_API").trim().to_owned();
            let first =
                if first.is_empty() { lines.next().unwrap_or_default().trim().to_owned() } else { first };
            let whole = until_semicolon(&first, &mut lines);
            let (head, params) = whole.split_once('(').expect("a function");
            let (returns, name) = split_name(head);
            let kind = Kind::Function(signature(&returns, params));
            items.push(Item { name, doc: std::mem::take(&mut doc), kind });
        }
    }
    items
}

fn comment<'a>(first: &str, lines: &mut impl Iterator<Item = &'a str>) -> Vec<String> {
    if first.ends_with("*/") {
        return vec![first.trim_start_matches("/**").trim_end_matches("*/").trim().to_owned()];
    }
    let inside = lines.map(str::trim).take_while(|line| *line != "*/");
    inside
        .map(|line| line.strip_prefix('*').unwrap_or(line))
        .map(|line| line.strip_prefix(' ').unwrap_or(line).trim_end().to_owned())
        .collect()
}

fn body<'a>(lines: &mut impl Iterator<Item = &'a str>) -> (Vec<Field>, String) {
    let mut fields = Vec::new();
    let mut doc = Vec::new();
    while let Some(line) = lines.next() {
        let text = line.trim();
        if let Some(rest) = text.strip_prefix('}') {
            return (fields, rest.trim().trim_end_matches(';').to_owned());
        }
        if text.starts_with("/**") {
            doc = comment(text, lines);
            continue;
        }
        let (head, len) = match text.trim_end_matches(';').split_once('[') {
            Some((head, len)) => (head, Some(len.trim_end_matches(']').parse().expect("a number"))),
            None => (text.trim_end_matches(';'), None),
        };
        let (c_type, name) = split_name(head);
        fields.push(Field { doc: std::mem::take(&mut doc), c_type, name, len });
    }
    panic!("a struct without an end");
}

fn until_semicolon<'a>(first: &str, lines: &mut impl Iterator<Item = &'a str>) -> String {
    let mut whole = first.to_owned();
    while !whole.ends_with(';') {
        whole.push(' ');
        whole.push_str(lines.next().expect("an end").trim());
    }
    whole
}

/// `const char *path` into type and name.
fn split_name(declared: &str) -> (String, String) {
    let declared = declared.trim();
    let at = declared.rfind([' ', '*']).map_or(0, |at| at + 1);
    (declared[..at].trim().replace("struct ", ""), declared[at..].to_owned())
}

fn signature(returns: &str, params: &str) -> Signature {
    let inside = params.trim_end_matches(';').trim_end_matches(')');
    let params = inside.split(',').map(str::trim).filter(|param| !param.is_empty() && *param != "void");
    let params = params.map(|param| {
        let (c_type, name) = split_name(param);
        Param { c_type, name }
    });
    Signature { returns: returns.to_owned(), params: params.collect() }
}

/// Size and alignment of a type, the same in 32 and in 64 bits: none for those that are not.
pub fn size_of(items: &[Item], c_type: &str) -> Option<(usize, usize)> {
    match c_type {
        "char" => Some((1, 1)),
        "int32_t" | "uint32_t" => Some((4, 4)),
        "int64_t" => Some((8, 8)),
        _ if c_type.ends_with('*') || c_type == "size_t" => None,
        _ => layout(items, c_type).map(|(_, size, align)| (size, align)),
    }
}

/// The offsets of a struct, its size and its alignment. Panics at a gap: each must be named.
pub fn layout(items: &[Item], name: &str) -> Option<(Vec<usize>, usize, usize)> {
    let item = items.iter().find(|item| item.name == name)?;
    let Kind::Struct(fields) = &item.kind else { return None };
    let (mut offset, mut largest, mut offsets) = (0, 1, Vec::new());
    for field in fields {
        let (size, align) = size_of(items, &field.c_type)?;
        assert!(offset % align == 0, "a gap before {name}.{}", field.name);
        offsets.push(offset);
        offset += size * field.len.unwrap_or(1);
        largest = largest.max(align);
    }
    assert!(offset % largest == 0, "a gap at the end of {name}");
    Some((offsets, offset, largest))
}
