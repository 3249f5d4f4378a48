//! A table out of a file: CSV as spreadsheets write it, in whatever encoding, or a workbook.

use crate::exit::{Failure, Outcome};
use calamine::{Data, Reader};
use carnet::{Error, Reason};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};
use std::io::Cursor;
use std::path::Path;

/// A table: headings, and rows with the numbers that a spreadsheet shows.
#[derive(Debug, PartialEq, Eq)]
pub struct Sheet {
    /// The first row.
    pub headings: Vec<String>,
    /// All others but empty ones.
    pub rows: Vec<Row>,
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its number in the file; the headings are row 1.
    pub number: usize,
    /// Its cells.
    pub cells: Vec<String>,
}

/// Reads a file. `encoding` names that of a text, `sheet` one of a workbook's sheets.
pub fn read(path: &Path, encoding: Option<&str>, sheet: Option<&str>) -> Outcome<Sheet> {
    let bytes = std::fs::read(path).map_err(|error| Failure::file(path, &error))?;
    // A zip or an older workbook.
    let is_workbook = bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]);
    let rows = if is_workbook { workbook(bytes, sheet)? } else { csv_rows(&text(&bytes, encoding)?)? };
    table(rows)
}

fn bad_file(reason: Reason, what: &str) -> Failure {
    Error::field(reason, "file").with("what", what).into()
}

/// The first row with anything in it has the headings.
fn table(rows: Vec<Vec<String>>) -> Outcome<Sheet> {
    let filled = |cells: &Vec<String>| cells.iter().any(|cell| !cell.trim().is_empty());
    let mut rows = (1..).zip(rows).filter(|(_, cells)| filled(cells));
    let (_, headings) = rows.next().ok_or_else(|| bad_file(Reason::Empty, "no rows"))?;
    let headings = headings.iter().map(|heading| heading.trim().to_owned()).collect();
    Ok(Sheet { headings, rows: rows.map(|(number, cells)| Row { number, cells }).collect() })
}

/// The text of a file, by the encoding named, by its byte order mark, or by what its bytes look like.
fn text(bytes: &[u8], encoding: Option<&str>) -> Outcome<String> {
    let unknown = || Failure::Engine(Error::field(Reason::UnknownValue, "encoding"));
    let encoding = match encoding {
        Some(name) => Encoding::for_label(name.as_bytes()).ok_or_else(unknown)?,
        None => guess(bytes),
    };
    let (text, _, wrong) = encoding.decode(bytes);
    if wrong {
        return Err(bad_file(
            Reason::BadUtf8,
            &format!("not {}: name another with --encoding", encoding.name()),
        ));
    }
    Ok(text.into_owned())
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        return encoding;
    }
    // Without a mark: Latin letters and signs of UTF-16 have a zero before or after them.
    let (mut first, mut second) = (0_usize, 0_usize);
    for pair in bytes.chunks_exact(2).take(4096) {
        first = first.saturating_add(usize::from(pair.first() == Some(&0)));
        second = second.saturating_add(usize::from(pair.get(1) == Some(&0)));
    }
    if second > first.saturating_mul(4) {
        return UTF_16LE;
    }
    if first > second.saturating_mul(4) {
        return UTF_16BE;
    }
    if std::str::from_utf8(bytes).is_ok() {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(None, Utf8Detection::Deny)
}

/// What separates the cells: what stands most often in the headings outside of quotation marks.
fn separator(text: &str) -> u8 {
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut quoted = false;
    let mut counts = [(b';', 0_usize), (b'\t', 0), (b',', 0)];
    for byte in first.bytes() {
        if byte == b'"' {
            quoted = !quoted;
        }
        for (separator, count) in &mut counts {
            if !quoted && *separator == byte {
                *count = count.saturating_add(1);
            }
        }
    }
    // Of as many, the first: a comma is also in numbers.
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(0);
    counts.iter().find(|(_, count)| *count == most && most > 0).map_or(b',', |(separator, _)| *separator)
}

fn csv_rows(text: &str) -> Outcome<Vec<Vec<String>>> {
    let text = text.trim_start_matches('\u{feff}');
    // Excel writes this line for itself.
    let told = text.strip_prefix("sep=").and_then(|rest| rest.split_once('\n'));
    let (separator, text) = match told {
        Some((sign, rest)) => (sign.trim_end_matches('\r').bytes().next().unwrap_or(b','), rest),
        None => (separator(text), text),
    };
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(separator)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let cells = |record: csv::Result<csv::StringRecord>| {
        let record = record.map_err(|_| bad_file(Reason::BadFormat, "not a table"))?;
        Ok(record.iter().map(str::to_owned).collect())
    };
    reader.records().map(cells).collect()
}

fn workbook(bytes: Vec<u8>, sheet: Option<&str>) -> Outcome<Vec<Vec<String>>> {
    let bad = || bad_file(Reason::BadFormat, "not a workbook");
    let mut book = calamine::open_workbook_auto_from_rs(Cursor::new(bytes)).map_err(|_| bad())?;
    let range = match sheet {
        Some(name) => {
            let unknown = || Failure::Engine(Error::field(Reason::UnknownValue, "sheet"));
            book.worksheet_range(name).map_err(|_| unknown())?
        }
        None => book.worksheet_range_at(0).ok_or_else(bad)?.map_err(|_| bad())?,
    };
    // Empty rows above the first cell count too.
    let above = range.start().map_or(0, |(row, _)| usize::try_from(row).unwrap_or(0));
    let rows = range.rows().map(|row| row.iter().map(cell).collect());
    Ok(std::iter::repeat_n(Vec::new(), above).chain(rows).collect())
}

/// A cell as text: whole numbers without a point, dates as 2026-04-03.
fn cell(data: &Data) -> String {
    match data {
        Data::DateTime(at) if at.is_datetime() => {
            let (year, month, day, ..) = at.to_ymd_hms_milli();
            format!("{year:04}-{month:02}-{day:02}")
        }
        Data::DateTimeIso(text) | Data::DurationIso(text) | Data::String(text) => text.clone(),
        Data::Error(_) | Data::Empty => String::new(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows_of(bytes: &[u8], encoding: Option<&str>) -> Vec<Vec<String>> {
        let decoded = text(bytes, encoding).unwrap_or_else(|error| panic!("decodes: {error}"));
        csv_rows(&decoded).unwrap_or_else(|error| panic!("is a table: {error}"))
    }

    #[test]
    fn every_encoding_that_spreadsheets_write() {
        let units =
            |text: &str, bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<u8>>();
        let roman = "Nume;Prenume;Oraș\r\nȚîrlea;Ștefan;Iași\r\n";
        let expected = [["Nume", "Prenume", "Oraș"], ["Țîrlea", "Ștefan", "Iași"]];
        let marked = [b"\xef\xbb\xbf".as_slice(), roman.as_bytes()].concat();
        let little = units(&format!("\u{feff}{roman}"), u16::to_le_bytes);
        let big = units(&format!("\u{feff}{roman}"), u16::to_be_bytes);
        let (bare_little, bare_big) = (units(roman, u16::to_le_bytes), units(roman, u16::to_be_bytes));
        for bytes in [roman.as_bytes().to_vec(), marked, little, big, bare_little, bare_big] {
            assert_eq!(rows_of(&bytes, None), expected);
        }
    }

    #[test]
    fn windows_code_pages_are_recognised_or_named() {
        for (name, text) in [
            ("windows-1251", "Фамилия;Имя;Примечание\nИванов;Иван;платит наличными каждый месяц\n"),
            ("windows-1253", "Επώνυμο;Όνομα;Σημείωση\nΠαπαδόπουλος;Γιώργος;πληρώνει με μετρητά κάθε μήνα\n"),
            ("windows-1250", "Jméno;Příjmení;Poznámka\nJiří;Dvořák;platí každý měsíc hotově u přepážky\n"),
            ("windows-1257", "Vārds;Uzvārds;Piezīme\nJānis;Bērziņš;maksā skaidrā naudā katru mēnesi\n"),
            ("windows-1252", "Name;Vorname;Notiz\nMüller;Jürgen;zahlt in bar, möchte früh kommen\n"),
        ] {
            let encoding = Encoding::for_label(name.as_bytes()).expect("is known");
            let (bytes, _, lost) = encoding.encode(text);
            assert!(!lost, "{name}");
            let expected: Vec<Vec<String>> =
                text.lines().map(|line| line.split(';').map(str::to_owned).collect()).collect();
            assert_eq!(rows_of(&bytes, None), expected, "{name} recognised");
            assert_eq!(rows_of(&bytes, Some(name)), expected, "{name} named");
        }
        assert!(text(b"abc", Some("klingon")).is_err());
    }

    #[test]
    fn separators_quotation_marks_and_row_numbers() {
        for text in ["a,b\n1,\"x, y\"\n", "a;b\n1;x, y\n", "a\tb\n1\tx, y\n", "sep=;\r\na;b\r\n1;x, y\r\n"] {
            assert_eq!(rows_of(text.as_bytes(), None), [["a", "b"], ["1", "x, y"]], "{text}");
        }
        let sheet = table(csv_rows("a;b\n1;2\n;;\n\"3\n3\";4\n").unwrap_or_default());
        let sheet = sheet.unwrap_or_else(|error| panic!("a table: {error}"));
        let numbers: Vec<usize> = sheet.rows.iter().map(|row| row.number).collect();
        assert_eq!((sheet.headings.len(), numbers), (2, vec![2, 4]), "an empty row counts and is left out");
        assert!(table(Vec::new()).is_err());
    }
}
