//! What of a text a feature that was read has no longer.

use std::collections::BTreeSet;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use crate::validity::{Problem, ProblemKind};

/// Members that are there twice in an object of a text.
pub(super) fn twice(text: &[u8]) -> Vec<Problem> {
    let mut twice = BTreeSet::new();
    let mut text = serde_json::Deserializer::from_slice(text);
    // What is no JSON is told where it is read.
    let _ = Members(&mut twice).deserialize(&mut text);
    let problem = |name| {
        let what = format!("the member '{name}' is there twice: the last counts here");
        Problem::new(ProblemKind::MemberTwice, what)
    };
    twice.into_iter().map(problem).collect()
}

/// What to say of a member `crs`.
pub(super) fn crs(foreign: Option<&str>) -> Problem {
    let what = match foreign {
        None => "the member 'crs' is no longer in RFC 7946: it is WGS 84 anyhow".to_owned(),
        Some(crs) => format!("the member 'crs' is no longer in RFC 7946: it names {crs}"),
    };
    Problem::new(ProblemKind::CrsMember, what)
}

/// Gathers the names that an object has twice.
struct Members<'a>(&'a mut BTreeSet<String>);

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut names = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            // Most of the bytes, and no objects among them.
            if name == "coordinates" {
                map.next_value::<IgnoredAny>()?;
            } else {
                map.next_value_seed(Members(&mut *self.0))?;
            }
            if names.contains(&name) {
                self.0.insert(name);
            } else {
                names.insert(name);
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Members(&mut *self.0))?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}
