//! XML as a tree that is put together in any order and written in one go.

use std::borrow::Cow;
use std::fmt::Write as _;

/// An element.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Element {
    name: &'static str,
    attributes: Vec<(Cow<'static, str>, String)>,
    text: String,
    children: Vec<Self>,
}

impl Element {
    pub(super) fn new(name: &'static str) -> Self {
        Self { name, attributes: Vec::new(), text: String::new(), children: Vec::new() }
    }

    /// An element with a text in it.
    pub(super) fn of_text(name: &'static str, text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::new(name) }
    }

    /// The element with one more attribute.
    #[allow(clippy::needless_pass_by_value, reason = "literals and numbers are handed over")]
    pub(super) fn with(mut self, name: impl Into<Cow<'static, str>>, value: impl ToString) -> Self {
        self.attributes.push((name.into(), value.to_string()));
        self
    }

    /// The element with several more attributes.
    pub(super) fn with_all(mut self, attributes: &[(&'static str, &str)]) -> Self {
        let owned = attributes.iter().map(|(name, value)| ((*name).into(), (*value).to_owned()));
        self.attributes.extend(owned);
        self
    }

    /// The element with one more child at the end.
    pub(super) fn child(mut self, child: Self) -> Self {
        self.children.push(child);
        self
    }

    /// The element with more children at the end.
    pub(super) fn children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        self.children.extend(children);
        self
    }

    /// A document of the element below `head`, a child to a line.
    pub(super) fn document(&self, head: &str) -> String {
        let mut out = String::from(head);
        self.write(&mut out, 0);
        out.push('\n');
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        _ = write!(out, "<{}", self.name);
        for (name, value) in &self.attributes {
            _ = write!(out, " {name}=\"");
            escape(out, value);
            out.push('"');
        }
        if self.text.is_empty() && self.children.is_empty() {
            out.push_str("/>");
            return;
        }
        out.push('>');
        escape(out, &self.text);
        for child in &self.children {
            _ = write!(out, "\n{:1$}", "", (depth + 1) * 2);
            child.write(out, depth + 1);
        }
        if !self.children.is_empty() {
            _ = write!(out, "\n{:1$}", "", depth * 2);
        }
        _ = write!(out, "</{}>", self.name);
    }
}

/// Appends `text` without what XML takes for its own; characters that XML 1.0 does not have are left
/// out.
fn escape(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push_str("&#10;"),
            '\t' => out.push_str("&#9;"),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            c => out.push(c),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_are_written_with_their_characters_escaped() {
        let tree = Element::new("a")
            .with("k", "<\"&\u{1}\n>")
            .child(Element::new("b"))
            .child(Element::of_text("c", "x & y"));
        assert_eq!(
            tree.document("<!DOCTYPE a>\n"),
            "<!DOCTYPE a>\n<a k=\"&lt;&quot;&amp;&#10;&gt;\">\n  <b/>\n  <c>x &amp; y</c>\n</a>\n"
        );
    }
}
