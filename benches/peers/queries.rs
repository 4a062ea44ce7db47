//! The tasks Q1, Q2, Q3, Q4 and Q6 of the peers by `tumen-geo-core`, one thread: see `README.md`.

use std::error::Error;
use std::hint::black_box;
use std::path::{Path, PathBuf};

use geo_types::{Coord, LineString, Polygon};
use tumen_geo_core::index::{Spatial, SpatialIndex};
use tumen_geo_core::measure::Geodesic;
use tumen_geo_core::{EdgeModel, Length, LonLat, Shape};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// An item without a name: ties are broken by the place in the index.
#[derive(Clone)]
struct Plain(Shape);

impl Spatial for Plain {
    fn id(&self) -> &'static str {
        ""
    }
    fn shape(&self) -> &Shape {
        &self.0
    }
}

/// The numbers of a `NumPy` file, each eight bytes, little-endian.
fn words(data: &Path, name: &str) -> Result<Vec<[u8; 8]>> {
    let path = data.join(format!("{name}.npy"));
    let bytes = std::fs::read(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    let header = bytes.get(8..10).ok_or("not a NumPy file")?;
    let start = 10 + usize::from(u16::from_le_bytes([header[0], header[1]]));
    Ok(bytes.get(start..).ok_or("a short NumPy file")?.as_chunks().0.to_vec())
}

fn floats<const N: usize>(data: &Path, name: &str) -> Result<Vec<[f64; N]>> {
    let numbers: Vec<f64> = words(data, name)?.into_iter().map(f64::from_le_bytes).collect();
    Ok(numbers.as_chunks().0.to_vec())
}

fn positions(data: &Path, name: &str) -> Result<Vec<LonLat>> {
    let position = |[lon, lat]: &[f64; 2]| Ok(LonLat::new(*lon, *lat)?);
    floats(data, name)?.iter().map(position).collect()
}

fn polygons(data: &Path, name: &str) -> Result<Vec<Polygon>> {
    let corners: Vec<[f64; 2]> = floats(data, &format!("{name}_coords"))?;
    let starts = words(data, &format!("{name}_off"))?.into_iter().map(u64::from_le_bytes);
    let starts: Vec<usize> = starts.map(|start| start as usize).collect();
    let ring = |ends: &[usize]| -> LineString {
        corners[ends[0]..ends[1]].iter().map(|&[x, y]| Coord { x, y }).collect()
    };
    Ok(starts.windows(2).map(|ends| Polygon::new(ring(ends), vec![])).collect())
}

/// Seconds that the main thread has spent on a processor; Linux only.
fn cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/self/schedstat")?;
    Ok(stat.split(' ').next().ok_or("no time")?.parse::<f64>()? * 1e-9)
}

/// Prints the least CPU seconds of three runs and what the last one found.
fn task<T>(
    name: &str,
    mut run: impl FnMut() -> Result<T>,
    check: impl Fn(&T) -> String,
) -> Result<()> {
    let mut least = f64::INFINITY;
    let mut found = String::new();
    for _ in 0..3 {
        let start = cpu()?;
        let value = black_box(run()?);
        least = least.min(cpu()? - start);
        found = check(&value);
    }
    println!("{name:<34} {least:>7.3} s  {found}");
    Ok(())
}

fn points(positions: &[LonLat]) -> Vec<Plain> {
    positions.iter().map(|&at| Plain(Shape::point(at))).collect()
}

fn areas(polygons: &[Polygon]) -> Result<Vec<Plain>> {
    let area = |p: &Polygon| Ok(Plain(Shape::new(p.clone().into(), EdgeModel::LonLat)?));
    polygons.iter().map(area).collect()
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1);
    let data = PathBuf::from(arguments.next().ok_or("use: peer_queries DATA [TASK …]")?);
    let tasks: Vec<String> = arguments.collect();
    let asked = |name: &str| tasks.is_empty() || tasks.iter().any(|task| task == name);
    let km = |metres: &f64| format!("{:.3} km", metres / 1e3);

    if asked("Q1") {
        let at = positions(&data, "pts1m")?;
        let shapes: Vec<Shape> = at.iter().map(|&at| Shape::point(at)).collect();
        let index = || Ok(SpatialIndex::new(shapes.iter().cloned().map(Plain).collect()));
        task("Q1 points", index, |index| index.len().to_string())?;
        let boxes: Vec<[f64; 4]> = floats(&data, "boxes1m")?;
        let shapes: Result<Vec<Shape>> = (boxes.into_iter())
            .map(|[x, y, x2, y2]| {
                let rect = geo_types::Rect::new((x, y), (x2, y2));
                Ok(Shape::new(rect.into(), EdgeModel::LonLat)?)
            })
            .collect();
        let shapes = shapes?;
        let index = || Ok(SpatialIndex::new(shapes.iter().cloned().map(Plain).collect()));
        task("Q1 boxes", index, |index| index.len().to_string())?;
    }
    if asked("Q2") || asked("Q3") {
        let index = SpatialIndex::new(points(&positions(&data, "pts1m")?));
        let from = positions(&data, "query100k")?;
        if asked("Q2") {
            let near = |&at: &LonLat| -> f64 {
                let hits = index.near(&Shape::point(at), 10, |_| true).value;
                hits.iter().map(|hit| hit.distance().to_m()).sum()
            };
            task("Q2 10 nearest", || Ok(from.iter().map(near).sum()), km)?;
        }
        if asked("Q3") {
            let within = |&at: &LonLat| -> usize {
                let mut count = 0;
                let radius = Length::km(25.0);
                index.each_within_distance(&Shape::point(at), radius, |_| count += 1);
                count
            };
            let all = || Ok(from.iter().map(within).sum::<usize>());
            task("Q3 within 25 km", all, |hits| format!("{hits} hits"))?;
            // Each hit with its distance, in order, which the peers do not give.
            let within = |&at: &LonLat| -> usize {
                index.within_distance(&Shape::point(at), Length::km(25.0), |_| true).value.len()
            };
            let some = || Ok(from.iter().step_by(100).map(within).sum::<usize>());
            task("Q3 in order, 1 000 questions", some, |hits| format!("{hits} hits"))?;
        }
    }
    if asked("Q4") {
        let (at, areas) = (positions(&data, "pts1m")?, areas(&polygons(&data, "q4")?)?);
        // Both ways round, each with the building of its index; the second is the faster one, as an
        // area is prepared once and its points lie together.
        let areas_of_points = || {
            let index = SpatialIndex::new(areas.clone());
            let mut count = 0;
            for &at in &at {
                index.each_intersecting(&Shape::point(at), |_| count += 1);
            }
            Ok(count)
        };
        let pairs = |pairs: &usize| format!("{pairs} pairs");
        task("Q4 polygons around each point", areas_of_points, pairs)?;
        let points_of_areas = || {
            let index = SpatialIndex::new(points(&at));
            let mut count = 0;
            for Plain(area) in &areas {
                index.each_intersecting(area, |_| count += 1);
            }
            Ok(count)
        };
        task("Q4 points in each polygon", points_of_areas, pairs)?;
    }
    if asked("Q6") {
        // Edges as the peers read them: geodesics.
        let polygons = polygons(&data, "q6_polys")?;
        let shapes: Result<Vec<Shape>> = (polygons.into_iter())
            .map(|polygon| Ok(Shape::new(polygon.into(), EdgeModel::Geodesic)?))
            .collect();
        let shapes = shapes?;
        let sum = || Ok(shapes.iter().map(|s| Geodesic::area(s).to_km2()).sum::<f64>());
        task("Q6 area", sum, |area| format!("{area:.6} km2"))?;
        let pairs = floats(&data, "q6_pairs")?;
        let distance = |&[lon, lat, lon2, lat2]: &[f64; 4]| {
            Ok(Geodesic::distance(LonLat::new(lon, lat)?, LonLat::new(lon2, lat2)?).to_m())
        };
        task("Q6 distances", || pairs.iter().map(distance).sum::<Result<f64>>(), km)?;
    }
    Ok(())
}
