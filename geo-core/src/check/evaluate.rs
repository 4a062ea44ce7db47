//! Expressions, computed from the shapes and figures of a catalogue.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::rc::Rc;

use geo_types::Geometry;

use super::ground;
use crate::geometry::{LonLat, Shape};
use crate::measure::Geodesic;
use crate::model::{
    Argument, BaseMap, Catalogue, Cell, Comparison, Feature, Function, Operator, Status, Term,
};
use crate::predicate;
use crate::query::overlap_of;
use crate::unit::Length;

/// What an expression comes to.
pub(super) enum Outcome {
    Number(f64),
    /// It holds, or how it fails.
    Relation(Result<(), String>),
    /// Why it comes to nothing.
    Nothing(String),
}

type Number = Result<f64, String>;

pub(super) struct Evaluator<'a> {
    catalogue: &'a Catalogue,
    base: &'a dyn BaseMap,
    /// Lines of the base map, taken from it once each.
    lines: RefCell<BTreeMap<String, Option<Rc<Shape>>>>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(catalogue: &'a Catalogue, base: &'a dyn BaseMap) -> Self {
        Self { catalogue, base, lines: RefCell::default() }
    }

    pub(super) fn evaluate(&self, term: &Term) -> Outcome {
        let outcome = match term {
            Term::Call(function, arguments) => match self.relation(*function, arguments) {
                Some(relation) => relation.map(Outcome::Relation),
                None => self.number(term).map(Outcome::Number),
            },
            Term::Compare(first, rest) => self.compare(first, rest).map(Outcome::Relation),
            Term::Number(_) | Term::Binary(..) => self.number(term).map(Outcome::Number),
        };
        outcome.unwrap_or_else(Outcome::Nothing)
    }

    fn number(&self, term: &Term) -> Number {
        match term {
            Term::Number(number) => Ok(*number),
            Term::Call(function, arguments) => self.call(*function, arguments),
            Term::Binary(left, operator, right) => {
                let (left, right) = (self.number(left)?, self.number(right)?);
                match operator {
                    Operator::Add => Ok(left + right),
                    Operator::Subtract => Ok(left - right),
                    Operator::Multiply => Ok(left * right),
                    Operator::Divide if right == 0.0 => Err("division by zero".to_owned()),
                    Operator::Divide => Ok(left / right),
                }
            }
            Term::Compare(..) => Err("a comparison is no number".to_owned()),
        }
    }

    fn compare(
        &self,
        first: &Term,
        rest: &[(Comparison, Term)],
    ) -> Result<Result<(), String>, String> {
        /// Rounding of sums of decimals.
        const SAME: f64 = 1e-9;
        let mut left = self.number(first)?;
        let mut wrong = Vec::new();
        for (comparison, term) in rest {
            let right = self.number(term)?;
            let (holds, words) = match comparison {
                Comparison::Less => (left < right, "less than"),
                Comparison::Greater => (left > right, "more than"),
                Comparison::Equal => {
                    ((left - right).abs() <= SAME * right.abs().max(1.0), "equal to")
                }
            };
            if !holds {
                wrong.push(format!("{left:.1} is not {words} {right:.1}"));
            }
            left = right;
        }
        Ok(if wrong.is_empty() { Ok(()) } else { Err(wrong.join(", ")) })
    }

    fn call(&self, function: Function, arguments: &[Argument]) -> Number {
        let feature = |index: usize| self.feature(&arguments[index]);
        let shape = |index: usize| self.ground(&arguments[index]);
        let year = |index: usize| match arguments.get(index) {
            Some(Argument::Year(year)) => Some(*year),
            _ => None,
        };
        let point = |index: usize| feature(index).map(position);
        match function {
            Function::Area | Function::Perimeter => {
                let shape = &feature(0)?.shape;
                match shape.dimension() {
                    2 if function == Function::Area => Ok(Geodesic::area(shape).to_km2()),
                    2 => Ok(Geodesic::perimeter(shape).to_km()),
                    _ => Err("the sources give the feature no extent".to_owned()),
                }
            }
            Function::Length => match shape(0)? {
                line if line.dimension() == 1 => Ok(Geodesic::length(&line).to_km()),
                _ => Err("the feature is not a line".to_owned()),
            },
            Function::Distance => Ok(Geodesic::distance_between(&*shape(0)?, &*shape(1)?).to_km()),
            Function::Farthest => {
                let from = point(0)?;
                let far = feature(1)?
                    .shape
                    .positions()
                    .map(|c| Geodesic::distance(from, LonLat::wrap(c.x, c.y)).to_km());
                Ok(far.fold(0.0, f64::max))
            }
            Function::Route => {
                let stops: Result<Vec<LonLat>, String> = (0..arguments.len()).map(point).collect();
                let legs = stops?;
                Ok(legs.windows(2).map(|leg| Geodesic::distance(leg[0], leg[1]).to_km()).sum())
            }
            Function::Along => {
                let length = ground::along(&*shape(0)?, point(1)?, point(2)?);
                length.map(Length::to_km).ok_or_else(|| "the feature is not a line".to_owned())
            }
            Function::Shared => {
                let overlap = overlap_of(&feature(0)?.shape, &feature(1)?.shape);
                Ok(overlap.map_or(0.0, |overlap| overlap.area.to_km2()))
            }
            Function::LengthIn => Ok(ground::length_in(&*shape(0)?, &feature(1)?.shape).to_km()),
            Function::Count => Ok(arguments.len() as f64),
            Function::CountIn => {
                let Argument::Kind(kind) = &arguments[0] else {
                    return Err("the kind is missing".to_owned());
                };
                let area = &feature(1)?.shape;
                let there = |feature: &&Feature| {
                    let in_time = |year| feature.span.status(year) == Status::InForce;
                    feature.kind == Some(*kind)
                        && year(2).is_none_or(in_time)
                        && holds(area, feature)
                };
                Ok(self.catalogue.features().iter().filter(there).count() as f64)
            }
            Function::Members => Ok(feature(0)?.provenance.members.len() as f64),
            Function::Value => {
                let (series, year) = (self.series(&arguments[0])?, year(1).unwrap_or_default());
                match series.cell(year) {
                    Some(Cell::Value(value)) => Ok(value),
                    Some(Cell::Lost) => Err(format!("the number of {year} is lost")),
                    Some(Cell::NotGiven) => Err(format!("the table gives no number for {year}")),
                    None => Err(format!("the series has no year {year}")),
                }
            }
            Function::Sum => {
                let series = self.series(&arguments[0])?;
                if series.cells().iter().any(|(_, cell)| *cell == Cell::Lost) {
                    return Err("the table has lost some of its numbers".to_owned());
                }
                Ok(series.values().map(|(_, value)| value).sum())
            }
            Function::Total => {
                let series = self.series(&arguments[0])?;
                series.total.ok_or_else(|| "the source prints no total".to_owned())
            }
            Function::Amount => {
                let Argument::Link(id) = &arguments[0] else {
                    return Err("the link is missing".to_owned());
                };
                let link = self.catalogue.links().iter().find(|link| link.id == *id);
                let mut amounts = link.into_iter().flat_map(|link| &link.amounts);
                let amount = amounts.find(|amount| year(1).is_none() || amount.year == year(1));
                amount.map(|a| a.value).ok_or_else(|| "the link has no such amount".to_owned())
            }
            Function::Covers
            | Function::Within
            | Function::WestOf
            | Function::Crosses
            | Function::Touches
            | Function::Disjoint => Err("a relation is no number".to_owned()),
        }
    }

    /// Whether a relation holds; `None` for functions that give numbers.
    fn relation(
        &self,
        function: Function,
        arguments: &[Argument],
    ) -> Option<Result<Result<(), String>, String>> {
        let pair = || Ok((self.feature(&arguments[0])?, self.feature(&arguments[1])?));
        let apart = |a: &Shape, b: &Shape| Geodesic::distance_between(a, b).to_km();
        let relation: Result<Result<(), String>, String> = match function {
            Function::Covers => {
                self.feature(&arguments[0]).map(|area| self.covers(area, arguments))
            }
            Function::Within => pair().map(|(inner, outer): (&Feature, &Feature)| {
                if holds(&outer.shape, inner) { Ok(()) } else { Err(self.outside(inner, outer)) }
            }),
            Function::WestOf => pair().map(|(west, east): (&Feature, &Feature)| {
                let degrees = (position(east).lon() - position(west).lon()).rem_euclid(360.0);
                let holds = degrees > 0.0 && degrees < 180.0;
                if holds { Ok(()) } else { Err(format!("it lies east of {}", east.name())) }
            }),
            Function::Crosses => self.feature(&arguments[0]).and_then(|line| {
                let other = self.ground(&arguments[1])?;
                let km = apart(&line.shape, &other);
                let error = line.provenance.error.map_or(0.0, Length::to_km);
                Ok(if km <= error { Ok(()) } else { Err(format!("{km:.1} km apart")) })
            }),
            Function::Touches => pair().map(|(a, b): (&Feature, &Feature)| {
                if predicate::touches(&a.shape, &b.shape) {
                    return Ok(());
                }
                let km = apart(&a.shape, &b.shape);
                Err(if km > 0.0 {
                    format!("{km:.1} km apart")
                } else {
                    "they share ground".to_owned()
                })
            }),
            Function::Disjoint => pair().map(|(a, b): (&Feature, &Feature)| {
                let share = predicate::intersects(&a.shape, &b.shape)
                    && !predicate::touches(&a.shape, &b.shape);
                if share { Err("they share ground".to_owned()) } else { Ok(()) }
            }),
            Function::Area
            | Function::Perimeter
            | Function::Length
            | Function::Distance
            | Function::Farthest
            | Function::Route
            | Function::Along
            | Function::Shared
            | Function::LengthIn
            | Function::Count
            | Function::CountIn
            | Function::Members
            | Function::Value
            | Function::Sum
            | Function::Total
            | Function::Amount => return None,
        };
        Some(relation)
    }

    fn covers(&self, area: &Feature, arguments: &[Argument]) -> Result<(), String> {
        let others = arguments[1..].iter().filter_map(|argument| self.feature(argument).ok());
        let outside: Vec<&str> =
            others.filter(|other| !holds(&area.shape, other)).map(Feature::name).collect();
        if outside.is_empty() { Ok(()) } else { Err(format!("{} outside", outside.join(", "))) }
    }

    /// What of a feature lies outside another: the members of a triangle by name.
    fn outside(&self, feature: &Feature, other: &Feature) -> String {
        let members = feature.provenance.members.iter().filter_map(|id| self.catalogue.get(id));
        let outside: Vec<&str> =
            members.filter(|member| !holds(&other.shape, member)).map(Feature::name).collect();
        if outside.is_empty() {
            let km = Geodesic::distance_between(&feature.shape, &other.shape).to_km();
            return format!("it is not within {}, {km:.1} km apart", other.name());
        }
        format!("{} outside {}", outside.join(", "), other.name())
    }

    fn feature(&self, argument: &Argument) -> Result<&'a Feature, String> {
        let Argument::Feature(id) = argument else { return Err("it is no feature".to_owned()) };
        self.catalogue.get(id).ok_or_else(|| format!("there is no feature '{id}'"))
    }

    fn series(&self, argument: &Argument) -> Result<&'a crate::model::Series, String> {
        let Argument::Series(id) = argument else { return Err("it is no series".to_owned()) };
        let mut all = self.catalogue.series().iter();
        all.find(|series| series.id == *id).ok_or_else(|| format!("there is no series '{id}'"))
    }

    /// The shape of a feature, or a line of the base map.
    fn ground(&self, argument: &Argument) -> Result<Rc<Shape>, String> {
        let Argument::BaseLine(name) = argument else {
            return Ok(Rc::new(self.feature(argument)?.shape.clone()));
        };
        let mut lines = self.lines.borrow_mut();
        let line = lines.entry(name.clone()).or_insert_with(|| {
            let lines = match name.split_once(':') {
                Some(("border", pair)) => self.base.border(pair),
                Some(("river", id)) => self.base.river(id),
                Some(_) => return None,
                None => self.base.coast(),
            };
            let some = !lines.0.is_empty();
            some.then(|| Rc::new(Shape::from_checked(Geometry::MultiLineString(lines))))
        });
        line.clone().ok_or_else(|| format!("the base map has no line '{name}'"))
    }
}

/// Whether an area covers a feature, or reaches it within the error of the feature's position.
fn holds(area: &Shape, feature: &Feature) -> bool {
    let within_error = |error| Geodesic::distance_between(area, &feature.shape) <= error;
    predicate::covers(area, &feature.shape) || feature.provenance.error.is_some_and(within_error)
}

/// The position of a point; the middle of the box around anything else.
fn position(feature: &Feature) -> LonLat {
    feature.shape.bbox().center()
}
