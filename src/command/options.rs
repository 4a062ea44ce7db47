//! What commands have in common: where features come from, which are meant, how answers are told.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tumen_geo_core::index::SpatialIndex;
use tumen_geo_core::model::{Catalogue, Feature, Kind, TimeFilter, When};
use tumen_geo_core::query::Explain;

use crate::error::Result;
use crate::import;

/// Where the features come from.
#[derive(Debug, clap::Args)]
pub(super) struct Input {
    /// Your own features instead of the built-in catalogue: a file (GeoJSON and others, see
    /// docs/formats.md), or a catalogue as a folder of TOML files.
    #[arg(long, value_name = "FILE|FOLDER")]
    pub(super) input: Option<PathBuf>,
    /// Only this layer of the file, where it has several.
    #[arg(long, value_name = "NAME", requires = "input")]
    layer: Option<String>,
    /// The coordinate system of the file where it says none or a wrong one: a code (EPSG:32652), a
    /// PROJ string or WKT.
    #[arg(long, value_name = "CRS", requires = "input")]
    crs: Option<String>,
}

impl Input {
    /// The file to read, if it is one.
    pub(super) fn file(&self) -> Option<&Path> {
        self.input.as_deref().filter(|path| !path.is_dir())
    }

    /// How it is read.
    pub(super) fn options(&self) -> import::Options {
        let (layer, crs) = (self.layer.clone(), self.crs.clone());
        import::Options { layer, crs, ..import::Options::default() }
    }

    pub(super) fn catalogue(&self) -> Result<Catalogue> {
        match (&self.input, self.file()) {
            (None, _) => crate::catalogue(),
            (Some(folder), None) => crate::read_catalogue(folder),
            (_, Some(file)) => {
                let (catalogue, notes) = import::catalogue(file, &self.options())?;
                told(&notes);
                Ok(catalogue)
            }
        }
    }
}

/// Says what there is to say of a file that was read, beside the answer.
pub(super) fn told(notes: &[String]) {
    for note in notes {
        eprintln!("note: {note}");
    }
}

/// Which of them are meant.
#[derive(Clone, Debug, Default, clap::Args)]
pub(super) struct Selection {
    /// Only this kind, or these with commas between: border-port, seaport, port, zone,
    /// growth-triangle, region, corridor, place, natural-feature, border-segment.
    #[arg(long, value_name = "KIND", value_parser = Kinds::parse)]
    pub(super) kind: Option<Kinds>,
    /// Only features that touch this country (ISO 3166-1, as in CN).
    #[arg(long, value_name = "CC")]
    pub(super) country: Option<String>,
    /// Only what was proposed or in force in this year, or has no dates.
    #[arg(long, value_name = "YEAR", value_parser = year)]
    pub(super) year: Option<i32>,
    /// Only what may have existed in this relation to a stretch of time, as far as its dates tell:
    /// 'during 1991/1996', 'intersects 1993', 'before,meets 1991-12/..'; after 'certainly' only
    /// what has no other. Relations are Allen's (before, meets, overlaps, starts, during, finishes,
    /// equals, finished-by, contains, started-by, overlapped-by, met-by, after), and within and
    /// intersects.
    #[arg(long, value_name = "RELATION FROM/TO", value_parser = time)]
    pub(super) time: Option<TimeFilter>,
}

impl Selection {
    pub(super) fn takes(&self, feature: &Feature) -> bool {
        let kind = self.kind.as_ref().is_none_or(|kinds| kinds.has(feature));
        let country = self
            .country
            .as_ref()
            .is_none_or(|code| feature.countries.iter().any(|c| c.eq_ignore_ascii_case(code)));
        kind && country
            && self.year.is_none_or(|year| feature.span.shown_in(year))
            && self.time.is_none_or(|time| time.takes(&feature.span))
    }

    /// Whether it takes everything.
    pub(super) fn is_everything(&self) -> bool {
        self.kind.is_none() && self.country.is_none() && self.year.is_none() && self.time.is_none()
    }

    /// As [`takes`](Self::takes); without a kind asked for only what is of the `usual` ones, or a
    /// user's own feature that has none.
    pub(super) fn takes_usual(&self, feature: &Feature, usual: &[Kind]) -> bool {
        let usual = feature.kind.is_none_or(|kind| usual.contains(&kind));
        (self.kind.is_some() || usual) && self.takes(feature)
    }
}

/// One kind, or several.
#[derive(Clone, Debug)]
pub(super) struct Kinds(Vec<Kind>);

impl Kinds {
    pub(super) fn parse(text: &str) -> std::result::Result<Self, String> {
        let mut kinds = Vec::new();
        for word in text.split(',') {
            match word {
                "port" | "ports" => kinds.extend([Kind::BorderPort, Kind::Seaport]),
                word => kinds.push(word.parse().map_err(|e| explained(&e))?),
            }
        }
        Ok(Self(kinds))
    }

    pub(super) fn has(&self, feature: &Feature) -> bool {
        feature.kind.is_some_and(|kind| self.0.contains(&kind))
    }
}

/// A year as the value of an option.
pub(super) fn year(text: &str) -> std::result::Result<i32, String> {
    let year = text.parse().map_err(|_| format!("'{text}' is not a year"))?;
    When::check_year(year).map_err(|e| explained(&e))
}

fn time(text: &str) -> std::result::Result<TimeFilter, String> {
    text.parse().map_err(|e| explained(&e))
}

/// An error with its way out, in one line.
pub(super) fn explained(error: &tumen_geo_core::Error) -> String {
    match error.hint() {
        Some(hint) => format!("{error} ({hint})"),
        None => error.to_string(),
    }
}

/// The options of every listing.
#[derive(Debug, clap::Args)]
pub(super) struct Listing {
    #[command(flatten)]
    pub(super) selection: Selection,
    #[command(flatten)]
    pub(super) input: Input,
    /// One JSON object a line.
    #[arg(long)]
    pub(super) json: bool,
}

/// The options of every question about where things lie.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    #[command(flatten)]
    pub(super) listing: Listing,
    /// Say how much work the answer took, how long, and how wrong it can be.
    #[arg(long)]
    pub(super) explain: bool,
}

impl Options {
    pub(super) fn catalogue(&self) -> Result<Catalogue> {
        self.listing.input.catalogue()
    }

    pub(super) fn selection(&self) -> &Selection {
        &self.listing.selection
    }

    pub(super) fn json(&self) -> bool {
        self.listing.json
    }

    /// The features that are chosen; the others are not even looked at.
    pub(super) fn index<'a>(&self, catalogue: &'a Catalogue) -> SpatialIndex<&'a Feature> {
        let chosen = catalogue.features().iter().filter(|f| self.selection().takes(f));
        SpatialIndex::new(chosen.collect())
    }

    /// The features that are named; when none are, those that the selection takes, of the `usual`
    /// kinds when it asks for none.
    pub(super) fn named_or_usual<'a>(
        &self,
        named: &[String],
        usual: &[Kind],
        catalogue: &'a Catalogue,
    ) -> Result<Vec<&'a Feature>> {
        if !named.is_empty() {
            return named.iter().map(|text| Ok(catalogue.find(text)?)).collect();
        }
        let chosen = |f: &&Feature| self.selection().takes_usual(f, usual);
        Ok(catalogue.features().iter().filter(chosen).collect())
    }

    /// How an answer was found, when that is asked for.
    pub(super) fn explained(&self, explain: &Explain, took: Duration) -> Explained {
        let fields = json!({
            "indexed": explain.indexed,
            "counted": explain.counted.name(),
            "pruned": explain.pruned,
            "candidates": explain.candidates,
            "refined": explain.refined,
            "edge_model": "geodesic, or straight in lon/lat",
            "edge_tolerance_m": explain.edge_tolerance.to_m(),
            "distance_error_m": explain.distance_error.to_m(),
        });
        self.told(fields, &explain.to_string(), took)
    }

    /// What is to be said of an answer, when that is asked for: as a JSON object, or for people.
    pub(super) fn told(&self, mut fields: Value, text: &str, took: Duration) -> Explained {
        if !self.explain {
            return Explained(None);
        }
        fields["seconds"] = took.as_secs_f64().into();
        Explained(Some(if self.json() {
            json!({ "explain": fields }).to_string()
        } else {
            format!("{text}; {:.1} ms", took.as_secs_f64() * 1e3)
        }))
    }
}

/// How an answer was found, in one line, if that was asked for.
pub(super) struct Explained(Option<String>);

impl Explained {
    pub(super) fn print(&self, out: &mut dyn Write) -> Result<()> {
        if let Some(line) = &self.0 {
            writeln!(out, "{line}")?;
        }
        Ok(())
    }

    /// To the standard error, where the answer itself is a file on the standard output.
    pub(super) fn print_aside(&self) {
        if let Some(line) = &self.0 {
            eprintln!("{line}");
        }
    }
}

/// What a question gives, and how long it took.
pub(super) fn timed<V>(ask: impl FnOnce() -> V) -> (V, Duration) {
    let start = Instant::now();
    let value = ask();
    (value, start.elapsed())
}
