//! The runner that cargo calls for wasm tests, in the version of the core's own wasm-bindgen.

fn main() -> anyhow::Result<()> {
    wasm_bindgen_cli::wasm_bindgen_test_runner::run_cli_with_args(std::env::args_os())
}
