//! From bytes to text: what was pasted, dropped or named becomes files, archives are opened, limits are kept.
//!
//! Never looks at what the text means.

mod archive;
mod text;

use std::borrow::Cow;
use std::sync::Arc;

use ecow::{EcoString, eco_format};
use rustc_hash::FxHashMap;

use crate::diagnostic::{Diagnostic, Diagnostics, Level};
use crate::order::Order as _;
use crate::source::{SourceFile, Sources, Version};

/// The largest file that is read. Configuration written by people is a thousand times smaller.
pub const MAX_FILE_BYTES: usize = 10 * 1024 * 1024;
/// The largest plan or state that is read: a tool writes them, and of a large stack they are that large.
pub const MAX_RECORDED_BYTES: usize = 64 * 1024 * 1024;
/// The most text that is read for one version.
pub const MAX_TOTAL_BYTES: usize = 128 * 1024 * 1024;
/// The most entries of an archive that are looked at.
pub const MAX_ARCHIVE_ENTRIES: usize = 20_000;
/// How many times its own size an archive may unpack to, once it passes [`MAX_FILE_BYTES`].
pub const MAX_ARCHIVE_RATIO: usize = 200;

/// A file as the user gave it: a path with forward slashes and its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InputFile {
    pub path: EcoString,
    pub bytes: Arc<[u8]>,
}

impl InputFile {
    pub fn new(path: impl Into<EcoString>, bytes: impl Into<Arc<[u8]>>) -> InputFile {
        InputFile { path: path.into(), bytes: bytes.into() }
    }
}

/// Adds the files of one version to the sources, in path order; archives are unpacked, what is not text is
/// left out with a diagnostic.
pub fn take(files: &[InputFile], version: Version, sources: &mut Sources, out: &mut Diagnostics) {
    take_keeping(files, version, sources, None, out);
}

/// Texts as they were taken last, by their paths. The same bytes are not read again, and the text of a file is the same
/// text as before: whoever compares two versions of it sees that at once.
#[derive(Debug, Clone, Default)]
pub struct Kept(FxHashMap<EcoString, (Arc<[u8]>, SourceFile)>);

/// A path, its bytes, and the file that they are the whole of.
type Taken<'a> = (EcoString, Cow<'a, [u8]>, Option<&'a Arc<[u8]>>);

/// The same, with what was kept of the last time.
pub fn take_keeping(files: &[InputFile], version: Version, sources: &mut Sources, mut kept: Option<&mut Kept>, out: &mut Diagnostics) {
    let mut known = kept.as_deref_mut().map(std::mem::take).unwrap_or_default();
    let mut taken: Vec<Taken<'_>> = Vec::with_capacity(files.len());
    let alone = files.len() == 1;
    for file in files {
        let path = normal_path(&file.path);
        if archive::is_archive(&file.bytes) {
            // Files of several archives must not meet under one path.
            let folder = if alone { "" } else { path.strip_suffix(".zip").unwrap_or(&path) };
            taken.extend(archive::unpack(&path, folder, &file.bytes, out).into_iter().map(|(path, bytes)| (path, bytes, None)));
        } else {
            taken.push((path, Cow::Borrowed(&file.bytes), Some(&file.bytes)));
        }
    }
    taken.order_by(|(a, ..), (b, ..)| a.cmp(b));
    let mut left = MAX_TOTAL_BYTES;
    let mut passed_over = 0_usize;
    let mut last: Option<EcoString> = None;
    for (path, bytes, whole) in taken {
        if last.as_ref() == Some(&path) {
            out.push(Diagnostic::about_path(Level::Error, "duplicate-path", path, "two files have this path; the second is left out"));
            continue;
        }
        last = Some(path.clone());
        let (most, name) =
            if is_recorded(&bytes) { (MAX_RECORDED_BYTES, "MAX_RECORDED_BYTES") } else { (MAX_FILE_BYTES, "MAX_FILE_BYTES") };
        if bytes.len() > most {
            let message = eco_format!(
                "this file has {} MB; files larger than {} MB ({name}) are left out",
                bytes.len() / (1024 * 1024),
                most / (1024 * 1024)
            );
            out.push(Diagnostic::about_path(Level::Error, "file-too-large", path, message));
            continue;
        }
        if bytes.len() > left {
            passed_over += 1;
            continue;
        }
        if let Some((same, file)) = known.0.remove(&path)
            && whole.is_some_and(|whole| Arc::ptr_eq(whole, &same))
        {
            left -= file.text.len();
            let file = sources.add_again(file);
            if let Some(kept) = &mut kept {
                kept.0.insert(path, (same, file));
            }
            continue;
        }
        match text::decode(&bytes) {
            Ok(text) => {
                left -= text.len();
                let id = sources.add(version, path.clone(), text);
                if let (Some(kept), Some(whole), Some(file)) = (&mut kept, whole, sources.file(id)) {
                    kept.0.insert(path, (Arc::clone(whole), file.clone()));
                }
            }
            Err(problem) => out.push(problem.diagnostic(path)),
        }
    }
    if passed_over > 0 {
        let message = eco_format!(
            "{passed_over} files are left out: more than {} MB (MAX_TOTAL_BYTES) of text in all",
            MAX_TOTAL_BYTES / (1024 * 1024)
        );
        out.push(Diagnostic { level: Level::Error, code: "input-too-large", message, span: None, path: None, help: None });
    }
}

/// Whether a text is of the kind that may be larger: the first words of a plan and of a state are their version.
fn is_recorded(bytes: &[u8]) -> bool {
    let start = bytes.get(..bytes.len().min(256)).unwrap_or_default();
    let versions: [&[u8]; 2] = [b"\"format_version\"", b"\"terraform_version\""];
    start.trim_ascii_start().starts_with(b"{") && versions.iter().any(|name| start.windows(name.len()).any(|part| part == *name))
}

/// Forward slashes, no `.` steps, no doubled slashes; what leads upwards is kept.
fn normal_path(path: &str) -> EcoString {
    let clean = !path.contains('\\') && !path.starts_with("./") && !path.contains("//") && !path.contains("/./");
    if clean {
        return EcoString::from(path);
    }
    let forward = path.replace('\\', "/");
    let absolute = if forward.starts_with('/') { "/" } else { "" };
    let steps: Vec<&str> = forward.split('/').filter(|step| !step.is_empty() && *step != ".").collect();
    eco_format!("{absolute}{}", steps.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(files: &[InputFile]) -> (Vec<(String, String)>, Vec<String>) {
        let mut sources = Sources::default();
        let mut out = Diagnostics::new();
        take(files, Version::After, &mut sources, &mut out);
        let files = sources.files().map(|file| (file.path.to_string(), file.text.to_string())).collect();
        (files, out.iter().map(|it| format!("{} {}: {}", it.path.clone().unwrap_or_default(), it.code, it.message)).collect())
    }

    #[test]
    fn paths_are_normal_and_files_in_path_order() {
        let (files, said) = taken(&[
            InputFile::new("./b\\main.tf", *b"b"),
            InputFile::new("a//x.tf", *b"\xEF\xBB\xBFa"),
            InputFile::new("../up/./y.tf", *b""),
        ]);
        let paths: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
        assert_eq!(paths, [("../up/y.tf", ""), ("a/x.tf", "a"), ("b/main.tf", "b")]);
        assert!(said.is_empty(), "{said:?}");
    }

    #[test]
    fn what_is_not_text_is_left_out_and_named() {
        let (files, said) = taken(&[
            InputFile::new("logo.png", *b"\x89PNG\r\n\x1a\n\0\0"),
            InputFile::new("latin.tf", *b"# ok\n# caf\xe9\n"),
            InputFile::new("wide.tf", *b"\xFF\xFEa\0=\0"),
            InputFile::new("wide-unmarked.tf", *b"\0a\0 \0=\0 \x001"),
            InputFile::new("x.tar.gz", *b"\x1f\x8b\x08\0\0\0"),
            InputFile::new("a.tf", *b"1"),
            InputFile::new("a.tf", *b"2"),
        ]);
        assert_eq!(files, [("a.tf".to_owned(), "1".to_owned())]);
        assert_eq!(
            said,
            [
                "a.tf duplicate-path: two files have this path; the second is left out",
                "latin.tf not-text: line 2 is not valid UTF-8; the file is left out",
                "logo.png not-text: this is not text; the file is left out",
                "wide-unmarked.tf not-text: this is UTF-16 text; the file is left out",
                "wide.tf not-text: this is UTF-16 text; the file is left out",
                "x.tar.gz not-text: this is a compressed file; the file is left out",
            ]
        );
    }

    #[test]
    fn files_past_the_limit_are_left_out() {
        let (files, said) =
            taken(&[InputFile::new("big.tf", vec![b' '; MAX_FILE_BYTES + 1]), InputFile::new("fits.tf", vec![b' '; MAX_FILE_BYTES])]);
        assert_eq!(files.len(), 1);
        assert_eq!(said, ["big.tf file-too-large: this file has 10 MB; files larger than 10 MB (MAX_FILE_BYTES) are left out"]);
        let many: Vec<InputFile> = (0..14).map(|n| InputFile::new(eco_format!("{n:02}.tf"), vec![b' '; MAX_FILE_BYTES])).collect();
        let (files, said) = taken(&many);
        assert_eq!(files.len(), 12);
        assert_eq!(said, [" input-too-large: 2 files are left out: more than 128 MB (MAX_TOTAL_BYTES) of text in all"]);
    }
}
