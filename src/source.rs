//! The text that is reviewed: files, byte spans, and lines and columns as people count them.
//!
//! Owns every input text of both versions. Knows nothing of any format.

use std::sync::{Arc, OnceLock};

use ecow::EcoString;
use rustc_hash::FxHashMap;

/// Which of the two compared versions a file belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// The version before the change.
    Before,
    /// The version under review.
    After,
}

/// Index of a file in [`Sources`]. Unique across both versions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FileId(pub u32);

/// A range of bytes in one file: 12 bytes, `Copy`. `end` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    pub file: FileId,
    pub start: u32,
    pub end: u32,
}

impl Span {
    pub const fn new(file: FileId, start: u32, end: u32) -> Span {
        Span { file, start, end }
    }

    /// The smallest span that covers both. Spans of different files keep the first.
    pub fn to(self, other: Span) -> Span {
        if self.file != other.file {
            return self;
        }
        Span::new(self.file, self.start.min(other.start), self.end.max(other.end))
    }
}

/// Where a span stands, as editors count: from 1, columns in Unicode code points, the end exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub line: u32,
    pub column: u32,
    pub end_line: u32,
    pub end_column: u32,
}

/// One input file that is text.
#[derive(Debug, Clone)]
pub struct SourceFile {
    pub id: FileId,
    pub version: Version,
    /// Path with forward slashes, as the user gave it.
    pub path: EcoString,
    pub text: Arc<str>,
    /// The same for every copy of the file.
    counts: Arc<Counts>,
}

/// What is counted of a text when it is first asked for.
#[derive(Debug, Default)]
struct Counts {
    /// Byte offset of the start of each line.
    lines: OnceLock<Vec<u32>>,
    /// Characters before every [`MARK`] bytes, for long lines: a file of one line, as plans are, has as many places as
    /// one of many.
    marks: OnceLock<Vec<u32>>,
    /// Whether every character is one byte, as in most files: then nothing is to be counted.
    plain: OnceLock<bool>,
}

/// Bytes between two marks, and what of a line is counted without them.
const MARK: usize = 1024;

impl SourceFile {
    pub fn new(id: FileId, version: Version, path: impl Into<EcoString>, text: impl Into<Arc<str>>) -> SourceFile {
        SourceFile { id, version, path: path.into(), text: text.into(), counts: Arc::default() }
    }

    /// The text of a span; empty when the span does not lie on character boundaries of this file.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start as usize..span.end as usize).unwrap_or("")
    }

    /// Line and column of both ends of a span.
    pub fn place(&self, span: Span) -> Place {
        let (line, column) = self.line_column(span.start);
        let (end_line, end_column) = self.line_column(span.end);
        Place { line, column, end_line, end_column }
    }

    /// The 1-based line and column (in code points) of a byte offset; offsets past the end give the end.
    pub fn line_column(&self, offset: u32) -> (u32, u32) {
        let lines = self.counts.lines.get_or_init(|| line_starts(&self.text));
        let line = lines.partition_point(|start| *start <= offset).max(1);
        let start = lines.get(line - 1).copied().unwrap_or(0) as usize;
        let end = floor_boundary(&self.text, offset as usize);
        let column = match end.saturating_sub(start) {
            bytes if *self.counts.plain.get_or_init(|| self.text.is_ascii()) => bytes,
            0..=MARK => self.text.get(start..end).map_or(0, |text| text.chars().count()),
            _ => self.characters_before(end).saturating_sub(self.characters_before(start)),
        };
        (line as u32, column as u32 + 1)
    }

    fn characters_before(&self, offset: usize) -> usize {
        let marks = self.counts.marks.get_or_init(|| {
            let mut count = 0;
            let mut last = 0;
            let marks = (0..=self.text.len() / MARK).map(|at| {
                let here = floor_boundary(&self.text, at * MARK);
                count += self.text.get(last..here).map_or(0, |text| text.chars().count());
                last = here;
                count as u32
            });
            marks.collect()
        });
        let at = offset / MARK;
        let here = floor_boundary(&self.text, at * MARK);
        let before = marks.get(at).copied().unwrap_or(0) as usize;
        before + self.text.get(here..offset).map_or(0, |text| text.chars().count())
    }
}

/// Every file of a review, of both versions.
#[derive(Debug, Clone, Default)]
pub struct Sources {
    files: Vec<SourceFile>,
    by_path: FxHashMap<(Version, EcoString), FileId>,
}

impl Sources {
    pub fn add(&mut self, version: Version, path: impl Into<EcoString>, text: impl Into<Arc<str>>) -> FileId {
        let id = FileId(self.files.len() as u32);
        let path = path.into();
        self.by_path.insert((version, path.clone()), id);
        self.files.push(SourceFile::new(id, version, path, text));
        id
    }

    /// Adds a file of other sources, under the next id, with what was counted of it; gives it as it stands here.
    pub fn add_again(&mut self, file: SourceFile) -> SourceFile {
        let file = SourceFile { id: FileId(self.files.len() as u32), ..file };
        self.by_path.insert((file.version, file.path.clone()), file.id);
        self.files.push(file.clone());
        file
    }

    pub fn file(&self, id: FileId) -> Option<&SourceFile> {
        self.files.get(id.0 as usize)
    }

    pub fn find(&self, version: Version, path: &str) -> Option<&SourceFile> {
        self.by_path.get(&(version, EcoString::from(path))).and_then(|id| self.file(*id))
    }

    pub fn files(&self) -> impl Iterator<Item = &SourceFile> {
        self.files.iter()
    }

    /// The text of a span, empty when its file is not there.
    pub fn slice(&self, span: Span) -> &str {
        self.file(span.file).map_or("", |file| file.slice(span))
    }
}

fn line_starts(text: &str) -> Vec<u32> {
    let mut starts = Vec::with_capacity(text.len() / 25 + 1);
    starts.push(0);
    let (eights, _) = text.as_bytes().as_chunks::<8>();
    let mut at = 0;
    for eight in eights {
        if has_line_feed(u64::from_le_bytes(*eight)) {
            starts.extend((at..).zip(eight).filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
        }
        at += 8;
    }
    let rest = text.as_bytes().get(at as usize..).unwrap_or_default();
    starts.extend((at..).zip(rest).filter(|(_, byte)| **byte == b'\n').map(|(at, _)| at + 1));
    starts
}

/// Whether one of eight bytes is a line feed: subtracting one from each borrows only from one that was zero.
const fn has_line_feed(eight: u64) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    let zero = eight ^ (ONES * b'\n' as u64);
    zero.wrapping_sub(ONES) & !zero & (ONES << 7) != 0
}

fn floor_boundary(text: &str, offset: usize) -> usize {
    let mut at = offset.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_code_points_and_lines_end_at_line_feeds() {
        let file = SourceFile::new(FileId(0), Version::After, "main.tf", "a = \"é😀\"\r\nb = 1\n");
        let at = file.text.find("b = 1").unwrap() as u32;
        assert_eq!(file.place(Span::new(file.id, at, at + 5)), Place { line: 2, column: 1, end_line: 2, end_column: 6 });
        let quote = file.text.rfind('"').unwrap() as u32;
        assert_eq!(file.line_column(quote), (1, 8));
        assert_eq!(file.line_column(9_999), (3, 1));
    }

    #[test]
    fn lines_start_after_line_feeds_wherever_these_stand() {
        for length in 0..40 {
            for at in 0..length {
                let text: String = (0..length).map(|byte| if byte % (at + 1) == at { '\n' } else { 'é' }).collect();
                let expected: Vec<u32> = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at as u32 + 1)).collect();
                assert_eq!(line_starts(&text), expected, "{text:?}");
            }
        }
    }

    #[test]
    fn long_lines_are_counted_by_marks() {
        let text: String = "first\n".chars().chain("aé😀".chars().cycle().take(5_000)).chain("\nlast".chars()).collect();
        let file = SourceFile::new(FileId(0), Version::After, "plan.json", text);
        let (mut line, mut column) = (1, 1);
        for (at, letter) in file.text.char_indices() {
            assert_eq!(file.line_column(at as u32), (line, column), "{at}");
            (line, column) = if letter == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
    }
}
