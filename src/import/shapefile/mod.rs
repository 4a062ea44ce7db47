//! Shapefiles (Esri, 1998) with the files that belong to them, in a folder or a zip archive.
//!
//! They are read here and not by a crate: that for `.dbf` reads numbers of type `F`, in which Esri's
//! programs write all their measures, in single precision, and takes the row of another shape where
//! one was deleted.

mod dbf;
mod encoding;
mod memo;
mod rings;
mod shp;

pub(super) use shp::SHP;

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::Value;
use tumen_geo_core::raw::RawFeature;

use self::dbf::Table;
use self::shp::Shapes;
use super::archive::Archive;
use super::lonlat::ToLonLat;
use super::{Notes, Options, Unread};
use crate::error::{Error, Result};

/// Bytes that can be read from any place.
trait Bytes: Read + Seek + Send {}

impl<T: Read + Seek + Send> Bytes for T {}

/// The features of a shapefile.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    Features::open(&mut Folder { shp: path.to_owned() }, options, notes)
}

/// The features of a shapefile in an archive.
pub(super) fn zipped(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let archive = Archive::open(path)?;
    let shp = chosen(&archive, options)?;
    Features::open(&mut Zipped { archive, shp }, options, notes)
}

/// The shapefile that is meant.
fn chosen(archive: &Archive, options: &Options) -> Result<String> {
    let stem =
        |name: &str| Path::new(name).file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let all: Vec<&str> = archive.of_extension("shp").collect();
    let wanted = |name: &&&str| options.layer.as_ref().is_none_or(|layer| stem(name) == *layer);
    let found: Vec<&&str> = all.iter().filter(wanted).collect();
    if let [one] = found[..] {
        return Ok((*one).to_owned());
    }
    let layers: Vec<String> = all.iter().map(|name| stem(name)).collect();
    let count = found.len();
    Err(Error::failure(format!("the archive has {count} shapefiles that may be meant"))
        .with_hint(format!("name one with --layer: {}", layers.join(", "))))
}

/// Where the files of a shapefile are.
trait Files {
    /// The file of an extension; `None` when it is not there.
    fn open(&mut self, extension: &str) -> Result<Option<Box<dyn Bytes>>>;

    /// All bytes of it.
    fn read(&mut self, extension: &str) -> Result<Option<Vec<u8>>> {
        let Some(mut file) = self.open(extension)? else { return Ok(None) };
        let mut bytes = Vec::new();
        let read = file.read_to_end(&mut bytes);
        read.map_err(|e| Error::failure(format!("cannot read the .{extension}: {e}")))?;
        Ok(Some(bytes))
    }

    /// It as a short text.
    fn text(&mut self, extension: &str) -> Result<Option<String>> {
        let bytes = self.read(extension)?;
        Ok(bytes
            .map(|bytes| String::from_utf8_lossy(&bytes).trim_start_matches('\u{feff}').to_owned()))
    }
}

/// In the folder of the `.shp`, whatever the case of their extensions.
struct Folder {
    shp: PathBuf,
}

impl Folder {
    fn sibling(&self, extension: &str) -> Option<PathBuf> {
        let folder = self.shp.parent().filter(|folder| !folder.as_os_str().is_empty());
        let mut there: Vec<PathBuf> = std::fs::read_dir(folder.unwrap_or(Path::new(".")))
            .ok()?
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.file_stem() == self.shp.file_stem())
            .filter(|path| path.extension().is_some_and(|end| end.eq_ignore_ascii_case(extension)))
            .collect();
        there.sort();
        there.into_iter().next()
    }
}

impl Files for Folder {
    fn open(&mut self, extension: &str) -> Result<Option<Box<dyn Bytes>>> {
        let path =
            if extension == "shp" { Some(self.shp.clone()) } else { self.sibling(extension) };
        let Some(path) = path else { return Ok(None) };
        let file = File::open(&path).map_err(|e| Error::file("read", &path, &e))?;
        Ok(Some(Box::new(BufReader::with_capacity(1 << 16, file))))
    }
}

/// In an archive, beside the `.shp`.
struct Zipped {
    archive: Archive,
    shp: String,
}

impl Files for Zipped {
    fn open(&mut self, extension: &str) -> Result<Option<Box<dyn Bytes>>> {
        let stem = Path::new(&self.shp).with_extension("");
        let beside = |name: &&str| Path::new(name).with_extension("") == stem;
        let name = self.archive.of_extension(extension).find(beside).map(str::to_owned);
        let Some(name) = name else { return Ok(None) };
        Ok(Some(Box::new(Cursor::new(self.archive.read(&name)?))))
    }
}

struct Features {
    shapes: Shapes,
    table: Option<Table>,
    way: ToLonLat,
    next: usize,
    notes: Notes,
    watch: Option<Arc<dyn Fn(u64) + Send + Sync>>,
    /// After the end, and after an error.
    done: bool,
}

impl Features {
    fn open(files: &mut dyn Files, options: &Options, notes: &Notes) -> Result<Self> {
        let missing = || Error::failure("there is no .shp");
        let shp = files.open("shp")?.ok_or_else(missing)?;
        let shapes = Shapes::open(shp, files.read("shx")?.as_deref())?;
        let declared = files.text("prj")?.filter(|text| !text.trim().is_empty());
        let way = ToLonLat::new(declared.as_deref(), options, notes)?;
        let memo = match files.read("dbt")? {
            Some(memo) => Some(memo),
            None => files.read("fpt")?,
        };
        let cpg = files.text("cpg")?;
        let table = files.open("dbf")?;
        let table = table.map(|dbf| Table::open(dbf, cpg.as_deref(), memo)).transpose()?;
        match &table {
            None => notes.say("there is no .dbf: the features have no properties"),
            Some(table) => {
                for (name, of) in table.left_out() {
                    notes.say(format!("the column '{name}' of type {of} is left out"));
                }
            }
        }
        Ok(Self {
            shapes,
            table,
            way,
            next: 0,
            notes: notes.clone(),
            watch: options.watch.clone(),
            done: false,
        })
    }

    fn read(&mut self) -> Result<Option<RawFeature>> {
        loop {
            let placed = |e: Error| e.within(&format!("shape {}", self.next));
            let Some((shape, bytes)) = self.shapes.next().map_err(placed)? else {
                if self.table.as_ref().is_some_and(|table| table.left > 0) {
                    self.notes.say("the .dbf has more rows than the .shp has shapes");
                }
                return Ok(None);
            };
            if let Some(watch) = &self.watch {
                watch(bytes);
            }
            let properties = match &mut self.table {
                None => Some(Vec::new()),
                Some(table) => table.next().map_err(placed)?,
            };
            let index = self.next;
            self.next += 1;
            // A shape whose row is deleted is deleted too.
            let Some(properties) = properties else { continue };
            if self.table.as_ref().is_some_and(Table::is_unsaid) {
                let foreign = |value: &Value| value.as_str().is_some_and(|text| !text.is_ascii());
                if properties.iter().any(|(_, value)| foreign(value)) {
                    self.notes.say("no .cpg names the encoding of the texts; they are UTF-8");
                }
            }
            for note in shape.notes {
                self.notes.count(note);
            }
            let feature = RawFeature {
                id: None,
                index,
                geometry: shape.geometry,
                properties,
                ..RawFeature::default()
            };
            return Ok(Some(self.way.feature(feature)?));
        }
    }
}

impl Iterator for Features {
    type Item = Result<Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let read = self.read().transpose();
        self.done = !matches!(read, Some(Ok(_)));
        read.map(|feature| feature.map(|feature| Unread::Raw(Box::new(feature))))
    }
}
