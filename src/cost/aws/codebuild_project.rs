//! Build project: minutes by machine and use.

use ecow::eco_format;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::Text;

pub(super) const PRICED: Priced = Priced { resources: &["aws_codebuild_project"], components };

fn components(project: &Item, lines: &mut Lines) {
    let (Text::Known(size), Text::Known(system)) = (project.text("environment.compute_type"), project.text("environment.type")) else {
        return lines.unpriced("its machine is not known");
    };
    let size = size.trim_start_matches("BUILD_").to_ascii_lowercase().replace('_', ".");
    let (key, machine) = match system {
        "LINUX_CONTAINER" => ("codebuild.linux_minute", size),
        "ARM_CONTAINER" => ("codebuild.linux_minute", size.replace("general1", "arm1")),
        "LINUX_GPU_CONTAINER" => ("codebuild.linux_minute", size.replace("general1", "gpu1")),
        "WINDOWS_CONTAINER" | "WINDOWS_SERVER_2019_CONTAINER" | "WINDOWS_SERVER_2022_CONTAINER" => ("codebuild.windows_minute", size),
        other => return lines.unpriced(eco_format!("no price for builds on {other}")),
    };
    let minutes = project.usage("monthly_build_mins");
    lines.used(eco_format!("Builds ({machine})"), "min", minutes, Sku::of("devtools", key, Text::Known(&machine)));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    #[test]
    fn minutes_by_machine() {
        let usage = "resource_type_default_usage:\n  aws_codebuild_project:\n    monthly_build_mins: 1000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_codebuild_project" "a" {
              environment {
                type         = "LINUX_CONTAINER"
                compute_type = "BUILD_GENERAL1_SMALL"
              }
            }
            resource "aws_codebuild_project" "b" {
              environment {
                type         = "ARM_CONTAINER"
                compute_type = "BUILD_GENERAL1_LARGE"
              }
            }
        "#, usage), @r"
        aws_codebuild_project.a 5
          Builds (general1.small): 1000 min x 0.005 = 5
        aws_codebuild_project.b 15
          Builds (arm1.large): 1000 min x 0.015 = 15
        ");
    }
}
