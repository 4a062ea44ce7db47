//! The tasks I3 and I4 of the peers, FlatGeobuf and GeoParquet, by `tumen`: see `README.md`.

use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use serde_json::Value;
use tumen::export::{Format, Layer, Row, Schema};
use tumen::geo_core::raw::{RawGeometry, Record};
use tumen::geo_core::{Bbox, EdgeModel};
use tumen::import::{self, Options};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Seconds that this thread has spent on a processor; Linux only.
fn cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(stat.split(' ').next().ok_or("no time")?.parse::<f64>()? * 1e-9)
}

const TIMES: usize = 5;

/// Prints the least and the median CPU seconds of [`TIMES`] runs, and what the last one found.
fn task(name: &str, run: impl Fn() -> Result<String>) -> Result<()> {
    let mut seconds = Vec::new();
    let mut found = String::new();
    for _ in 0..TIMES {
        let start = cpu()?;
        found = black_box(run()?);
        seconds.push(cpu()? - start);
    }
    seconds.sort_by(f64::total_cmp);
    println!("{name:<22} {:>7.3} s  {:>7.3} s  {found}", seconds[0], seconds[TIMES / 2]);
    Ok(())
}

/// The features of a file, checked, and the layer that holds them.
fn memory(path: &Path) -> Result<(Layer, Vec<(Record, Vec<Value>)>)> {
    let mut schema = Schema::default();
    let mut records = Vec::new();
    for feature in import::open(path, &Options::default())? {
        let feature = feature?.read()?;
        schema.add(&feature);
        records.push(feature.record(EdgeModel::LonLat)?);
    }
    let rows = records.into_iter().map(|record| {
        let properties = record.properties.iter().map(|(_, value)| value.clone());
        let cells = std::iter::once(record.id.clone().into()).chain(properties).collect();
        (record, cells)
    });
    Ok((schema.layer("io100"), rows.collect()))
}

fn write(path: &Path, format: Format, layer: &Layer, rows: &[(Record, Vec<Value>)]) -> Result<()> {
    let mut writer = format.file(path, layer)?;
    for (record, cells) in rows {
        writer.write(&Row { shape: &record.shape, cells })?;
    }
    Ok(writer.finish()?)
}

fn read(path: &Path, options: &Options) -> Result<String> {
    let (mut features, mut vertices) = (0, 0);
    for feature in import::open(path, options)? {
        features += 1;
        if let Some(RawGeometry::Polygon(rings)) = feature?.read()?.geometry {
            vertices += rings.iter().map(Vec::len).sum::<usize>();
        }
    }
    Ok(format!("{features} features, {vertices} positions"))
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let (Some(data), Some(folder)) = (arguments.next(), arguments.next()) else {
        return Err("usage: peer_columns FILE.geojson FOLDER".into());
    };
    let (layer, rows) = memory(Path::new(&data))?;
    println!("{:<22} {:>7}    {:>7}  of {TIMES} runs", "", "least", "median");
    let bbox = Some(Bbox { west: 130.0, south: 42.0, east: 131.0, north: 43.0 });
    let near = Options { bbox, ..Options::default() };
    for (name, format) in [("FlatGeobuf", Format::Flatgeobuf), ("GeoParquet", Format::Geoparquet)] {
        let path = Path::new(&folder).join("io100").with_extension(format.extension());
        task(&format!("write {name}"), || {
            write(&path, format, &layer, &rows)?;
            Ok(format!("{} bytes", path.metadata()?.len()))
        })?;
        task(&format!("read {name}"), || read(&path, &Options::default()))?;
        task(&format!("box of {name}"), || read(&path, &near))?;
    }
    Ok(())
}
