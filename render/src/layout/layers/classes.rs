//! Graduated styles: numbers in classes, classes in colours.

use crate::layout::colour::Oklab;
use crate::layout::furniture::numbers::{decimals_for, with_unit, written};
use crate::scene::Color;
use crate::spec::{ClassMethod, Classes, LocalText};

/// Number of classes unless given.
const COUNT: usize = 5;
/// Natural breaks are found from at most this many values, spread evenly over the sorted ones.
const MOST_VALUES: usize = 3000;

/// Classes of numbers: a number on a bound belongs to the class above it.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::layout) struct Bounds {
    /// The bounds between the classes, rising.
    between: Vec<f64>,
    /// The smallest and the largest number, where the outer classes end; open when not given.
    ends: Option<(f64, f64)>,
}

impl Bounds {
    /// The bounds that `classes`, which is sound, asks for with these numbers; `None` without
    /// numbers. There are fewer classes than asked for where the numbers repeat.
    pub(in crate::layout) fn new(classes: &Classes, numbers: &[f64]) -> Option<Self> {
        let mut sorted = numbers.to_vec();
        sorted.sort_by(f64::total_cmp);
        let (first, last) = (*sorted.first()?, *sorted.last()?);
        if classes.method == ClassMethod::Manual {
            return Some(Self { between: classes.breaks.clone(), ends: None });
        }
        let count = classes.count.unwrap_or(COUNT);
        let mut between = match classes.method {
            ClassMethod::Quantile => quantiles(&sorted, count),
            ClassMethod::EqualInterval => {
                (1..count).map(|i| first + (last - first) * i as f64 / count as f64).collect()
            }
            ClassMethod::Jenks | ClassMethod::Manual => natural(&thinned(&sorted), count),
        };
        between.dedup();
        between.retain(|bound| *bound > first && *bound <= last);
        Some(Self { between, ends: Some((first, last)) })
    }

    /// The bounds between the classes, rising.
    pub(in crate::layout) fn between(&self) -> &[f64] {
        &self.between
    }

    /// The smallest and the largest number; nothing where the outer classes are open.
    pub(in crate::layout) fn ends(&self) -> Option<(f64, f64)> {
        self.ends
    }

    /// Number of classes.
    pub(in crate::layout) fn count(&self) -> usize {
        self.between.len() + 1
    }

    /// The class of a number, from 0.
    pub(in crate::layout) fn class_of(&self, number: f64) -> usize {
        self.between.partition_point(|bound| *bound <= number)
    }

    /// What the legend says of each class.
    pub(in crate::layout) fn titles(&self, classes: &Classes) -> Vec<LocalText> {
        let mut all = self.between.clone();
        if let Some((first, last)) = self.ends {
            all.insert(0, first);
            all.push(last);
        }
        let decimals = classes.decimals.unwrap_or_else(|| decimals_for(&all));
        let say = |number: f64| written(number, decimals);
        let mut texts = Vec::new();
        if self.ends.is_none() {
            texts.extend(all.first().map(|bound| format!("<\u{a0}{}", say(*bound))));
        }
        texts.extend(all.windows(2).map(|pair| {
            let (from, to) = (say(pair[0]), say(pair[1]));
            let dash = if pair[0] < 0.0 { " – " } else { "–" };
            if from == to { from } else { format!("{from}{dash}{to}") }
        }));
        if self.ends.is_none() {
            texts.extend(all.last().map(|bound| format!("≥\u{a0}{}", say(*bound))));
        }
        texts.iter().map(|text| with_unit(text, classes.unit.as_ref())).collect()
    }
}

/// The quantiles between `count` classes, by linear interpolation (type 7 of R. J. Hyndman and
/// Y. Fan, Sample quantiles in statistical packages, The American Statistician 50 (1996) 361–365).
fn quantiles(sorted: &[f64], count: usize) -> Vec<f64> {
    let last = sorted.len() - 1;
    (1..count)
        .map(|i| {
            let place = last as f64 * i as f64 / count as f64;
            let below = place.floor() as usize;
            let above = sorted[(below + 1).min(last)];
            sorted[below] + (above - sorted[below]) * place.fract()
        })
        .collect()
}

fn thinned(sorted: &[f64]) -> Vec<f64> {
    if sorted.len() <= MOST_VALUES {
        return sorted.to_vec();
    }
    let step = (sorted.len() - 1) as f64 / (MOST_VALUES - 1) as f64;
    (0..MOST_VALUES).map(|i| sorted[(i as f64 * step).round() as usize]).collect()
}

/// The smallest number of each natural class but the first: the partition into `count` classes with
/// the least sum of squared deviations from the class means, found exactly by dynamic programming.
/// W. D. Fisher, On grouping for maximum homogeneity, Journal of the American Statistical
/// Association 53 (1958) 789–798; G. F. Jenks, Optimal data classification for choropleth maps
/// (1977). Costs `count · n²` steps.
fn natural(sorted: &[f64], count: usize) -> Vec<f64> {
    let n = sorted.len();
    let count = count.min(n);
    // Sums up to each place, about the middle number so that little is cancelled.
    let middle = sorted[n / 2];
    let (mut sums, mut squares) = (vec![0.0; n + 1], vec![0.0; n + 1]);
    for (i, number) in sorted.iter().enumerate() {
        let d = number - middle;
        sums[i + 1] = sums[i] + d;
        squares[i + 1] = squares[i] + d * d;
    }
    let deviation = |from: usize, to: usize| {
        let sum: f64 = sums[to] - sums[from];
        (squares[to] - squares[from] - sum * sum / (to - from) as f64).max(0.0)
    };
    // The least deviation of the first `to` numbers, and where the last of their classes starts.
    let mut least: Vec<f64> =
        (0..=n).map(|to| if to == 0 { 0.0 } else { deviation(0, to) }).collect();
    let mut starts: Vec<Vec<usize>> = Vec::new();
    for class in 1..count {
        let mut better = vec![f64::INFINITY; n + 1];
        let mut start = vec![class; n + 1];
        for to in class + 1..=n {
            for from in class..to {
                // Equal numbers stay together.
                if sorted[from] <= sorted[from - 1] {
                    continue;
                }
                let sum = least[from] + deviation(from, to);
                if sum < better[to] {
                    (better[to], start[to]) = (sum, from);
                }
            }
        }
        if better[n].is_infinite() {
            break;
        }
        least = better;
        starts.push(start);
    }
    let mut bounds = Vec::new();
    let mut to = n;
    for start in starts.iter().rev() {
        to = start[to];
        bounds.push(sorted[to]);
    }
    bounds.reverse();
    bounds
}

/// `count` colours along `ramp`, mixed in Oklab between its colours, the first and the last
/// included; the last one for a single class.
pub(in crate::layout) fn ramp(ramp: &[Color], count: usize) -> Vec<Color> {
    let last = ramp.len().saturating_sub(1);
    (0..count)
        .filter_map(|i| {
            let share = if count > 1 { i as f64 / (count - 1) as f64 } else { 1.0 };
            let place = share * last as f64;
            let below = (place.floor() as usize).min(last.saturating_sub(1));
            let (from, to) = (*ramp.get(below)?, *ramp.get((below + 1).min(last))?);
            let share = place - below as f64;
            let alpha = f64::from(from.a) + (f64::from(to.a) - f64::from(from.a)) * share;
            let mixed = Oklab::of(from).mix(Oklab::of(to), share).to_color();
            Some(mixed.with_alpha(alpha.round() as u8))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NUMBERS: [f64; 25] = [
        1.0, 2.0, 4.0, 5.0, 7.0, 9.0, 10.0, 20.0, 28.0, 31.0, 36.0, 45.0, 58.0, 60.0, 93.0, 95.0,
        97.0, 120.0, 133.0, 186.0, 187.0, 240.0, 260.0, 480.0, 1150.5,
    ];

    fn classes(method: ClassMethod, count: usize) -> Classes {
        Classes {
            property: "x".into(),
            method,
            count: Some(count),
            breaks: Vec::new(),
            ramp: vec![Color::WHITE, Color::BLACK],
            unit: None,
            decimals: None,
        }
    }

    fn counts(bounds: &Bounds, numbers: &[f64]) -> Vec<usize> {
        let of = |class| numbers.iter().filter(|n| bounds.class_of(**n) == class).count();
        (0..bounds.count()).map(of).collect()
    }

    /// Oracle: mapclassify 2.10.0 (`Quantiles`, `EqualInterval`, `FisherJenks` with k classes); its
    /// classes end with the number on a bound, these begin with it.
    #[test]
    fn classes_hold_what_mapclassify_puts_in_them() {
        use ClassMethod::{EqualInterval, Jenks, Quantile};
        for (method, count, expected) in [
            (Quantile, 5, &[5, 5, 5, 5, 5][..]),
            (EqualInterval, 3, &[23, 1, 1]),
            (EqualInterval, 5, &[21, 2, 1, 0, 1]),
            (Jenks, 3, &[19, 5, 1]),
            (Jenks, 5, &[14, 5, 4, 1, 1]),
        ] {
            let bounds = Bounds::new(&classes(method, count), &NUMBERS).unwrap();
            assert_eq!(counts(&bounds, &NUMBERS), expected, "{method:?} {count}: {bounds:?}");
        }
        let quantiles = Bounds::new(&classes(Quantile, 5), &NUMBERS).unwrap().between;
        for (have, want) in quantiles.iter().zip([8.6, 34.0, 93.8, 186.2]) {
            assert!((have - want).abs() < 1e-9);
        }
        let ties = [3., 3., 3., 3., 5., 5., 8., 8., 8., 9., 14., 14., 15., 30.];
        let bounds = Bounds::new(&classes(Jenks, 4), &ties).unwrap();
        assert_eq!(bounds.between, [8.0, 14.0, 30.0]);
    }

    #[test]
    fn repeated_numbers_make_fewer_classes() {
        for method in [ClassMethod::Quantile, ClassMethod::EqualInterval, ClassMethod::Jenks] {
            let one = Bounds::new(&classes(method, 4), &[7.0, 7.0, 7.0]).unwrap();
            assert_eq!(
                (one.count(), one.titles(&classes(method, 4))[0].clone()),
                (1, LocalText::Plain("7".into()))
            );
            assert_eq!(Bounds::new(&classes(method, 4), &[]), None);
        }
        let two = Bounds::new(&classes(ClassMethod::Jenks, 9), &[1.0, 2.0, 1.0]).unwrap();
        assert_eq!(two.between, [2.0]);
    }

    #[test]
    fn legends_say_where_classes_end() {
        let mut manual = classes(ClassMethod::Manual, 3);
        manual.breaks = vec![10.0, 25.0];
        manual.unit = Some(LocalText::Plain("km".into()));
        let bounds = Bounds::new(&manual, &[1.0]).unwrap();
        let titles = bounds.titles(&manual);
        let said: Vec<&str> = titles.iter().map(|t| t.lines(&[])[0].1).collect();
        assert_eq!(said, ["<\u{a0}10\u{a0}km", "10–25\u{a0}km", "≥\u{a0}25\u{a0}km"]);
        assert_eq!([9.9, 10.0, 25.0].map(|n| bounds.class_of(n)), [0, 1, 2]);
        let equal = classes(ClassMethod::EqualInterval, 2);
        let titles = Bounds::new(&equal, &[-1.0, 2.0]).unwrap().titles(&equal);
        assert_eq!(titles[0], LocalText::Plain("−1.0 – 0.5".into()));
    }

    #[test]
    fn ramps_pass_through_their_colours() {
        let colors = [Color::WHITE, Color::rgb(200, 60, 30), Color::BLACK];
        assert_eq!(ramp(&colors, 3), colors);
        assert_eq!(ramp(&colors, 1), [Color::BLACK]);
        let five = ramp(&colors, 5);
        assert_eq!((five[0], five[2], five[4]), (colors[0], colors[1], colors[2]));
        // Halfway in Oklab between black and white is L = 0.5: sRGB 99 (oracle: Ottosson's code).
        assert_eq!(ramp(&[Color::BLACK, Color::WHITE], 3)[1], Color::rgb(99, 99, 99));
    }
}
