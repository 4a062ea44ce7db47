//! Sizes by a number: symbols whose area and lines whose width is proportional to it.

use crate::layout::furniture::numbers::round_below;
use crate::spec::{Proportional, Style};

/// From numbers to sizes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::layout) struct Scale {
    /// The value drawn at the largest size.
    largest: f64,
    largest_pt: f64,
    smallest_pt: f64,
    /// Whether the area is proportional to the value, not the size.
    area: bool,
}

impl Scale {
    /// The scale for these numbers, above 0; `None` when there are none and no largest is given.
    pub(in crate::layout) fn new(
        given: Option<f64>,
        largest_pt: f64,
        smallest_pt: Option<f64>,
        area: bool,
        numbers: impl Iterator<Item = f64>,
    ) -> Option<Self> {
        let largest = given.or_else(|| numbers.max_by(f64::total_cmp)).filter(|n| *n > 0.0)?;
        Some(Self { largest, largest_pt, smallest_pt: smallest_pt.unwrap_or(0.0), area })
    }

    /// The value drawn at the largest size.
    pub(in crate::layout) fn largest(&self) -> f64 {
        self.largest
    }

    /// The size of that value, the smallest size, pt, and whether areas are proportional.
    pub(in crate::layout) fn sizes(&self) -> (f64, f64, bool) {
        (self.largest_pt, self.smallest_pt, self.area)
    }

    /// Diameter or width of a value above 0, pt.
    pub(in crate::layout) fn size_pt(&self, value: f64) -> f64 {
        let share = (value / self.largest).max(0.0);
        let size = if self.area { share.sqrt() } else { share } * self.largest_pt;
        size.max(self.smallest_pt)
    }

    /// The values that the legend shows, the largest first: those given, or three round ones.
    pub(in crate::layout) fn legend(&self, given: &[f64]) -> Vec<f64> {
        let mut values = given.to_vec();
        values.sort_by(|a, b| b.total_cmp(a));
        if !values.is_empty() {
            return values;
        }
        // Areas half and a quarter as wide; widths that can be told apart.
        let shares = if self.area { [0.3, 0.06] } else { [0.5, 0.2] };
        let first = round_below(self.largest);
        values.push(first);
        values.extend(shares.map(|share| round_below(first * share)));
        values.dedup();
        values
    }
}

/// `style` at a size: the diameter of its symbol, the width of its line with its casing and arrows.
pub(in crate::layout) fn sized(style: &Style, size_pt: f64) -> Style {
    let mut style = style.clone();
    if let Some(symbol) = &mut style.symbol {
        symbol.size_pt = size_pt;
        return style;
    }
    if let Some(casing) = &mut style.casing {
        casing.width_pt =
            size_pt + (casing.width_pt - style.stroke_width_pt.unwrap_or(0.5)).max(0.0);
    }
    if let Some(arrow) = &mut style.arrow {
        arrow.size_pt *= size_pt;
    }
    style.stroke_width_pt = Some(size_pt);
    style
}

/// How far beyond a line the largest size reaches, pt.
pub(in crate::layout) fn reach_pt(size: &Proportional, style: &Style) -> f64 {
    sized(style, size.largest_pt).reach_pt()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scene::Color;
    use crate::spec::{Arrow, ArrowEnds, Casing, Symbol};

    #[test]
    fn areas_and_widths_are_proportional() {
        let areas = Scale::new(None, 20.0, Some(2.0), true, [3.0, 400.0].into_iter()).unwrap();
        assert!((areas.size_pt(400.0) - 20.0).abs() < 1e-9);
        assert!((areas.size_pt(100.0) - 10.0).abs() < 1e-9, "a quarter of the area");
        assert!((areas.size_pt(0.1) - 2.0).abs() < 1e-9);
        assert_eq!(areas.legend(&[]), [200.0, 50.0, 10.0]);
        assert_eq!(areas.legend(&[1.0, 9.0]), [9.0, 1.0]);
        let widths = Scale::new(Some(1000.0), 5.0, None, false, std::iter::empty()).unwrap();
        assert!((widths.size_pt(500.0) - 2.5).abs() < 1e-9);
        assert_eq!(widths.legend(&[]), [1000.0, 500.0, 200.0]);
        assert_eq!(Scale::new(None, 5.0, None, false, std::iter::empty()), None);
    }

    #[test]
    fn what_hangs_on_a_line_grows_with_it() {
        let style = Style {
            stroke: Some(Color::BLACK),
            stroke_width_pt: Some(1.0),
            casing: Some(Casing { color: Color::WHITE, width_pt: 2.0 }),
            arrow: Some(Arrow { size_pt: 3.0, at: ArrowEnds::End }),
            ..Style::default()
        };
        let wide = sized(&style, 4.0);
        assert_eq!(wide.stroke_width_pt, Some(4.0));
        assert!((wide.casing.unwrap().width_pt - 5.0).abs() < 1e-9);
        assert!((wide.arrow.unwrap().size_pt - 12.0).abs() < 1e-9);
        let point = Style { symbol: Some(Symbol::default()), ..style };
        assert!((sized(&point, 9.0).symbol.unwrap().size_pt - 9.0).abs() < 1e-9);
    }
}
