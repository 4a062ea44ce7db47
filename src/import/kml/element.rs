//! Elements of XML in memory, one placemark at a time.

use std::io::BufRead;

use quick_xml::encoding::DecodingReader;
use quick_xml::escape::resolve_predefined_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::error::{Error, Result};

/// Elements within elements beyond this are no document but an attack on the memory.
const DEEPEST: usize = 64;

/// How far into a document the declaration of its encoding ends at most: the decoder keeps as many
/// bytes back until it is set, a mark of the byte order not counted.
const DECLARATION: u64 = 61;

/// An element with all that is in it. Names are without prefixes: those that matter are told apart
/// by where they are.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Element {
    pub(super) name: String,
    attributes: Vec<(String, String)>,
    /// What is between its tags, elements left out.
    pub(super) text: String,
    pub(super) children: Vec<Element>,
}

impl Element {
    /// The first child of a name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of a name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The text of a child, without white space around it; `None` where it is empty.
    pub(super) fn text_of(&self, name: &str) -> Option<&str> {
        self.child(name).map(|child| child.text.trim()).filter(|text| !text.is_empty())
    }

    /// An attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

/// What stands next in a document.
pub(super) enum Next {
    /// The start of an element.
    Start(Element),
    /// The end of one.
    End,
    /// The end of the document.
    Eof,
}

/// A document that is read from its start.
pub(super) struct Document<R> {
    reader: Reader<DecodingReader<R>>,
    buffer: Vec<u8>,
    /// An element without content has ended already.
    empty: bool,
    depth: usize,
}

impl<R: BufRead> Document<R> {
    pub(super) fn new(bytes: R) -> Self {
        let reader = Reader::from_reader(DecodingReader::new(bytes));
        Self { reader, buffer: Vec::new(), empty: false, depth: 0 }
    }

    /// The next start or end of an element; texts on the way are added to `text`.
    pub(super) fn next(&mut self, text: &mut String) -> Result<Next> {
        if std::mem::take(&mut self.empty) {
            self.depth -= 1;
            return Ok(Next::End);
        }
        loop {
            let before = self.reader.buffer_position();
            self.buffer.clear();
            let event = self.reader.read_event_into(&mut self.buffer);
            match event.map_err(|e| wrong(before, &e))? {
                Event::Start(tag) => {
                    self.depth += 1;
                    let started = started(&tag).map_err(|e| wrong(before, &e))?;
                    return self.deep().map(|()| Next::Start(started));
                }
                Event::Empty(tag) => {
                    self.depth += 1;
                    self.empty = true;
                    let started = started(&tag).map_err(|e| wrong(before, &e))?;
                    return self.deep().map(|()| Next::Start(started));
                }
                Event::End(_) => {
                    self.depth = self.depth.saturating_sub(1);
                    return Ok(Next::End);
                }
                Event::Eof if self.depth > 0 => {
                    return Err(Error::failure("the document ends before its elements do")
                        .with_hint("was it downloaded whole?"));
                }
                Event::Eof => return Ok(Next::Eof),
                Event::Text(part) => text.push_str(&part.xml10_content()),
                Event::CData(part) => text.push_str(&part.xml10_content()),
                Event::GeneralRef(reference) => {
                    text.push_str(&referred(&reference).map_err(|e| wrong(before, &e))?);
                }
                Event::Decl(declaration) => {
                    let encoding = declaration.encoder();
                    let near = self.reader.buffer_position() <= DECLARATION;
                    // The byte order of UTF-16 is known better from the first bytes.
                    let ascii = self.reader.get_ref().encoding() == encoding_rs::UTF_8;
                    if let Some(encoding) = encoding.filter(|_| near && ascii) {
                        self.reader.get_mut().set_encoding(encoding);
                    }
                }
                Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {}
            }
        }
    }

    fn deep(&self) -> Result<()> {
        if self.depth <= DEEPEST {
            return Ok(());
        }
        Err(Error::failure("the elements of the document are nested too deep")
            .with_hint(format!("at most {DEEPEST} lie in one another")))
    }

    /// The rest of an element whose start was read.
    pub(super) fn rest(&mut self, start: Element) -> Result<Element> {
        let mut open = vec![start];
        loop {
            let mut text = String::new();
            let next = self.next(&mut text)?;
            if let Some(inner) = open.last_mut() {
                inner.text.push_str(&text);
            }
            match next {
                Next::Start(element) => open.push(element),
                Next::End => {
                    let Some(done) = open.pop() else { return Ok(Element::default()) };
                    match open.last_mut() {
                        Some(outer) => outer.children.push(done),
                        None => return Ok(done),
                    }
                }
                // A document within an element has an end before.
                Next::Eof => return Ok(open.swap_remove(0)),
            }
        }
    }

    /// Goes over the rest of an element whose start was read.
    pub(super) fn skip(&mut self) -> Result<()> {
        let outside = self.depth - 1;
        while self.depth > outside {
            self.next(&mut String::new())?;
        }
        Ok(())
    }
}

/// An element of which only the tag is known.
fn started(tag: &BytesStart<'_>) -> quick_xml::Result<Element> {
    let mut attributes = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute?;
        let name = attribute.key.local_name().as_ref().to_owned();
        attributes.push((name, attribute.normalized_value(XmlVersion::Implicit1_0)?.into_owned()));
    }
    let name = tag.local_name().as_ref().to_owned();
    Ok(Element { name, attributes, ..Element::default() })
}

/// What stands for a character. Entities that a document defines itself are left as they are.
fn referred(reference: &BytesRef<'_>) -> quick_xml::Result<String> {
    if let Some(character) = reference.resolve_char_ref()? {
        return Ok(character.to_string());
    }
    let name = reference.xml10_content();
    Ok(resolve_predefined_entity(&name).map_or_else(|| format!("&{name};"), str::to_owned))
}

fn wrong(at: u64, error: &quick_xml::Error) -> Error {
    Error::failure(format!("the XML is damaged near byte {at}: {error}"))
}
