//! What sort of thing a feature is.

use std::fmt;
use std::str::FromStr;

use crate::error::{Error, ErrorKind, Result};

/// The kinds of feature, in the order in which listings show them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A gate for people and goods on a land border.
    BorderPort,
    /// A port on the sea, existing or proposed.
    Seaport,
    /// A special zone of one state or across a border.
    Zone,
    /// A growth triangle, declared by its members.
    GrowthTriangle,
    /// A province, prefecture or other region.
    Region,
    /// A railway, road, bridge, cable or route.
    Corridor,
    /// A city, town or other named place.
    Place,
    /// A river, lake, sea, strait, island, mountain or coast.
    NaturalFeature,
    /// A stretch of an international border.
    BorderSegment,
}

impl Kind {
    /// All kinds, in listing order.
    pub const ALL: [Self; 9] = [
        Self::BorderPort,
        Self::Seaport,
        Self::Zone,
        Self::GrowthTriangle,
        Self::Region,
        Self::Corridor,
        Self::Place,
        Self::NaturalFeature,
        Self::BorderSegment,
    ];

    /// The name used in files and on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::BorderPort => "border-port",
            Self::Seaport => "seaport",
            Self::Zone => "zone",
            Self::GrowthTriangle => "growth-triangle",
            Self::Region => "region",
            Self::Corridor => "corridor",
            Self::Place => "place",
            Self::NaturalFeature => "natural-feature",
            Self::BorderSegment => "border-segment",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

impl FromStr for Kind {
    type Err = Error;

    /// Reads a kind by its name; plurals and `triangle` for `growth-triangle` are understood.
    fn from_str(text: &str) -> Result<Self> {
        let singular = match text.strip_suffix("ies") {
            Some(stem) => format!("{stem}y"),
            None => text.strip_suffix('s').unwrap_or(text).to_owned(),
        };
        Self::ALL
            .into_iter()
            .find(|kind| {
                kind.name() == singular
                    || (*kind == Self::GrowthTriangle && singular == "triangle")
                    || (*kind == Self::BorderSegment && singular == "border")
            })
            .ok_or_else(|| {
                Error::new(ErrorKind::Unknown, format!("there is no kind '{text}'"))
                    .with_hint(format!("kinds are {}", Self::ALL.map(Self::name).join(", ")))
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_read_back() {
        for kind in Kind::ALL {
            assert_eq!(kind.name().parse::<Kind>().unwrap(), kind);
            assert_eq!(format!("{kind}s").parse::<Kind>().unwrap(), kind);
        }
        assert_eq!("triangles".parse::<Kind>().unwrap(), Kind::GrowthTriangle);
        assert!("harbour".parse::<Kind>().unwrap_err().hint().unwrap().contains("seaport"));
    }
}
