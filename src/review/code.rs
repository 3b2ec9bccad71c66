//! From code to resources: the folders and files that images, functions and objects are made of.

use crate::model::{Object, Value};
use crate::review::ResourceEntry;

/// Arguments that hold paths of what is uploaded or built.
const PATHS: &[&str] =
    &["archive", "assets", "code", "context", "dockerfile", "file", "filename", "location", "source", "source_dir", "source_path"];

/// Whether a resource is made of what lies at a path: a file or a folder, as the user names it.
pub(super) fn is_made_of(resource: &ResourceEntry, path: &str) -> bool {
    let path = normal("", path);
    let mut found = false;
    each_path(&resource.attributes, &mut |written| {
        // Paths are relative to the project, which is at or above the file that declares the resource.
        let mut folder = resource.source.file.as_str();
        while let Some((above, _)) = folder.rsplit_once('/') {
            found |= lies_in(&path, &normal(above, written));
            folder = above;
        }
        found |= lies_in(&path, &normal("", written));
    });
    found
}

/// Whether one is the other, or lies below it.
fn lies_in(path: &str, folder: &str) -> bool {
    !folder.is_empty() && path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

fn each_path(object: &Object, found: &mut dyn FnMut(&str)) {
    for (name, value) in object.iter() {
        each_in(value, PATHS.contains(&name.as_str()), found);
    }
}

fn each_in(value: &Value, named: bool, found: &mut dyn FnMut(&str)) {
    match value.unmarked() {
        Value::Text(text) if named && !text.contains("://") && !text.contains(['\n', '{']) => found(text),
        Value::List(items) => items.iter().for_each(|item| each_in(item, named, found)),
        Value::Object(object) => {
            for (name, value) in object.iter() {
                each_in(value, named && value.as_text().is_none() || PATHS.contains(&name.as_str()), found);
            }
        }
        _ => {}
    }
}

/// The path from a folder, without `.` and `..` steps.
fn normal(folder: &str, path: &str) -> String {
    let mut steps: Vec<&str> = Vec::new();
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => drop(steps.pop()),
            step => steps.push(step),
        }
    }
    steps.join("/")
}

#[cfg(test)]
mod tests {
    use crate::review::resolve;
    use crate::{Input, InputFile, review};

    #[test]
    fn a_file_of_code_leads_to_what_is_made_of_it() {
        let text = "import pulumi\nimport pulumi_aws as aws\nimport pulumi_docker as docker\n\
            image = docker.Image(\"auth\", build={\"context\": \"../applications/auth\"}, image_name=\"auth\")\n\
            code = pulumi.AssetArchive({\".\": pulumi.FileArchive(\"../functions/mail\")})\n\
            mail = aws.lambda_.Function(\"mail\", code=code)\n\
            aws.ecs.TaskDefinition(\"auth-task\", family=\"auth\", container_definitions=image.image_name)\n";
        let files = vec![InputFile::new("infrastructure/__main__.py", text.as_bytes())];
        let review = review(&Input { files, ..Input::default() });
        let of =
            |path: &str| -> Vec<String> { resolve(&review, path).into_iter().map(|at| review.resources[at].address.to_string()).collect() };
        assert_eq!(of("applications/auth/src/main.go"), ["docker:index/image:Image::auth"]);
        assert_eq!(of("applications/auth"), ["docker:index/image:Image::auth"]);
        assert_eq!(of("functions/mail/index.py"), ["aws:lambda/function:Function::mail"]);
        assert!(of("applications/authority/x").is_empty());
        assert_eq!(of("infrastructure/__main__.py").len(), 3);
        let affected = crate::review::reach(&review, "applications/auth/src/main.go");
        assert_eq!(affected[0].address, "aws:ecs/taskDefinition:TaskDefinition::auth-task");
    }
}
