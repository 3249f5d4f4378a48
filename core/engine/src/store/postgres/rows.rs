//! Values on their way to and from the server.

use crate::store::value::{Row, Value};
use carnet_domain::{Error, Reason, Result};
use std::error::Error as StdError;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

type Outcome<T> = std::result::Result<T, Box<dyn StdError + Sync + Send>>;

impl ToSql for Value {
    fn to_sql(&self, kind: &Type, out: &mut BytesMut) -> Outcome<IsNull> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(value) if *kind == Type::INT8 => value.to_sql(kind, out),
            Self::Int(value) if *kind == Type::INT4 => i32::try_from(*value)?.to_sql(kind, out),
            Self::Text(value) => value.as_str().to_sql(kind, out),
            Self::Blob(value) => value.as_slice().to_sql(kind, out),
            Self::Int(_) => Err("a number where the server expects none".into()),
        }
    }

    fn accepts(kind: &Type) -> bool {
        [Type::INT8, Type::INT4, Type::TEXT, Type::VARCHAR, Type::BYTEA].contains(kind)
    }

    to_sql_checked!();
}

/// A column as the server sends it.
enum Column<'a> {
    Int(i64),
    Text(&'a [u8]),
    Blob(&'a [u8]),
}

impl<'a> FromSql<'a> for Column<'a> {
    fn from_sql(kind: &Type, raw: &'a [u8]) -> Outcome<Self> {
        match *kind {
            Type::INT8 => i64::from_sql(kind, raw).map(Self::Int),
            Type::INT4 => i32::from_sql(kind, raw).map(|value| Self::Int(value.into())),
            Type::BOOL => bool::from_sql(kind, raw).map(|value| Self::Int(value.into())),
            Type::TEXT | Type::VARCHAR => Ok(Self::Text(raw)),
            Type::BYTEA => Ok(Self::Blob(raw)),
            Type::NUMERIC => whole(raw).map(Self::Int).ok_or_else(|| "a sum that is no whole number".into()),
            _ => Err("a column of a type that no statement asks for".into()),
        }
    }

    fn accepts(_: &Type) -> bool {
        true
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

/// A row of an answer.
pub(crate) fn row(from: &tokio_postgres::Row) -> Result<Row> {
    let mut row = Row::with_width(from.len());
    for column in 0..from.len() {
        let value = from
            .try_get::<_, Option<Column<'_>>>(column)
            .map_err(|_| Error::new(Reason::Corrupt).with("what", "type of a column"))?;
        match value {
            None => row.push_null(),
            Some(Column::Int(value)) => row.push_int(value),
            Some(Column::Text(text)) => row.push_text(text),
            Some(Column::Blob(bytes)) => row.push_blob(bytes),
        }
    }
    Ok(row)
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
