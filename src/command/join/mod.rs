//! `tumen join`.

mod rows;

use std::io::{BufWriter, Write};
use std::path::PathBuf;

use tumen_geo_core::geojson;
use tumen_geo_core::index::{Named, Spatial, SpatialIndex};
use tumen_geo_core::model::Feature;
use tumen_geo_core::predicate::Relation;
use tumen_geo_core::query::{JoinBy, Match};
use tumen_geo_core::{EdgeModel, Length, Shape};

use self::rows::{Row, Rows};
use super::options::{Input, Options, Selection, timed, told};
use super::progress;
use super::target::{Other, length};
use super::unfinished::Unfinished;
use crate::error::{Error, Result};
use crate::import::{self, Notes, Unread};
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
    let (left, notes) = left(&options.listing.input, |f| options.selection().takes(f), &catalogue)?;
    let unfinished = arguments.out.as_deref().map(Unfinished::new).transpose()?;
    let to: Box<dyn Write + '_> = match &unfinished {
        None => Box::new(&mut *out),
        Some(unfinished) => Box::new(BufWriter::new(&unfinished.file)),
    };
    let mut rows = Rows::new(options.json(), &arguments.by.0, to);
    let mut count = 0;
    if let Some(threads) = arguments.threads {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(usize::from(threads));
        pool.build_global().map_err(|e| Error::failure(format!("no threads to work on: {e}")))?;
    }
    let source = options.listing.input.input.as_ref().map(|path| path.display().to_string());
    // A feature of a file is another one, whatever its id.
    let one_side = options.listing.input.input.is_none() && file.is_none();
    let (by, most) = match &arguments.by.0 {
        // The nearest to a feature of both sides is itself.
        JoinBy::Nearest(k) if one_side => (JoinBy::Nearest(k + 1), *k),
        by => (by.clone(), usize::MAX),
    };
    let (explain, took) = timed(|| {
        let read = |left: Left| left.read(options.selection(), source.as_deref());
        index.join(left, read, &by, |Item { named: item, taken }, matches| {
            if !taken {
                return Ok(());
            }
            let others = |found: &&Match| !(one_side && index.items()[found.index].id == item.id);
            let found: Vec<&Match> = matches.iter().filter(others).take(most).collect();
            if found.is_empty() && arguments.all {
                rows.write(&Row::alone(&item.id))?;
            }
            for found in found {
                count += 1;
                rows.write(&Row::of(&item.id, &index.items()[found.index].id, found))?;
            }
            Ok::<(), Error>(())
        })
    });
    let explain = explain?;
    rows.end()?;
    told(&notes.told());
    options.explained(&explain, took).print_aside();
    if let (Some(path), Some(unfinished)) = (&arguments.out, unfinished) {
        unfinished.finish()?;
        writeln!(out, "Wrote {} to {}.", count_of(count, "pair"), path.display())?;
    }
    Ok(())
}

/// A feature of the left side: of a file not yet read.
enum Left {
    Unread(Unread),
    Feature(Named),
}

/// A feature of the left side, and whether it is meant.
struct Item {
    named: Named,
    taken: bool,
}

impl Spatial for Item {
    fn id(&self) -> &str {
        &self.named.id
    }
    fn shape(&self) -> &Shape {
        &self.named.shape
    }
}

impl Left {
    fn read(self, selection: &Selection, source: Option<&str>) -> Result<Item> {
        match self {
            Self::Feature(named) => Ok(Item { named, taken: true }),
            Self::Unread(feature) => {
                let placed = |e: tumen_geo_core::Error| e.within(source.unwrap_or_default());
                let record = feature.read()?.record(EdgeModel::LonLat).map_err(placed)?;
                let named = Named { id: record.id.clone(), shape: record.shape.clone() };
                let taken = selection.is_everything()
                    || selection.takes(&geojson::feature(record).map_err(placed)?);
                Ok(Item { named, taken })
            }
        }
    }
}

type Stream<'a> = Box<dyn Iterator<Item = Result<Left>> + 'a>;

/// The left side: a file read as it is needed, or the features of a catalogue.
fn left<'a>(
    input: &Input,
    takes: impl Fn(&Feature) -> bool,
    catalogue: &'a tumen_geo_core::model::Catalogue,
) -> Result<(Stream<'a>, Notes)> {
    let named = |feature: &Feature| {
        Ok(Left::Feature(Named { id: feature.id.clone(), shape: feature.shape.clone() }))
    };
    match &input.input {
        Some(path) if !path.is_dir() => {
            let features = import::open(path, &progress::watched(path, 1, input.options())?)?;
            let notes = features.notes.clone();
            Ok((Box::new(features.map(|feature| feature.map(Left::Unread))), notes))
        }
        Some(path) => {
            let own = crate::read_catalogue(path)?;
            let left: Vec<_> = own.features().iter().filter(|f| takes(f)).map(named).collect();
            Ok((Box::new(left.into_iter()), Notes::default()))
        }
        None => {
            let left: Vec<_> =
                catalogue.features().iter().filter(|f| takes(f)).map(named).collect();
            Ok((Box::new(left.into_iter()), Notes::default()))
        }
    }
}
