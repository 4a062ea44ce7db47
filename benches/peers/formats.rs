//! The tasks I1 and I2 of the peers by `tumen-geo-core`: see `README.md`.

use std::cell::RefCell;
use std::error::Error;
use std::fs::File;
use std::hint::black_box;
use std::io::Read;
use std::path::{Path, PathBuf};

use tumen_geo_core::EdgeModel;
use tumen_geo_core::geojson::{self, Features, Framing, Writer};
use tumen_geo_core::raw::{RawFeature, RawGeometry, Record};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Seconds that this thread has spent on a processor; Linux only.
fn cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(stat.split(' ').next().ok_or("no time")?.parse::<f64>()? * 1e-9)
}

const TIMES: usize = 5;

/// Prints the least and the median CPU seconds of [`TIMES`] runs, and what the last one found. What a
/// run gave is let go before the next one, outside its time.
fn task<T>(name: &str, run: impl Fn() -> Result<T>, check: impl Fn(&T) -> String) -> Result<T> {
    let mut seconds = Vec::new();
    let mut last = None;
    for _ in 0..TIMES {
        drop(last.take());
        let start = cpu()?;
        last = Some(black_box(run()?));
        seconds.push(cpu()? - start);
    }
    seconds.sort_by(f64::total_cmp);
    let value = last.ok_or("no run")?;
    println!("{name:<34} {:>7.3} s  {:>7.3} s  {}", seconds[0], seconds[TIMES / 2], check(&value));
    Ok(value)
}

fn raw(path: &Path) -> Result<Vec<RawFeature>> {
    raw_of(File::open(path)?)
}

fn raw_of(from: impl Read) -> Result<Vec<RawFeature>> {
    let features = Features::new(from).map(|feature| feature?.raw());
    Ok(features.collect::<std::result::Result<_, _>>()?)
}

fn vertices(features: &[RawFeature]) -> usize {
    let of = |geometry: &RawGeometry| {
        let mut count = 0;
        let counted: std::result::Result<(), ()> = geometry.clone().try_map(&mut |_| {
            count += 1;
            Ok(())
        });
        counted.map_or(0, |()| count)
    };
    features.iter().filter_map(|feature| feature.geometry.as_ref()).map(of).sum()
}

/// I1: features with their numbers and properties in memory.
fn read(path: &Path) -> Result<()> {
    let found = |features: &Vec<RawFeature>| {
        format!("{} features, {} vertices", features.len(), vertices(features))
    };
    drop(task("I1 features of a file", || raw(path), found)?);
    let text = std::fs::read_to_string(path)?;
    let features = || raw_of(text.as_bytes());
    drop(task("I1 features of a text in memory", features, found)?);
    let split = || Ok(Features::new(text.as_bytes()).flatten().count());
    task("I1 texts of features alone", split, |count| format!("{count} features"))?;
    Ok(())
}

/// I2: checked features as text.
fn write(path: &Path) -> Result<()> {
    let copies = RefCell::new(vec![raw(path)?; TIMES]);
    let check = || {
        let features = copies.borrow_mut().pop().ok_or("no more copies")?;
        let records = features.into_iter().map(|feature| feature.record(EdgeModel::LonLat));
        Ok(records.collect::<std::result::Result<_, _>>()?)
    };
    let found = |records: &Vec<Record>| format!("{} shapes", records.len());
    let records = task("I1 and I2: features checked", check, found)?;
    let bytes = |bytes: &u64| format!("{bytes} bytes");
    let written = std::env::temp_dir().join(format!("tumen-{}.geojson", std::process::id()));
    let file = || {
        let mut writer = Writer::new(File::create(&written)?, Framing::Collection);
        for record in &records {
            writer.feature(record)?;
        }
        Ok(writer.finish()?.metadata()?.len())
    };
    task("I2 features to a file", file, bytes)?;
    std::fs::remove_file(&written)?;
    let text = || Ok(geojson::write(&records)?.len() as u64);
    task("I2 features to a text in memory", text, bytes)?;
    Ok(())
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data: PathBuf = arguments.next().ok_or("name the folder of the data")?.into();
    let named: Vec<String> = arguments.collect();
    let wanted = |task: &str| named.is_empty() || named.iter().any(|name| name == task);
    let path = data.join("io100.geojson");
    if wanted("I1") {
        read(&path)?;
    }
    if wanted("I2") {
        write(&path)?;
    }
    Ok(())
}
