//! Degrees as text.

use geo_types::Coord;

use crate::raw::{DECIMALS, steps};

const UNIT: u64 = 10_u64.pow(DECIMALS as u32);

/// Longer than two numbers get, with brackets and a comma.
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
    // A copy of fixed length takes less time than one of the right length.
    let start = text.len();
    text.extend_from_slice(&line);
    text.truncate(start + end + 1);
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
    let (whole, part) = (size / UNIT, size % UNIT);
    // Its first digit comes lowest.
    let digits = digits(whole);
    let needless = if whole >= 100 { 5 } else { 6 + usize::from(whole < 10) };
    line[at..at + 8].copy_from_slice(&((digits | ZEROS) >> (8 * needless)).to_le_bytes());
    at += 8 - needless;
    if part == 0 {
        return at;
    }
    line[at] = b'.';
    let digits = self::digits(part * 10);
    line[at + 1..at + 9].copy_from_slice(&(digits | ZEROS).to_le_bytes());
    at + 9 - digits.leading_zeros() as usize / 8
}

const ZEROS: u64 = 0x3030_3030_3030_3030;

/// The eight decimal digits of a number, a byte each, the first one lowest: all halves, quarters and
/// eighths of it are divided at once.
#[inline]
fn digits(number: u64) -> u64 {
    let halves = (number / 10_000) | ((number % 10_000) << 32);
    // x / 100 and x / 10, exact for as many digits as there are.
    let hundreds = (halves * 10_486) >> 20 & 0x0000_007f_0000_007f;
    let quarters = hundreds | (halves - 100 * hundreds) << 16;
    let tens = (quarters * 103) >> 10 & 0x000f_000f_000f_000f;
    tens | (quarters - 10 * tens) << 8
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
