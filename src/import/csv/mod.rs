//! Tables of text: commas, semicolons or tabs, positions as two columns or as WKT, UTF-8.

mod cells;
mod columns;

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use ::csv::{Reader, ReaderBuilder, StringRecord};
use geo_types::Coord;
use tumen_geo_core::raw::{RawFeature, RawGeometry};

use self::cells::Cells;
use self::columns::Place;
use super::lonlat::ToLonLat;
use super::{Notes, Options, Unread, text, wkt};
use crate::error::{Error, Result};

/// What may part columns, and its name.
const SEPARATORS: [(u8, &str); 4] =
    [(b',', "commas"), (b';', "semicolons"), (b'\t', "tabs"), (b'|', "bars")];

/// How much is looked at for what parts the columns.
const LOOKED_AT: usize = 1 << 16;

/// Rows of a table that is open.
struct Table {
    rows: Reader<Box<dyn Read + Send>>,
    names: Vec<String>,
    separator: &'static str,
}

/// The rows of a table as features.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    // What a column is, is known when all its cells are.
    let scanned = scanned(path)?;
    let table = open(path, options)?;
    let place = Place::of(&table.names, &scanned.first)?;
    if table.separator != "commas" {
        notes.say(format!("the columns are parted by {}", table.separator));
    }
    notes.say(place.said(&table.names));
    let mut rows = Rows {
        from: table.rows,
        names: table.names,
        cells: scanned.cells,
        place,
        given: ToLonLat::given(options, notes)?,
        by_srid: BTreeMap::new(),
        notes: notes.clone(),
        next: 0,
    };
    Ok(std::iter::from_fn(move || rows.read().transpose()))
}

/// What a table holds.
struct Scanned {
    cells: Vec<Cells>,
    /// The first cell of each column that is not empty.
    first: Vec<String>,
}

fn scanned(path: &Path) -> Result<Scanned> {
    let Table { mut rows, names, .. } = open(path, &Options::default())?;
    let mut scanned =
        Scanned { cells: vec![Cells::Empty; names.len()], first: vec![String::new(); names.len()] };
    let mut row = StringRecord::new();
    while rows.read_record(&mut row).map_err(|e| misread(&e))? {
        for (place, cell) in row.iter().enumerate() {
            scanned.cells[place] = scanned.cells[place].with(cell);
            if scanned.first[place].is_empty() {
                cell.clone_into(&mut scanned.first[place]);
            }
        }
    }
    Ok(scanned)
}

/// Opens a table and reads its first line.
fn open(path: &Path, options: &Options) -> Result<Table> {
    let mut bytes = BufReader::with_capacity(LOOKED_AT, text::open(path, options)?);
    let head = bytes.fill_buf().map_err(|e| Error::file("read", path, &e))?;
    if head.starts_with(&[0xff, 0xfe]) || head.starts_with(&[0xfe, 0xff]) {
        return Err(Error::failure("the table is UTF-16").with_hint(UTF8));
    }
    let (separator, name) = separator(head);
    let mut rows = ReaderBuilder::new().delimiter(separator).from_reader(Box::new(bytes) as _);
    let header = rows.headers().map_err(|e| misread(&e))?;
    let names: Vec<String> = header.iter().map(|name| name.trim().to_owned()).collect();
    let mut sorted: Vec<&String> = names.iter().collect();
    sorted.sort();
    if let Some([twice, _]) = sorted.array_windows().find(|[one, other]| one == other) {
        return Err(Error::failure(format!("two columns have the name '{twice}'"))
            .with_hint("the first line names the columns, each unlike the others"));
    }
    Ok(Table { rows, names, separator: name })
}

/// What parts the columns of the first line: what is in it most often outside of quotes.
fn separator(head: &[u8]) -> (u8, &'static str) {
    let mut counts = [0; SEPARATORS.len()];
    let mut quoted = false;
    for &byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                if let Some(place) = SEPARATORS.iter().position(|(known, _)| *known == byte) {
                    counts[place] += 1;
                }
            }
        }
    }
    // Of two alike the first.
    let most = counts.iter().copied().max().unwrap_or(0);
    SEPARATORS[counts.iter().position(|count| *count == most).unwrap_or(0)]
}

/// The way out for tables in other encodings.
const UTF8: &str = "save it as UTF-8, as with: iconv -f CP949 -t UTF-8 old.csv > new.csv";

struct Rows {
    from: Reader<Box<dyn Read + Send>>,
    names: Vec<String>,
    cells: Vec<Cells>,
    place: Place,
    /// The system that the options name.
    given: Option<ToLonLat>,
    by_srid: BTreeMap<u32, ToLonLat>,
    notes: Notes,
    next: usize,
}

impl Rows {
    fn read(&mut self) -> Result<Option<Unread>> {
        let mut row = StringRecord::new();
        if !self.from.read_record(&mut row).map_err(|e| misread(&e))? {
            return Ok(None);
        }
        let line = row.position().map_or(0, ::csv::Position::line);
        let feature = self.feature(&row).map_err(|e| e.within(&format!("line {line}")))?;
        Ok(Some(Unread::Raw(Box::new(feature))))
    }

    fn feature(&mut self, row: &StringRecord) -> Result<RawFeature> {
        let index = self.next;
        self.next += 1;
        let properties = (row.iter().zip(&self.names).zip(&self.cells).enumerate())
            .filter(|(place, _)| !self.place.has(*place))
            .map(|(_, ((cell, name), cells))| (name.clone(), cells.value(cell)))
            .collect();
        // A table cannot say that its edges are short enough; within a metre they stay as they are.
        let densified = true;
        let mut feature = RawFeature { index, properties, densified, ..RawFeature::default() };
        let mut way = self.given.clone();
        match self.place {
            Place::Wkt(place) => {
                let cell = row.get(place).unwrap_or_default();
                if !cell.trim().is_empty() {
                    let parsed = wkt::parse(cell)?;
                    feature.geometry = parsed.geometry;
                    if parsed.heights {
                        self.notes.count("heights are left out");
                    }
                    if parsed.measures {
                        self.notes.count("measures are left out");
                    }
                    if let (None, Some(srid)) = (&way, parsed.srid) {
                        way = Some(self.numbered(srid)?);
                    }
                }
            }
            Place::LonLat(lon, lat) => feature.geometry = self.position(row, lon, lat)?,
        }
        match way {
            Some(way) => way.feature(feature),
            None => Ok(feature),
        }
    }

    /// The system of a number in the geometry, which `PostGIS` takes from EPSG.
    fn numbered(&mut self, srid: u32) -> Result<ToLonLat> {
        if let Some(way) = self.by_srid.get(&srid) {
            return Ok(way.clone());
        }
        let code = format!("EPSG:{srid}");
        let way = ToLonLat::new(Some(&code), &Options::default(), &self.notes)?;
        self.by_srid.insert(srid, way.clone());
        Ok(way)
    }

    /// The position in two columns; none when both are empty.
    fn position(&self, row: &StringRecord, lon: usize, lat: usize) -> Result<Option<RawGeometry>> {
        let cell = |place: usize| row.get(place).unwrap_or_default().trim();
        if cell(lon).is_empty() && cell(lat).is_empty() {
            return Ok(None);
        }
        let x = degrees(cell(lon), &self.names[lon])?;
        let y = degrees(cell(lat), &self.names[lat])?;
        if self.given.is_none() && y.abs() > 90.0 {
            let names = (&self.names[lat], &self.names[lon]);
            let wrong = Error::failure(format!("the latitude {y} is outside -90…90"));
            return Err(if y.abs() <= 180.0 && x.abs() <= 90.0 {
                wrong
                    .with_hint(format!("were the columns '{}' and '{}' swapped?", names.0, names.1))
            } else {
                wrong.with_hint("name the system of plane positions, as with --crs EPSG:32652")
            });
        }
        Ok(Some(RawGeometry::Point(Coord { x, y })))
    }
}

/// A number of degrees.
fn degrees(cell: &str, name: &str) -> Result<f64> {
    if let Some(number) = cell.parse().ok().filter(|number: &f64| number.is_finite()) {
        return Ok(number);
    }
    let wrong = Error::failure(format!("'{cell}' in the column '{name}' is not a number"));
    let comma = cell.matches(',').count() == 1 && cell.replace(',', ".").parse::<f64>().is_ok();
    Err(if comma {
        wrong.with_hint("write a point for the decimals, not a comma")
    } else if cell.contains(['°', '\'', '′', 'º', '"']) {
        wrong.with_hint("write degrees with decimals, not minutes and seconds, as in 42.25")
    } else {
        wrong.with_hint("write degrees with decimals, as in 130.3")
    })
}

/// What is wrong with a table.
fn misread(error: &::csv::Error) -> Error {
    use ::csv::ErrorKind::{Io, UnequalLengths, Utf8};
    let line = |pos: &Option<::csv::Position>| pos.as_ref().map_or(0, ::csv::Position::line);
    match error.kind() {
        Io(error) => Error::failure(format!("cannot read the table: {error}")),
        Utf8 { pos, .. } => {
            Error::failure(format!("line {} is not UTF-8", line(pos))).with_hint(UTF8)
        }
        UnequalLengths { pos, expected_len, len } => Error::failure(format!(
            "line {} has {len} cells where the first has {expected_len}",
            line(pos)
        ))
        .with_hint("put cells that hold what parts columns into double quotes"),
        _ => Error::failure(format!("cannot read the table: {error}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_parted_by_what_is_there_most_often() {
        for (head, expected) in [
            ("id,lon,lat\n1;2;3;4;5", "commas"),
            ("id;\"a,b,c,d\";lat\n", "semicolons"),
            ("id\tlon, east\tlat\tx", "tabs"),
            ("id", "commas"),
            ("", "commas"),
        ] {
            assert_eq!(separator(head.as_bytes()).1, expected, "{head}");
        }
    }

    #[test]
    fn what_is_no_number_says_how_to_write_it() {
        let hint = |cell: &str| degrees(cell, "lon").unwrap_err().hint().unwrap().to_owned();
        assert_eq!(degrees("130.25", "lon").unwrap().to_bits(), 130.25_f64.to_bits());
        assert!(hint("130,25").contains("comma"));
        assert!(hint("42°15'N").contains("minutes"));
        assert!(hint("east").contains("decimals"));
        assert!(hint("NaN").contains("decimals"));
    }
}
