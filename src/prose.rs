//! Sentences in lines of a terminal.

use std::io::{self, Write};

use console::Term;

use crate::table::width;

/// Lines of running text are this long where there is no terminal to measure.
const USUAL: usize = 80;
/// Longer lines are hard to follow.
const LONGEST: usize = 100;

/// Columns to fill: those of the terminal, from 80 to 100.
pub fn columns() -> usize {
    let terminal = Term::stdout().size_checked();
    terminal.map_or(USUAL, |(_, columns)| usize::from(columns).clamp(USUAL, LONGEST))
}

/// Writes a text in lines of at most `columns`: the first after `first`, the others after as many
/// spaces as `first` is wide.
///
/// Lines break at spaces, and between Han, kana and Hangul where a word has no room; a longer word
/// of other scripts stands out. No-break spaces hold.
///
/// # Errors
/// Those of the writer.
pub fn wrap(out: &mut dyn Write, first: &str, text: &str, columns: usize) -> io::Result<()> {
    let indent = width(first);
    let mut line = first.to_owned();
    let mut used = indent;
    let mut empty = true;
    for word in text.split([' ', '\n']).filter(|word| !word.is_empty()) {
        if !empty {
            line.push(' ');
            used += 1;
        }
        for piece in if indent + width(word) <= columns { vec![word] } else { pieces(word) } {
            if used + width(piece) > columns && !empty {
                writeln!(out, "{}", line.trim_end())?;
                line = " ".repeat(indent);
                used = indent;
            }
            line.push_str(piece);
            used += width(piece);
            empty = false;
        }
    }
    writeln!(out, "{}", line.trim_end())
}

/// A word in the parts between which a line may break: each wide character by itself.
fn pieces(word: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in word.char_indices() {
        let end = at + c.len_utf8();
        if width(&word[at..end]) < 2 {
            continue;
        }
        if start < at {
            pieces.push(&word[start..at]);
        }
        pieces.push(&word[at..end]);
        start = end;
    }
    if start < word.len() {
        pieces.push(&word[start..]);
    }
    pieces
}

/// So many of a thing: `1 pair`, `7 pairs`.
pub fn count_of(count: usize, thing: &str) -> String {
    if count == 1 { format!("1 {thing}") } else { format!("{count} {thing}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wrapped(first: &str, text: &str, columns: usize) -> String {
        let mut out = Vec::new();
        wrap(&mut out, first, text, columns).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn lines_keep_their_length_and_hang_under_the_label() {
        assert_eq!(wrapped("  a  ", "bb ccc dd", 11), "  a  bb ccc\n     dd\n");
        assert_eq!(wrapped("  a  ", "bb ccc dd", 12), "  a  bb ccc\n     dd\n");
        assert_eq!(wrapped("", "longer than five", 5), "longer\nthan\nfive\n");
        assert_eq!(wrapped("x ", "", 20), "x\n");
        assert_eq!(wrapped("", "12\u{a0}345 km", 9), "12\u{a0}345 km\n");
    }

    #[test]
    fn wide_scripts_break_between_characters() {
        assert_eq!(wrapped("", "图们江区域开发", 6), "图们江\n区域开\n发\n");
        assert_eq!(wrapped("", "zh 图们江", 6), "zh\n图们江\n");
    }
}
