//! Instances, arguments, blocks, modules, providers.

use super::*;

#[test]
fn count_and_for_each_make_instances() {
    let found = snapshot(
        r#"
        variable "zones" { default = { b = 2, a = 1 } }
        resource "aws_subnet" "counted" {
          count = 11
          name  = "n-${count.index}"
        }
        resource "aws_subnet" "each" {
          for_each = var.zones
          name     = "${each.key}-${each.value}"
        }
        resource "aws_subnet" "set" {
          for_each = toset(["x"])
          name     = each.value
        }
    "#,
    );
    assert_eq!(addresses(&found)[..3], ["aws_subnet.counted[0]", "aws_subnet.counted[1]", "aws_subnet.counted[2]"]);
    assert_eq!(
        addresses(&found)[10..],
        ["aws_subnet.counted[10]", "aws_subnet.each[\"a\"]", "aws_subnet.each[\"b\"]", "aws_subnet.set[\"x\"]"]
    );
    assert_eq!(arguments(&found, "aws_subnet.counted[10]"), "{ name = \"n-10\" }");
    assert_eq!(arguments(&found, "aws_subnet.each[\"b\"]"), "{ name = \"b-2\" }");
    assert_eq!(arguments(&found, "aws_subnet.set[\"x\"]"), "{ name = \"x\" }");
}

#[test]
fn an_unknown_number_is_one_placeholder() {
    let found = snapshot(
        r#"
        variable "n" {}
        resource "aws_subnet" "a" {
          count = var.n
          name  = "n-${count.index}"
          size  = 1
        }
        resource "aws_subnet" "b" {
          for_each = toset(aws_subnet.a[*].id)
          name     = each.key
        }
    "#,
    );
    assert_eq!(addresses(&found), ["aws_subnet.a[*]", "aws_subnet.b[*]"]);
    assert!(found.resources.iter().all(|resource| resource.count_unknown.is_some()));
    assert_eq!(arguments(&found, "aws_subnet.a[*]"), "{ name = (var.n has no value), size = 1 }");
}

#[test]
fn what_is_switched_off_says_why() {
    let found = snapshot(
        r#"
        variable "on" { default = false }
        resource "aws_eip" "a" { count = 0 }
        resource "aws_eip" "b" { count = var.on ? 1 : 0 }
        resource "aws_eip" "c" { for_each = {} }
        module "m" {
          source = "./m"
          count  = var.on ? 1 : 0
        }
        output "b" { value = one(aws_eip.b[*].id) }
        output "c" { value = try(aws_eip.b[0].id, "none") }
        //// m/main.tf
        resource "aws_eip" "inner" {}
    "#,
    );
    let disabled: Vec<String> = found.disabled.iter().map(|off| format!("{}: {}", off.address, off.reason)).collect();
    assert_eq!(
        disabled,
        [
            "aws_eip.a: count = 0",
            "aws_eip.b: count = 0 (var.on ? 1 : 0)",
            "aws_eip.c: for_each is empty ({})",
            "module.m: count = 0 (var.on ? 1 : 0)",
            "module.m.aws_eip.inner: module.m: count = 0 (var.on ? 1 : 0)",
        ]
    );
    assert_eq!(addresses(&found), [""; 0]);
    assert_eq!(outputs(&found), "b = null\nc = \"none\"");
}

#[test]
fn too_many_instances_are_shown_as_one() {
    let found = snapshot("resource \"aws_eip\" \"a\" { count = 1e9 }\nresource \"aws_eip\" \"b\" { count = 10000 }");
    assert_eq!(found.resources.len(), 10_001);
    assert_eq!(addresses(&found)[0], "aws_eip.a[*]");
    assert_eq!(diagnostics(&found), ["limit: a block of more than 10,000 instances is shown as one"]);
}

#[test]
fn blocks_are_lists_of_objects() {
    let found = snapshot(
        r#"
        variable "rules" {}
        resource "aws_security_group" "a" {
          name = null
          ingress {
            port = 80
          }
          dynamic "ingress" {
            for_each = { https = 443, ssh = 22 }
            content {
              port = ingress.value
              name = ingress.key
              dynamic "tag" {
                for_each = ["x"]
                iterator = t
                content { text = "${ingress.key}-${t.value}" }
              }
            }
          }
          dynamic "egress" {
            for_each = var.rules
            content { port = egress.value }
          }
          timeouts { create = "5m" }
        }
    "#,
    );
    assert_eq!(
        arguments(&found, "aws_security_group.a"),
        "{ ingress = [{ port = 80 }, { port = 443, name = \"https\", tag = [{ text = \"https-x\" }] }, \
         { port = 22, name = \"ssh\", tag = [{ text = \"ssh-x\" }] }], egress = (var.rules has no value), timeouts = [{ create = \"5m\" }] }"
    );
}

#[test]
fn resources_read_as_a_whole_know_what_they_do_not_know() {
    let found = snapshot(
        r#"
        resource "aws_subnet" "a" {
          for_each   = { x = "10.0.0.0/24", y = "10.0.1.0/24" }
          cidr_block = each.value
        }
        resource "aws_db_instance" "d" {
          restore { at = "now" }
        }
        locals { subnets = aws_subnet.a }
        output "cidrs"    { value = { for k, s in local.subnets : k => s.cidr_block } }
        output "ids"      { value = [for s in local.subnets : s.id] }
        output "keys"     { value = keys(aws_subnet.a) }
        output "values"   { value = values(aws_subnet.a)[*].cidr_block }
        output "json"     { value = jsonencode(aws_subnet.a["x"]) }
        output "block"    { value = aws_db_instance.d.restore[0].at }
        output "computed" { value = aws_db_instance.d.restore[0].other }
    "#,
    );
    assert_eq!(
        outputs(&found),
        "block = \"now\"\n\
         cidrs = { x = \"10.0.0.0/24\", y = \"10.0.1.0/24\" }\n\
         computed = (aws_db_instance.d.restore[0].other is known after apply)\n\
         ids = [(aws_subnet.a[\"x\"].id is known after apply), (aws_subnet.a[\"y\"].id is known after apply)]\n\
         json = (aws_subnet.a[\"x\"] is known after apply)\n\
         keys = [\"x\", \"y\"]\n\
         values = [\"10.0.0.0/24\", \"10.0.1.0/24\"]"
    );
}

#[test]
fn blocks_in_blocks_hold_more_than_is_written() {
    let found = snapshot(
        r#"
        resource "google_compute_instance" "vm" {
          for_each = toset(["a"])
          name     = each.key
          network_interface {
            network = "default"
            access_config {}
          }
          network_interface {
            dynamic "access_config" {
              for_each = ["one"]
              content { tier = access_config.value }
            }
          }
        }
        locals { vm = google_compute_instance.vm["a"] }
        output "address" { value = google_compute_instance.vm["a"].network_interface[0].access_config[0].nat_ip }
        output "all"     { value = { for k, vm in google_compute_instance.vm : k => vm.network_interface[0].network_ip } }
        output "deep"    { value = values(google_compute_instance.vm)[0].network_interface[1].access_config[0].nat_ip }
        output "legacy"  { value = local.vm.network_interface.0.access_config.0.nat_ip }
        output "splat"   { value = local.vm.network_interface[1].access_config[*].tier }
        output "wrong"   { value = local.vm.network_interface[2].network_ip }
        output "written" { value = local.vm.network_interface[0].network }
    "#,
    );
    assert_eq!(
        outputs(&found),
        "address = (google_compute_instance.vm[\"a\"].network_interface[0].access_config[0].nat_ip is known after apply)\n\
         all = { a = (google_compute_instance.vm[\"a\"].network_interface[0].network_ip is known after apply) }\n\
         deep = (google_compute_instance.vm[\"a\"].network_interface[1].access_config[0].nat_ip is known after apply)\n\
         legacy = (google_compute_instance.vm[\"a\"].network_interface[0].access_config[0].nat_ip is known after apply)\n\
         splat = [\"one\"]\n\
         written = \"default\"\n\
         wrong = (there is no index 2 in a list of 2)"
    );
    assert_eq!(diagnostics(&found), ["expression: There is no index 2 in a list of 2"]);
}

#[test]
fn local_modules_are_entered_with_scopes_of_their_own() {
    let found = snapshot(
        r#"
        variable "name" { default = "root" }
        locals { name = "local-${var.name}" }
        module "net" {
          source   = "./modules/net"
          for_each = { a = 1, b = 2 }
          name     = "${local.name}-${each.key}"
          size     = each.value
        }
        output "ids"   { value = [for net in module.net : net.label] }
        output "one"   { value = module.net["b"].label }
        output "paths" { value = module.net["a"].path }
        //// modules/net/main.tf
        variable "name" {}
        variable "size" { type = number }
        locals { name = "inner" }
        module "deep" {
          source = "../deep"
          count  = var.size
          text   = "${var.name}/${local.name}/${count.index}"
        }
        output "label" { value = module.deep[*].out }
        output "path"  { value = path.module }
        //// modules/deep/main.tf
        variable "text" {}
        resource "aws_vpc" "main" { name = var.text }
        output "out" { value = aws_vpc.main.name }
    "#,
    );
    assert_eq!(
        addresses(&found),
        [
            "module.net[\"a\"].module.deep[0].aws_vpc.main",
            "module.net[\"b\"].module.deep[0].aws_vpc.main",
            "module.net[\"b\"].module.deep[1].aws_vpc.main",
        ]
    );
    assert_eq!(arguments(&found, "module.net[\"b\"].module.deep[1].aws_vpc.main"), "{ name = \"local-root-b/inner/1\" }");
    assert_eq!(
        outputs(&found),
        "ids = [[\"local-root-a/inner/0\"], [\"local-root-b/inner/0\", \"local-root-b/inner/1\"]]\n\
         one = [\"local-root-b/inner/0\", \"local-root-b/inner/1\"]\npaths = \"modules/net\""
    );
    assert_eq!(diagnostics(&found), [""; 0]);
}

#[test]
fn modules_that_are_not_at_hand_are_opaque() {
    let found = snapshot(
        r#"
        module "vpc" {
          source  = "terraform-aws-modules/vpc/aws"
          version = "5.0.0"
          count   = 2
          cidr    = "10.${count.index}.0.0/16"
        }
        module "gone" { source = "./gone" }
        output "id" { value = module.vpc[0].vpc_id }
    "#,
    );
    assert_eq!(addresses(&found), ["module.gone", "module.vpc[0]", "module.vpc[1]"]);
    let vpc = resource(&found, "module.vpc[1]");
    assert_eq!((vpc.mode, vpc.native_type.as_str()), (crate::model::Mode::Module, "module"));
    assert!(arguments(&found, "module.vpc[1]").contains("cidr = \"10.1.0.0/16\""));
    assert_eq!(outputs(&found), "id = (module.vpc is not at hand)");
    assert_eq!(
        questions(&found),
        [
            "Module module.vpc: its source terraform-aws-modules/vpc/aws was not given",
            "Module module.gone: the folder ./gone was not given",
        ]
    );
}

#[test]
fn a_module_that_calls_itself_ends() {
    let found = snapshot(
        r#"
        module "a" { source = "./a" }
        //// a/main.tf
        resource "aws_eip" "x" {}
        module "b" { source = "../b" }
        //// b/main.tf
        module "a" { source = "../a" }
    "#,
    );
    assert_eq!(addresses(&found), ["module.a.aws_eip.x", "module.a.module.b.module.a"]);
    assert_eq!(diagnostics(&found), ["cycle: module.a calls itself: \"a\" is already being entered"]);
}

#[test]
fn regions_come_from_the_provider_that_is_used() {
    let found = snapshot(
        r#"
        variable "region" { default = "eu-west-1" }
        provider "aws" { region = var.region }
        provider "aws" {
          alias  = "east"
          region = "us-east-1"
        }
        resource "aws_vpc" "a" {}
        resource "aws_vpc" "b" { provider = aws.east }
        resource "aws_vpc" "c" { region = "ap-south-1" }
        data "aws_region" "here" { provider = aws.east }
        module "inherits" { source = "./m" }
        module "handed" {
          source    = "./m"
          providers = { aws = aws.east }
        }
        output "region" { value = data.aws_region.here.name }
        //// m/main.tf
        resource "aws_vpc" "m" {}
    "#,
    );
    let regions: Vec<String> = found
        .resources
        .iter()
        .map(|resource| format!("{} {} {}", resource.address, resource.provider, resource.region.as_deref().unwrap_or("-")))
        .collect();
    assert_eq!(
        regions,
        [
            "aws_vpc.a aws eu-west-1",
            "aws_vpc.b aws.east us-east-1",
            "aws_vpc.c aws ap-south-1",
            "data.aws_region.here aws.east us-east-1",
            "module.handed.aws_vpc.m aws us-east-1",
            "module.inherits.aws_vpc.m aws eu-west-1",
        ]
    );
    assert_eq!(outputs(&found), "region = \"us-east-1\"");
}

#[test]
fn lifecycle_is_read() {
    let found = snapshot(
        r#"
        resource "aws_vpc" "main" {}
        resource "aws_db_instance" "a" {
          lifecycle {
            prevent_destroy       = true
            create_before_destroy = true
            ignore_changes        = [password, tags["Name"], settings[0].mode]
            replace_triggered_by  = [aws_vpc.main.id]
          }
        }
        resource "aws_db_instance" "b" {
          lifecycle { ignore_changes = all }
        }
    "#,
    );
    let a = resource(&found, "aws_db_instance.a");
    assert!(a.prevent_destroy && a.create_before_destroy);
    assert_eq!(a.ignore_changes.as_slice(), ["password", "tags.Name", "settings.0.mode"]);
    assert_eq!(format!("{:?}", a.replace_triggered_by), "[aws_vpc.main]");
    assert_eq!(resource(&found, "aws_db_instance.b").ignore_changes.as_slice(), ["all"]);
}

#[test]
fn several_roots_are_told_apart() {
    let found = snapshot(
        r#"
        //// net/main.tf
        resource "aws_vpc" "main" {}
        resource "aws_subnet" "s" { vpc = aws_vpc.main.id }
        //// app/main.tf
        module "m" { source = "../shared" }
        moved {
          from = aws_eip.old
          to   = module.m.aws_eip.new
        }
        //// shared/main.tf
        resource "aws_eip" "new" {}
    "#,
    );
    assert_eq!(addresses(&found), ["app//module.m.aws_eip.new", "net//aws_subnet.s", "net//aws_vpc.main"]);
    assert_eq!(format!("{:?}", resource(&found, "net//aws_subnet.s").references[0].target), "net//aws_vpc.main");
    assert_eq!(format!("{:?}", found.moved), "[(app//aws_eip.old, app//module.m.aws_eip.new)]");
}

#[test]
fn wrong_arguments_are_told_with_their_place() {
    let found = snapshot("resource \"aws_eip\" \"a\" {\n  x = [1][2]\n  y = 1 / 0\n}\n");
    assert_eq!(diagnostics(&found), ["expression: There is no index 2 in a list of 1", "expression: Division by zero"]);
}
