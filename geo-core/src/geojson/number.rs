//! Degrees as text.

use geo_types::Coord;

use crate::raw::{DECIMALS, steps};

const UNIT: u64 = 10_u64.pow(DECIMALS as u32);

/// As long as two numbers get, with brackets and a comma.
const LONGEST: usize = 48;

/// `[x,y]` with at most 7 decimals, without trailing zeros and without a negative zero.
#[inline]
pub(super) fn push_position(text: &mut Vec<u8>, at: Coord) {
    let mut line = [0_u8; LONGEST];
    line[0] = b'[';
    let end = put(&mut line, 1, at.x);
    line[end] = b',';
    let end = put(&mut line, end + 1, at.y);
    line[end] = b']';
    text.extend_from_slice(&line[..=end]);
}

/// A list of such numbers.
pub(super) fn push_numbers(text: &mut Vec<u8>, numbers: [f64; 4]) {
    for (sign, number) in b"[,,,".iter().zip(numbers) {
        let mut line = [0_u8; LONGEST];
        let end = put(&mut line, 0, number);
        text.push(*sign);
        text.extend_from_slice(&line[..end]);
    }
    text.push(b']');
}

/// Puts a number into a line from `at` on, and says where it ends.
#[inline]
fn put(line: &mut [u8; LONGEST], mut at: usize, degrees: f64) -> usize {
    let steps = steps(degrees);
    line[at] = b'-';
    at += usize::from(steps < 0);
    let size = steps.unsigned_abs();
    let (whole, mut part) = ((size / UNIT) as usize, (size % UNIT) as u32);
    if whole >= 100 {
        line[at] = b'0' + (whole / 100 % 10) as u8;
        at += 1;
    }
    if whole >= 10 {
        line[at] = b'0' + (whole / 10 % 10) as u8;
        at += 1;
    }
    line[at] = b'0' + (whole % 10) as u8;
    at += 1;
    if part == 0 {
        return at;
    }
    line[at] = b'.';
    for place in (1..=DECIMALS).rev() {
        line[at + place] = b'0' + (part % 10) as u8;
        part /= 10;
    }
    at += DECIMALS;
    while line[at] == b'0' {
        at -= 1;
    }
    at + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(x: f64, y: f64) -> String {
        let mut text = Vec::new();
        push_position(&mut text, Coord { x, y });
        String::from_utf8(text).unwrap()
    }

    /// Expected: the standard library's seven decimals of a number that has no more.
    #[test]
    fn positions_have_seven_decimals_and_no_needless_zero() {
        let mut state = 3_u64;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
            let digits = [1, 10, 1_000, 10_000_000][(state >> 33) as usize % 4];
            let unit = (state >> 11) as f64 / (1_u64 << 53) as f64;
            ((unit * 360.0 - 180.0) * f64::from(digits)).round() / f64::from(digits)
        };
        let expected = |number: f64| {
            let text = format!("{number:.7}");
            let text = text.trim_end_matches('0').trim_end_matches('.');
            (if text == "-0" { "0" } else { text }).to_owned()
        };
        for _ in 0..50_000 {
            let (x, y) = (next(), next());
            assert_eq!(text(x, y), format!("[{},{}]", expected(x), expected(y)));
        }
        assert_eq!(text(-0.0, -0.000_000_04), "[0,0]");
        assert_eq!(text(-180.0, 90.0), "[-180,90]");
        assert_eq!(text(130.000_000_05, -0.1), "[130.0000001,-0.1]");
    }
}
