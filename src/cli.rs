//! Arguments, files, exit status: the only part that touches the machine.

use std::io::Write;
use std::process::ExitCode;

use plumbline::{Input, InputFile, report, review_with_sources};

pub fn run() -> ExitCode {
    let files = std::env::args()
        .skip(1)
        .filter_map(|path| {
            let bytes = std::fs::read(&path).ok()?;
            Some(InputFile::new(path, bytes))
        })
        .collect();
    let (review, sources) = review_with_sources(&Input { files, ..Input::default() });
    let printed = report::render(report::Format::Json, &review, &sources);
    match std::io::stdout().write_all(printed.as_bytes()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(_) => ExitCode::from(2),
    }
}
