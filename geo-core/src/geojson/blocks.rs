//! A text read block by block, with as much of it in memory as is being looked at.

use std::io::{ErrorKind as IoErrorKind, Read};

use memchr::{memchr_iter, memchr2, memchr3};

use super::fault;
use crate::error::{Error, ErrorKind, Result};

/// Bytes asked for at once.
const BLOCK: usize = 1 << 18;
/// The most bytes of a feature, or of what stands around the features: all of it is held in memory.
const LONGEST: usize = 1 << 28;

/// A text, where it is read next, and what is kept of it.
#[derive(Debug)]
pub(super) struct Blocks<R> {
    from: R,
    buffer: Vec<u8>,
    /// How much of the buffer is text.
    filled: usize,
    /// Where the buffer is read next.
    at: usize,
    /// From where on it is kept, if not from where it is read.
    kept: Option<usize>,
    /// How much of the buffer was searched for ends of lines, and the line there, from 1.
    counted: usize,
    line: usize,
    longest: usize,
}

impl<R: Read> Blocks<R> {
    pub(super) fn new(from: R) -> Self {
        let (buffer, longest) = (Vec::new(), LONGEST);
        Self { from, buffer, filled: 0, at: 0, kept: None, counted: 0, line: 1, longest }
    }

    /// Refuses to keep more than so many bytes.
    pub(super) fn at_most(self, longest: usize) -> Self {
        Self { longest, ..self }
    }

    /// Reads on; false at the end.
    fn fill(&mut self) -> Result<bool> {
        let keep = self.kept.unwrap_or(self.at);
        self.count_lines(keep);
        self.counted -= keep;
        self.buffer.copy_within(keep..self.filled, 0);
        self.filled -= keep;
        self.at -= keep;
        self.kept = self.kept.map(|_| 0);
        if self.filled > self.longest {
            return Err(fault::too_long(self.longest).within(self.place()));
        }
        if self.buffer.len() < self.filled + BLOCK {
            // Twice as much, so that a long feature is moved a few times only.
            self.buffer.resize((2 * self.filled).max(BLOCK) + BLOCK, 0);
        }
        loop {
            match self.from.read(&mut self.buffer[self.filled..]) {
                Ok(more) => {
                    self.filled += more;
                    return Ok(more > 0);
                }
                Err(error) if error.kind() == IoErrorKind::Interrupted => {}
                Err(error) => {
                    let what = format!("it cannot be read to its end: {error}");
                    return Err(Error::new(ErrorKind::Format, what));
                }
            }
        }
    }

    fn count_lines(&mut self, to: usize) {
        if to > self.counted {
            self.line += memchr_iter(b'\n', &self.buffer[self.counted..to]).count();
            self.counted = to;
        }
    }

    /// The line that is being read, from 1.
    pub(super) fn line(&mut self) -> usize {
        self.count_lines(self.at);
        self.line
    }

    /// Where it is read, for messages.
    pub(super) fn place(&mut self) -> String {
        format!("line {}", self.line())
    }

    fn cut_off(&mut self) -> Error {
        fault::cut_off(self.line())
    }

    /// The next byte that is no white space and that `skips` does not skip; `None` at the end.
    pub(super) fn next_sign(&mut self, skips: impl Fn(u8) -> bool) -> Result<Option<u8>> {
        loop {
            while let Some(&byte) = self.buffer[..self.filled].get(self.at) {
                if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') && !skips(byte) {
                    return Ok(Some(byte));
                }
                self.at += 1;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// The next sign, which a text must have here.
    pub(super) fn sign(&mut self) -> Result<u8> {
        self.next_sign(|_| false)?.ok_or_else(|| self.cut_off())
    }

    /// Steps over a byte.
    pub(super) fn step(&mut self) {
        self.at += 1;
    }

    /// Keeps the text from here on, until it is [`taken`](Self::taken) or [let go](Self::let_go).
    pub(super) fn keep(&mut self) {
        self.kept = Some(self.at);
    }

    /// What was kept, up to here.
    pub(super) fn kept(&self) -> &[u8] {
        &self.buffer[self.kept.unwrap_or(self.at)..self.at]
    }

    pub(super) fn taken(&mut self) -> Vec<u8> {
        let taken = self.kept().to_vec();
        self.let_go();
        taken
    }

    pub(super) fn let_go(&mut self) {
        self.kept = None;
    }

    /// Steps over the value that begins here: where it ends is right if it is JSON.
    pub(super) fn value(&mut self) -> Result<()> {
        match self.sign()? {
            b'{' => self.balanced(b'{', b'}'),
            b'[' => self.balanced(b'[', b']'),
            b'"' => self.string(),
            _ => loop {
                let rest = &self.buffer[self.at..self.filled];
                let ends = |byte: &u8| b" \n\r\t,:}]".contains(byte);
                let length = rest.iter().position(ends);
                self.at += length.unwrap_or(rest.len());
                if length.is_some() {
                    return Ok(());
                }
                self.more()?;
            },
        }
    }

    /// As [`fill`](Self::fill), where the text cannot end.
    fn more(&mut self) -> Result<()> {
        if self.fill()? { Ok(()) } else { Err(self.cut_off()) }
    }

    /// Steps over an object or a list. What stands in it in brackets of the other kind is passed by.
    fn balanced(&mut self, open: u8, close: u8) -> Result<()> {
        let mut depth = 0_usize;
        loop {
            match memchr3(b'"', open, close, &self.buffer[self.at..self.filled]) {
                None => {
                    self.at = self.filled;
                    self.more()?;
                }
                Some(place) => {
                    self.at += place;
                    let sign = self.buffer[self.at];
                    if sign == b'"' {
                        self.string()?;
                        continue;
                    }
                    self.at += 1;
                    if sign == open {
                        depth += 1;
                    } else if depth > 1 {
                        depth -= 1;
                    } else {
                        return Ok(());
                    }
                }
            }
        }
    }

    /// Steps over a string.
    fn string(&mut self) -> Result<()> {
        self.at += 1;
        loop {
            match memchr2(b'"', b'\\', &self.buffer[self.at.min(self.filled)..self.filled]) {
                None => {
                    // An escape may reach over the end of the block.
                    let beyond = self.at.saturating_sub(self.filled);
                    self.at = self.filled;
                    self.more()?;
                    self.at += beyond;
                }
                Some(place) => {
                    self.at += place;
                    if self.buffer[self.at] == b'"' {
                        self.at += 1;
                        return Ok(());
                    }
                    self.at += 2;
                }
            }
        }
    }
}
