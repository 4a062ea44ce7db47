//! The numbers of a geometry: most of the bytes of a file, and read as fast as they can be.

use geo_types::Coord;

use super::cursor::{Cursor, Scanned};

/// Positions, nested as deep as they stand in the text; further numbers of a position (height,
/// measure) are left out.
#[derive(Debug, PartialEq)]
pub(super) enum Coordinates {
    /// An empty list.
    Empty,
    Position(Coord),
    Line(Vec<Coord>),
    Lines(Vec<Vec<Coord>>),
    Areas(Vec<Vec<Vec<Coord>>>),
}

const NOT_NUMBERS: &str = "coordinates are lists of numbers";
const SHORT: &str = "a position needs two numbers, this one has fewer";

/// Positions of a line that is read before its memory is asked for.
const ROOM: usize = 64;

#[allow(clippy::inline_always, reason = "most of the time of a file is that of its numbers")]
impl Cursor<'_> {
    /// Coordinates of any depth.
    pub(super) fn coordinates(&mut self) -> Scanned<Coordinates> {
        self.nested(4)
    }

    /// A list of coordinates, whose first element tells what the others are.
    fn nested(&mut self, deep: u8) -> Scanned<Coordinates> {
        self.open()?;
        match self.peek() {
            b']' => {
                self.at += 1;
                return Ok(Coordinates::Empty);
            }
            b'[' if deep > 1 => {}
            b'[' => return Err("the coordinates are nested too deep".into()),
            _ => return self.position_inside().map(Coordinates::Position),
        }
        Ok(match self.nested(deep - 1)? {
            Coordinates::Position(first) => Coordinates::Line(self.line_from(first)?),
            Coordinates::Empty => Coordinates::Lines(self.rest(vec![vec![]], Self::line)?),
            Coordinates::Line(first) => Coordinates::Lines(self.rest(vec![first], Self::line)?),
            Coordinates::Lines(first) => Coordinates::Areas(self.rest(vec![first], Self::lines)?),
            Coordinates::Areas(_) => return Err(NOT_NUMBERS.into()),
        })
    }

    fn lines(&mut self) -> Scanned<Vec<Vec<Coord>>> {
        self.open()?;
        if self.steps_over(b']') {
            return Ok(Vec::new());
        }
        let first = self.line()?;
        self.rest(vec![first], Self::line)
    }

    fn line(&mut self) -> Scanned<Vec<Coord>> {
        self.open()?;
        if self.steps_over(b']') {
            return Ok(Vec::new());
        }
        let first = self.position()?;
        self.line_from(first)
    }

    /// The line whose first position was read.
    fn line_from(&mut self, first: Coord) -> Scanned<Vec<Coord>> {
        // Most lines are short: they are read where there is room and copied, rather than grown.
        let mut line = std::mem::take(&mut self.room);
        line.clear();
        line.reserve(ROOM);
        line.push(first);
        let mut line = self.rest(line, Self::position)?;
        if line.len() > ROOM {
            line.shrink_to_fit();
            return Ok(line);
        }
        let copy = line.clone();
        self.room = line;
        Ok(copy)
    }

    /// The list that begins with what was read.
    #[inline]
    fn rest<T>(
        &mut self,
        mut all: Vec<T>,
        element: impl Fn(&mut Self) -> Scanned<T>,
    ) -> Scanned<Vec<T>> {
        while self.goes_on(b']')? {
            all.push(element(self)?);
        }
        Ok(all)
    }

    #[inline]
    fn position(&mut self) -> Scanned<Coord> {
        self.open()?;
        self.position_inside()
    }

    /// A position after its bracket.
    #[inline(always)]
    fn position_inside(&mut self) -> Scanned<Coord> {
        if self.peek() == b']' {
            return Err(SHORT.into());
        }
        let x = self.number()?;
        if !self.goes_on(b']')? {
            return Err(SHORT.into());
        }
        let y = self.number()?;
        while self.goes_on(b']')? {
            self.number()?;
            self.heights = true;
        }
        Ok(Coord { x, y })
    }

    /// Steps over the bracket that begins a list.
    #[inline]
    fn open(&mut self) -> Scanned<()> {
        if self.steps_over(b'[') { Ok(()) } else { Err(NOT_NUMBERS.into()) }
    }

    /// A number, rounded as IEEE 754 wants it.
    #[inline(always)]
    fn number(&mut self) -> Scanned<f64> {
        let negative = self.peek() == b'-';
        let start = self.at;
        let bytes = self.text.as_bytes();
        let first = start + usize::from(negative);
        let mut at = first;
        let mut digits = read_digits(bytes, &mut at, 0);
        let whole = at - first;
        // A number has no needless zero before it, and digits on both sides of its point.
        if whole == 0 || (whole > 1 && bytes[first] == b'0') {
            return Err(NOT_NUMBERS.into());
        }
        let mut scale = 0;
        if bytes.get(at) == Some(&b'.') {
            at += 1;
            let point = at;
            digits = read_digits(bytes, &mut at, digits);
            scale = at - point;
            if scale == 0 {
                return Err(NOT_NUMBERS.into());
            }
        }
        self.at = at;
        if matches!(bytes.get(at), Some(b'e' | b'E')) {
            return self.odd_number(start);
        }
        // A whole number up to 2^53 and a power of ten up to 10^22 are exact, and so their quotient is
        // rounded once: W. D. Clinger, How to read floating point numbers accurately, PLDI 1990.
        if whole + scale <= 17 && digits <= 1 << 53 {
            let size = digits as f64 / POWERS[scale];
            return Ok(if negative { -size } else { size });
        }
        self.odd_number(start)
    }

    /// The number that begins at `start`, of which the exponent is still to be read.
    #[cold]
    fn odd_number(&mut self, start: usize) -> Scanned<f64> {
        let bytes = self.text.as_bytes();
        if matches!(bytes.get(self.at), Some(b'e' | b'E')) {
            self.at += 1;
            self.at += usize::from(matches!(bytes.get(self.at), Some(b'+' | b'-')));
            let exponent = self.at;
            read_digits(bytes, &mut self.at, 0);
            if self.at == exponent {
                return Err(NOT_NUMBERS.into());
            }
        }
        match self.text[start..self.at].parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(number),
            _ => Err("a number is out of range".into()),
        }
    }
}

/// `before` with the digits that begin at `at` behind it, whatever of it is beyond 64 bits lost.
#[inline]
fn read_digits(bytes: &[u8], at: &mut usize, before: u64) -> u64 {
    let mut digits = before;
    // Eight at once: D. Lemire, Number parsing at a gigabyte per second, Software: Practice and
    // Experience 51, 2021.
    while let Some(chunk) = bytes.get(*at..).and_then(<[u8]>::first_chunk) {
        let word = u64::from_le_bytes(*chunk);
        // The high half of a byte is 3 for a digit, also once 6 was added.
        let other = ((word ^ 0x3030_3030_3030_3030)
            | (word.wrapping_add(0x0606_0606_0606_0606) ^ 0x3030_3030_3030_3030))
            & 0xf0f0_f0f0_f0f0_f0f0;
        let count = other.trailing_zeros() / 8;
        if count == 0 {
            return digits;
        }
        // Moved to the end of the eight, with zeros before them.
        let word = (word << (64 - 8 * count)) & 0x0f0f_0f0f_0f0f_0f0f;
        let pairs = (word * 10 + (word >> 8)) & 0x00ff_00ff_00ff_00ff;
        let fours = (pairs * 100 + (pairs >> 16)) & 0x0000_ffff_0000_ffff;
        let eight = (fours * 10_000 + (fours >> 32)) & 0xffff_ffff;
        digits = digits.wrapping_mul(WHOLE_POWERS[count as usize]).wrapping_add(eight);
        *at += count as usize;
        if count < 8 {
            return digits;
        }
    }
    while let Some(byte @ b'0'..=b'9') = bytes.get(*at) {
        digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
        *at += 1;
    }
    digits
}

/// The powers of ten that a number of 17 digits can be divided by.
const POWERS: [f64; 18] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17,
];

const WHOLE_POWERS: [u64; 9] =
    [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Scanned<Coordinates> {
        let mut cursor = Cursor::new(text);
        let coordinates = cursor.coordinates()?;
        cursor.end()?;
        Ok(coordinates)
    }

    #[test]
    fn coordinates_of_every_depth() {
        let at = |x: f64, y: f64| Coord { x, y };
        assert_eq!(of("[130.5, 42, 9]").unwrap(), Coordinates::Position(at(130.5, 42.0)));
        assert_eq!(
            of("[[1, 2], [3e0, -4, 5]\n]").unwrap(),
            Coordinates::Line(vec![at(1.0, 2.0), at(3.0, -4.0)])
        );
        let Coordinates::Areas(areas) = of("[[[[1, 2]], [[3, 4]]], [[[5, 6], [7, 8]]]]").unwrap()
        else {
            panic!("an area")
        };
        assert_eq!((areas.len(), areas[0].len(), areas[1][0].len()), (2, 2, 2));
        assert_eq!(of("[ ]").unwrap(), Coordinates::Empty);
        assert_eq!(of("[[],[[1,2]]]").unwrap(), Coordinates::Lines(vec![vec![], vec![at(1., 2.)]]));
        for wrong in [
            "[1]",
            "[[1, 2], [3]]",
            "[[1, 2], [ ]]",
            "[[1, 2], 3]",
            "[[1, 2], null]",
            "7",
            "{}",
            "[[[[[1, 2]]]]]",
            "[null, 2]",
            "[1, \"2\"]",
            "[[1, 2], [[3, 4]]]",
            "[1, [2]]",
        ] {
            assert!(of(wrong).is_err(), "{wrong}");
        }
    }

    /// Expected: the standard library's parser.
    #[test]
    fn numbers_are_rounded_correctly() {
        let mut state = 7_u64;
        let mut numbers: Vec<String> = [
            "0",
            "-0",
            "-0.0",
            "0.1",
            "9007199254740992",
            "9007199254740993",
            "1e22",
            "1E-7",
            "-179.99999999999997",
            "130.12345678901234567",
            "123456789012345678901234567890",
            "0.000000000000000000001",
            "5e-324",
            "1.7976931348623157e308",
            "42.250000000000004",
        ]
        .map(str::to_owned)
        .to_vec();
        for i in 0..20_000 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(99);
            let number = (state >> 11) as f64 / (1_u64 << 44) as f64 - 256.0;
            numbers.push(format!("{number:.0$}", i % 20));
        }
        for number in numbers {
            let Coordinates::Position(at) =
                of(&format!("[{number},-{number}]").replace("--", "")).unwrap()
            else {
                panic!("a position")
            };
            let expected: f64 = number.parse().unwrap();
            assert_eq!(at.x.to_bits(), expected.to_bits(), "{number}");
        }
    }
}
