//! The claims of the sources beside what geometries and figures give.

mod evaluate;
mod ground;

use crate::model::{About, BaseMap, Catalogue, Claim, Computation, Type};
use evaluate::{Evaluator, Outcome};

/// "about" forgives a tenth: the studies round to one or two figures.
const ABOUT: f64 = 0.10;
/// A bare length or area forgives a hundredth: the base map's lines are generalised.
const EXACTLY: f64 = 0.01;
/// "near" reaches 10 km, a morning's walk to market.
const NEAR_KM: f64 = 10.0;

/// A claim, computed.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The unit of the numbers: `km²`, `km`, that of the claim, or none.
    pub unit: &'a str,
    /// What was computed, if it is a number.
    pub computed: Option<f64>,
    /// What to make of it.
    pub verdict: Verdict,
}

/// What the computation says of a claim.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The number agrees within what its wording allows.
    Agrees,
    /// The number differs by so many per cent of the claimed one.
    Differs {
        /// Computed less claimed, in per cent of claimed.
        percent: f64,
    },
    /// The relation holds.
    Holds,
    /// The relation does not hold, and how.
    Fails {
        /// Which part fails.
        how: String,
    },
    /// Nothing can be computed, and why.
    NotComputable {
        /// Why.
        why: String,
    },
}

impl Verdict {
    /// The verdict in words.
    pub fn describe(&self) -> String {
        match self {
            Self::Agrees => "agrees".to_owned(),
            Self::Differs { percent } => format!("differs by {percent:+.1} %"),
            Self::Holds => "holds".to_owned(),
            Self::Fails { how } => format!("fails: {how}"),
            Self::NotComputable { why } => format!("cannot be computed: {why}"),
        }
    }
}

/// Computes every claim, in the order of the catalogue. Cost: some 100 ms for some hundred claims,
/// most of it for borders measured against areas.
pub fn check<'a>(catalogue: &'a Catalogue, base: &dyn BaseMap) -> Vec<Checked<'a>> {
    check_some(catalogue.claims(), catalogue, base)
}

/// Computes some claims of a catalogue.
pub fn check_some<'a>(
    claims: impl IntoIterator<Item = &'a Claim>,
    catalogue: &Catalogue,
    base: &dyn BaseMap,
) -> Vec<Checked<'a>> {
    let evaluator = Evaluator::new(catalogue, base);
    claims.into_iter().map(|claim| check_one(claim, &evaluator)).collect()
}

fn check_one<'a>(claim: &'a Claim, evaluator: &Evaluator<'_>) -> Checked<'a> {
    let (gives, outcome) = match &claim.computation {
        Computation::Of(_, expression) => {
            (expression.gives(), evaluator.evaluate(expression.root()))
        }
        Computation::None(why) => (Type::Number(0), Outcome::Nothing(why.clone())),
    };
    let unit = match gives {
        Type::Number(2) => "km²",
        Type::Number(1) => "km",
        Type::Number(_) => &claim.unit,
        Type::Relation => "",
    };
    let (computed, verdict) = match outcome {
        Outcome::Number(number) => (Some(number), judge(claim, gives, number)),
        Outcome::Relation(Ok(())) => (None, Verdict::Holds),
        Outcome::Relation(Err(how)) => (None, Verdict::Fails { how }),
        Outcome::Nothing(why) => (None, Verdict::NotComputable { why }),
    };
    Checked { claim, unit, computed, verdict }
}

/// Compares a number with the claimed one as its wording allows.
fn judge(claim: &Claim, gives: Type, computed: f64) -> Verdict {
    let Some(claimed) = claim.value else {
        return match claim.about {
            About::Near if computed <= NEAR_KM => Verdict::Holds,
            About::Near => Verdict::Fails { how: format!("{computed:.1} km is not near") },
            _ => Verdict::NotComputable { why: "the source gives no number".to_owned() },
        };
    };
    let off = (computed - claimed).abs();
    let agrees = match claim.about {
        About::About => off <= ABOUT * claimed.abs(),
        // Counts and sums have no line of a map in them.
        About::Exactly if gives == Type::Number(0) => off <= last_digit(claimed) / 2.0 + 1e-9,
        About::Exactly => off <= EXACTLY * claimed.abs(),
        About::LessThan => computed < claimed,
        About::MoreThan => computed > claimed,
        About::Near => off <= NEAR_KM,
    };
    if agrees {
        Verdict::Agrees
    } else if claimed == 0.0 {
        Verdict::Fails { how: format!("{computed:.1}") }
    } else {
        Verdict::Differs { percent: (computed - claimed) / claimed * 100.0 }
    }
}

/// What the last digit of a number counts: 1 of 364, 0.1 of 54.2.
fn last_digit(number: f64) -> f64 {
    let text = number.to_string();
    let decimals = text.split_once('.').map_or(0, |(_, decimals)| decimals.len());
    10_f64.powi(-(decimals as i32))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_digit_is_the_printed_one() {
        for (number, expected) in [(364.0, 1.0), (54.2, 0.1), (0.25, 0.01), (1e6, 1.0)] {
            assert!((last_digit(number) - expected).abs() < 1e-12, "{number}");
        }
    }
}
