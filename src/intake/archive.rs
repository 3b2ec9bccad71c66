//! Zip archives: entries that can be text, unpacked within limits. Archives inside archives stay closed.

use std::borrow::Cow;

use ecow::{EcoString, eco_format};
use miniz_oxide::inflate::decompress_slice_iter_to_slice;
use rawzip::{CompressionMethod, ZipArchive, ZipFileHeaderRecord, ZipSliceArchive, ZipVerification};

use super::{MAX_ARCHIVE_ENTRIES, MAX_ARCHIVE_RATIO, MAX_FILE_BYTES, MAX_TOTAL_BYTES};
use crate::diagnostic::{Diagnostic, Diagnostics, Level};

/// Folders that tools fill: never reviewed, often large.
const SKIPPED: [&str; 4] = [".terraform", ".git", "__MACOSX", "node_modules"];

/// Recognised by content: a local entry, or the end record of an empty archive.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

/// The files of an archive under `folder`. A single folder around everything is taken away, so that two
/// archives of one project match whatever that folder is called.
pub(super) fn unpack<'a>(path: &EcoString, folder: &str, bytes: &'a [u8], out: &mut Diagnostics) -> Vec<(EcoString, Cow<'a, [u8]>)> {
    let problem = |message: EcoString| Diagnostic::about_path(Level::Error, "archive", path.clone(), message);
    let Ok(archive) = ZipArchive::from_slice(bytes) else {
        out.push(problem("this zip archive is damaged: its directory cannot be read".into()));
        return Vec::new();
    };
    let mut files: Vec<(EcoString, Cow<'a, [u8]>)> = Vec::new();
    let mut left = MAX_TOTAL_BYTES.min(bytes.len().saturating_mul(MAX_ARCHIVE_RATIO).max(MAX_FILE_BYTES));
    let mut entries = archive.entries();
    let mut seen = 0;
    loop {
        let entry = match entries.next_entry() {
            Ok(Some(entry)) => entry,
            Ok(None) => break,
            Err(_) => {
                out.push(problem(eco_format!("this zip archive is damaged after {seen} entries; the rest is left out")));
                break;
            }
        };
        seen += 1;
        if seen > MAX_ARCHIVE_ENTRIES {
            out.push(problem(eco_format!(
                "more than {MAX_ARCHIVE_ENTRIES} entries (MAX_ARCHIVE_ENTRIES); the rest of the archive is left out"
            )));
            break;
        }
        let Some(name) = name_of(&entry) else { continue };
        let size = usize::try_from(entry.uncompressed_size_hint()).unwrap_or(usize::MAX);
        if size > MAX_FILE_BYTES {
            let message = eco_format!("this file has more than {} MB (MAX_FILE_BYTES) and is left out", MAX_FILE_BYTES / (1024 * 1024));
            out.push(Diagnostic::about_path(Level::Error, "file-too-large", name, message));
            continue;
        }
        if size > left {
            out.push(problem(eco_format!(
                "unpacks to more than {} MB (MAX_TOTAL_BYTES) or more than {MAX_ARCHIVE_RATIO} times its size (MAX_ARCHIVE_RATIO); the rest is left out",
                MAX_TOTAL_BYTES / (1024 * 1024)
            )));
            break;
        }
        match contents(&archive, bytes, &entry, size) {
            Ok(contents) if is_archive(&contents) => {
                out.push(Diagnostic::about_path(Level::Note, "archive", name, "an archive inside an archive is not opened"));
            }
            Ok(contents) => {
                left -= size;
                files.push((name, contents));
            }
            Err(why) => out.push(Diagnostic::about_path(Level::Error, "archive", name, eco_format!("cannot be unpacked: {why}"))),
        }
    }
    let around = common_folder(&files);
    for (name, _) in &mut files {
        let inner = name.get(around..).unwrap_or_default();
        *name = if folder.is_empty() { EcoString::from(inner) } else { eco_format!("{folder}/{inner}") };
    }
    files
}

/// The entry's path inside the archive; `None` for folders and for what tools left there.
fn name_of(entry: &ZipFileHeaderRecord<'_>) -> Option<EcoString> {
    let raw = String::from_utf8_lossy(entry.file_path().as_bytes()).replace('\\', "/");
    if raw.ends_with('/') {
        return None;
    }
    let mut steps: Vec<&str> = Vec::new();
    for step in raw.split('/') {
        match step {
            "" | "." => {}
            // A way out of the archive leads nowhere.
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    let skipped = steps
        .iter()
        .enumerate()
        .any(|(at, step)| SKIPPED.contains(step) && !(*step == ".terraform" && steps.get(at + 1) == Some(&"modules")))
        || steps.last().is_none_or(|name| *name == ".DS_Store");
    if skipped { None } else { Some(EcoString::from(steps.join("/"))) }
}

fn contents<'a>(
    archive: &ZipSliceArchive<&'a [u8]>,
    bytes: &'a [u8],
    entry: &ZipFileHeaderRecord<'_>,
    size: usize,
) -> Result<Cow<'a, [u8]>, &'static str> {
    const DAMAGED: &str = "its data is damaged";
    if entry.flags().is_encrypted() {
        return Err("it is encrypted");
    }
    let found = archive.get_entry(entry.wayfinder()).map_err(|_| DAMAGED)?;
    let (start, end) = found.compressed_data_range();
    let range = usize::try_from(start).unwrap_or(usize::MAX)..usize::try_from(end).unwrap_or(usize::MAX);
    let packed = bytes.get(range).ok_or(DAMAGED)?;
    let contents = match entry.compression_method() {
        CompressionMethod::STORE => Cow::Borrowed(packed),
        CompressionMethod::DEFLATE => {
            let mut unpacked = vec![0; size];
            let written = decompress_slice_iter_to_slice(&mut unpacked, std::iter::once(packed), false, true).map_err(|_| DAMAGED)?;
            unpacked.truncate(written);
            Cow::Owned(unpacked)
        }
        _ => return Err("its compression method is not supported"),
    };
    let actual = ZipVerification { crc: rawzip::crc32(&contents), uncompressed_size: contents.len() as u64 };
    found.claim_verifier().valid(actual).map_err(|_| DAMAGED)?;
    Ok(contents)
}

/// Length of the one folder that holds every file, with its slash; 0 when there is none.
fn common_folder(files: &[(EcoString, Cow<'_, [u8]>)]) -> usize {
    let Some((folder, _)) = files.first().and_then(|(name, _)| name.split_once('/')) else { return 0 };
    let inside = |name: &EcoString| name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'));
    if files.iter().all(|(name, _)| inside(name)) { folder.len() + 1 } else { 0 }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use rawzip::ZipArchiveWriter;

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut bytes = Vec::new();
        let mut archive = ZipArchiveWriter::new(&mut bytes);
        for (name, text) in files {
            let path = rawzip::path::EntryPath::verbatim(name.as_bytes());
            let (mut entry, config) = archive.new_file(path).compression_method(CompressionMethod::DEFLATE).start().unwrap();
            let mut data = config.wrap(Vec::new());
            data.write_all(text).unwrap();
            let (_, descriptor) = data.finish().unwrap();
            entry.write_all(&miniz_oxide::deflate::compress_to_vec(text, 6)).unwrap();
            entry.finish(descriptor).unwrap();
        }
        archive.finish().unwrap();
        bytes
    }

    fn unpacked(bytes: &[u8], folder: &str) -> (Vec<String>, Vec<String>) {
        let mut out = Diagnostics::new();
        let files = unpack(&"in.zip".into(), folder, bytes, &mut out);
        let said = out.iter().map(|it| format!("{}: {}", it.path.clone().unwrap_or_default(), it.message)).collect();
        (files.into_iter().map(|(name, text)| format!("{name}={}", String::from_utf8_lossy(&text))).collect(), said)
    }

    #[test]
    fn entries_lose_the_one_folder_around_them_and_what_tools_left() {
        let bytes = zip(&[
            ("repo-1a2b/main.tf", b"a"),
            ("repo-1a2b/net/vpc.tf", b"b"),
            ("repo-1a2b/.terraform/providers/x/main.tf", b"c"),
            ("__MACOSX/repo-1a2b/._main.tf", b"d"),
            ("repo-1a2b/net/", b""),
        ]);
        let (files, said) = unpacked(&bytes, "");
        assert_eq!(files, ["main.tf=a", "net/vpc.tf=b"]);
        assert!(said.is_empty(), "{said:?}");
        assert_eq!(unpacked(&bytes, "before").0, ["before/main.tf=a", "before/net/vpc.tf=b"]);
    }

    #[test]
    fn paths_cannot_lead_out_and_inner_archives_stay_closed() {
        let inner = zip(&[("x.tf", b"x")]);
        let bytes = zip(&[("../../etc/a.tf", b"a"), ("/b\\c.tf", b"b"), ("inner.zip", &inner), ("d.tf", b"d")]);
        let (files, said) = unpacked(&bytes, "");
        assert_eq!(files, ["etc/a.tf=a", "b/c.tf=b", "d.tf=d"]);
        assert_eq!(said, ["inner.zip: an archive inside an archive is not opened"]);
    }

    #[test]
    fn a_bomb_is_left_unopened() {
        let zeros = vec![b'0'; MAX_FILE_BYTES];
        let parts: Vec<(String, &[u8])> = (0..40).map(|n| (format!("{n}.tf"), zeros.as_slice())).collect();
        let parts: Vec<(&str, &[u8])> = parts.iter().map(|(name, text)| (name.as_str(), *text)).collect();
        let bytes = zip(&parts);
        // 40 parts of 10 MB pack to about 400 KB: 80 MB may come out of it.
        assert!(bytes.len() < 450_000, "{}", bytes.len());
        let mut out = Diagnostics::new();
        let files = unpack(&"bomb.zip".into(), "", &bytes, &mut out);
        let total: usize = files.iter().map(|(_, text)| text.len()).sum();
        assert!(total <= bytes.len() * MAX_ARCHIVE_RATIO, "{total}");
        assert_eq!(out.len(), 1);
        assert!(out[0].message.contains("MAX_ARCHIVE_RATIO"), "{}", out[0].message);
    }

    #[test]
    fn damage_is_named_and_costs_one_entry() {
        let good = zip(&[("a.tf", b"some text that is long enough to be packed"), ("b.tf", b"b")]);
        let mut bytes = good.clone();
        bytes[40] ^= 0xFF;
        let (files, said) = unpacked(&bytes, "");
        assert_eq!((files, said), (vec!["b.tf=b".to_owned()], vec!["a.tf: cannot be unpacked: its data is damaged".to_owned()]));
        let (files, said) = unpacked(&good[..good.len() / 2], "");
        assert_eq!((files.len(), said), (0, vec!["in.zip: this zip archive is damaged: its directory cannot be read".to_owned()]));
    }

    #[test]
    fn no_single_changed_byte_breaks_the_reader() {
        let good = zip(&[("a/main.tf", b"resource \"x\" \"y\" {\n}\n"), ("a/b.tf", b"locals {\n}\n")]);
        for at in 0..good.len() {
            for flip in [0x01, 0x80, 0xFF] {
                let mut bytes = good.clone();
                bytes[at] ^= flip;
                unpack(&"x.zip".into(), "", &bytes, &mut Diagnostics::new());
            }
            unpack(&"x.zip".into(), "", &good[..at], &mut Diagnostics::new());
        }
    }
}
