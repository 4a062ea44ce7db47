//! Numbers and outlines in few bytes.

use crate::scene::{Path, Point};

/// Appends `value` rounded to 1/100, without zeros that say nothing.
pub(super) fn number(to: &mut String, value: f64) {
    hundredths(to, rounded(value));
}

fn rounded(value: f64) -> i64 {
    (value * 100.0).round() as i64
}

fn hundredths(to: &mut String, value: i64) {
    if value < 0 {
        to.push('-');
    }
    let (whole, part) = (value.unsigned_abs() / 100, value.unsigned_abs() % 100);
    if whole > 0 || part == 0 {
        to.push_str(&whole.to_string());
    }
    if part > 0 {
        to.push('.');
        to.push(char::from(b'0' + (part / 10) as u8));
        if part % 10 > 0 {
            to.push(char::from(b'0' + (part % 10) as u8));
        }
    }
}

/// The `d` of a path, as it grows. Steps are relative, each contour starts at an absolute point, so
/// that a reader's rounding errors do not add up from one contour to the next.
#[derive(Default)]
pub(super) struct PathData {
    text: String,
    /// The current point in 1/100 pt.
    at: (i64, i64),
    /// The last command; a following one of the same kind needs no letter.
    last: char,
}

impl PathData {
    /// Subpaths of the scene; points equal to the one before are left out.
    pub(super) fn of(path: &Path) -> Self {
        let mut data = Self::default();
        for subpath in &path.subpaths {
            let Some((first, rest)) = subpath.points.split_first() else { continue };
            data.move_to(place(*first));
            for point in rest {
                data.line_to(place(*point));
            }
            if data.last == 'M' {
                // A line without length is a dot under round caps.
                data.step('h', &[0]);
            }
            if subpath.closed {
                data.close();
            }
        }
        data
    }

    /// Starts a contour at a point in pt.
    pub(super) fn move_to(&mut self, to: (f64, f64)) {
        let to = (rounded(to.0), rounded(to.1));
        self.step('M', &[to.0, to.1]);
        self.at = to;
    }

    /// A straight line; none to where the pen is.
    pub(super) fn line_to(&mut self, to: (f64, f64)) {
        match self.offset(to) {
            (0, 0) => {}
            (dx, 0) => self.step('h', &[dx]),
            (0, dy) => self.step('v', &[dy]),
            (dx, dy) => self.step('l', &[dx, dy]),
        }
        self.at = (rounded(to.0), rounded(to.1));
    }

    /// A quadratic curve.
    pub(super) fn quad_to(&mut self, control: (f64, f64), to: (f64, f64)) {
        let (c, e) = (self.offset(control), self.offset(to));
        self.step('q', &[c.0, c.1, e.0, e.1]);
        self.at = (rounded(to.0), rounded(to.1));
    }

    /// A cubic curve.
    pub(super) fn cubic_to(&mut self, a: (f64, f64), b: (f64, f64), to: (f64, f64)) {
        let (a, b, e) = (self.offset(a), self.offset(b), self.offset(to));
        self.step('c', &[a.0, a.1, b.0, b.1, e.0, e.1]);
        self.at = (rounded(to.0), rounded(to.1));
    }

    /// Joins the end of the contour to its start.
    pub(super) fn close(&mut self) {
        self.step('z', &[]);
    }

    /// The finished `d`; empty if nothing was drawn.
    pub(super) fn finish(self) -> String {
        self.text
    }

    fn offset(&self, to: (f64, f64)) -> (i64, i64) {
        (rounded(to.0) - self.at.0, rounded(to.1) - self.at.1)
    }

    fn step(&mut self, command: char, numbers: &[i64]) {
        let repeated = command == self.last && command != 'M';
        if !repeated {
            self.text.push(command);
        }
        for (i, value) in numbers.iter().enumerate() {
            if (repeated || i > 0) && *value >= 0 {
                self.text.push(' ');
            }
            hundredths(&mut self.text, *value);
        }
        self.last = command;
    }
}

fn place(point: Point) -> (f64, f64) {
    (f64::from(point.x), f64::from(point.y))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::{Rect, Subpath};

    fn written(value: f64) -> String {
        let mut text = String::new();
        number(&mut text, value);
        text
    }

    #[test]
    fn numbers_have_two_decimals_and_no_idle_zeros() {
        for (value, text) in [
            (0.0, "0"),
            (-0.001, "0"),
            (12.0, "12"),
            (0.5, ".5"),
            (-0.05, "-.05"),
            (10.1, "10.1"),
            (99.999, "100"),
            (-3.456, "-3.46"),
        ] {
            assert_eq!(written(value), text);
        }
    }

    #[test]
    fn steps_are_relative_and_contours_start_at_a_point() {
        let mut path = Path::rect(&Rect::new(10.0, 20.0, 30.0, 40.0));
        let points = [(1.0, 1.0), (1.0, 1.0), (2.5, 0.75), (3.0, 2.0), (3.0, 2.0)];
        let points = points.map(|(x, y)| Point::new(x, y)).to_vec();
        path.subpaths.push(Subpath { points, closed: false });
        assert_eq!(PathData::of(&path).finish(), "M10 20h20v20h-20zM1 1l1.5-.25 .5 1.25");
        let dot = Path::line(vec![Point::new(5.0, 6.0); 2]);
        assert_eq!(PathData::of(&dot).finish(), "M5 6h0");
        assert_eq!(PathData::of(&Path::default()).finish(), "");
    }
}
