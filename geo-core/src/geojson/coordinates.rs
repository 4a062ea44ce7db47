//! The numbers of a geometry: most of the bytes of a file, and read as fast as they can be.

use geo_types::Coord;
use serde::Deserialize;
use serde::de::{Deserializer, Error};
use serde_json::value::RawValue;

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

impl<'de> Deserialize<'de> for Coordinates {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <&RawValue>::deserialize(deserializer)?.get();
        let mut scanner = Scanner { text, at: 0 };
        scanner.nested().map_err(D::Error::custom)
    }
}

/// What was read, or what is wrong with it.
type Scanned<T> = Result<T, &'static str>;

const NOT_NUMBERS: &str = "coordinates are lists of numbers";
const SHORT: &str = "a position needs two numbers, this one has fewer";

/// Reads lists of numbers from a text that is known to be JSON.
struct Scanner<'a> {
    text: &'a str,
    at: usize,
}

impl Scanner<'_> {
    /// A list of coordinates, whose first element tells what the others are.
    fn nested(&mut self) -> Scanned<Coordinates> {
        self.open()?;
        match self.peek() {
            b']' => {
                self.at += 1;
                return Ok(Coordinates::Empty);
            }
            b'[' => {}
            _ => return self.position_inside().map(Coordinates::Position),
        }
        Ok(match self.nested()? {
            Coordinates::Position(first) => Coordinates::Line(self.rest(first, Self::position)?),
            Coordinates::Empty => Coordinates::Lines(self.rest(Vec::new(), Self::line)?),
            Coordinates::Line(first) => Coordinates::Lines(self.rest(first, Self::line)?),
            Coordinates::Lines(first) => Coordinates::Areas(self.rest(first, Self::lines)?),
            Coordinates::Areas(_) => return Err("the coordinates are nested too deep"),
        })
    }

    fn lines(&mut self) -> Scanned<Vec<Vec<Coord>>> {
        self.list(Self::line)
    }

    fn line(&mut self) -> Scanned<Vec<Coord>> {
        self.list(Self::position)
    }

    /// A list of what `element` reads.
    fn list<T>(&mut self, element: impl Fn(&mut Self) -> Scanned<T>) -> Scanned<Vec<T>> {
        self.open()?;
        if self.peek() == b']' {
            self.at += 1;
            return Ok(Vec::new());
        }
        let first = element(self)?;
        self.rest(first, element)
    }

    /// The list whose first element was read.
    fn rest<T>(&mut self, first: T, element: impl Fn(&mut Self) -> Scanned<T>) -> Scanned<Vec<T>> {
        let mut all = vec![first];
        while self.goes_on() {
            all.push(element(self)?);
        }
        Ok(all)
    }

    fn position(&mut self) -> Scanned<Coord> {
        self.open()?;
        self.position_inside()
    }

    /// A position after its bracket.
    fn position_inside(&mut self) -> Scanned<Coord> {
        if self.peek() == b']' {
            return Err(SHORT);
        }
        let x = self.number()?;
        if !self.goes_on() {
            return Err(SHORT);
        }
        let y = self.number()?;
        while self.goes_on() {
            self.number()?;
        }
        Ok(Coord { x, y })
    }

    /// Steps over a comma, or over the bracket that ends a list.
    fn goes_on(&mut self) -> bool {
        let comma = self.peek() == b',';
        self.at += 1;
        comma
    }

    /// Steps over the bracket that begins a list.
    fn open(&mut self) -> Scanned<()> {
        if self.peek() == b'[' {
            self.at += 1;
            return Ok(());
        }
        Err(NOT_NUMBERS)
    }

    /// The next byte that is no space; 0 at the end.
    #[inline]
    fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return *byte;
            }
            self.at += 1;
        }
        0
    }

    /// A number, rounded as IEEE 754 wants it.
    fn number(&mut self) -> Scanned<f64> {
        let negative = self.peek() == b'-';
        let start = self.at;
        let rest = &self.text.as_bytes()[start..];
        let mut digits: u64 = 0;
        let (mut length, mut after_point) = (usize::from(negative), None);
        for byte in &rest[length..] {
            match byte {
                b'0'..=b'9' => {
                    digits = digits.wrapping_mul(10).wrapping_add(u64::from(byte - b'0'));
                }
                b'.' => after_point = Some(length + 1),
                _ => break,
            }
            length += 1;
        }
        let scale = after_point.map_or(0, |point| length - point);
        let exponent = matches!(rest.get(length), Some(b'e' | b'E'));
        // A whole number up to 2^53 and a power of ten up to 10^22 are exact, and so their quotient is
        // rounded once: W. D. Clinger, How to read floating point numbers accurately, PLDI 1990.
        if length <= 17 && digits <= 1 << 53 && !exponent && length > usize::from(negative) {
            self.at += length;
            let size = digits as f64 / POWERS[scale];
            return Ok(if negative { -size } else { size });
        }
        let is_part = |byte: &u8| matches!(byte, b'0'..=b'9' | b'+' | b'-' | b'.' | b'e' | b'E');
        let length = rest.iter().position(|byte| !is_part(byte)).unwrap_or(rest.len());
        self.at += length;
        let number = &self.text[start..start + length];
        number.parse().map_err(|_| NOT_NUMBERS)
    }
}

/// The powers of ten that a number of 17 characters can be divided by.
const POWERS: [f64; 18] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> serde_json::Result<Coordinates> {
        serde_json::from_str(text)
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
