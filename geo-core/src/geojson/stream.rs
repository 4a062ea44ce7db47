//! Reading feature by feature, with no more in memory than the longest of them.

use std::io::Read;
use std::sync::Arc;

use super::around::{self, Around, Said};
use super::blocks::Blocks;
use super::document::Members;
use super::fault;
use super::read::feature;
use super::{remarks, verbatim};
use crate::error::Result;
use crate::geometry::EdgeModel;
use crate::raw::{RawFeature, RawGeometry, Record};
use crate::validity::Problem;

/// The features of a text, one after the other: of a collection, of a sequence of features (a line
/// each, or RFC 8142), or one feature or geometry alone.
///
/// What it yields is still text, so that it can be read on several threads. Once there was an error
/// nothing comes after it. Cost: about 1 ns for each byte, most of it that of reading them.
///
/// ```
/// use tumen_geo_core::{EdgeModel, geojson::Features};
/// let lines = r#"{"type":"Feature","id":"quanhe","geometry":{"type":"Point","coordinates":[130.51,42.58]}}
/// {"type":"Feature","id":"wonjong","geometry":{"type":"Point","coordinates":[130.52,42.57]}}"#;
/// let mut ids = Vec::new();
/// for feature in Features::new(lines.as_bytes()) {
///     ids.push(feature?.read(EdgeModel::LonLat)?.id);
/// }
/// assert_eq!(ids, ["quanhe", "wonjong"]);
/// # Ok::<(), tumen_geo_core::Error>(())
/// ```
#[derive(Debug)]
pub struct Features<R> {
    text: Blocks<R>,
    count: usize,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Before or between texts.
    Outside,
    /// In the array of features of a collection.
    Among {
        /// What came before it.
        head: Vec<u8>,
        said: Arc<Said>,
        /// Before the first of them.
        begins: bool,
    },
    Ended,
}

/// A feature that is not yet read.
#[derive(Clone, Debug)]
pub struct FeatureText {
    text: Vec<u8>,
    index: usize,
    /// Where it begins.
    line: usize,
    said: Arc<Said>,
    /// A whole text, perhaps a bare geometry.
    alone: bool,
}

impl FeatureText {
    /// Reads the feature and checks it; see [`read`](super::read()).
    ///
    /// # Errors
    /// Those of [`read`](super::read()).
    pub fn read(&self, edges: EdgeModel) -> Result<Record> {
        if let Some(crs) = self.crs() {
            return Err(around::refuse(crs));
        }
        self.raw()?.record(edges)
    }

    /// Reads the feature as it stands there, its positions in the system that [`crs`](Self::crs)
    /// names.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) for what is not JSON or not GeoJSON.
    pub fn raw(&self) -> Result<RawFeature> {
        let text = std::str::from_utf8(&self.text).map_err(|_| fault::not_utf8())?;
        let name = self.index.to_string();
        let members =
            Members::read(text).map_err(|what| fault::explain(text, &what, &name, self.line))?;
        feature(members, self.index, self.alone, self.said.densified)
    }

    /// What is to be said of the text that a feature as it is [read](Self::raw) has no longer: members
    /// that are there twice, and the member `crs`. As long as reading it.
    pub fn remarks(&self) -> Vec<Problem> {
        let mut remarks = remarks::twice(&self.text);
        if self.said.named {
            remarks.push(remarks::crs(self.crs()));
        }
        remarks
    }

    /// Whether it is a feature, not a bare geometry.
    pub fn is_feature(&self) -> bool {
        !self.alone || verbatim::is_feature(&self.text)
    }

    /// The text, byte by byte.
    pub fn as_bytes(&self) -> &[u8] {
        &self.text
    }

    /// Whether a collection around it says that its edges mean the same either way.
    pub fn is_densified(&self) -> bool {
        self.said.densified
    }

    /// The text with another geometry, every other byte as it is; `None` is null.
    ///
    /// # Errors
    /// [`ErrorKind::Format`](crate::ErrorKind::Format) for what is no feature with a geometry.
    pub fn with_geometry(&self, geometry: Option<&RawGeometry>) -> Result<String> {
        let text = std::str::from_utf8(&self.text).map_err(|_| fault::not_utf8())?;
        verbatim::with_geometry(text, geometry)
    }

    /// The coordinate system that the text names in the member `crs` of before RFC 7946; `None`
    /// where it names none, or the one of GeoJSON, WGS 84 with the longitude first.
    pub fn crs(&self) -> Option<&str> {
        self.said.crs.as_deref()
    }
}

impl<R: Read> Features<R> {
    /// The features that `from` holds; nothing is read before the first is asked for.
    pub fn new(from: R) -> Self {
        Self { text: Blocks::new(from), count: 0, place: Place::Outside }
    }

    /// Refuses features of more than so many bytes; of more than 256 MiB when nothing is said.
    #[must_use]
    pub fn at_most(self, bytes: usize) -> Self {
        Self { text: self.text.at_most(bytes), ..self }
    }

    fn advance(&mut self) -> Result<Option<FeatureText>> {
        loop {
            match &mut self.place {
                Place::Outside => match self.outside()? {
                    Some(b'{') => {
                        if let Some(alone) = self.enter()? {
                            return Ok(Some(alone));
                        }
                    }
                    Some(_) => return Err(fault::not_geojson("an object is expected")),
                    None if self.count > 0 => return Ok(None),
                    None => return Err(fault::nothing_in_it()),
                },
                Place::Among { said, begins, .. } => {
                    let mut sign = self.text.sign()?;
                    if sign == b']' {
                        self.leave()?;
                        continue;
                    }
                    if !std::mem::replace(begins, false) {
                        if sign != b',' {
                            return Err(fault::not_json("a comma between features is expected")
                                .within(self.text.place()));
                        }
                        self.text.step();
                        sign = self.text.sign()?;
                    }
                    if sign != b'{' {
                        return Err(
                            fault::not_geojson("a feature is expected").within(self.text.place())
                        );
                    }
                    let (line, said) = (self.text.line(), Arc::clone(said));
                    self.text.keep();
                    self.text.value()?;
                    return Ok(Some(self.counted(line, said, false)));
                }
                Place::Ended => return Ok(None),
            }
        }
    }

    /// The next sign between texts.
    fn outside(&mut self) -> Result<Option<u8>> {
        // The separator of RFC 8142, and the byte order mark of each of several files in one.
        self.text.next_sign(|byte| matches!(byte, 0x1e | 0xef | 0xbb | 0xbf))
    }

    /// The feature that was kept.
    fn counted(&mut self, line: usize, said: Arc<Said>, alone: bool) -> FeatureText {
        let index = self.count;
        self.count += 1;
        FeatureText { text: self.text.taken(), index, line, said, alone }
    }

    /// Goes into the text that begins here as far as its features; one without any is yielded.
    fn enter(&mut self) -> Result<Option<FeatureText>> {
        let line = self.text.line();
        self.text.keep();
        self.text.step();
        let (mut crs, mut named) = (None, false);
        for first in std::iter::once(true).chain(std::iter::repeat(false)) {
            let before = self.text.kept().len();
            let Some(name) = self.name(first)? else { break };
            if name == b"\"features\"" && self.text.sign()? == b'[' {
                let head = self.text.kept()[..before].to_vec();
                let around = Around::read(&head, b"}", line)?;
                if !around.is_something_else() {
                    self.text.step();
                    self.text.let_go();
                    self.place = Place::Among { head, said: around.said(), begins: true };
                    return Ok(None);
                }
            }
            let value = self.text.kept().len();
            self.text.value()?;
            if name == b"\"crs\"" {
                // What is no JSON is found to be none with the rest.
                let value = serde_json::from_slice(&self.text.kept()[value..]).unwrap_or_default();
                crs = around::foreign(&value);
                named = true;
            }
        }
        Ok(Some(self.counted(line, Arc::new(Said { densified: false, crs, named }), true)))
    }

    /// Goes out of a collection, whose other members may come after its features.
    fn leave(&mut self) -> Result<()> {
        self.text.step();
        let Place::Among { head, said, .. } = std::mem::replace(&mut self.place, Place::Outside)
        else {
            return Ok(());
        };
        let line = self.text.line();
        self.text.keep();
        while self.name(false)?.is_some() {
            self.text.value()?;
        }
        let tail = self.text.taken();
        let around = Around::read(&head, &tail, line)?;
        if let Some(crs) = around.said().crs.as_ref().filter(|crs| said.crs.as_ref() != Some(crs)) {
            return Err(around::too_late(crs));
        }
        if !around.is_collection() {
            return Err(fault::not_geojson("the collection has no member 'type' that says so"));
        }
        // An empty collection is one nevertheless.
        self.place = if self.outside()?.is_none() { Place::Ended } else { Place::Outside };
        Ok(())
    }

    /// The name of the next member of an object, stepped over together with its colon; `None` once
    /// the object has ended.
    fn name(&mut self, first: bool) -> Result<Option<Vec<u8>>> {
        let mut sign = self.text.sign()?;
        if sign == b'}' {
            self.text.step();
            return Ok(None);
        }
        if sign == b',' && !first {
            self.text.step();
            sign = self.text.sign()?;
        } else if !first {
            return Err(fault::not_json("a comma is expected").within(self.text.place()));
        }
        let start = self.text.kept().len();
        if sign == b'"' {
            self.text.value()?;
        }
        let name = self.text.kept()[start..].to_vec();
        if name.is_empty() || self.text.sign()? != b':' {
            return Err(
                fault::not_json("a member needs a name and a value").within(self.text.place())
            );
        }
        self.text.step();
        Ok(Some(name))
    }
}

impl<R: Read> Iterator for Features<R> {
    type Item = Result<FeatureText>;

    fn next(&mut self) -> Option<Self::Item> {
        let next = self.advance().transpose();
        if !matches!(next, Some(Ok(_))) {
            self.place = Place::Ended;
        }
        next
    }
}
