//! The `tumen` command.

use std::io::{self, BufWriter, Write};
use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = tumen::command::Cli::parse();
    let mut out = BufWriter::new(io::stdout().lock());
    let result =
        tumen::command::run(cli, &mut out).and_then(|()| out.flush().map_err(tumen::Error::from));
    match result {
        Err(error) if !error.is_closed_pipe() => {
            eprintln!("error: {error}");
            if let Some(hint) = error.hint() {
                eprintln!("hint: {hint}");
            }
            ExitCode::from(error.exit_code())
        }
        _ => ExitCode::SUCCESS,
    }
}
