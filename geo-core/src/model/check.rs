//! The claims of the sources beside what the geometry gives.

use std::collections::BTreeMap;

use geo_types::Geometry;

use super::catalogue::Catalogue;
use super::claim::{About, Claim, Quantity};
use super::feature::Feature;
use super::resolve::BaseMap;
use crate::geometry::{LonLat, Shape};
use crate::measure::Geodesic;
use crate::predicate;

/// "about" forgives a tenth: the studies round to one or two figures.
const ABOUT: f64 = 0.10;
/// A bare number forgives a hundredth: the base map's lines are generalised.
const EXACTLY: f64 = 0.01;
/// "near" reaches 10 km, a morning's walk to market.
const NEAR_KM: f64 = 10.0;

/// A claim, computed.
#[derive(Clone, Debug)]
pub struct Checked<'a> {
    /// Of what it is claimed.
    pub feature: &'a Feature,
    /// The claim.
    pub claim: &'a Claim,
    /// The unit of the numbers: `km²`, `km`, or none for relations and counts.
    pub unit: &'static str,
    /// What the geometry gives, if it is a number.
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

/// Computes every claim, in the order of the features.
pub fn check<'a>(catalogue: &'a Catalogue, base: &dyn BaseMap) -> Vec<Checked<'a>> {
    let checker = Checker { catalogue, lines: Lines::new(base) };
    let claims = catalogue.features().iter().flat_map(|f| f.claims.iter().map(move |c| (f, c)));
    claims.map(|(feature, claim)| checker.check(feature, claim)).collect()
}

struct Checker<'a> {
    catalogue: &'a Catalogue,
    lines: Lines,
}

/// The lines of the base map that claims speak of.
struct Lines {
    coast: Option<Shape>,
    by_name: BTreeMap<String, Shape>,
}

impl Lines {
    fn new(base: &dyn BaseMap) -> Self {
        let shape = |lines: geo_types::MultiLineString| {
            (!lines.0.is_empty()).then(|| Shape::from_checked(Geometry::MultiLineString(lines)))
        };
        let borders = ["CN-RU", "CN-KP", "KP-RU", "CN-MN", "MN-RU"].map(|p| (p, base.border(p)));
        let rivers =
            ["tumen", "yalu", "amur", "ussuri", "argun", "songacha"].map(|id| (id, base.river(id)));
        let by_name = borders
            .into_iter()
            .chain(rivers)
            .filter_map(|(name, lines)| Some((name.to_owned(), shape(lines)?)));
        Self { coast: shape(base.coast()), by_name: by_name.collect() }
    }
}

enum Outcome {
    Number(f64),
    Relation(Result<(), String>),
    Nothing(String),
}

impl<'a> Checker<'a> {
    fn check(&self, feature: &'a Feature, claim: &'a Claim) -> Checked<'a> {
        let unit = match claim.quantity {
            Quantity::Area => "km²",
            Quantity::Length
            | Quantity::Distance { .. }
            | Quantity::DistanceToBorder { .. }
            | Quantity::DistanceToCoast
            | Quantity::DistanceToRiver { .. } => "km",
            Quantity::Covers { .. }
            | Quantity::Within { .. }
            | Quantity::WestOf { .. }
            | Quantity::Count { .. } => "",
        };
        let (computed, verdict) = match self.compute(feature, &claim.quantity) {
            Outcome::Number(number) => (Some(number), judge(claim, number)),
            Outcome::Relation(Ok(())) => (None, Verdict::Holds),
            Outcome::Relation(Err(how)) => (None, Verdict::Fails { how }),
            Outcome::Nothing(why) => (None, Verdict::NotComputable { why }),
        };
        Checked { feature, claim, unit, computed, verdict }
    }

    fn compute(&self, feature: &Feature, quantity: &Quantity) -> Outcome {
        let shape = &feature.shape;
        let km = |other: &Shape| Outcome::Number(Geodesic::nearest(shape, other).distance.to_km());
        match quantity {
            Quantity::Area if shape.dimension() < 2 => {
                Outcome::Nothing("the sources give the feature no extent".to_owned())
            }
            Quantity::Area => Outcome::Number(Geodesic::area(shape).to_km2()),
            Quantity::Length if shape.dimension() != 1 => {
                Outcome::Nothing("the feature is not a line".to_owned())
            }
            Quantity::Length => Outcome::Number(Geodesic::length(shape).to_km()),
            Quantity::Distance { to } => self.with(to, |other| km(&other.shape)),
            Quantity::DistanceToCoast => match &self.lines.coast {
                Some(coast) => km(coast),
                None => Outcome::Nothing("the base map has no coast".to_owned()),
            },
            Quantity::DistanceToBorder { to } | Quantity::DistanceToRiver { to } => {
                match self.lines.by_name.get(to) {
                    Some(line) => km(line),
                    None => Outcome::Nothing(format!("the base map has no line '{to}'")),
                }
            }
            Quantity::Covers { others } => {
                let outside: Vec<&str> = others
                    .iter()
                    .filter_map(|id| self.catalogue.get(id))
                    .filter(|other| !holds(shape, other))
                    .map(Feature::name)
                    .collect();
                relation(outside.is_empty(), || format!("{} outside", outside.join(", ")))
            }
            Quantity::Within { to } => self.with(to, |other| {
                relation(holds(&other.shape, feature), || self.outside(feature, other))
            }),
            Quantity::WestOf { to } => self.with(to, |other| {
                let (here, there) = (middle(shape), middle(&other.shape));
                let east = (there.lon() - here.lon()).rem_euclid(360.0);
                relation(east < 180.0 && east > 0.0, || format!("it lies east of {}", other.name()))
            }),
            Quantity::Count { others } => Outcome::Number(others.len() as f64),
        }
    }

    fn with(&self, id: &str, outcome: impl Fn(&Feature) -> Outcome) -> Outcome {
        match self.catalogue.get(id) {
            Some(other) => outcome(other),
            None => Outcome::Nothing(format!("there is no feature '{id}'")),
        }
    }

    /// What of a feature lies outside another: the members of a triangle by name.
    fn outside(&self, feature: &Feature, other: &Feature) -> String {
        let members = feature.provenance.members.iter().filter_map(|id| self.catalogue.get(id));
        let outside: Vec<&str> =
            members.filter(|member| !holds(&other.shape, member)).map(Feature::name).collect();
        if outside.is_empty() {
            let km = Geodesic::nearest(&feature.shape, &other.shape).distance.to_km();
            return format!("it is not within {}, {km:.1} km apart", other.name());
        }
        format!("{} outside {}", outside.join(", "), other.name())
    }
}

/// Whether an area covers a feature, or reaches it within the error of the feature's position.
fn holds(area: &Shape, feature: &Feature) -> bool {
    let within_error = |error| Geodesic::nearest(area, &feature.shape).distance <= error;
    predicate::covers(area, &feature.shape) || feature.provenance.error.is_some_and(within_error)
}

fn relation(holds: bool, how: impl Fn() -> String) -> Outcome {
    Outcome::Relation(if holds { Ok(()) } else { Err(how()) })
}

fn middle(shape: &Shape) -> LonLat {
    shape.bbox().center()
}

/// Compares a number with the claimed one as its wording allows.
fn judge(claim: &Claim, computed: f64) -> Verdict {
    let Some(claimed) = claim.value else {
        return match claim.about {
            About::Near if computed <= NEAR_KM => Verdict::Holds,
            About::Near => Verdict::Fails { how: format!("{computed:.1} km is not near") },
            _ => Verdict::NotComputable { why: "the source gives no number".to_owned() },
        };
    };
    let agrees = match claim.about {
        About::About => (computed - claimed).abs() <= ABOUT * claimed,
        About::Exactly => (computed - claimed).abs() <= EXACTLY * claimed,
        About::LessThan => computed < claimed,
        About::MoreThan => computed > claimed,
        About::Near => (computed - claimed).abs() <= NEAR_KM,
    };
    if agrees {
        Verdict::Agrees
    } else if claimed == 0.0 {
        Verdict::Fails { how: format!("{computed:.1} km") }
    } else {
        Verdict::Differs { percent: (computed - claimed) / claimed * 100.0 }
    }
}
