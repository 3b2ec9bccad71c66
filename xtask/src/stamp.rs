//! Whether something has to be made again: a mark beside it of all that it was made from. Times of files say less, as a
//! checkout changes them and two builds that share a folder of cargo make each other's result look old.

use std::collections::hash_map::DefaultHasher;
use std::fs;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use anyhow::{Context, Result};

/// The mark of everything that one result is made from.
pub struct Stamp {
    file: PathBuf,
    mark: String,
}

impl Stamp {
    /// The mark is kept in `file`; `inputs` are files and folders, `how` the tools and options.
    pub fn new(file: PathBuf, inputs: &[PathBuf], how: &str) -> Result<Stamp> {
        let mut hasher = DefaultHasher::new();
        hasher.write(how.as_bytes());
        for input in inputs {
            add(&mut hasher, input)?;
        }
        Ok(Stamp { file, mark: format!("{:016x}\n", hasher.finish()) })
    }

    /// Whether all of `made` is there, was made from the same, and was not made again by other hands since.
    pub fn holds(&self, made: &[PathBuf]) -> bool {
        fs::read_to_string(&self.file).is_ok_and(|mark| mark == self.mark)
            && made.iter().all(|path| modified(path).is_some_and(|made| Some(made) <= modified(&self.file)))
    }

    /// To be called before making: what is half made carries no mark.
    pub fn clear(&self) -> Result<()> {
        match self.file.exists() {
            true => Ok(fs::remove_file(&self.file)?),
            false => Ok(()),
        }
    }

    pub fn set(&self) -> Result<()> {
        if let Some(folder) = self.file.parent() {
            fs::create_dir_all(folder)?;
        }
        Ok(fs::write(&self.file, &self.mark)?)
    }
}

/// When a file was last written; `None` when it is not there.
pub fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).and_then(|data| data.modified()).ok()
}

/// Name and content of a file, or of every file below a folder, in the order of their names.
fn add(hasher: &mut DefaultHasher, path: &Path) -> Result<()> {
    hasher.write(path.as_os_str().as_encoded_bytes());
    if !path.is_dir() {
        let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
        hasher.write_usize(bytes.len());
        hasher.write(&bytes);
        return Ok(());
    }
    let mut below = fs::read_dir(path)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    below.sort();
    hasher.write_usize(below.len());
    below.iter().try_for_each(|path| add(hasher, path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_holds_until_a_name_a_text_or_an_option_changes() {
        let folder = std::env::temp_dir().join(format!("plumbline-stamp-{}", std::process::id()));
        let made = folder.join("made");
        let stamp = |how: &str| Stamp::new(folder.join("mark"), &[folder.join("in")], how).unwrap();
        fs::create_dir_all(folder.join("in/deep")).unwrap();
        fs::write(folder.join("in/deep/a"), "1").unwrap();
        assert!(!stamp("fast").holds(std::slice::from_ref(&made)), "nothing is made yet");
        stamp("fast").set().unwrap();
        assert!(!stamp("fast").holds(std::slice::from_ref(&made)), "what was made is gone");
        fs::write(&made, "").unwrap();
        fs::File::open(&made).unwrap().set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(9)).unwrap();
        assert!(!stamp("fast").holds(std::slice::from_ref(&made)), "made again since");
        stamp("fast").set().unwrap();
        fs::File::open(&made).unwrap().set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(9)).unwrap();
        assert!(stamp("fast").holds(std::slice::from_ref(&made)));
        assert!(!stamp("small").holds(std::slice::from_ref(&made)));
        fs::write(folder.join("in/deep/a"), "1").unwrap();
        assert!(stamp("fast").holds(std::slice::from_ref(&made)), "written again, with the same text");
        fs::write(folder.join("in/deep/a"), "2").unwrap();
        assert!(!stamp("fast").holds(std::slice::from_ref(&made)));
        fs::remove_file(folder.join("in/deep/a")).unwrap();
        fs::write(folder.join("in/deep/b"), "1").unwrap();
        assert!(!stamp("fast").holds(std::slice::from_ref(&made)));
        stamp("fast").set().unwrap();
        stamp("fast").clear().unwrap();
        assert!(!stamp("fast").holds(&[made]));
        fs::remove_dir_all(folder).unwrap();
    }
}
