//! The command line.

mod cli;
mod memory;

fn main() -> std::process::ExitCode {
    memory::reserve();
    cli::run()
}
