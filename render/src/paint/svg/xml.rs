//! What XML demands.

/// Appends `text` for an element or an attribute in double quotes. Characters that XML 1.0 does not
/// have are left out.
pub(in crate::paint) fn escape(to: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => to.push_str("&amp;"),
            '<' => to.push_str("&lt;"),
            '>' => to.push_str("&gt;"),
            '"' => to.push_str("&quot;"),
            '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}' => {}
            _ => to.push(c),
        }
    }
}

/// Appends an element of text and a line feed, or nothing if there is no text. `tag` may have
/// attributes.
pub(super) fn element(to: &mut String, tag: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    to.push('<');
    to.push_str(tag);
    to.push('>');
    escape(to, text);
    to.push_str("</");
    to.push_str(tag.split(' ').next().unwrap_or(tag));
    to.push_str(">\n");
}
