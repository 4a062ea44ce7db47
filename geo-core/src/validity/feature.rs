//! What is wrong with the features of a file, one after the other.

use std::collections::BTreeMap;

use serde_json::Value;

use super::geometry::{find, flat};
use super::problem::{Findings, Place, Problem, ProblemKind, Severity};
use crate::geometry::EdgeModel;
use crate::raw::{RawFeature, RawGeometry};

/// The features of one file, checked one by one; of those checked, ids and counts are kept.
#[derive(Debug, Default)]
pub struct FileCheck {
    /// Each id, and the feature that had it first.
    ids: BTreeMap<String, usize>,
    /// How many are points, lines, areas.
    kinds: [usize; 3],
}

impl FileCheck {
    /// Nothing checked yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything that is wrong with the next feature.
    pub fn feature(&mut self, feature: &RawFeature) -> Findings {
        let mut findings = Findings::new();
        match &feature.geometry {
            None => {
                findings.add(Problem::new(ProblemKind::NullGeometry, "it has no geometry"));
            }
            Some(geometry) => {
                find(geometry, &mut findings);
                self.count(geometry);
            }
        }
        self.id(feature, &mut findings);
        properties(feature, &mut findings);
        if feature.edges == Some(EdgeModel::Geodesic) && findings.count(Severity::Error) == 0 {
            refused(feature, &mut findings);
        }
        findings
    }

    fn count(&mut self, geometry: &RawGeometry) {
        let mut members = Vec::new();
        flat(geometry, &mut members);
        for member in members {
            let kind = match member {
                RawGeometry::Point(_) | RawGeometry::MultiPoint(_) => 0,
                RawGeometry::LineString(_) | RawGeometry::MultiLineString(_) => 1,
                _ => 2,
            };
            self.kinds[kind] += 1;
        }
    }

    fn id(&mut self, feature: &RawFeature, findings: &mut Findings) {
        let property = || {
            let (_, value) = feature.properties.iter().find(|(name, _)| name == "id")?;
            match value {
                Value::String(text) if !text.is_empty() => Some(text.clone()),
                Value::Number(number) => Some(number.to_string()),
                _ => None,
            }
        };
        let Some(id) = feature.id.clone().or_else(property) else {
            let what = format!("it has no id: '{}' stands for one", feature.name());
            findings.add(Problem::new(ProblemKind::NoId, what));
            return;
        };
        if let Some(first) = self.ids.get(&id) {
            let what = format!("feature {first} has the id '{id}', too");
            findings.add(Problem::new(ProblemKind::IdTwice, what));
        } else {
            self.ids.insert(id, feature.index);
        }
    }

    /// What is to be said of the file once its features were checked.
    pub fn finish(self) -> Findings {
        let mut findings = Findings::new();
        let kinds: Vec<String> = (["points", "lines", "areas"].into_iter().zip(self.kinds))
            .filter(|(_, count)| *count > 0)
            .map(|(kind, count)| format!("{count} {kind}"))
            .collect();
        if kinds.len() > 1 {
            let what = format!("it has {}: some programs take one kind only", kinds.join(", "));
            findings.add(Problem::new(ProblemKind::MixedTypes, what));
        }
        findings
    }
}

fn properties(feature: &RawFeature, findings: &mut Findings) {
    if feature.flattened {
        let what = "properties hold objects, or lists of them, which are made flat";
        findings.add(Problem::new(ProblemKind::NestedProperty, what));
    }
    for (name, _) in feature.properties.iter().filter(|(_, value)| value.is_array()) {
        let what = format!("the property '{name}' is a list, which most tables cannot hold");
        findings.add(Problem::new(ProblemKind::ListProperty, what));
    }
    if feature.heights {
        let what = "positions have heights, which are left out";
        findings.add(Problem::new(ProblemKind::Heights, what));
    }
}

/// Near a pole geodesic edges bow so far that they cross where straight ones do not.
fn refused(feature: &RawFeature, findings: &mut Findings) {
    if feature.geometry.is_none() {
        return;
    }
    let only_geometry = RawFeature { properties: Vec::new(), ..feature.clone() };
    if let Err(error) = only_geometry.record(EdgeModel::Geodesic) {
        let problem = Problem::new(ProblemKind::Refused, error.to_string());
        findings.add(problem.in_place(Place::default()));
    }
}
