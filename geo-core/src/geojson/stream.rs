//! Reading feature by feature, with no more in memory than the longest of them.

use std::io::Read;

use serde::Deserialize;
use serde::de::IgnoredAny;

use super::document::{Document, FeatureMembers};
use super::read;
use crate::error::{Error, ErrorKind, Result};
use crate::geometry::EdgeModel;
use crate::raw::{RawFeature, Record};

/// Bytes read at once.
const BLOCK: usize = 1 << 18;

/// The features of a text, one after the other: of a collection, of a sequence of features (a line
/// each, or RFC 8142), or one feature or geometry alone.
///
/// What it yields is still text, so that it can be read on several threads. Once there was an error
/// nothing comes after it. Cost: a look at each byte, about 2 ns.
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
    from: R,
    buffer: Vec<u8>,
    /// Where the buffer is read next.
    at: usize,
    count: usize,
    place: Place,
}

#[derive(Debug)]
enum Place {
    /// Before or between texts.
    Outside,
    /// In the array of features of a collection, of which this is what came before.
    Among {
        head: Vec<u8>,
        densified: bool,
    },
    Ended,
}

/// A feature that is not yet read.
#[derive(Clone, Debug)]
pub struct FeatureText {
    text: Vec<u8>,
    index: usize,
    densified: bool,
    /// A whole text, perhaps a bare geometry.
    alone: bool,
}

impl FeatureText {
    /// Reads the feature and checks it; see [`read`](super::read()).
    ///
    /// # Errors
    /// Those of [`read`](super::read()).
    pub fn read(&self, edges: EdgeModel) -> Result<Record> {
        self.raw()?.record(edges)
    }

    /// Reads the feature as it stands there.
    ///
    /// # Errors
    /// [`ErrorKind::Format`] for what is not JSON or not GeoJSON.
    pub fn raw(&self) -> Result<RawFeature> {
        let text = std::str::from_utf8(&self.text).map_err(|_| not_utf8())?;
        if self.alone {
            let mut features = read::features(text, self.index)?;
            return features.pop().ok_or_else(|| read::not_geojson("it has no feature"));
        }
        let feature: FeatureMembers = serde_json::from_str(text).map_err(|error| {
            read::explain(text, &error).within(format!("feature {}", self.index))
        })?;
        read::unchecked(feature, self.index, self.densified)
    }
}

impl<R: Read> Features<R> {
    /// The features that `from` holds; nothing is read before the first is asked for.
    pub fn new(from: R) -> Self {
        Self { from, buffer: Vec::new(), at: 0, count: 0, place: Place::Outside }
    }

    /// Reads another block, keeping what is in the buffer from `keep` on, which is then its start;
    /// false at the end.
    fn fill(&mut self, keep: usize) -> Result<bool> {
        self.buffer.drain(..keep);
        self.at -= keep;
        let before = self.buffer.len();
        let mut block = self.from.by_ref().take(BLOCK as u64);
        block.read_to_end(&mut self.buffer).map_err(|e| {
            Error::new(ErrorKind::Format, format!("it cannot be read to its end: {e}"))
        })?;
        Ok(self.buffer.len() > before)
    }

    /// The next byte that is no white space, mark or comma between features; `None` at the end.
    fn next_sign(&mut self) -> Result<Option<u8>> {
        loop {
            while let Some(&byte) = self.buffer.get(self.at) {
                if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | 0x1e | b',' | 0xef | 0xbb | 0xbf)
                {
                    return Ok(Some(byte));
                }
                self.at += 1;
            }
            if !self.fill(self.at)? {
                return Ok(None);
            }
        }
    }

    fn advance(&mut self) -> Result<Option<FeatureText>> {
        loop {
            let sign = self.next_sign()?;
            match (&self.place, sign) {
                (Place::Outside, Some(b'{')) => {
                    if let Some(alone) = self.enter()? {
                        return Ok(Some(alone));
                    }
                }
                (Place::Among { densified, .. }, Some(b'{')) => {
                    let densified = *densified;
                    let text = self.object()?;
                    return Ok(Some(self.counted(text, densified, false)));
                }
                (Place::Among { .. }, Some(b']')) => self.leave()?,
                (Place::Outside, None) if self.count > 0 => return Ok(None),
                (Place::Outside, None) => return Err(read::nothing_in_it()),
                (Place::Among { .. }, None) => return Err(read::cut_off()),
                (Place::Outside, Some(_)) => {
                    return Err(read::not_geojson("an object is expected"));
                }
                (Place::Among { .. }, Some(_)) => {
                    return Err(read::not_geojson("a feature is expected")
                        .within(format!("feature {}", self.count)));
                }
                (Place::Ended, _) => return Ok(None),
            }
        }
    }

    fn counted(&mut self, text: Vec<u8>, densified: bool, alone: bool) -> FeatureText {
        self.count += 1;
        FeatureText { text, index: self.count - 1, densified, alone }
    }

    /// The object that begins here, whole.
    fn object(&mut self) -> Result<Vec<u8>> {
        let mut depth = 0_usize;
        let mut start = self.at;
        let mut in_string = false;
        loop {
            while let Some(&byte) = self.buffer.get(self.at) {
                self.at += 1;
                match byte {
                    b'"' => in_string = !in_string,
                    b'\\' if in_string => self.at += 1,
                    b'{' | b'[' if !in_string => depth += 1,
                    b'}' | b']' if !in_string => {
                        depth -= 1;
                        if depth == 0 {
                            return Ok(self.buffer[start..self.at].to_vec());
                        }
                    }
                    _ => {}
                }
            }
            let more = self.fill(start)?;
            start = 0;
            if !more {
                return Err(read::cut_off());
            }
        }
    }

    /// Goes into the text that begins here as far as its features; one without any is yielded.
    fn enter(&mut self) -> Result<Option<FeatureText>> {
        self.at += 1;
        let mut head = vec![b'{'];
        while let Some((key, value)) = self.named()? {
            if key == b"\"features\"" && value == Some(b'[') {
                self.at += 1;
                let document = around(&head, b"")?;
                let densified = read::is_densified(&document);
                self.place = Place::Among { head, densified };
                return Ok(None);
            }
            self.member(&mut head, &key, value)?;
        }
        head.push(b'}');
        Ok(Some(self.counted(head, false, true)))
    }

    /// Goes out of a collection, whose other members may come after its features.
    fn leave(&mut self) -> Result<()> {
        self.at += 1;
        let Place::Among { head, .. } = std::mem::replace(&mut self.place, Place::Outside) else {
            return Ok(());
        };
        let mut tail = vec![b'{'];
        while let Some((key, value)) = self.named()? {
            self.member(&mut tail, &key, value)?;
        }
        around(&head, &tail)?;
        // An empty collection is one nevertheless.
        self.place = if self.next_sign()?.is_none() { Place::Ended } else { Place::Outside };
        Ok(())
    }

    /// The name of the next member of an object and the first sign of its value; `None` once the
    /// object has ended.
    fn named(&mut self) -> Result<Option<(Vec<u8>, Option<u8>)>> {
        match self.next_sign()? {
            None => return Err(read::cut_off()),
            Some(b'}') => {
                self.at += 1;
                return Ok(None);
            }
            Some(_) => {}
        }
        let key = self.scalar()?;
        if self.next_sign()? != Some(b':') {
            return Err(read::not_json("a member needs a name and a value"));
        }
        self.at += 1;
        Ok(Some((key, self.next_sign()?)))
    }

    /// Adds a member to an object that is not yet closed.
    fn member(&mut self, object: &mut Vec<u8>, key: &[u8], value: Option<u8>) -> Result<()> {
        let value = match value {
            None => return Err(read::cut_off()),
            Some(b'{' | b'[') => self.object()?,
            Some(_) => self.scalar()?,
        };
        if object.len() > 1 {
            object.push(b',');
        }
        object.extend_from_slice(key);
        object.push(b':');
        object.extend_from_slice(&value);
        Ok(())
    }

    /// A string, a number or a word.
    fn scalar(&mut self) -> Result<Vec<u8>> {
        let mut text = Vec::new();
        let mut in_string = false;
        loop {
            let Some(&byte) = self.buffer.get(self.at) else {
                if self.fill(self.at)? {
                    continue;
                }
                return Err(read::cut_off());
            };
            let ends = matches!(byte, b' ' | b'\n' | b'\r' | b'\t' | b',' | b':' | b'}' | b']');
            if ends && !in_string {
                return Ok(text);
            }
            text.push(byte);
            self.at += 1;
            match byte {
                b'"' if in_string => return Ok(text),
                b'"' => in_string = true,
                b'\\' if in_string => {
                    if self.at >= self.buffer.len() {
                        self.fill(self.at)?;
                    }
                    text.extend(self.buffer.get(self.at));
                    self.at += 1;
                }
                _ => {}
            }
        }
    }
}

/// Whether an object says what it is; what else it says is not looked at.
#[derive(Deserialize)]
struct Typed {
    #[serde(rename = "type")]
    kind: Option<IgnoredAny>,
}

/// The members around the features of a collection, checked.
fn around(head: &[u8], tail: &[u8]) -> Result<Document> {
    let mut text = head.to_vec();
    if tail.len() > 1 {
        if text.len() > 1 {
            text.push(b',');
        }
        text.extend_from_slice(&tail[1..]);
    }
    text.push(b'}');
    let text = std::str::from_utf8(&text).map_err(|_| not_utf8())?;
    // Its type may come after the features.
    let typed: Typed = serde_json::from_str(text).map_err(|e| read::explain(text, &e))?;
    let rest = &text[1..];
    let text = match (typed.kind, rest) {
        (Some(_), _) => text.to_owned(),
        (None, "}") => r#"{"type":"FeatureCollection"}"#.to_owned(),
        (None, rest) => format!(r#"{{"type":"FeatureCollection",{rest}"#),
    };
    let document: Document = serde_json::from_str(&text).map_err(|e| read::explain(&text, &e))?;
    read::check_crs(document.crs.as_ref())?;
    Ok(document)
}

fn not_utf8() -> Error {
    Error::new(ErrorKind::Format, "it is not UTF-8 text")
        .with_hint("write it again as UTF-8, as RFC 8259 asks")
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
