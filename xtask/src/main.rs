#[cfg(feature = "grammar")]
mod grammar;

fn main() {
    #[cfg(feature = "grammar")]
    if std::env::args().nth(1).as_deref() == Some("grammar") {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        if let Err(error) = grammar::generate(&root) {
            eprintln!("{error}");
            std::process::exit(1);
        }
    }
}
