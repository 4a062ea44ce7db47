//! The commands of `docs/queries.md` print what stands below them there.

#![allow(clippy::unwrap_used, clippy::panic, reason = "helpers of tests")]

use std::fs;
use std::path::Path;
use std::process::Command;

/// Stands for what the document leaves out: lines, or the rest of one, such as the time taken.
const LEFT_OUT: &str = "…";

/// A command and the lines that should follow it.
struct Example<'a> {
    command: &'a str,
    expected: Vec<&'a str>,
}

/// The commands of the blocks marked `console`.
fn examples(document: &str) -> Vec<Example<'_>> {
    let blocks = document.split("```console\n").skip(1);
    let blocks = blocks.map(|block| block.split("```").next().unwrap());
    blocks
        .flat_map(|block| block.split("$ tumen ").skip(1))
        .map(|example| {
            let (command, expected) = example.split_once('\n').unwrap();
            Example { command, expected: expected.trim_end().lines().map(str::trim_end).collect() }
        })
        .collect()
}

/// The arguments of a command; single quotes keep spaces.
fn arguments(command: &str) -> Vec<String> {
    let mut arguments = Vec::new();
    for (index, part) in command.split('\'').enumerate() {
        if index % 2 == 1 {
            arguments.push(part.to_owned());
        } else {
            arguments.extend(part.split_whitespace().map(str::to_owned));
        }
    }
    arguments
}

/// Whether the line reads as expected, but for what is left out of it.
fn reads(expected: &str, line: &str) -> bool {
    match expected.split_once(LEFT_OUT) {
        None => expected == line,
        Some((start, end)) => line.strip_prefix(start).is_some_and(|rest| rest.ends_with(end)),
    }
}

/// Whether the lines are the expected ones, but for those that are left out.
fn agree(expected: &[&str], lines: &[&str]) -> bool {
    match expected.split_first() {
        None => lines.is_empty(),
        Some((&LEFT_OUT, rest)) => (0..=lines.len()).any(|skipped| agree(rest, &lines[skipped..])),
        Some((first, rest)) => lines
            .split_first()
            .is_some_and(|(line, others)| reads(first, line) && agree(rest, others)),
    }
}

#[test]
fn the_commands_print_what_the_document_says() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/queries.md");
    let document = fs::read_to_string(document).unwrap();
    let folder = std::env::temp_dir().join(format!("tumen-queries-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let examples = examples(&document);
    assert_eq!(examples.len(), document.matches("\n$ tumen ").count());
    for Example { command, expected } in examples {
        let output = Command::new(env!("CARGO_BIN_EXE_tumen"))
            .args(arguments(command))
            .current_dir(&folder)
            .output()
            .unwrap();
        assert!(output.status.success(), "{command}: {}", String::from_utf8_lossy(&output.stderr));
        let printed = String::from_utf8(output.stdout).unwrap();
        let lines: Vec<&str> = printed.trim_end().lines().map(str::trim_end).collect();
        assert!(agree(&expected, &lines), "tumen {command} prints\n{printed}");
    }
    fs::remove_dir_all(&folder).unwrap();
}

/// Each question has a command and its like in Rust.
#[test]
fn every_query_is_asked_both_ways() {
    let document = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/queries.md");
    let document = fs::read_to_string(document).unwrap();
    let queries = [
        "distance",
        "measure",
        "near",
        "within",
        "overlap",
        "nearest_pair",
        "along",
        "components",
        "hierarchy",
        "service_areas",
        "buffer",
        "join",
        "time",
        "explain",
    ];
    let sections: Vec<&str> = document.split("\n## ").skip(1).collect();
    for (query, section) in queries.iter().zip(&sections) {
        assert_eq!(section.lines().next(), Some(*query));
        assert!(section.contains("```console\n") && section.contains("```rust\n"), "{query}");
    }
    assert_eq!(sections.len(), queries.len());
}

#[test]
fn what_is_left_out_may_be_anything_but_the_rest_may_not() {
    let lines = ["a", "b", "c 0.2 ms", "d"];
    assert!(agree(&["a", "…", "c …", "d"], &lines));
    assert!(agree(&["…", "…", "d"], &lines));
    assert!(!agree(&["a", "c …", "d"], &lines));
    assert!(!agree(&["a", "…", "c"], &lines));
    assert_eq!(
        arguments("list --time 'during 1990/1996' x"),
        ["list", "--time", "during 1990/1996", "x"]
    );
}
