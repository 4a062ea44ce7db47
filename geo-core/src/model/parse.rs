//! The writing of expressions, read.

use super::expression::{
    Argument, Comparison, Expression, Function, Often, Operator, Parameter, Term,
};
use super::kind::Kind;
use super::span::When;
use crate::error::{Error, ErrorKind, Result};

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Number(f64),
    Name(String),
    Sign(char),
}

/// Reads an expression.
///
/// # Errors
/// [`ErrorKind::Format`], with what stands where something else is expected.
pub(super) fn parse(text: &str) -> Result<Expression> {
    let within = |e: Error| e.within(format!("'{text}'"));
    let mut reader = Reader { tokens: tokens(text).map_err(within)?, at: 0 };
    let term = reader.comparison().map_err(within)?;
    if let Some(token) = reader.next() {
        return Err(within(unexpected(Some(&token), "the end")));
    }
    Expression::new(term).map_err(within)
}

fn tokens(text: &str) -> Result<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        let part = |belongs: fn(char) -> bool| {
            let end = rest.find(|c: char| !belongs(c)).unwrap_or(rest.len());
            rest.split_at(end)
        };
        rest = if first.is_ascii_digit() {
            let (number, rest) = part(|c| c.is_ascii_digit() || c == '.');
            let number = number.parse().map_err(|_| wrong(format!("'{number}' is no number")))?;
            tokens.push(Token::Number(number));
            rest
        } else if first.is_ascii_alphabetic() {
            let (name, rest) = part(|c| c.is_ascii_alphanumeric() || "-_:".contains(c));
            tokens.push(Token::Name(name.to_owned()));
            rest
        } else if "+-*/()<>=,".contains(first) {
            tokens.push(Token::Sign(first));
            &rest[1..]
        } else {
            return Err(wrong(format!("'{first}' has no meaning in an expression")));
        }
        .trim_start();
    }
    Ok(tokens)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

/// How deep brackets may nest.
const DEEPEST: usize = 32;

impl Reader {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Option<Token> {
        let token = self.peek().cloned();
        self.at += 1;
        token
    }

    fn takes(&mut self, sign: char) -> bool {
        let found = self.peek() == Some(&Token::Sign(sign));
        self.at += usize::from(found);
        found
    }

    fn expect(&mut self, sign: char) -> Result<()> {
        if self.takes(sign) {
            return Ok(());
        }
        Err(unexpected(self.peek(), &format!("'{sign}'")))
    }

    fn comparison(&mut self) -> Result<Term> {
        let first = self.sum(0)?;
        let mut rest = Vec::new();
        loop {
            let comparison = match self.peek() {
                Some(Token::Sign('<')) => Comparison::Less,
                Some(Token::Sign('>')) => Comparison::Greater,
                Some(Token::Sign('=')) => Comparison::Equal,
                _ => break,
            };
            self.at += 1;
            rest.push((comparison, self.sum(0)?));
        }
        Ok(if rest.is_empty() { first } else { Term::Compare(Box::new(first), rest) })
    }

    fn sum(&mut self, depth: usize) -> Result<Term> {
        let mut left = self.product(depth)?;
        loop {
            let operator = match self.peek() {
                Some(Token::Sign('+')) => Operator::Add,
                Some(Token::Sign('-')) => Operator::Subtract,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Term::Binary(Box::new(left), operator, Box::new(self.product(depth)?));
        }
    }

    fn product(&mut self, depth: usize) -> Result<Term> {
        let mut left = self.term(depth)?;
        loop {
            let operator = match self.peek() {
                Some(Token::Sign('*')) => Operator::Multiply,
                Some(Token::Sign('/')) => Operator::Divide,
                _ => return Ok(left),
            };
            self.at += 1;
            left = Term::Binary(Box::new(left), operator, Box::new(self.term(depth)?));
        }
    }

    fn term(&mut self, depth: usize) -> Result<Term> {
        match self.next() {
            Some(Token::Number(number)) => Ok(Term::Number(number)),
            Some(Token::Sign('(')) if depth < DEEPEST => {
                let inner = self.sum(depth + 1)?;
                self.expect(')')?;
                Ok(inner)
            }
            Some(Token::Name(name)) => {
                let named = Function::ALL.iter().find(|function| function.name() == name);
                let function = *named.ok_or_else(|| {
                    let names: Vec<&str> = Function::ALL.iter().map(|f| f.name()).collect();
                    wrong(format!("nothing computes '{name}'"))
                        .with_hint(format!("functions are {}", names.join(", ")))
                })?;
                self.expect('(')?;
                Ok(Term::Call(function, self.arguments(function)?))
            }
            token => Err(unexpected(token.as_ref(), "a number or a function")),
        }
    }

    fn arguments(&mut self, function: Function) -> Result<Vec<Argument>> {
        let signature = function.signature();
        let most = match signature.further {
            None => signature.needed.len(),
            Some((_, Often::Once)) => signature.needed.len() + 1,
            Some((_, Often::Any)) => usize::MAX,
        };
        let mut arguments = Vec::new();
        while !self.takes(')') {
            if !arguments.is_empty() {
                self.expect(',')?;
            }
            let further = signature.further.map(|(parameter, _)| parameter);
            let parameter = signature.needed.get(arguments.len()).copied().or(further);
            let Some(parameter) = parameter.filter(|_| arguments.len() < most) else {
                return Err(wrong(format!("{function} takes {most} arguments at most")));
            };
            arguments.push(argument(parameter, self.next())?);
        }
        if arguments.len() < signature.needed.len() {
            let needed = signature.needed.len();
            return Err(wrong(format!("{function} needs {needed} arguments")));
        }
        Ok(arguments)
    }
}

fn argument(parameter: Parameter, token: Option<Token>) -> Result<Argument> {
    let base = |name: &str| name == "coast" || name.contains(':');
    match (parameter, token) {
        (Parameter::Year, Some(Token::Number(year))) if year.fract() == 0.0 => {
            Ok(Argument::Year(When::check_year(year as i32)?))
        }
        (Parameter::Ground, Some(Token::Name(name))) if base(&name) => Ok(Argument::BaseLine(name)),
        (Parameter::Feature | Parameter::Ground, Some(Token::Name(id))) if !base(&id) => {
            Ok(Argument::Feature(id))
        }
        (Parameter::Series, Some(Token::Name(id))) => Ok(Argument::Series(id)),
        (Parameter::Link, Some(Token::Name(id))) => Ok(Argument::Link(id)),
        (Parameter::Kind, Some(Token::Name(kind))) => Ok(Argument::Kind(kind.parse::<Kind>()?)),
        (parameter, token) => {
            let expected = match parameter {
                Parameter::Feature => "the id of a feature",
                Parameter::Ground => "a feature, coast, border:CN-RU or river:tumen",
                Parameter::Series => "the id of a series",
                Parameter::Link => "the id of a link",
                Parameter::Kind => "a kind of feature",
                Parameter::Year => "a year",
            };
            Err(unexpected(token.as_ref(), expected))
        }
    }
}

fn unexpected(token: Option<&Token>, expected: &str) -> Error {
    let found = match token {
        None => "the end".to_owned(),
        Some(Token::Number(number)) => format!("'{number}'"),
        Some(Token::Name(name)) => format!("'{name}'"),
        Some(Token::Sign(sign)) => format!("'{sign}'"),
    };
    wrong(format!("{found} stands where {expected} is expected"))
}

fn wrong(what: String) -> Error {
    Error::new(ErrorKind::Format, what)
}

#[cfg(test)]
mod tests {
    use super::super::expression::Type;
    use super::*;

    fn words(text: &str) -> String {
        let expression: Expression = text.parse().unwrap();
        expression.describe(&str::to_uppercase)
    }

    #[test]
    fn expressions_are_read_and_said_in_words() {
        for (text, expected) in [
            ("area(small-triangle)", "area of SMALL-TRIANGLE"),
            ("1481.2 + 900", "1481.2 + 900"),
            ("(1 + 2) * 3 / 4", "(1 + 2) × 3 / 4"),
            ("distance(hunchun, coast) > 0", "distance from HUNCHUN to the coast > 0"),
            ("route(a, b)", "way A – B"),
            ("route(a, b, c, d)", "way A – B – C – D"),
            ("count(a)", "number of A"),
            ("count(a, b, c)", "number of A, B, C"),
            ("count_in(border-port, jilin)", "number of border ports in JILIN"),
            ("count_in(border-port, jilin, 1992)", "number of border ports in JILIN 1992"),
            ("covers(a, b, c)", "A covers B, C"),
            (
                "value(trade, 1992) / value(trade, 1991) * 100",
                "TRADE in 1992 / TRADE in 1991 × 100",
            ),
            ("length_in(border:CN-RU, hl)", "length of the CN-RU border in HL"),
        ] {
            assert_eq!(words(text), expected);
        }
    }

    #[test]
    fn units_are_kept_apart() {
        let gives = |text: &str| text.parse::<Expression>().unwrap().gives();
        assert_eq!(gives("area(a)"), Type::Number(2));
        assert_eq!(gives("area(a) / area(b)"), Type::Number(0));
        assert_eq!(gives("area(a) / length(b)"), Type::Number(1));
        assert_eq!(gives("value(people, 1913) / area(a)"), Type::Number(-2));
        assert_eq!(gives("1 < length(a) < 2"), Type::Relation);
        assert_eq!(gives("west_of(a, b)"), Type::Relation);
    }

    #[test]
    fn what_is_written_wrongly_is_named() {
        for (text, part) in [
            ("", "the end"),
            ("area", "'('"),
            ("area(a", "','"),
            ("area()", "needs 1"),
            ("area(a, b)", "at most"),
            ("aera(a)", "nothing computes 'aera'"),
            ("area(a) + 3", "different units"),
            ("west_of(a, b) + 1", "no number"),
            ("area(a) < length(b)", "different units"),
            ("area(coast)", "the id of a feature"),
            ("value(x, y)", "a year"),
            ("1 2", "the end is expected"),
            ("1 & 2", "no meaning"),
            ("1..2", "no number"),
        ] {
            let error = text.parse::<Expression>().unwrap_err();
            assert!(error.to_string().contains(part), "{text}: {error}");
        }
        let deep = "(".repeat(10_000) + "1";
        assert!(deep.parse::<Expression>().is_err());
    }
}
