//! What refers to what, with the way and the place.

use super::*;

/// The references of a resource: `argument -> target.reads (through) [explicit]`.
fn references(snapshot: &Snapshot, address: &str) -> Vec<String> {
    let lines = resource(snapshot, address).references.iter().map(|reference| {
        let reads = if reference.reads.is_empty() { String::new() } else { format!(" .{}", reference.reads) };
        let through = if reference.through.is_empty() { String::new() } else { format!(" through {}", reference.through.join(", ")) };
        let explicit = if reference.explicit { " explicit" } else { "" };
        format!("{} -> {}{reads}{through}{explicit}", reference.argument, reference.target)
    });
    lines.collect()
}

#[track_caller]
fn check(text: &str, address: &str, wanted: &[&str]) {
    assert_eq!(references(&snapshot(text), address), wanted);
}

const VPC: &str = "resource \"aws_vpc\" \"a\" {}\nresource \"aws_vpc\" \"b\" {}\nresource \"aws_vpc\" \"c\" {}\n";

#[test]
fn every_expression_counts_taken_or_not() {
    let text = format!(
        r#"{VPC}
        resource "x_y" "z" {{
          count   = length(aws_vpc.a.tags) > 0 ? 1 : 1
          plain   = aws_vpc.a.id
          untaken = true ? "x" : aws_vpc.b.arn
          object  = {{ "key" = {{ inner = ["x", aws_vpc.c.id] }}, (aws_vpc.b.id) = 1 }}
          call    = jsonencode({{ x = aws_vpc.c.id }})
          block {{
            port = 1
          }}
          block {{
            port = "${{aws_vpc.a.cidr_block}}-x"
          }}
          dynamic "rule" {{
            for_each = [aws_vpc.b.id]
            content {{
              target = rule.value
              other  = [for vpc in [aws_vpc.c] : vpc.id]
            }}
          }}
          depends_on = [aws_vpc.b]
        }}"#
    );
    let found = snapshot(&text);
    assert_eq!(
        references(&found, "x_y.z[0]"),
        [
            "count -> aws_vpc.a .tags",
            "plain -> aws_vpc.a .id",
            "untaken -> aws_vpc.b .arn",
            "object.key.inner.1 -> aws_vpc.c .id",
            "object -> aws_vpc.b .id",
            "call -> aws_vpc.c .id",
            "block.1.port -> aws_vpc.a .cidr_block",
            "rule.0 -> aws_vpc.b .id",
            "rule.0.other -> aws_vpc.c",
            " -> aws_vpc.b explicit",
        ]
    );
    let plain = &resource(&found, "x_y.z[0]").references[1];
    assert_eq!(&text[plain.span.start as usize..plain.span.end as usize], "aws_vpc.a.id");
}

#[test]
fn names_of_a_scope_are_no_references() {
    check(
        r#"
        variable "v" { default = ["a"] }
        resource "x_y" "z" {
          for_each = toset(var.v)
          a        = each.key
          b        = [for aws_vpc in var.v : aws_vpc.id]
          c        = "${path.module}${terraform.workspace}"
          d        = x_y.z
          provisioner "local-exec" { command = self.id }
        }
    "#,
        "x_y.z[\"a\"]",
        &[],
    );
}

#[test]
fn the_way_leads_through_locals_variables_and_outputs() {
    let found = snapshot(
        r#"
        resource "aws_db_instance" "primary" {}
        locals {
          host = aws_db_instance.primary.address
          url  = "postgres://${local.host}"
        }
        module "app" {
          source = "./app"
          url    = local.url
        }
        module "front" {
          source  = "./app"
          url     = module.app.service
        }
        //// app/main.tf
        variable "url" {}
        resource "aws_ecs_service" "main" { url = var.url }
        output "service" { value = aws_ecs_service.main.id }
    "#,
    );
    assert_eq!(
        references(&found, "module.app.aws_ecs_service.main"),
        ["url -> aws_db_instance.primary .address through var.url, local.url, local.host"]
    );
    assert_eq!(
        references(&found, "module.front.aws_ecs_service.main"),
        ["url -> module.app.aws_ecs_service.main .id through var.url, module.app.service"]
    );
}

#[test]
fn only_the_output_that_is_read_counts() {
    let text = r#"
        module "m" { source = "./m" }
        resource "x_y" "one" { v = module.m.a }
        resource "x_y" "all" { v = module.m }
        resource "x_y" "after" { depends_on = [module.m] }
        //// m/main.tf
        resource "aws_vpc" "a" {}
        resource "aws_vpc" "b" {}
        resource "aws_vpc" "silent" {}
        output "a" { value = aws_vpc.a.id }
        output "b" { value = aws_vpc.b.id }
    "#;
    check(text, "x_y.one", &["v -> module.m.aws_vpc.a .id through module.m.a"]);
    check(text, "x_y.all", &["v -> module.m.aws_vpc.a .id through module.m", "v -> module.m.aws_vpc.b .id through module.m"]);
    check(
        text,
        "x_y.after",
        &[
            " -> module.m.aws_vpc.a through module.m explicit",
            " -> module.m.aws_vpc.b through module.m explicit",
            " -> module.m.aws_vpc.silent through module.m explicit",
        ],
    );
}

#[test]
fn instances_are_narrowed_where_the_index_is_known() {
    let text = r#"
        resource "aws_subnet" "a" { count = 2 }
        resource "aws_subnet" "k" { for_each = { x = 1, y = 2 } }
        resource "x_y" "c" {
          count  = 2
          own    = aws_subnet.a[count.index].id
          fixed  = aws_subnet.a[0].id
          all    = aws_subnet.a[*].id
          whole  = aws_subnet.a
          old    = aws_subnet.a.1.id
          looped = [for n in [0, 1] : aws_subnet.a[n].id]
          beyond = try(aws_subnet.a[count.index + 1].id, "")
          keyed  = aws_subnet.k[count.index == 0 ? "x" : "y"].id
        }
    "#;
    check(
        text,
        "x_y.c[1]",
        &[
            "own -> aws_subnet.a[1] .id",
            "fixed -> aws_subnet.a[0] .id",
            "all -> aws_subnet.a .id",
            "whole -> aws_subnet.a",
            "old -> aws_subnet.a[1] .id",
            "looped -> aws_subnet.a .id",
            "beyond -> aws_subnet.a .id",
            "keyed -> aws_subnet.k[\"y\"] .id",
        ],
    );
}

#[test]
fn module_instances_are_narrowed_too() {
    let text = r#"
        module "net" {
          source   = "./net"
          for_each = { a = 1, b = 2 }
        }
        resource "x_y" "k" {
          for_each = { a = 1 }
          v        = module.net[each.key].id
        }
        resource "x_y" "all" { v = [for net in module.net : net.id] }
        //// net/main.tf
        resource "aws_vpc" "v" {}
        output "id" { value = aws_vpc.v.id }
    "#;
    check(text, "x_y.k[\"a\"]", &["v -> module.net[\"a\"].aws_vpc.v .id through module.net.id"]);
    check(
        text,
        "x_y.all",
        &["v -> module.net[\"a\"].aws_vpc.v .id through module.net", "v -> module.net[\"b\"].aws_vpc.v .id through module.net"],
    );
}

#[test]
fn everything_in_a_module_waits_for_what_its_call_needs() {
    let text = r#"
        resource "aws_vpc" "a" {}
        resource "aws_vpc" "b" {}
        module "outer" {
          source     = "./outer"
          depends_on = [aws_vpc.a]
        }
        //// outer/main.tf
        data "aws_ami" "x" {}
        module "inner" {
          source = "./inner"
          count  = length(data.aws_ami.x.tags)
        }
        //// outer/inner/main.tf
        resource "aws_eip" "e" {}
    "#;
    check(text, "module.outer.data.aws_ami.x", &[" -> aws_vpc.a through module.outer explicit"]);
    check(
        text,
        "module.outer.module.inner[*].aws_eip.e",
        &[" -> module.outer.data.aws_ami.x .tags through module.inner explicit", " -> aws_vpc.a through module.outer explicit"],
    );
}

#[test]
fn providers_are_needs_of_what_uses_them() {
    check(
        r#"
        resource "aws_eks_cluster" "c" {}
        provider "kubernetes" { host = aws_eks_cluster.c.endpoint }
        resource "kubernetes_namespace" "n" {}
    "#,
        "kubernetes_namespace.n",
        &["provider -> aws_eks_cluster.c .endpoint through provider.kubernetes explicit"],
    );
}

#[test]
fn opaque_modules_refer_and_are_referred_to() {
    let text = r#"
        resource "aws_eip" "e" { count = 2 }
        module "vpc" {
          source = "org/vpc/aws"
          count  = 2
          eip    = aws_eip.e[count.index].id
        }
        resource "aws_subnet" "s" { vpc = module.vpc[1].vpc_id }
    "#;
    check(text, "module.vpc[1]", &["eip -> aws_eip.e[1] .id"]);
    check(text, "aws_subnet.s", &["vpc -> module.vpc[1] .vpc_id"]);
}

#[test]
fn what_nothing_declares_is_external_and_told() {
    let found = snapshot(
        "resource \"x_y\" \"z\" {\n  a = aws_vpc.none.id\n  b = data.aws_ami.none.id\n  c = var.none\n  d = aws_vpc.none.arn\n}\n",
    );
    assert_eq!(addresses(&found), ["aws_vpc.none", "data.aws_ami.none", "x_y.z"]);
    assert_eq!(resource(&found, "aws_vpc.none").mode, crate::model::Mode::External);
    assert_eq!(references(&found, "x_y.z"), ["a -> aws_vpc.none .id", "b -> data.aws_ami.none .id", "d -> aws_vpc.none .arn"]);
    let told = diagnostics(&found);
    assert_eq!(told.iter().filter(|line| line.starts_with("undeclared")).count(), 4, "{told:?}");
    assert_eq!(arguments(&found, "x_y.z").matches("declared in no file here").count(), 4);
}

#[test]
fn the_graph_joins_blocks_to_instances() {
    let found = snapshot(
        r#"
        resource "aws_subnet" "a" { count = 2 }
        resource "x_y" "all" { v = aws_subnet.a[*].id }
        resource "x_y" "one" { v = aws_subnet.a[1].id }
        resource "x_y" "last" { v = [x_y.all.id, x_y.one.id] }
    "#,
    );
    let graph = crate::graph::Graph::of(&found);
    let name = |id| found.resource(id).unwrap().address.as_str();
    let edges: Vec<String> = graph.dependencies.iter().map(|edge| format!("{} -> {}", name(edge.from), name(edge.to))).collect();
    assert_eq!(
        edges,
        [
            "x_y.all -> aws_subnet.a[0]",
            "x_y.all -> aws_subnet.a[1]",
            "x_y.last -> x_y.all",
            "x_y.last -> x_y.one",
            "x_y.one -> aws_subnet.a[1]"
        ]
    );
    let reached: Vec<String> = graph
        .downstream(&[crate::model::ResourceId(0)])
        .iter()
        .map(|reached| format!("{} {} from {}", name(reached.resource), reached.distance, name(reached.from)))
        .collect();
    assert_eq!(reached, ["x_y.all 1 from aws_subnet.a[0]", "x_y.last 2 from x_y.all"]);
}

#[test]
fn circles_among_resources_are_told_with_their_members() {
    let found = snapshot("resource \"a_b\" \"x\" { v = a_b.y.id }\nresource \"a_b\" \"y\" { v = a_b.x.id }\n");
    let graph = crate::graph::Graph::of(&found);
    let mut told = Vec::new();
    graph.diagnose(&found, &mut told);
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].message, "These depend on each other in a circle: a_b.x, a_b.y");
}
