//! Folders of the tests as input files.

use std::path::Path;

use plumbline::InputFile;

/// Every file below `folder`, by its path from `root`.
pub fn collect(root: &Path, folder: &Path, files: &mut Vec<InputFile>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(root, &path, files);
        } else {
            let name = path.strip_prefix(root).unwrap().display().to_string().replace('\\', "/");
            files.push(InputFile::new(name, std::fs::read(&path).unwrap()));
        }
    }
}
