//! Numbers in single precision.

use serde_json::Value;

/// The number with the fewest digits that is this one in single precision, so that 0.1 stays 0.1;
/// null for what is no number.
pub(super) fn decimal(number: f32) -> Value {
    number.to_string().parse::<f64>().unwrap_or(f64::NAN).into()
}
