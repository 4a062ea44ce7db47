//! Texts as XML 1.0 can have them.

use std::borrow::Cow;

/// A text between tags or in quotes. What XML has no way to write, such as the bell, is `U+FFFD`;
/// ends of lines are kept as they are.
pub(super) fn escaped(text: &str) -> Cow<'_, str> {
    let special = |c: char| matches!(c, '<' | '>' | '&' | '"' | '\r') || forbidden(c);
    if !text.contains(special) {
        return Cow::Borrowed(text);
    }
    let mut written = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '&' => written.push_str("&amp;"),
            '"' => written.push_str("&quot;"),
            '\r' => written.push_str("&#13;"),
            c if forbidden(c) => written.push('\u{fffd}'),
            c => written.push(c),
        }
    }
    Cow::Owned(written)
}

fn forbidden(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// Whether an id may be one of XML: a name without a colon that starts with a letter. Those that
/// start with `_` are of styles and schemas.
pub(super) fn is_id(id: &str) -> bool {
    let mut characters = id.chars();
    characters.next().is_some_and(char::is_alphabetic)
        && characters.all(|c| c.is_alphanumeric() || matches!(c, '-' | '.' | '_'))
}

/// Whether a text is a time as XML Schema writes it: year, month, day, or day and time of day.
pub(super) fn is_time(text: &str) -> bool {
    let (day, hour) = text.split_once('T').map_or((text, None), |(day, hour)| (day, Some(hour)));
    let mut parts = day.strip_prefix('-').unwrap_or(day).split('-');
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let year = parts.next().is_some_and(|year| year.len() >= 4 && digits(year));
    let rest: Vec<&str> = parts.collect();
    let rest_fits = rest.len() <= 2 && rest.iter().all(|part| part.len() == 2 && digits(part));
    let hour_fits = |hour: &str| {
        let clock = |b: u8| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'Z' | b'+' | b'-');
        rest.len() == 2 && hour.len() >= 8 && hour.bytes().all(clock)
    };
    year && rest_fits && hour.is_none_or(hour_fits)
}

/// A year as XML Schema writes it, in four digits or more; there is no year 0 in version 1.0.
pub(super) fn year(year: i64) -> Option<String> {
    match year {
        1.. => Some(format!("{year:04}")),
        0 => None,
        _ => Some(format!("-{:04}", year.unsigned_abs())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_escaped_and_nothing_is_lost() {
        assert_eq!(escaped("Rajin 라진"), "Rajin 라진");
        assert_eq!(escaped("a<b>&\"c\"\r\n"), "a&lt;b&gt;&amp;&quot;c&quot;&#13;\n");
        assert_eq!(escaped("bell\u{7}"), "bell\u{fffd}");
    }

    #[test]
    fn ids_and_years() {
        assert!(is_id("rajin-sonbong") && is_id("나진") && is_id("a.1_b"));
        assert!(!is_id("7") && !is_id("a b") && !is_id("_columns") && !is_id("a:b") && !is_id(""));
        assert_eq!(year(860).unwrap(), "0860");
        assert_eq!(year(-12).unwrap(), "-0012");
        assert_eq!(year(0), None);
        for time in ["1991", "1991-12", "1991-12-24", "-0012", "1991-12-24T10:00:00Z"] {
            assert!(is_time(time), "{time}");
        }
        for text in ["about 1993", "91", "1991/12", "1991-1", "1991-12T10:00:00", "1991-12-", ""] {
            assert!(!is_time(text), "{text}");
        }
    }
}
