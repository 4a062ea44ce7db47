//! What a claim computes: an expression over features, series and links.

use std::fmt;

use super::kind::Kind;
use super::parse::parse;
use crate::error::{Error, ErrorKind, Result};

/// What an expression gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// That something holds or fails.
    Relation,
    /// A number; kilometres to this power, 0 for numbers without a unit of length.
    Number(i8),
}

/// A thing that a function is given.
#[derive(Clone, Debug, PartialEq)]
pub enum Argument {
    /// Id of a feature.
    Feature(String),
    /// A line of the base map: `coast`, `border:CN-RU`, `river:tumen`.
    BaseLine(String),
    /// Id of a series.
    Series(String),
    /// Id of a link.
    Link(String),
    /// A kind of feature.
    Kind(Kind),
    /// A year.
    Year(i32),
}

impl Argument {
    /// The words of it; features, series and links by `name`.
    fn describe(&self, name: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::Feature(id) | Self::Series(id) | Self::Link(id) => name(id),
            Self::BaseLine(line) => match line.split_once(':') {
                Some(("border", pair)) => format!("the {pair} border"),
                Some(("river", river)) => format!("the river {river}"),
                _ => format!("the {line}"),
            },
            Self::Kind(kind) => kind.name().replace('-', " "),
            Self::Year(year) => year.to_string(),
        }
    }
}

/// What a function expects at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Parameter {
    Feature,
    /// A feature, or a line of the base map.
    Ground,
    Series,
    Link,
    Kind,
    Year,
}

/// The parameters of a function: those that it needs, and one that may follow, once or often.
#[derive(Clone, Copy)]
pub(super) struct Signature {
    pub needed: &'static [Parameter],
    pub further: Option<(Parameter, Often)>,
    pub gives: Type,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Often {
    Once,
    Any,
}

macro_rules! functions {
    ($($(#[$doc:meta])* $variant:ident = $name:literal
        ($($needed:ident),*) $(then $further:ident $often:ident)? -> $gives:expr, $words:literal;)*) => {
        /// What can be computed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Function { $($(#[$doc])* $variant,)* }

        impl Function {
            /// All functions.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The name in expressions.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            pub(super) const fn signature(self) -> Signature {
                match self {
                    $(Self::$variant => {
                        #[allow(unused_mut, unused_assignments, reason = "not all have more")]
                        let mut further = None;
                        $(further = Some((Parameter::$further, Often::$often));)?
                        Signature { needed: &[$(Parameter::$needed,)*], further, gives: $gives }
                    })*
                }
            }

            /// The words of it: `{0}` stands for the first argument, `{…}` for those after the
            /// ones before it.
            const fn words(self) -> &'static str {
                match self { $(Self::$variant => $words,)* }
            }
        }
    };
}

const PLAIN: Type = Type::Number(0);
const KM: Type = Type::Number(1);
const KM2: Type = Type::Number(2);

functions! {
    /// Area on the ellipsoid, km².
    Area = "area" (Feature) -> KM2, "area of {0}";
    /// Length of the boundary, km.
    Perimeter = "perimeter" (Feature) -> KM, "perimeter of {0}";
    /// Length of a line, km.
    Length = "length" (Ground) -> KM, "length of {0}";
    /// The shortest distance, km; 0 where they touch.
    Distance = "distance" (Feature, Ground) -> KM, "distance from {0} to {1}";
    /// From a point to the farthest position of a feature, km.
    Farthest = "farthest" (Feature, Feature) -> KM, "distance from {0} to the farthest of {1}";
    /// Geodesics from point to point, km.
    Route = "route" (Feature, Feature) then Feature Any -> KM, "way {0} – {1} – {…}";
    /// Length of a line between the positions nearest to two features, km.
    Along = "along" (Ground, Feature, Feature) -> KM, "length of {0} from {1} to {2}";
    /// Area of the common ground, km².
    Shared = "shared" (Feature, Feature) -> KM2, "area shared by {0} and {1}";
    /// Length of the part of a line inside an area or on its boundary, km.
    LengthIn = "length_in" (Ground, Feature) -> KM, "length of {0} in {1}";
    /// How many are listed.
    Count = "count" (Feature) then Feature Any -> PLAIN, "number of {0}, {…}";
    /// Features of a kind inside an area, in force in a year if one is given.
    CountIn = "count_in" (Kind, Feature) then Year Once -> PLAIN, "number of {0}s in {1} {…}";
    /// The members of a growth triangle.
    Members = "members" (Feature) -> PLAIN, "number of members of {0}";
    /// The number of a year.
    Value = "value" (Series, Year) -> PLAIN, "{0} in {1}";
    /// The sum of the cells of a series.
    Sum = "sum" (Series) -> PLAIN, "sum of {0}";
    /// The total that the source prints.
    Total = "total" (Series) -> PLAIN, "printed total of {0}";
    /// What a link carried in a year, or without one.
    Amount = "amount" (Link) then Year Once -> PLAIN, "amount of {0} {…}";
    /// The first covers the others.
    Covers = "covers" (Feature, Feature) then Feature Any -> Type::Relation, "{0} covers {1}, {…}";
    /// The first lies within the second.
    Within = "within" (Feature, Feature) -> Type::Relation, "{0} lies within {1}";
    /// The first lies west of the second.
    WestOf = "west_of" (Feature, Feature) -> Type::Relation, "{0} lies west of {1}";
    /// Two lines cross, or a line enters an area.
    Crosses = "crosses" (Feature, Ground) -> Type::Relation, "{0} crosses {1}";
    /// They share boundaries, and no ground.
    Touches = "touches" (Feature, Feature) -> Type::Relation, "{0} touches {1}";
    /// They share nothing.
    Disjoint = "disjoint" (Feature, Feature) -> Type::Relation, "{0} and {1} share no ground";
}

/// Arithmetic.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operator {
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
}

/// Comparison of numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Comparison {
    /// `<`
    Less,
    /// `>`
    Greater,
    /// `=`
    Equal,
}

/// A number or relation to compute.
///
/// Written as `area(small-tumen-triangle)`, `1481.2 + 900`, `distance(hunchun, coast) > 0`. Ids are
/// written bare; as hyphens are part of ids, a minus has spaces around it.
///
/// # Guarantees
/// Functions have the arguments that they need, lengths are not added to areas, and a relation is
/// no part of a number. That ids exist is what a catalogue guarantees of its claims.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    root: Term,
    gives: Type,
}

/// A part of an expression.
#[derive(Clone, Debug, PartialEq)]
pub enum Term {
    /// A number as written.
    Number(f64),
    /// A function with what it is given.
    Call(Function, Vec<Argument>),
    /// Arithmetic of two terms.
    Binary(Box<Self>, Operator, Box<Self>),
    /// `a < b < c`: each holds of its neighbours.
    Compare(Box<Self>, Vec<(Comparison, Self)>),
}

impl Expression {
    pub(super) fn new(root: Term) -> Result<Self> {
        let gives = root.gives()?;
        Ok(Self { root, gives })
    }

    /// The outermost term.
    pub fn root(&self) -> &Term {
        &self.root
    }

    /// Whether it gives a relation, a number, a length or an area.
    pub fn gives(&self) -> Type {
        self.gives
    }

    /// What it computes, in words; features, series and links go by what `name` makes of their ids.
    pub fn describe(&self, name: &dyn Fn(&str) -> String) -> String {
        self.root.describe(name)
    }

    /// Everything that its functions are given, in the order of writing.
    pub fn arguments(&self) -> Vec<&Argument> {
        let mut found = Vec::new();
        self.root.collect(&mut found);
        found
    }

    /// The ids of the features that it speaks of, in the order of writing.
    pub fn features(&self) -> impl Iterator<Item = &str> {
        self.arguments().into_iter().filter_map(|argument| match argument {
            Argument::Feature(id) => Some(id.as_str()),
            _ => None,
        })
    }
}

impl Term {
    fn gives(&self) -> Result<Type> {
        let wrong = |what: &str| {
            Error::new(ErrorKind::Format, what.to_owned())
                .with_hint("numbers are added to numbers, lengths to lengths, areas to areas")
        };
        let number = |term: &Self| match term.gives()? {
            Type::Number(power) => Ok(power),
            Type::Relation => Err(wrong("a relation is no number")),
        };
        match self {
            Self::Number(_) => Ok(PLAIN),
            Self::Call(function, _) => Ok(function.signature().gives),
            Self::Binary(left, operator, right) => {
                let (left, right) = (number(left)?, number(right)?);
                match operator {
                    Operator::Multiply => Ok(Type::Number(left + right)),
                    Operator::Divide => Ok(Type::Number(left - right)),
                    Operator::Add | Operator::Subtract if left == right => Ok(Type::Number(left)),
                    Operator::Add | Operator::Subtract => {
                        Err(wrong("the terms have different units"))
                    }
                }
            }
            Self::Compare(first, rest) => {
                let power = number(first)?;
                for (_, term) in rest {
                    // What a source prints is written as a plain number, in km or km².
                    let plain =
                        matches!(term, Self::Number(_)) || matches!(**first, Self::Number(_));
                    if number(term)? != power && !plain {
                        return Err(wrong("the sides of a comparison have different units"));
                    }
                }
                Ok(Type::Relation)
            }
        }
    }

    fn collect<'a>(&'a self, found: &mut Vec<&'a Argument>) {
        match self {
            Self::Number(_) => {}
            Self::Call(_, arguments) => found.extend(arguments),
            Self::Binary(left, _, right) => {
                left.collect(found);
                right.collect(found);
            }
            Self::Compare(first, rest) => {
                first.collect(found);
                for (_, term) in rest {
                    term.collect(found);
                }
            }
        }
    }

    fn describe(&self, name: &dyn Fn(&str) -> String) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Call(function, arguments) => {
                let mut words = function.words().to_owned();
                let arguments: Vec<String> = arguments.iter().map(|a| a.describe(name)).collect();
                let needed = function.signature().needed.len();
                for (index, argument) in arguments.iter().enumerate().take(needed) {
                    words = words.replace(&format!("{{{index}}}"), argument);
                }
                // A rest that is not there takes the sign before it along.
                let before = words.split("{…}").next().unwrap_or_default();
                let sign =
                    before.chars().rev().take_while(|c| " –,".contains(*c)).collect::<String>();
                let sign: String = sign.chars().rev().collect();
                let rest = arguments[needed..].join(&sign);
                if rest.is_empty() {
                    words = words.replace(&format!("{sign}{{…}}"), "");
                }
                words.replace("{…}", &rest)
            }
            Self::Binary(left, operator, right) => {
                let inner = |term: &Self| match term {
                    Self::Binary(_, Operator::Add | Operator::Subtract, _)
                        if matches!(operator, Operator::Multiply | Operator::Divide) =>
                    {
                        format!("({})", term.describe(name))
                    }
                    _ => term.describe(name),
                };
                let sign = match operator {
                    Operator::Add => "+",
                    Operator::Subtract => "−",
                    Operator::Multiply => "×",
                    Operator::Divide => "/",
                };
                format!("{} {sign} {}", inner(left), inner(right))
            }
            Self::Compare(first, rest) => {
                let mut words = first.describe(name);
                for (comparison, term) in rest {
                    words += match comparison {
                        Comparison::Less => " < ",
                        Comparison::Greater => " > ",
                        Comparison::Equal => " = ",
                    };
                    words += &term.describe(name);
                }
                words
            }
        }
    }
}

impl std::str::FromStr for Expression {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        parse(text)
    }
}

impl fmt::Display for Function {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}
