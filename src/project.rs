//! A project that stays: the files of both versions by path, the options, and the last review of them.
//!
//! What a page or an editor holds between edits. Owns no analysis; it hands the files to the pipeline.

mod request;

use std::collections::BTreeMap;

use ecow::EcoString;

use crate::catalog::prices::Prices;
use crate::intake::InputFile;
use crate::report::scene::{self, Scene, View};
use crate::report::{self, Format, json, update};
use crate::review::{self, Asked, KeptBills};
use crate::source::{Sources, Version};
use crate::{Catalog, Input, Kept, Options, Review, review_keeping};

pub use request::{FileContent, ReviewInput, ReviewOptions};

/// Files, options and prices, and what their review says. Asking twice without an edit costs nothing.
#[derive(Debug, Clone, Default)]
pub struct Project {
    after: Files,
    /// `None` until a file of the version before is set: then a snapshot is reviewed.
    before: Option<Files>,
    options: Options,
    catalog: Catalog,
    reviewed: Option<(Review, Sources)>,
    /// The review that was handed out last, unless it is the present one.
    handed_out: Option<Review>,
    /// Whether the present one was.
    is_handed_out: bool,
    kept: Kept,
}

/// Every construct that files are mostly made of, about 5 KB of it.
const WARM_UP: &str = include_str!("project/warm-up.tf");

type Files = BTreeMap<EcoString, InputFile>;

impl Project {
    pub fn new(options: Options) -> Project {
        Project { options, ..Project::default() }
    }

    /// Replaces the facts, and with them the prices.
    pub fn set_catalog(&mut self, catalog: Catalog) {
        self.catalog = catalog;
        self.kept.bills = KeptBills::default();
        self.forget();
    }

    /// Gives the packed table of prices, and of replacements and impacts where the program has none built in. The error says
    /// why the bytes are none; the facts stay as they were.
    pub fn set_prices(&mut self, bytes: &[u8]) -> Result<(), EcoString> {
        let prices = Prices::open_all(bytes)?;
        self.set_catalog(self.catalog.clone().with_prices(prices));
        Ok(())
    }

    pub fn set_options(&mut self, options: Options) {
        if self.options != options {
            self.options = options;
            self.kept.bills = KeptBills::default();
            self.forget();
        }
    }

    /// Adds a file or replaces the one with its path. The first file of the version before makes the review a
    /// comparison.
    pub fn set_file(&mut self, version: Version, file: InputFile) {
        let files = match version {
            Version::Before => self.before.get_or_insert_default(),
            Version::After => &mut self.after,
        };
        if files.get(&file.path) != Some(&file) {
            files.insert(file.path.clone(), file);
            self.forget();
        }
    }

    /// Takes a file out. A version before that has no file left is still a version: an empty one.
    pub fn remove_file(&mut self, version: Version, path: &str) {
        let files = match version {
            Version::Before => self.before.as_mut(),
            Version::After => Some(&mut self.after),
        };
        if files.is_some_and(|files| files.remove(path).is_some()) {
            self.forget();
        }
    }

    /// Forgets every file of one version; without a version before, a snapshot is reviewed.
    pub fn clear(&mut self, version: Version) {
        match version {
            Version::Before => self.before = None,
            Version::After => self.after.clear(),
        }
        self.forget();
    }

    /// The review is out of date. The one that was handed out last stays for [`Project::update`].
    fn forget(&mut self) {
        let reviewed = self.reviewed.take();
        if std::mem::take(&mut self.is_handed_out) {
            self.handed_out = reviewed.map(|(review, _)| review);
        }
    }

    /// The review of the files as they are now.
    pub fn review(&mut self) -> &Review {
        &self.reviewed().0
    }

    /// What differs from the review that this handed out before, in JSON; the first time, all of it.
    pub fn update(&mut self) -> String {
        self.review();
        let Some((review, _)) = &self.reviewed else { return String::new() };
        let before = if self.is_handed_out { Some(review) } else { self.handed_out.as_ref() };
        let text = update::update(review, before);
        self.is_handed_out = true;
        self.handed_out = None;
        text
    }

    /// The picture of the review.
    pub fn scene(&mut self, view: &View) -> Scene {
        scene::scene(self.review(), view)
    }

    /// What is affected if something of the review is modified. The browser's first core, which is small, has no answer.
    pub fn ask(&mut self, of: &str) -> Asked {
        if cfg!(feature = "programs") { review::ask(self.review(), of) } else { Asked::default() }
    }

    /// The review as a report.
    pub fn export(&mut self, format: Format) -> String {
        let (review, sources) = self.reviewed();
        report::render(format, review, sources)
    }

    /// The text of a file as the review read it, out of an archive too; `None` when it is no text.
    pub fn text(&mut self, version: Version, path: &str) -> Option<&str> {
        self.reviewed().1.find(version, path).map(|file| file.text.as_ref())
    }

    /// Reviews and lays out a small sample with this project's facts, and forgets it.
    pub fn warm_up(&self) {
        let mut sample = Project { catalog: self.catalog.clone(), ..Project::default() };
        sample.set_file(Version::Before, InputFile::new("main.tf", WARM_UP.as_bytes()));
        sample.set_file(Version::After, InputFile::new("main.tf", WARM_UP.replace("t3.medium", "t3.large").as_bytes()));
        json::json(sample.review());
        sample.scene(&View::default());
    }

    fn reviewed(&mut self) -> &(Review, Sources) {
        let Project { after, before, options, catalog, reviewed, kept, .. } = self;
        kept.files.edits = true;
        reviewed.get_or_insert_with(|| {
            let input = Input {
                files: after.values().cloned().collect(),
                base: before.as_ref().map(|files| files.values().cloned().collect()),
                options: options.clone(),
                catalog: catalog.clone(),
            };
            review_keeping(&input, kept)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> InputFile {
        InputFile::new(path, text.as_bytes())
    }

    const QUEUE: &str = "resource \"aws_sqs_queue\" \"jobs\" {}\n";

    #[test]
    fn an_edited_project_says_what_a_fresh_review_of_its_files_says() {
        let mut project = Project::default();
        project.set_file(Version::Before, file("main.tf", QUEUE));
        project.set_file(Version::After, file("main.tf", "resource \"aws_sqs_queue\" \"other\" {}\n"));
        project.set_file(Version::After, file("more.tf", "resource \"aws_sns_topic\" \"news\" {}\n"));
        project.review();
        project.set_file(Version::After, file("main.tf", QUEUE));
        project.remove_file(Version::After, "more.tf");
        let fresh = Input { files: vec![file("main.tf", QUEUE)], base: Some(vec![file("main.tf", QUEUE)]), ..Input::default() };
        assert_eq!(project.review(), &crate::review(&fresh));
    }

    #[test]
    fn an_update_is_told_from_the_review_that_was_handed_out() {
        let mut project = Project::default();
        project.set_file(Version::After, file("main.tf", QUEUE));
        assert_eq!(project.update(), json::json(project.review()));
        // What nobody was handed is nothing to tell from.
        project.set_file(Version::After, file("more.tf", &QUEUE.replace("jobs", "more")));
        project.review();
        project.set_file(Version::After, file("more.tf", &QUEUE.replace("jobs", "work")));
        let update: serde_json::Value = serde_json::from_str(&project.update()).unwrap();
        assert_eq!(update["resources"][0], serde_json::json!([0, 1]));
        assert_eq!(update["resources"][1]["address"], "aws_sqs_queue.work");
        let update: serde_json::Value = serde_json::from_str(&project.update()).unwrap();
        assert_eq!(update["resources"], serde_json::json!([[0, 2]]));
    }

    #[test]
    fn edits_one_after_the_other_say_what_fresh_reviews_say() {
        let mut project = Project::default();
        let mut files = [BTreeMap::new(), BTreeMap::new()];
        let read = "resource \"aws_sns_topic_subscription\" \"a\" {\n  endpoint = aws_sqs_queue.jobs.arn\n}\n";
        let broken = "resource \"aws_sqs_queue\" \"jobs\" {\n  name = \n}\n";
        for (version, path, text) in [
            (Version::After, "a.tf", QUEUE),
            (Version::After, "b.tf", read),
            (Version::After, "a.tf", broken),
            // Every place after it is another one now.
            (Version::Before, "a.tf", QUEUE),
            (Version::After, "b.tf", ""),
            (Version::After, "a.tf", QUEUE),
            (Version::Before, "b.tf", read),
            (Version::After, "b.tf", read),
        ] {
            project.set_file(version, file(path, text));
            files[usize::from(version == Version::Before)].insert(path, file(path, text));
            let [after, before] = files.each_ref().map(|files| files.values().cloned().collect::<Vec<_>>());
            let base = (!before.is_empty()).then_some(before);
            assert_eq!(project.review(), &crate::review(&Input { files: after, base, ..Input::default() }), "{path} {text}");
        }
    }

    #[test]
    fn prices_are_kept_only_of_what_nothing_else_has_a_part_in() {
        let target = |least: u32| {
            format!(
                "resource \"aws_appautoscaling_target\" \"t\" {{\n  min_capacity = {least}\n  max_capacity = 4\n  scalable_dimension = \"ecs:service:DesiredCount\"\n  service_namespace = \"ecs\"\n  resource_id = \"service/main/${{aws_ecs_service.s.name}}\"\n}}\n"
            )
        };
        let service = r#"
            resource "aws_ecs_task_definition" "t" {
              family                = "t"
              cpu                   = 256
              memory                = 512
              container_definitions = "[]"
            }
            resource "aws_ecs_service" "s" {
              name            = "s"
              launch_type     = "FARGATE"
              desired_count   = 2
              task_definition = aws_ecs_task_definition.t.arn
            }
            resource "aws_nat_gateway" "n" {}
        "#;
        let mut project = Project::default();
        project.set_catalog(crate::cost::tests::catalog().clone());
        project.set_file(Version::After, file("b.tf", service));
        let mut totals = Vec::new();
        for (least, region) in [(1, None), (2, None), (2, Some("sa-east-1")), (1, Some("sa-east-1")), (1, None)] {
            project.set_file(Version::After, file("a.tf", &target(least)));
            let options = Options { region: region.map(EcoString::from), ..Options::default() };
            project.set_options(options.clone());
            let files = vec![file("a.tf", &target(least)), file("b.tf", service)];
            let fresh = Input { files, options, catalog: crate::cost::tests::catalog().clone(), ..Input::default() };
            assert_eq!(project.review(), &crate::review(&fresh), "{least} {region:?}");
            let total = project.review().cost.monthly.after;
            totals.push((total.low, total.expected));
        }
        assert!(totals.windows(2).all(|two| two[0] != two[1]), "{totals:?}");
        project.set_catalog(Catalog::new());
        assert!(project.review().cost.resources.iter().all(|entry| entry.monthly.is_none()));
    }

    /// The arm that is not taken is not evaluated, and its type counts all the same.
    #[test]
    fn an_edit_of_what_is_only_looked_at_is_seen() {
        let reader = "variable \"on\" {\n  default = true\n}\noutput \"o\" {\n  value = var.on ? 1 : local.x\n}\n";
        let mut project = Project::default();
        project.set_file(Version::After, file("a.tf", reader));
        for value in ["\"a\"", "2", "\"b\""] {
            let written = format!("locals {{\n  x = {value}\n}}\n");
            project.set_file(Version::After, file("b.tf", &written));
            let fresh = Input { files: vec![file("a.tf", reader), file("b.tf", &written)], ..Input::default() };
            assert_eq!(project.review(), &crate::review(&fresh), "{value}");
        }
    }

    #[test]
    fn the_version_before_exists_from_its_first_file_until_it_is_cleared() {
        let mut project = Project::default();
        project.set_file(Version::After, file("main.tf", QUEUE));
        assert!(!project.review().compared);
        project.set_file(Version::Before, file("main.tf", QUEUE));
        assert!(project.review().compared);
        project.remove_file(Version::Before, "main.tf");
        assert!(project.review().compared);
        project.clear(Version::Before);
        assert!(!project.review().compared);
    }
}
