//! A server for one folder on this machine alone, for trying the page.

use std::fs;
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::net::{TcpListener, TcpStream};
use std::path::{Component, Path, PathBuf};
use std::thread;

use anyhow::{Context, Result};

use crate::run::say;

/// The port that is tried first; the next free one serves when it is taken.
pub const PORT: u16 = 8420;

/// Serves a folder until the program is ended.
pub fn serve(folder: &Path, port: u16) -> Result<()> {
    let listener = listen(port)?;
    let headers = headers(folder);
    say(format!("Plumbline is at http://{}/ (Ctrl+C ends it)", listener.local_addr()?));
    for stream in listener.incoming().flatten() {
        let (folder, headers) = (folder.to_path_buf(), headers.clone());
        thread::spawn(move || answer(stream, &folder, &headers));
    }
    Ok(())
}

fn listen(port: u16) -> Result<TcpListener> {
    for candidate in port..port.saturating_add(20) {
        match TcpListener::bind(("127.0.0.1", candidate)) {
            Err(error) if error.kind() == ErrorKind::AddrInUse => continue,
            other => return other.with_context(|| format!("cannot listen on 127.0.0.1:{candidate}")),
        }
    }
    TcpListener::bind(("127.0.0.1", 0)).context("no port is free on 127.0.0.1")
}

/// The header lines that the page's build asks hosts to send, from its `_headers` file.
fn headers(folder: &Path) -> String {
    let text = fs::read_to_string(folder.join("_headers")).unwrap_or_default();
    text.lines().filter(|line| line.starts_with(' ')).map(|line| format!("{}\r\n", line.trim())).collect()
}

fn answer(mut stream: TcpStream, folder: &Path, headers: &str) {
    let mut lines = BufReader::new(&stream).lines().map_while(Result::ok);
    let Some(first) = lines.next() else { return };
    // The rest of the request says nothing that matters here, but must be read before the answer.
    lines.take_while(|line| !line.is_empty()).for_each(drop);
    let mut words = first.split(' ');
    let (method, target) = (words.next().unwrap_or(""), words.next().unwrap_or("/"));
    let file = file_of(folder, target);
    let body = file.as_ref().and_then(|path| fs::read(path).ok());
    let (status, kind, body) = match (method, body) {
        ("GET" | "HEAD", Some(body)) => ("200 OK", media_type(file.as_deref()), body),
        ("GET" | "HEAD", None) => ("404 Not Found", "text/plain; charset=utf-8", b"There is no such file here.\n".to_vec()),
        _ => ("405 Method Not Allowed", "text/plain; charset=utf-8", Vec::new()),
    };
    let head = format!(
        "HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {}\r\nCache-Control: no-cache\r\nConnection: close\r\n{headers}\r\n",
        body.len()
    );
    // A reader that went away needs no answer.
    let _ = stream.write_all(head.as_bytes());
    if method != "HEAD" {
        let _ = stream.write_all(&body);
    }
}

/// The file a request names; nothing outside the folder.
fn file_of(folder: &Path, target: &str) -> Option<PathBuf> {
    let path = target.split(['?', '#']).next().unwrap_or("/").trim_start_matches('/');
    let path = Path::new(if path.is_empty() { "index.html" } else { path });
    path.components().all(|part| matches!(part, Component::Normal(_))).then(|| folder.join(path))
}

fn media_type(path: Option<&Path>) -> &'static str {
    match path.and_then(|path| path.extension()).and_then(|extension| extension.to_str()) {
        Some("html") => "text/html; charset=utf-8",
        Some("js" | "mjs") => "text/javascript; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("json") => "application/json",
        Some("svg") => "image/svg+xml",
        Some("wasm") => "application/wasm",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_names_no_file_outside_the_folder() {
        let folder = Path::new("dist");
        assert_eq!(file_of(folder, "/"), Some(folder.join("index.html")));
        assert_eq!(file_of(folder, "/a/b.js?x=1"), Some(folder.join("a/b.js")));
        assert_eq!(file_of(folder, "/../secret"), None);
        assert_eq!(file_of(folder, "//etc/passwd"), Some(folder.join("etc/passwd")));
    }
}
