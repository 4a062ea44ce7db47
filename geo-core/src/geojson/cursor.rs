//! A walk over a JSON text that stops where GeoJSON has something to say.
//!
//! Objects and coordinates are walked here, each byte once; every other value is `serde_json`'s.

use std::borrow::Cow;

use geo_types::Coord;
use serde::Deserialize;
use serde::de::IgnoredAny;

/// What was read, or what is wrong with it.
pub(super) type Scanned<T> = Result<T, Cow<'static, str>>;

/// A place in a text.
pub(super) struct Cursor<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Whether a position had more than two numbers.
    pub(super) heights: bool,
    /// Where lines are read.
    pub(super) room: Vec<Coord>,
}

impl<'a> Cursor<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        Self { text, at: 0, heights: false, room: Vec::new() }
    }

    /// The next byte that is no space; 0 at the end.
    #[inline]
    pub(super) fn peek(&mut self) -> u8 {
        let bytes = self.text.as_bytes();
        while let Some(byte) = bytes.get(self.at) {
            if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                return *byte;
            }
            self.at += 1;
        }
        0
    }

    /// Steps over `sign` where it comes next.
    #[inline]
    pub(super) fn steps_over(&mut self, sign: u8) -> bool {
        let found = self.peek() == sign;
        self.at += usize::from(found);
        found
    }

    /// After an element: steps over a comma, or over the bracket `end` that ends it all.
    #[inline]
    pub(super) fn goes_on(&mut self, end: u8) -> Scanned<bool> {
        let sign = self.peek();
        self.at += 1;
        if sign == b',' || sign == end {
            return Ok(sign == b',');
        }
        Err("a comma or a closing bracket is expected".into())
    }

    /// An object, `member` called with the name of each of its members before the value, which it
    /// steps over.
    pub(super) fn object(
        &mut self,
        mut member: impl FnMut(&mut Self, &str) -> Scanned<()>,
    ) -> Scanned<()> {
        if !self.steps_over(b'{') {
            return Err("an object is expected".into());
        }
        if self.steps_over(b'}') {
            return Ok(());
        }
        loop {
            let name = self.string()?;
            if !self.steps_over(b':') {
                return Err("a member needs a name and a value".into());
            }
            member(self, &name)?;
            if !self.goes_on(b'}')? {
                return Ok(());
            }
        }
    }

    /// A string.
    pub(super) fn string(&mut self) -> Scanned<Cow<'a, str>> {
        if self.peek() != b'"' {
            return Err("a text in quotes is expected".into());
        }
        let rest = &self.text[self.at + 1..];
        let ends = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let length = rest.as_bytes().iter().position(ends);
        match length.map(|length| (length, rest.as_bytes()[length])) {
            Some((length, b'"')) => {
                self.at += length + 2;
                Ok(Cow::Borrowed(&rest[..length]))
            }
            _ => self.value().map(Cow::Owned),
        }
    }

    /// Any value.
    pub(super) fn value<T: Deserialize<'a>>(&mut self) -> Scanned<T> {
        let text = self.text;
        let rest = &text[self.at..];
        let mut values = serde_json::Deserializer::from_str(rest).into_iter();
        match values.next() {
            Some(Ok(value)) => {
                self.at += values.byte_offset();
                Ok(value)
            }
            Some(Err(error)) => {
                let what = error.to_string();
                Err(what.split(" at line ").next().unwrap_or_default().to_owned().into())
            }
            None => Err("a value is expected".into()),
        }
    }

    /// Steps over a value that does not matter.
    pub(super) fn skip(&mut self) -> Scanned<()> {
        self.value().map(|IgnoredAny| ())
    }

    /// The end of the text.
    pub(super) fn end(&mut self) -> Scanned<()> {
        match self.peek() {
            0 if self.at >= self.text.len() => Ok(()),
            _ => Err("nothing is expected after the end".into()),
        }
    }
}
