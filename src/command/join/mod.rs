//! `tumen join`.

use std::fs::File;
use std::io::{BufWriter, Read, Write};
use std::path::{Path, PathBuf};

use serde::Serialize;
use tumen_geo_core::geojson::{FeatureText, Features};
use tumen_geo_core::index::{Named, SpatialIndex};
use tumen_geo_core::model::Feature;
use tumen_geo_core::predicate::Relation;
use tumen_geo_core::query::{JoinBy, Match};
use tumen_geo_core::{EdgeModel, Length};

use super::options::{Input, Options, timed};
use super::target::{Other, length};
use super::{json_line, progress, rounded};
use crate::error::{Error, Result};
use crate::prose::count_of;

/// Arguments of `join`.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    #[command(flatten)]
    other: Other,
    /// What joins them: intersects, touches, crosses, overlaps, covers, within, equals; a distance
    /// (25km); nearest, or so many of the nearest (nearest:3).
    #[arg(long, value_name = "HOW", default_value = "intersects", value_parser = by)]
    by: By,
    /// Also a row for each feature that nothing is joined to.
    #[arg(long)]
    all: bool,
    /// Threads to work on; all that the machine has when left out.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    threads: Option<u16>,
    /// The file to write to instead of the standard output.
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    #[command(flatten)]
    options: Options,
}

/// How features are joined.
#[derive(Clone, Debug)]
struct By(JoinBy);

fn by(text: &str) -> std::result::Result<By, String> {
    let relation = |relations: &[Relation]| JoinBy::Relation(relations.to_vec());
    Ok(By(match text {
        "intersects" => JoinBy::Intersects,
        "touches" => relation(&[Relation::Touches]),
        "crosses" => relation(&[Relation::Crosses]),
        "overlaps" => relation(&[Relation::Overlaps]),
        "covers" => relation(&[Relation::Covers, Relation::Equals]),
        "within" => relation(&[Relation::CoveredBy, Relation::Equals]),
        "equals" => relation(&[Relation::Equals]),
        "nearest" => JoinBy::Nearest(1),
        other => match other.strip_prefix("nearest:") {
            Some(k) => {
                let k: u16 = k.parse().map_err(|_| format!("'{k}' is not a number of features"))?;
                JoinBy::Nearest(usize::from(k))
            }
            None => JoinBy::Within(distance(other)?),
        },
    }))
}

fn distance(text: &str) -> std::result::Result<Length, String> {
    length(text).map_err(|_| {
        format!("'{text}' joins nothing (write a relation such as intersects, 25km, or nearest:3)")
    })
}

/// A feature of each side, and how they lie to each other.
#[derive(Default, Serialize)]
struct Row<'a> {
    left: &'a str,
    right: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    relation: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    distance_km: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    left_lat: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right_lon: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    right_lat: Option<f64>,
}

impl<'a> Row<'a> {
    fn of(left: &'a str, right: &'a str, found: &Match) -> Self {
        let nearest = found.nearest;
        let degrees = |value: f64| rounded(value, 7);
        Self {
            left,
            right: Some(right),
            relation: found.relation.map(|relation| relation.to_string()),
            distance_km: nearest.map(|n| rounded(n.distance.to_km(), 6)),
            left_lon: nearest.map(|n| degrees(n.from.lon())),
            left_lat: nearest.map(|n| degrees(n.from.lat())),
            right_lon: nearest.map(|n| degrees(n.to.lon())),
            right_lat: nearest.map(|n| degrees(n.to.lat())),
        }
    }
}

/// Where rows go: CSV, or JSON a line.
enum Rows<'a> {
    Csv { table: Box<csv::Writer<Box<dyn Write + 'a>>>, columns: usize },
    Json(Box<dyn Write + 'a>),
}

impl<'a> Rows<'a> {
    fn new(json: bool, by: &JoinBy, to: Box<dyn Write + 'a>) -> Result<Self> {
        if json {
            return Ok(Self::Json(to));
        }
        let columns: &[&str] = match by {
            JoinBy::Intersects => &["left", "right"],
            JoinBy::Relation(_) => &["left", "right", "relation"],
            JoinBy::Within(_) | JoinBy::Nearest(_) => {
                &["left", "right", "distance_km", "left_lon", "left_lat", "right_lon", "right_lat"]
            }
        };
        let mut table = csv::Writer::from_writer(to);
        table.write_record(columns).map_err(|e| unwritten(&e))?;
        Ok(Self::Csv { table: Box::new(table), columns: columns.len() })
    }

    fn write(&mut self, row: &Row<'_>) -> Result<()> {
        match self {
            Self::Json(to) => json_line(to, row),
            Self::Csv { table, columns } => {
                let mut cell = |text: &str| table.write_field(text).map_err(|e| unwritten(&e));
                cell(row.left)?;
                cell(row.right.unwrap_or_default())?;
                match *columns {
                    2 => {}
                    3 => cell(row.relation.as_deref().unwrap_or_default())?,
                    _ => {
                        let ends = [row.left_lon, row.left_lat, row.right_lon, row.right_lat];
                        for value in [row.distance_km].into_iter().chain(ends) {
                            cell(&value.map_or(String::new(), |value| value.to_string()))?;
                        }
                    }
                }
                table.write_record(None::<&[u8]>).map_err(|e| unwritten(&e))
            }
        }
    }

    fn end(self) -> Result<()> {
        match self {
            Self::Json(mut to) => Ok(to.flush()?),
            Self::Csv { mut table, .. } => Ok(table.flush()?),
        }
    }
}

fn unwritten(error: &csv::Error) -> Error {
    match error.kind() {
        csv::ErrorKind::Io(error) => Error::output(error),
        _ => Error::failure(format!("cannot write the rows: {error}")),
    }
}

/// What is joined to the features of a layer, in their order.
pub fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<()> {
    let options = &arguments.options;
    if !arguments.other.is_given() {
        return Err(Error::usage("a join needs another side").with_hint(
            "as in tumen join --kind seaport --with border-port --by nearest, or \
             tumen join --input points.geojson --with zones.geojson",
        ));
    }
    let catalogue = crate::catalogue()?;
    let file = arguments.other.read()?;
    let right = arguments.other.features(options.selection(), &catalogue, file.as_ref())?;
    let index = SpatialIndex::new(right.unwrap_or_default());
    let left = left(&options.listing.input, |f| options.selection().takes(f), &catalogue)?;
    let to: Box<dyn Write + '_> = match &arguments.out {
        None => Box::new(&mut *out),
        Some(path) => {
            let file = File::create(path).map_err(|e| Error::file("write", path, &e))?;
            Box::new(BufWriter::new(file))
        }
    };
    let mut rows = Rows::new(options.json(), &arguments.by.0, to)?;
    let mut count = 0;
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().map_err(|e| Error::failure(format!("no threads to work on: {e}")))?;
    }
    // A feature of a file is another one, whatever its id.
    let one_side = options.listing.input.input.is_none() && file.is_none();
    let (by, most) = match &arguments.by.0 {
        // The nearest to a feature of both sides is itself.
        JoinBy::Nearest(k) if one_side => (JoinBy::Nearest(k + 1), *k),
        by => (by.clone(), usize::MAX),
    };
    let (explain, took) = timed(|| {
        index.join(left, Left::read, &by, |item, matches| {
            let others = |found: &&Match| !(one_side && index.items()[found.index].id == item.id);
            let found: Vec<&Match> = matches.iter().filter(others).take(most).collect();
            if found.is_empty() && arguments.all {
                rows.write(&Row { left: &item.id, ..Row::default() })?;
            }
            for found in found {
                count += 1;
                rows.write(&Row::of(&item.id, &index.items()[found.index].id, found))?;
            }
            Ok::<(), Error>(())
        })
    });
    rows.end()?;
    options.explained(&explain?, took).print_aside();
    if let Some(path) = &arguments.out {
        writeln!(out, "Wrote {} to {}.", count_of(count, "pair"), path.display())?;
    }
    Ok(())
}

/// A feature of the left side: of a file still a text.
enum Left {
    Text(FeatureText),
    Feature(Named),
}

impl Left {
    fn read(self) -> Result<Named> {
        match self {
            Self::Feature(named) => Ok(named),
            Self::Text(text) => {
                let record = text.read(EdgeModel::LonLat)?;
                Ok(Named { id: record.id, shape: record.shape })
            }
        }
    }
}

type Stream<'a> = Box<dyn Iterator<Item = Result<Left>> + 'a>;

/// The left side: a GeoJSON file read as it is needed, or the features of a catalogue.
fn left<'a>(
    input: &Input,
    takes: impl Fn(&Feature) -> bool,
    catalogue: &'a tumen_geo_core::model::Catalogue,
) -> Result<Stream<'a>> {
    let named = |feature: &Feature| {
        Ok(Left::Feature(Named { id: feature.id.clone(), shape: feature.shape.clone() }))
    };
    match &input.input {
        Some(path) if !path.is_dir() => {
            let name = path.display().to_string();
            let texts = Features::new(read_with_progress(path)?);
            Ok(Box::new(
                texts.map(move |text| {
                    text.map(Left::Text).map_err(|e| e.within(name.clone()).into())
                }),
            ))
        }
        Some(path) => {
            let own = crate::read_catalogue(path)?;
            let left: Vec<_> = own.features().iter().filter(|f| takes(f)).map(named).collect();
            Ok(Box::new(left.into_iter()))
        }
        None => {
            let left: Vec<_> =
                catalogue.features().iter().filter(|f| takes(f)).map(named).collect();
            Ok(Box::new(left.into_iter()))
        }
    }
}

fn read_with_progress(path: &Path) -> Result<impl Read + use<>> {
    let unread = |e: std::io::Error| Error::file("read", path, &e);
    let file = File::open(path).map_err(unread)?;
    let length = file.metadata().map_err(unread)?.len();
    Ok(progress::bytes(length).wrap_read(file))
}
