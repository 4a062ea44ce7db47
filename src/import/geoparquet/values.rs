//! Cells of a table as properties.

use ::parquet::record::Field;
use chrono::{DateTime, Duration, NaiveDate, NaiveTime, SecondsFormat};
use serde_json::{Map, Value};

use super::super::single::decimal;

/// What is known of a column of times beside the records.
#[derive(Clone, Copy, Debug)]
pub(super) struct Clock {
    /// Whether it counts nanoseconds.
    pub(super) nanoseconds: bool,
    /// Whether its times are those of Greenwich; else those of some place.
    pub(super) utc: bool,
    /// Whether its times have a day.
    pub(super) day: bool,
}

/// Adds a cell; the parts of a group as `name.part`.
pub(super) fn flatten(
    name: String,
    field: Field,
    clock: Option<Clock>,
    properties: &mut Vec<(String, Value)>,
) {
    match field {
        Field::Group(row) => {
            for (part, field) in row.into_columns() {
                flatten(format!("{name}.{part}"), field, None, properties);
            }
        }
        Field::ListInternal(list) => {
            let parts: Vec<Value> = list.elements().iter().map(|part| value(part, None)).collect();
            properties.push((name, joined(&parts)));
        }
        Field::MapInternal(_) => {
            let text = value(&field, None).to_string();
            properties.push((name, text.into()));
        }
        field => properties.push((name, value(&field, clock))),
    }
}

/// Scalars parted by `"; "`; other lists as JSON.
fn joined(parts: &[Value]) -> Value {
    let text = |part: &Value| match part {
        Value::String(text) => Some(text.clone()),
        Value::Number(_) | Value::Bool(_) => Some(part.to_string()),
        Value::Null => Some(String::new()),
        Value::Array(_) | Value::Object(_) => None,
    };
    let texts: Option<Vec<String>> = parts.iter().map(text).collect();
    let whole = || Value::from(parts.to_vec()).to_string();
    texts.map_or_else(whole, |texts| texts.join("; ")).into()
}

/// Times as ISO 8601 writes them; numbers that are none, such as 0/0, become null.
fn value(field: &Field, clock: Option<Clock>) -> Value {
    let utc = clock.is_none_or(|clock| clock.utc);
    match field {
        Field::Null | Field::Bytes(_) => Value::Null,
        Field::Bool(truth) => (*truth).into(),
        Field::Byte(number) => (*number).into(),
        Field::Short(number) => (*number).into(),
        Field::Int(number) => (*number).into(),
        Field::Long(number) => match clock.filter(|clock| clock.nanoseconds) {
            Some(clock) if clock.day => moment(DateTime::from_timestamp_nanos(*number), utc),
            Some(_) => time(Duration::nanoseconds(*number)),
            None => (*number).into(),
        },
        Field::UByte(number) => (*number).into(),
        Field::UShort(number) => (*number).into(),
        Field::UInt(number) => (*number).into(),
        Field::ULong(number) => (*number).into(),
        Field::Float16(number) => decimal(number.to_f32()),
        Field::Float(number) => decimal(*number),
        Field::Double(number) => (*number).into(),
        Field::Decimal(_) => {
            let text = field.to_string();
            text.parse::<f64>().map_or_else(|_| text.into(), Value::from)
        }
        Field::Str(text) => text.as_str().into(),
        Field::Date(days) => {
            let day = NaiveDate::from_epoch_days(*days);
            day.map(|day| day.format("%Y-%m-%d").to_string()).into()
        }
        Field::TimeMillis(count) => time(Duration::milliseconds(i64::from(*count))),
        Field::TimeMicros(count) => time(Duration::microseconds(*count)),
        Field::TimestampMillis(count) => {
            DateTime::from_timestamp_millis(*count).map_or(Value::Null, |at| moment(at, utc))
        }
        Field::TimestampMicros(count) => {
            DateTime::from_timestamp_micros(*count).map_or(Value::Null, |at| moment(at, utc))
        }
        Field::Group(row) => {
            let parts = row.get_column_iter();
            Value::Object(parts.map(|(name, part)| (name.clone(), value(part, None))).collect())
        }
        Field::ListInternal(list) => {
            list.elements().iter().map(|part| value(part, None)).collect::<Vec<_>>().into()
        }
        Field::MapInternal(map) => {
            let entry = |(key, part): &(Field, Field)| {
                let key = value(key, None);
                let name = key.as_str().map_or_else(|| key.to_string(), str::to_owned);
                (name, value(part, None))
            };
            Value::Object(map.entries().iter().map(entry).collect::<Map<_, _>>())
        }
    }
}

/// With as many digits of a second as there are.
fn moment(at: DateTime<chrono::Utc>, utc: bool) -> Value {
    let text = at.to_rfc3339_opts(SecondsFormat::AutoSi, true);
    Value::from(if utc { &text } else { text.trim_end_matches('Z') })
}

fn time(since_midnight: Duration) -> Value {
    let (time, _) = NaiveTime::MIN.overflowing_add_signed(since_midnight);
    Value::from(time.to_string())
}
