//! KML, plain and zipped as KMZ: placemarks in documents and folders.

mod element;
mod geometry;
mod placemark;

use std::collections::{BTreeMap, VecDeque};
use std::io::{BufRead, BufReader, Cursor};
use std::path::Path;

use tumen_geo_core::raw::RawFeature;

use self::element::{Document, Element, Next};
use self::placemark::Schemas;
use super::archive::Archive;
use super::{Notes, Options, Unread, text};
use crate::error::{Error, Result};

/// Bytes that are read at once.
const BUFFER: usize = 1 << 16;

/// The placemarks of a document.
pub(super) fn features(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let bytes = BufReader::with_capacity(BUFFER, text::open(path, options)?);
    Ok(Placemarks::new(Box::new(bytes), options, notes))
}

/// The placemarks of the documents of an archive, `doc.kml` first.
pub(super) fn zipped(
    path: &Path,
    options: &Options,
    notes: &Notes,
) -> Result<impl Iterator<Item = Result<Unread>> + Send + use<>> {
    let mut archive = Archive::open(path)?;
    let mut names: Vec<String> = archive.of_extension("kml").map(str::to_owned).collect();
    names.sort_by_key(|name| name != "doc.kml");
    if names.len() > 1 {
        notes.say(format!("the {} documents of the archive are read as one", names.len()));
    }
    let first = names.first().ok_or_else(|| Error::failure("the archive has no .kml"))?;
    let document = placemarks_of(&mut archive, first, options, notes)?.within(&names);
    let mut documents = names.clone().into_iter().skip(1);
    let mut placemarks = document;
    let (options, notes) = (options.clone(), notes.clone());
    Ok(std::iter::from_fn(move || {
        loop {
            if let Some(feature) = placemarks.next() {
                return Some(feature);
            }
            if placemarks.failed {
                return None;
            }
            let name = documents.next()?;
            let next = placemarks_of(&mut archive, &name, &options, &notes);
            match next.map(|next| next.within(&names)) {
                Ok(next) => placemarks = Placemarks { next: placemarks.next, ..next },
                Err(error) => {
                    placemarks.failed = true;
                    return Some(Err(error));
                }
            }
        }
    }))
}

fn placemarks_of(
    archive: &mut Archive,
    name: &str,
    options: &Options,
    notes: &Notes,
) -> Result<Placemarks> {
    let bytes = Cursor::new(archive.read(name)?);
    Ok(Placemarks::new(Box::new(bytes), options, notes))
}

struct Placemarks {
    document: Document<Box<dyn BufRead + Send>>,
    /// The names of the documents and folders that are open, from the outside in, as they come to
    /// be known.
    open: Vec<Container>,
    schemas: Schemas,
    /// The only folder whose placemarks are meant.
    layer: Option<String>,
    /// Features of a placemark that was read.
    waiting: VecDeque<RawFeature>,
    next: usize,
    seen_root: bool,
    /// Documents that are read beside this one.
    beside: Vec<String>,
    notes: Notes,
    /// After the end, and after an error.
    done: bool,
    failed: bool,
}

/// An element that holds placemarks.
struct Container {
    is_folder: bool,
    name: Option<String>,
}

impl Placemarks {
    fn new(bytes: Box<dyn BufRead + Send>, options: &Options, notes: &Notes) -> Self {
        Self {
            document: Document::new(bytes),
            open: Vec::new(),
            schemas: BTreeMap::new(),
            layer: options.layer.clone(),
            waiting: VecDeque::new(),
            next: 0,
            seen_root: false,
            beside: Vec::new(),
            notes: notes.clone(),
            done: false,
            failed: false,
        }
    }

    /// The same, where the documents of these names are read as well.
    fn within(self, names: &[String]) -> Self {
        Self { beside: names.to_vec(), ..self }
    }

    /// The name of the innermost folder.
    fn folder(&self) -> Option<&str> {
        self.open.iter().rev().find(|outer| outer.is_folder)?.name.as_deref()
    }

    fn read(&mut self) -> Result<Option<RawFeature>> {
        while self.waiting.is_empty() {
            match self.document.next(&mut String::new())? {
                Next::Start(start) => self.element(start)?,
                Next::End => drop(self.open.pop()),
                Next::Eof if self.seen_root => return Ok(None),
                Next::Eof => return Err(Error::failure("the document is empty")),
            }
        }
        Ok(self.waiting.pop_front())
    }

    /// Takes an element in: those that hold placemarks stay open.
    fn element(&mut self, start: Element) -> Result<()> {
        if !std::mem::replace(&mut self.seen_root, true)
            && !matches!(start.name.as_str(), "kml" | "Document" | "Folder" | "Placemark")
        {
            return Err(Error::failure(format!("'{}' is no document of KML", start.name))
                .with_hint("its first element is <kml>"));
        }
        match start.name.as_str() {
            "kml" | "Document" | "Folder" | "Create" | "Change" | "Update"
            | "NetworkLinkControl" => {
                self.open.push(Container { is_folder: start.name == "Folder", name: None });
            }
            "Placemark" => {
                let placemark = self.document.rest(start)?;
                let folder = self.folder().map(str::to_owned);
                if self.layer.as_ref().is_some_and(|layer| folder.as_ref() != Some(layer)) {
                    return Ok(());
                }
                let found = placemark::features(
                    &placemark,
                    self.next,
                    folder.as_deref(),
                    &self.schemas,
                    &self.notes,
                )?;
                self.next += 1;
                self.waiting.extend(found);
            }
            "name" => {
                let name = self.document.rest(start)?.text.trim().to_owned();
                if let Some(outer) = self.open.last_mut().filter(|_| !name.is_empty()) {
                    outer.name = Some(name);
                }
            }
            "Schema" => {
                let schema = self.document.rest(start)?;
                let id = schema.attribute("id").or(schema.attribute("name")).unwrap_or_default();
                let types = schema.all("SimpleField").filter_map(|field| {
                    let (name, of) = (field.attribute("name")?, field.attribute("type")?);
                    Some((name.to_owned(), of.to_owned()))
                });
                self.schemas.insert(id.to_owned(), types.collect());
            }
            "NetworkLink" => {
                let link = self.document.rest(start)?;
                let link = link.child("Link").or(link.child("Url"));
                let to = link.and_then(|link| link.text_of("href"));
                if !to.is_some_and(|to| self.beside.iter().any(|name| name == to)) {
                    self.notes.count("links to other documents are not followed");
                }
            }
            other => {
                match other {
                    "GroundOverlay" | "ScreenOverlay" | "PhotoOverlay" => {
                        self.notes.count("pictures are left out");
                    }
                    "Tour" => self.notes.count("tours are left out"),
                    _ => {}
                }
                self.document.skip()?;
            }
        }
        Ok(())
    }
}

impl Iterator for Placemarks {
    type Item = Result<Unread>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        let read = self.read().transpose();
        self.failed = matches!(read, Some(Err(_)));
        self.done = self.failed || read.is_none();
        read.map(|feature| feature.map(|feature| Unread::Raw(Box::new(feature))))
    }
}
