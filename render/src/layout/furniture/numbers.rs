//! Numbers in legends.

use crate::spec::LocalText;
use std::collections::BTreeMap;

/// The most decimals that are written.
const MOST_DECIMALS: usize = 6;

/// A number with `decimals`, groups of three digits apart from ten thousand on.
pub(in crate::layout) fn written(number: f64, decimals: usize) -> String {
    let text = format!("{:.decimals$}", number.abs());
    let (whole, rest) = text.split_at(text.find('.').unwrap_or(text.len()));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && whole.len() > 4 && (whole.len() - i).is_multiple_of(3) {
            grouped.push('\u{a0}');
        }
        grouped.push(digit);
    }
    let zero = text.chars().all(|c| matches!(c, '0' | '.'));
    let sign = if number < 0.0 && !zero { "−" } else { "" };
    format!("{sign}{grouped}{rest}")
}

/// A number of at least 0 to three digits; below 10 to a tenth, below 1 to a hundredth.
pub(in crate::layout) fn three_digits(number: f64) -> String {
    let power = 10_f64.powf((number.max(1.0).log10().floor() - 2.0).max(0.0));
    match number {
        n if n < 1.0 => written(n, 2),
        n if n < 10.0 => written(n, 1),
        n => written((n / power).round() * power, 0),
    }
}

/// The fewest decimals with which each of the rising `numbers` is shown to a twentieth of the
/// smallest step between them, so that no two look the same.
pub(in crate::layout) fn decimals_for(numbers: &[f64]) -> usize {
    let steps = numbers.windows(2).map(|pair| pair[1] - pair[0]);
    let least = steps.filter(|step| *step > 0.0).fold(f64::INFINITY, f64::min);
    let largest = numbers.iter().fold(0.0, |most: f64, n| most.max(n.abs()));
    let allowed = if least.is_finite() { least / 20.0 } else { largest / 1000.0 };
    let fits = |decimals: &usize| {
        let factor = 10_f64.powi(*decimals as i32);
        numbers.iter().all(|n| ((n * factor).round() / factor - n).abs() <= allowed)
    };
    (0..MOST_DECIMALS).find(fits).unwrap_or(MOST_DECIMALS)
}

/// The largest of 1, 2 or 5 times a power of ten that is not above `number`, which is above 0.
pub(in crate::layout) fn round_below(number: f64) -> f64 {
    let power = 10_f64.powf(number.log10().floor());
    let most = [5.0, 2.0, 1.0].into_iter().find(|m| m * power <= number * (1.0 + 1e-9));
    most.unwrap_or(0.5) * power
}

/// A number's text with a unit behind it, by language where the unit is.
pub(in crate::layout) fn with_unit(text: &str, unit: Option<&LocalText>) -> LocalText {
    let join = |unit: &str| match unit {
        "" => text.to_owned(),
        "%" | "‰" | "°" => format!("{text}{unit}"),
        _ => format!("{text}\u{a0}{unit}"),
    };
    match unit {
        None => LocalText::Plain(text.to_owned()),
        Some(LocalText::Plain(unit)) => LocalText::Plain(join(unit)),
        Some(LocalText::ByLanguage(units)) => {
            let joined: BTreeMap<String, String> =
                units.iter().map(|(lang, unit)| (lang.clone(), join(unit))).collect();
            LocalText::ByLanguage(joined)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_for_readers() {
        assert_eq!(written(1290.0, 0), "1290");
        assert_eq!(written(1_234_567.25, 1), "1\u{a0}234\u{a0}567.2");
        assert_eq!(written(-0.5, 1), "−0.5");
        assert_eq!(written(-0.001, 1), "0.0");
    }

    #[test]
    fn bounds_are_told_apart() {
        assert_eq!(decimals_for(&[1.0, 10.0, 25.0]), 0);
        assert_eq!(decimals_for(&[0.12, 0.5, 0.73]), 2);
        assert_eq!(decimals_for(&[2.5, 3.0]), 1);
        assert_eq!(decimals_for(&[1234.4]), 0);
    }

    #[test]
    fn round_numbers_lie_below() {
        for (number, expected) in
            [(873.0, 500.0), (500.0, 500.0), (0.3, 0.2), (1.0, 1.0), (19.0, 10.0)]
        {
            assert!((round_below(number) - expected).abs() < 1e-9, "{number}");
        }
    }

    #[test]
    fn units_follow_in_their_language() {
        let unit: LocalText = LocalText::ByLanguage(
            [("en", "km"), ("zh", "公里")].map(|(k, v)| (k.into(), v.into())).into(),
        );
        let languages = ["en".to_owned(), "zh".to_owned()];
        let text = with_unit("10–25", Some(&unit));
        assert_eq!(text.lines(&languages), [("en", "10–25\u{a0}km"), ("zh", "10–25\u{a0}公里")]);
        assert_eq!(
            with_unit("5", Some(&LocalText::Plain("%".into()))),
            LocalText::Plain("5%".into())
        );
    }
}
