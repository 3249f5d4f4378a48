//! Values on their way to and from the server.

use crate::store::value::{Row, Value};
use bytes::{BufMut, BytesMut};
use fallible_iterator::FallibleIterator;
use postgres_protocol::message::backend::DataRowBody;
use postgres_protocol::{IsNull, Oid, types};
use tokio_postgres::types::Type;

type Refused = Box<dyn std::error::Error + Sync + Send>;

/// Writes a parameter as the server wants it: the binary form of its type.
pub(crate) fn put(value: &Value, kind: Oid, out: &mut BytesMut) -> Result<IsNull, Refused> {
    match value {
        Value::Null => return Ok(IsNull::Yes),
        Value::Int(value) if kind == Type::INT8.oid() => out.put_i64(*value),
        Value::Int(value) if kind == Type::INT4.oid() => out.put_i32(i32::try_from(*value)?),
        Value::Text(value) if kind == Type::TEXT.oid() || kind == Type::VARCHAR.oid() => {
            out.put_slice(value.as_bytes());
        }
        Value::Blob(value) if kind == Type::BYTEA.oid() => out.put_slice(value),
        _ => return Err("a parameter of another type".into()),
    }
    Ok(IsNull::No)
}

/// A row of an answer. Nothing where it is of types that no statement asks for.
pub(crate) fn row(from: &DataRowBody, columns: &[Oid]) -> Option<Row> {
    let mut row = Row::with_width(columns.len());
    let (mut ranges, mut kinds) = (from.ranges(), columns.iter());
    while let Some(range) = ranges.next().ok()? {
        let kind = *kinds.next()?;
        let Some(range) = range else {
            row.push_null();
            continue;
        };
        let raw = from.buffer().get(range)?;
        if kind == Type::INT8.oid() {
            row.push_int(types::int8_from_sql(raw).ok()?);
        } else if kind == Type::TEXT.oid() || kind == Type::VARCHAR.oid() {
            row.push_text(raw);
        } else if kind == Type::BYTEA.oid() {
            row.push_blob(raw);
        } else {
            row.push_int(rare(raw, kind)?);
        }
    }
    Some(row)
}

/// A number of another type than that of our columns.
fn rare(raw: &[u8], kind: Oid) -> Option<i64> {
    match Type::from_oid(kind)? {
        Type::INT4 => types::int4_from_sql(raw).ok().map(i64::from),
        Type::BOOL => types::bool_from_sql(raw).ok().map(i64::from),
        Type::NUMERIC => whole(raw),
        _ => None,
    }
}

/// The server adds whole numbers up to a NUMERIC: digits of base 10,000 after count, weight, sign and scale.
fn whole(raw: &[u8]) -> Option<i64> {
    let mut words = raw.chunks_exact(2).map(|pair| match pair {
        [high, low] => Some(i16::from_be_bytes([*high, *low])),
        _ => None,
    });
    let (count, weight, sign) = (words.next()??, words.next()??, words.next()??);
    words.next()??;
    let mut value = 0_i64;
    for place in 0..=weight {
        let digit = if place < count { i64::from(words.next()??) } else { 0 };
        value = value.checked_mul(10_000)?.checked_add(digit)?;
    }
    // What follows is behind the point.
    let rest_is_zero = words.all(|word| word == Some(0));
    match sign {
        _ if !rest_is_zero => None,
        0 => Some(value),
        0x4000 => value.checked_neg(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::whole;

    fn numeric(words: &[i16]) -> Vec<u8> {
        words.iter().flat_map(|word| word.to_be_bytes()).collect()
    }

    #[test]
    fn sums_are_read_as_whole_numbers() {
        // Count of digits, weight of the first, sign, scale, digits of base 10,000.
        assert_eq!(whole(&numeric(&[0, 0, 0, 0])), Some(0));
        assert_eq!(whole(&numeric(&[2, 1, 0, 0, 12, 3456])), Some(123_456));
        assert_eq!(whole(&numeric(&[1, 2, 0, 0, 7])), Some(700_000_000));
        assert_eq!(whole(&numeric(&[1, 0, 0x4000, 0, 42])), Some(-42));
        assert_eq!(whole(&numeric(&[2, 0, 0, 4, 1, 5000])), None);
        assert_eq!(whole(&numeric(&[1, 9, 0, 0, 1])), None);
        assert_eq!(whole(&[0, 1]), None);
    }
}
