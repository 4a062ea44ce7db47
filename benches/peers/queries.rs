//! The tasks Q1 to Q6 of the peers by `tumen-geo-core`: see `README.md`.

use std::cell::Cell;
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

/// Seconds that this thread has spent on a processor; Linux only.
fn cpu() -> Result<f64> {
    let stat = std::fs::read_to_string("/proc/thread-self/schedstat")?;
    Ok(stat.split(' ').next().ok_or("no time")?.parse::<f64>()? * 1e-9)
}

/// Memory that the process holds, bytes; Linux only.
fn memory() -> Result<usize> {
    let pages = std::fs::read_to_string("/proc/self/statm")?;
    Ok(pages.split(' ').nth(1).ok_or("no memory")?.parse::<usize>()? * 4096)
}

/// How tasks are run and timed.
struct Bench {
    threads: usize,
    /// CPU seconds of the busiest thread, where several shared the questions of a task.
    busiest: Cell<f64>,
}

impl Bench {
    /// Prints the least CPU seconds of three runs and what the last one found. With several threads
    /// it prints those of one thread and those of the main and the busiest other thread, which is
    /// the time that passes where nothing else runs.
    fn task<T>(
        &self,
        name: &str,
        run: impl Fn(usize) -> Result<T>,
        check: impl Fn(&T) -> String,
    ) -> Result<()> {
        let mut least = [f64::INFINITY; 2];
        let mut found = String::new();
        for _ in 0..3 {
            for (least, threads) in least.iter_mut().zip([1, self.threads]).take(self.threads) {
                self.busiest.set(0.0);
                let start = cpu()?;
                let value = black_box(run(threads)?);
                *least = least.min(cpu()? - start + self.busiest.get());
                found = check(&value);
            }
        }
        let [one, all] = least;
        print!("{name:<34} {one:>7.3} s  ");
        if self.threads > 1 {
            let times = one / all;
            print!("{all:>7.3} s on {} threads, {times:.2} times as fast  ", self.threads);
        }
        println!("{found}");
        Ok(())
    }

    /// The sums of what is found for each question, by so many threads, each with its share of them.
    fn sums<Q: Sync>(
        &self,
        threads: usize,
        questions: &[Q],
        answer: impl Fn(&Q) -> (usize, f64) + Sync,
    ) -> Result<(usize, f64)> {
        let add = |a: (usize, f64), b: (usize, f64)| (a.0 + b.0, a.1 + b.1);
        let sum = |share: &[Q]| share.iter().map(&answer).fold((0, 0.0), add);
        if threads == 1 {
            return Ok(sum(questions));
        }
        let timed = |share: &[Q]| (sum(share), cpu().map_err(|e| e.to_string()));
        std::thread::scope(|scope| {
            let shares = questions.chunks(questions.len().div_ceil(threads));
            let working: Vec<_> = shares.map(|share| scope.spawn(|| timed(share))).collect();
            let mut total = (0, 0.0);
            for thread in working {
                let (sum, cpu) = thread.join().map_err(|_| "a thread panicked")?;
                total = add(total, sum);
                self.busiest.set(self.busiest.get().max(cpu?));
            }
            Ok(total)
        })
    }
}

fn points(positions: &[LonLat]) -> Vec<Plain> {
    positions.iter().map(|&at| Plain(Shape::point(at))).collect()
}

fn areas(polygons: &[Polygon], edges: EdgeModel) -> Result<Vec<Plain>> {
    let area = |p: &Polygon| Ok(Plain(Shape::new(p.clone().into(), edges)?));
    polygons.iter().map(area).collect()
}

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).peekable();
    let threads = if arguments.next_if_eq("--threads").is_some() {
        arguments.next().ok_or("how many threads?")?.parse()?
    } else {
        1
    };
    let bench = Bench { threads, busiest: Cell::new(0.0) };
    let data =
        PathBuf::from(arguments.next().ok_or("use: peer_queries [--threads N] DATA [TASK …]")?);
    let tasks: Vec<String> = arguments.collect();
    let asked = |name: &str| tasks.is_empty() || tasks.iter().any(|task| task == name);
    let km = |found: &(usize, f64)| format!("{:.3} km", found.1 / 1e3);

    if asked("Q1") {
        let at = positions(&data, "pts1m")?;
        build(&bench, "Q1 points", &points(&at))?;
        let boxes: Vec<[f64; 4]> = floats(&data, "boxes1m")?;
        let rect = |&[x, y, x2, y2]: &[f64; 4]| {
            let rect = geo_types::Rect::new((x, y), (x2, y2));
            Ok(Plain(Shape::new(rect.into(), EdgeModel::LonLat)?))
        };
        build(&bench, "Q1 boxes", &boxes.iter().map(rect).collect::<Result<Vec<Plain>>>()?)?;
    }
    if asked("Q2") || asked("Q3") {
        let index = SpatialIndex::new(points(&positions(&data, "pts1m")?));
        let from = positions(&data, "query100k")?;
        if asked("Q2") {
            let near = |&at: &LonLat| {
                let hits = index.near(&Shape::point(at), 10, |_| true).value;
                (hits.len(), hits.iter().map(|hit| hit.distance().to_m()).sum())
            };
            bench.task("Q2 10 nearest", |threads| bench.sums(threads, &from, near), km)?;
        }
        if asked("Q3") {
            let radius = Length::km(25.0);
            let within = |&at: &LonLat| {
                let mut count = 0;
                index.each_within_distance(&Shape::point(at), radius, |_| count += 1);
                (count, 0.0)
            };
            let hits = |found: &(usize, f64)| format!("{} hits", found.0);
            bench.task("Q3 within 25 km", |threads| bench.sums(threads, &from, within), hits)?;
            // Each hit with its distance, in order, which the peers do not give.
            let within = |&at: &LonLat| {
                (index.within_distance(&Shape::point(at), radius, |_| true).value.len(), 0.0)
            };
            let some: Vec<LonLat> = from.iter().copied().step_by(100).collect();
            let in_order = |threads| bench.sums(threads, &some, within);
            bench.task("Q3 in order, 1 000 questions", in_order, hits)?;
        }
    }
    if asked("Q4") {
        let at = positions(&data, "pts1m")?;
        let areas = areas(&polygons(&data, "q4")?, EdgeModel::LonLat)?;
        let pairs = |found: &(usize, f64)| format!("{} pairs", found.0);
        // Both ways round, each with the building of its index; the second is the faster one, as an
        // area is prepared once and its points lie together.
        let areas_of_points = |threads| {
            let index = SpatialIndex::new(areas.clone());
            let around = |&at: &LonLat| (meeting(&index, &Shape::point(at)), 0.0);
            bench.sums(threads, &at, around)
        };
        bench.task("Q4 polygons around each point", areas_of_points, pairs)?;
        let points_of_areas = |threads| {
            let index = SpatialIndex::new(points(&at));
            bench.sums(threads, &areas, |Plain(area)| (meeting(&index, area), 0.0))
        };
        bench.task("Q4 points in each polygon", points_of_areas, pairs)?;
    }
    if asked("Q5") {
        let first = areas(&polygons(&data, "q5a")?, EdgeModel::LonLat)?;
        let second = areas(&polygons(&data, "q5b")?, EdgeModel::LonLat)?;
        let pairs = |found: &(usize, f64)| format!("{} pairs {:.3} km2", found.0, found.1);
        let overlaps = |threads| {
            let index = SpatialIndex::new(second.clone());
            let shared = |Plain(shape): &Plain| {
                let (mut pairs, mut area) = (0, 0.0);
                index.each_shared_area(shape, |_, shared| {
                    pairs += 1;
                    area += shared.area.to_km2();
                });
                (pairs, area)
            };
            bench.sums(threads, &first, shared)
        };
        bench.task("Q5 overlaps", overlaps, pairs)?;
        // Each part with its outline, whose edges are then measured as geodesics: what the peers do.
        let outlines = |threads| {
            let index = SpatialIndex::new(second.clone());
            let shared = |Plain(shape): &Plain| {
                let found = index.overlap(shape, |_| true).value;
                let as_geodesics = |part: &Shape| {
                    Shape::new(part.geometry().clone(), EdgeModel::Geodesic)
                        .map_or(0.0, |part| Geodesic::area(&part).to_km2())
                };
                let parts = found.iter().filter_map(|(_, overlap)| overlap.shared.as_ref());
                (found.len(), parts.map(as_geodesics).sum())
            };
            bench.sums(threads, &first, shared)
        };
        if tasks.iter().any(|task| task == "Q5") {
            bench.task("Q5 outlines, measured as geodesics", outlines, pairs)?;
        }
    }
    if asked("Q6") {
        // Edges as the peers read them: geodesics.
        let shapes = areas(&polygons(&data, "q6_polys")?, EdgeModel::Geodesic)?;
        let area = |Plain(shape): &Plain| (1, Geodesic::area(shape).to_km2());
        let km2 = |found: &(usize, f64)| format!("{:.6} km2", found.1);
        bench.task("Q6 area", |threads| bench.sums(threads, &shapes, area), km2)?;
        let position = |at: &[f64]| LonLat::new(at[0], at[1]);
        let pairs: Vec<[f64; 4]> = floats(&data, "q6_pairs")?;
        let pairs: Result<Vec<[LonLat; 2]>> =
            (pairs.iter()).map(|ends| Ok([position(&ends[..2])?, position(&ends[2..])?])).collect();
        let pairs = pairs?;
        let distance = |&[from, to]: &[LonLat; 2]| (1, Geodesic::distance(from, to).to_m());
        bench.task("Q6 distances", |threads| bench.sums(threads, &pairs, distance), km)?;
    }
    Ok(())
}

/// Q1: an index of all items, and the memory that it takes beside them and their shapes.
fn build(bench: &Bench, name: &str, items: &[Plain]) -> Result<()> {
    let index = || SpatialIndex::new(items.to_vec());
    let before = memory()?;
    let kept = black_box(index());
    let items = items.len();
    let taken = (memory()? - before) / items - size_of::<Plain>();
    drop(kept);
    let found = |index: &SpatialIndex<Plain>| format!("{} items, {taken} bytes each", index.len());
    bench.task(name, |_| Ok(index()), found)
}

/// How many items meet a shape.
fn meeting(index: &SpatialIndex<Plain>, shape: &Shape) -> usize {
    let mut count = 0;
    index.each_intersecting(shape, |_| count += 1);
    count
}
