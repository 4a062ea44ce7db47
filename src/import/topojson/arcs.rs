//! The arcs of a topology, and the lines that they make.

use geo_types::Coord;
use serde_json::Value;

use crate::error::{Error, Result};

/// Positions in all that geometries share, so that a small file cannot fill the memory by naming a
/// long arc again and again.
const MOST: usize = 1 << 28;

/// The arcs of a topology, in the units of the file.
pub(super) struct Arcs {
    lines: Vec<Vec<Coord>>,
    transform: Option<Transform>,
    /// Positions that were given out.
    given: std::sync::atomic::AtomicUsize,
}

/// From whole numbers on a grid to positions.
#[derive(Clone, Copy)]
struct Transform {
    scale: Coord,
    translate: Coord,
}

impl Transform {
    fn of(value: &Value) -> Option<Self> {
        Some(Self { scale: pair(&value["scale"])?, translate: pair(&value["translate"])? })
    }

    fn place(self, at: Coord) -> Coord {
        Coord {
            x: at.x * self.scale.x + self.translate.x,
            y: at.y * self.scale.y + self.translate.y,
        }
    }
}

impl Arcs {
    /// The arcs of a topology, each position of a grid the difference to the one before.
    pub(super) fn of(topology: &Value) -> Result<Self> {
        let transform = match &topology["transform"] {
            Value::Null => None,
            value => Some(
                Transform::of(value)
                    .ok_or_else(|| Error::failure("its transform has no scale or translate"))?,
            ),
        };
        let lists = topology["arcs"].as_array().map(Vec::as_slice).unwrap_or_default();
        let arcs = (lists.iter().enumerate()).map(|(index, arc)| {
            let mut last = Coord { x: 0.0, y: 0.0 };
            let place = |at: &Value| {
                let at = pair(at)?;
                Some(match transform {
                    None => at,
                    Some(transform) => {
                        last = last + at;
                        transform.place(last)
                    }
                })
            };
            let read: Option<Vec<Coord>> =
                arc.as_array().and_then(|arc| arc.iter().map(place).collect());
            read.ok_or_else(|| Error::failure(format!("the arc {index} is no list of positions")))
        });
        Ok(Self { lines: arcs.collect::<Result<_>>()?, transform, given: 0.into() })
    }

    /// A position of a point.
    pub(super) fn position(&self, at: &Value) -> Result<Coord> {
        let pair =
            pair(at).ok_or_else(|| Error::failure(format!("{} is no position", shown(at))))?;
        Ok(self.transform.map_or(pair, |transform| transform.place(pair)))
    }

    /// The line that arcs make one after the other; `~3`, that is -4, is the arc 3 from its end.
    pub(super) fn chain(&self, indices: &Value) -> Result<Vec<Coord>> {
        let indices = indices
            .as_array()
            .ok_or_else(|| Error::failure(format!("{} is no list of arcs", shown(indices))))?;
        let mut line: Vec<Coord> = Vec::new();
        for index in indices {
            let number = index.as_i64();
            let place = number.map(|n| if n < 0 { !n } else { n });
            let arc = place.and_then(|n| self.lines.get(usize::try_from(n).ok()?));
            let arc = arc.ok_or_else(|| {
                let count = self.lines.len();
                Error::failure(format!("there is no arc {}; there are {count}", shown(index)))
            })?;
            self.give(arc.len())?;
            // It starts where the one before ends.
            let shared = usize::from(!line.is_empty());
            if number < Some(0) {
                line.extend(arc.iter().rev().skip(shared));
            } else {
                line.extend(arc.iter().skip(shared));
            }
        }
        Ok(line)
    }

    fn give(&self, count: usize) -> Result<()> {
        let before = self.given.fetch_add(count, std::sync::atomic::Ordering::Relaxed);
        if before.saturating_add(count) > MOST {
            return Err(Error::failure("the geometries name too many arcs"));
        }
        Ok(())
    }
}

/// The first two numbers of a position.
fn pair(at: &Value) -> Option<Coord> {
    Some(Coord { x: at.get(0)?.as_f64()?, y: at.get(1)?.as_f64()? })
}

/// A value in a message.
fn shown(value: &Value) -> String {
    value.to_string().chars().take(40).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn at(x: f64, y: f64) -> Coord {
        Coord { x, y }
    }

    #[test]
    fn arcs_are_differences_on_a_grid() {
        let topology = json!({
            "transform": { "scale": [0.5, 0.25], "translate": [130, 42] },
            "arcs": [[[0, 0], [2, 0], [0, 4]], [[2, 4], [-2, -4]]],
        });
        let arcs = Arcs::of(&topology).unwrap();
        let (first, middle, last) = (at(130.0, 42.0), at(131.0, 42.0), at(131.0, 43.0));
        assert_eq!(arcs.chain(&json!([0, 1])).unwrap(), [first, middle, last, first]);
        assert_eq!(arcs.chain(&json!([-1])).unwrap(), [last, middle, first]);
        assert_eq!(arcs.chain(&json!([-2, -1])).unwrap(), [first, last, middle, first]);
        assert_eq!(arcs.position(&json!([2, 4])).unwrap(), last);
    }

    #[test]
    fn arcs_that_are_not_there_are_refused() {
        let arcs = Arcs::of(&json!({ "arcs": [[[0, 0], [1, 1]]] })).unwrap();
        for wrong in [json!([1]), json!([-2]), json!(["0"]), json!([0.5]), json!(0), json!(null)] {
            assert!(arcs.chain(&wrong).is_err(), "{wrong}");
        }
        let least = json!([i64::MIN]);
        assert!(arcs.chain(&least).is_err());
        assert!(Arcs::of(&json!({ "arcs": [[[0]]] })).is_err());
        assert!(Arcs::of(&json!({ "arcs": [], "transform": {} })).is_err());
    }
}
