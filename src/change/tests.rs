//! Two versions in HCL and the changes between them. Expectations follow Terraform's plan rules and the
//! provider's schemas, worked out by hand.

use std::collections::BTreeMap;
use std::fmt::Write;

use super::*;
use crate::evaluate::{self, Given};
use crate::lang;
use crate::source::{Sources, Version};

fn read(sources: &Sources, version: Version, variables: &[(&str, &str)]) -> (Snapshot, Graph) {
    let mut diagnostics = Vec::new();
    let program = lang::read(sources, version, &mut diagnostics);
    let variables: BTreeMap<EcoString, EcoString> = variables.iter().map(|(name, value)| ((*name).into(), (*value).into())).collect();
    let snapshot = evaluate::evaluate(&program, sources, version, &Given { variables, ..Given::default() });
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    let graph = Graph::of(&snapshot);
    (snapshot, graph)
}

/// One line per change and per cause: the cause with its line, `!` where it forces replacement, `?` where it may.
fn changes_with(before: &str, after: &str, variables: &[(&str, &str)]) -> String {
    let mut sources = Sources::default();
    sources.add(Version::Before, "main.tf", before);
    sources.add(Version::After, "main.tf", after);
    let (old, old_graph) = read(&sources, Version::Before, variables);
    let (new, new_graph) = read(&sources, Version::After, variables);
    let mut out = String::new();
    for change in diff(Some((&old, &old_graph)), (&new, &new_graph), &Catalog::new()) {
        let _ = write!(out, "{:?} {}", change.action, change.address);
        if let Some(address) = &change.previous_address {
            let _ = write!(out, " was {address}");
        }
        if let Some(condition) = &change.condition {
            let _ = write!(out, " ({condition})");
        }
        out.push('\n');
        for cause in &change.causes {
            let file = sources.file(cause.span.file).unwrap();
            let mark = match cause.forces_replacement {
                Certainty::Yes => "!",
                Certainty::Maybe => "?",
                Certainty::No => " ",
            };
            let place = file.place(cause.span);
            let side = if file.version == Version::Before { "-" } else { "" };
            let _ = write!(out, " {mark} {side}{} {}: {} -> {}", place.line, cause.path, cause.before, cause.after);
            if let Some(source) = &cause.follows {
                let _ = write!(out, " follows {source}");
            }
            out.push('\n');
        }
    }
    out
}

fn changes(before: &str, after: &str) -> String {
    changes_with(before, after, &[])
}

/// A database block with the given lines in it.
fn database(lines: &str) -> String {
    format!("resource \"aws_db_instance\" \"primary\" {{\n{lines}\n}}\n")
}

#[test]
fn nothing_changes_by_layout_comments_or_order() {
    let before =
        "# old\nresource \"aws_sqs_queue\" \"a\" {\n  name = \"a\"\n  tags = { A = 1, B = 2 }\n}\nresource \"aws_sqs_queue\" \"b\" {}\n";
    let after = "resource \"aws_sqs_queue\" \"b\" {\n}\nresource \"aws_sqs_queue\" \"a\" {\n  tags = {\n    B = \"2\" # new\n    A = 1\n  }\n  name = \"a\"\n}\n";
    assert_eq!(changes(before, after), "");
}

#[test]
fn an_argument_that_forces_replaces_and_the_others_are_named_too() {
    let before = database("  instance_class = \"db.t3.small\"\n  storage_encrypted = false");
    let after = database("  instance_class = \"db.t3.medium\"\n  storage_encrypted = true");
    assert_eq!(
        changes(&before, &after),
        "Replace aws_db_instance.primary\n ! 3 storage_encrypted: false -> true\n   2 instance_class: \"db.t3.small\" -> \"db.t3.medium\"\n"
    );
}

#[test]
fn an_argument_that_is_added_forces_too() {
    let after = database("  storage_encrypted = true");
    assert_eq!(changes(&database(""), &after), "Replace aws_db_instance.primary\n ! 2 storage_encrypted: null -> true\n");
}

/// `false` is what the provider takes for absent in most arguments, but not in all.
#[test]
fn writing_what_may_be_the_default_only_may_change_something() {
    let words = "only if the provider takes another value for `deletion_protection` when it is not written";
    assert_eq!(
        changes(&database(""), &database("  deletion_protection = false")),
        format!("Update aws_db_instance.primary ({words})\n   2 deletion_protection: null -> false\n")
    );
}

#[test]
fn created_and_deleted() {
    let before = "resource \"aws_sqs_queue\" \"a\" {}\ndata \"aws_region\" \"here\" {}\n";
    let after = "resource \"aws_sqs_queue\" \"b\" {}\n";
    assert_eq!(changes(before, after), "Delete aws_sqs_queue.a\nCreate aws_sqs_queue.b\n");
}

#[test]
fn a_removed_argument_is_cited_where_it_stood() {
    let before = database("  instance_class = \"db.t3.small\"\n  max_allocated_storage = 100");
    let after = database("  instance_class = \"db.t3.small\"");
    assert_eq!(changes(&before, &after), "Update aws_db_instance.primary\n   -3 max_allocated_storage: 100 -> null\n");
}

/// The computed `id` of a replaced group is new, and `vpc_security_group_ids` changes in place.
#[test]
fn a_replacement_is_followed_to_an_update() {
    let text = |description: &str| {
        format!(
            "resource \"aws_security_group\" \"db\" {{\n  description = \"{description}\"\n}}\n{}",
            database("  vpc_security_group_ids = [aws_security_group.db.id]")
        )
    };
    assert_eq!(
        changes(&text("a"), &text("b")),
        "Update aws_db_instance.primary\n   5 vpc_security_group_ids.0: (aws_security_group.db.id is known after apply) -> (aws_security_group.db.id is known after apply) follows aws_security_group.db\n\
         Replace aws_security_group.db\n ! 2 description: \"a\" -> \"b\"\n"
    );
}

/// `vpc_id` of a subnet and `subnet_id` of a server cannot change in place: a new network replaces all of them.
#[test]
fn a_replacement_is_followed_through_replacements() {
    let text = |cidr: &str| {
        format!(
            "resource \"aws_vpc\" \"main\" {{\n  cidr_block = \"{cidr}\"\n}}\n\
             resource \"aws_subnet\" \"a\" {{\n  vpc_id = aws_vpc.main.id\n}}\n\
             resource \"aws_instance\" \"web\" {{\n  subnet_id = aws_subnet.a.id\n  tags = {{ Net = aws_vpc.main.cidr_block }}\n}}\n"
        )
    };
    assert_eq!(
        changes(&text("10.0.0.0/16"), &text("10.1.0.0/16")),
        "Replace aws_instance.web\n ! 8 subnet_id: (aws_subnet.a.id is known after apply) -> (aws_subnet.a.id is known after apply) follows aws_subnet.a\n   9 tags.Net: \"10.0.0.0/16\" -> \"10.1.0.0/16\"\n\
         Replace aws_subnet.a\n ! 5 vpc_id: (aws_vpc.main.id is known after apply) -> (aws_vpc.main.id is known after apply) follows aws_vpc.main\n\
         Replace aws_vpc.main\n ! 2 cidr_block: \"10.0.0.0/16\" -> \"10.1.0.0/16\"\n"
    );
}

/// What is read is written in the files, so a replacement does not change it.
#[test]
fn a_known_argument_of_a_replaced_resource_is_not_followed() {
    let text = |encrypted: bool| {
        format!(
            "{}resource \"aws_sqs_queue\" \"jobs\" {{\n  name = aws_db_instance.primary.identifier\n}}\n",
            database(&format!("  identifier = \"shop\"\n  storage_encrypted = {encrypted}"))
        )
    };
    assert_eq!(changes(&text(false), &text(true)), "Replace aws_db_instance.primary\n ! 3 storage_encrypted: false -> true\n");
}

#[test]
fn ignored_arguments_do_not_count() {
    let text = |lines: &str| {
        format!("resource \"aws_instance\" \"web\" {{\n{lines}\n  lifecycle {{\n    ignore_changes = [ami, tags[\"Seen\"]]\n  }}\n}}\n")
    };
    let before = text("  ami = \"ami-1\"\n  tags = { Seen = \"1\", Name = \"a\" }");
    let after = text("  ami = \"ami-2\"\n  tags = { Seen = \"2\", Name = \"b\" }");
    assert_eq!(changes(&before, &after), "Update aws_instance.web\n   3 tags.Name: \"a\" -> \"b\"\n");
    let all = before.replace("[ami, tags[\"Seen\"]]", "all");
    assert_eq!(changes(&all, &after.replace("[ami, tags[\"Seen\"]]", "all")), "");
}

#[test]
fn replace_triggered_by_follows_updates() {
    let text = |delay: u32| {
        format!(
            "resource \"aws_sqs_queue\" \"a\" {{\n  delay_seconds = {delay}\n}}\n\
             resource \"aws_sqs_queue\" \"b\" {{\n  lifecycle {{\n    replace_triggered_by = [aws_sqs_queue.a]\n  }}\n}}\n"
        )
    };
    assert_eq!(
        changes(&text(1), &text(2)),
        "Update aws_sqs_queue.a\n   2 delay_seconds: 1 -> 2\n\
         Replace aws_sqs_queue.b\n ! 4 lifecycle.replace_triggered_by: null -> null follows aws_sqs_queue.a\n"
    );
}

#[test]
fn moves_declared_and_implied() {
    let before = "resource \"aws_sqs_queue\" \"jobs\" {}\nresource \"aws_sqs_queue\" \"mail\" {}\nresource \"aws_sqs_queue\" \"log\" {\n  count = 1\n}\n";
    let after = "resource \"aws_sqs_queue\" \"work\" {\n  delay_seconds = 5\n}\nresource \"aws_sqs_queue\" \"mail\" {\n  count = 2\n}\nresource \"aws_sqs_queue\" \"log\" {}\n\
                 moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.work\n}\n";
    assert_eq!(
        changes(before, after),
        "Move aws_sqs_queue.log was aws_sqs_queue.log[0]\nMove aws_sqs_queue.mail[0] was aws_sqs_queue.mail\nCreate aws_sqs_queue.mail[1]\n\
         Update aws_sqs_queue.work was aws_sqs_queue.jobs\n   2 delay_seconds: null -> 5\n"
    );
}

#[test]
fn what_reads_a_moved_resource_reads_the_same() {
    let text = |name: &str| {
        format!(
            "resource \"aws_sqs_queue\" \"{name}\" {{}}\n\
             resource \"aws_lambda_event_source_mapping\" \"m\" {{\n  event_source_arn = aws_sqs_queue.{name}.arn\n}}\n"
        )
    };
    let after = text("work") + "moved {\n  from = aws_sqs_queue.jobs\n  to   = aws_sqs_queue.work\n}\n";
    assert_eq!(changes(&text("jobs"), &after), "Move aws_sqs_queue.work was aws_sqs_queue.jobs\n");
}

#[test]
fn chains_of_moves_end_even_in_a_circle() {
    let moved = |from: &str, to: &str| format!("moved {{\n  from = aws_sqs_queue.{from}\n  to   = aws_sqs_queue.{to}\n}}\n");
    let before = "resource \"aws_sqs_queue\" \"a\" {}\n";
    let after = "resource \"aws_sqs_queue\" \"c\" {}\n".to_owned() + &moved("a", "b") + &moved("b", "c");
    assert_eq!(changes(before, &after), "Move aws_sqs_queue.c was aws_sqs_queue.a\n");
    let circle = "resource \"aws_sqs_queue\" \"z\" {}\n".to_owned() + &moved("a", "b") + &moved("b", "a");
    assert_eq!(changes(before, &circle), "Delete aws_sqs_queue.a\nCreate aws_sqs_queue.z\n");
}

#[test]
fn removed_without_destroy_lets_go() {
    let after = "removed {\n  from = aws_sqs_queue.a\n  lifecycle {\n    destroy = false\n  }\n}\n";
    assert_eq!(changes("resource \"aws_sqs_queue\" \"a\" {}\n", after), "Forget aws_sqs_queue.a\n");
}

#[test]
fn a_variable_without_a_value_is_equal_to_itself() {
    let text = |rest: &str| format!("variable \"class\" {{}}\n{}", database(&format!("  instance_class = var.class\n{rest}")));
    assert_eq!(changes(&text(""), &text("")), "");
    assert_eq!(
        changes(&text(""), &text("  allocated_storage = 20")),
        "Update aws_db_instance.primary\n   4 allocated_storage: null -> 20\n"
    );
}

/// The value around the variable was changed, so the result differs whatever the variable is.
#[test]
fn another_expression_around_the_same_unknown_may_change() {
    let text = |function: &str| format!("variable \"name\" {{}}\n{}", database(&format!("  identifier = {function}(var.name)")));
    assert_eq!(
        changes(&text("lower"), &text("upper")),
        "Update aws_db_instance.primary (only if `identifier` differs: var.name has no value)\n   3 identifier: (var.name has no value) -> (var.name has no value)\n"
    );
}

/// A text with the same unknown part: what is known of it decides.
#[test]
fn another_text_around_the_same_unknown_is_another() {
    let text = |suffix: &str| format!("variable \"name\" {{}}\n{}", database(&format!("  identifier = \"${{var.name}}-{suffix}\"")));
    assert_eq!(
        changes(&text("a"), &text("b")),
        "Update aws_db_instance.primary\n   3 identifier: (var.name has no value) -> (var.name has no value)\n"
    );
}

#[test]
fn an_unknown_value_where_a_known_one_stood_may_replace() {
    let before = database("  engine = \"mysql\"");
    let after = format!("variable \"engine\" {{}}\n{}", database("  engine = var.engine"));
    assert_eq!(
        changes(&before, &after),
        "Update aws_db_instance.primary (replaced only if `engine` differs: var.engine has no value)\n ? 3 engine: \"mysql\" -> (var.engine has no value)\n"
    );
}

/// Both are known once the variable is; then nothing is left open.
#[test]
fn a_value_that_is_supplied_decides() {
    let before = database("  engine = \"mysql\"");
    let after = format!("variable \"engine\" {{}}\n{}", database("  engine = var.engine"));
    assert_eq!(changes_with(&before, &after, &[("engine", "mysql")]), "");
    assert_eq!(
        changes_with(&before, &after, &[("engine", "postgres")]),
        "Replace aws_db_instance.primary\n ! 3 engine: \"mysql\" -> \"postgres\"\n"
    );
}

#[test]
fn a_value_of_a_new_resource_is_new_for_sure() {
    let before = database("  kms_key_id = \"arn:aws:kms:us-east-1:1:key/a\"");
    let after = format!("resource \"aws_kms_key\" \"db\" {{}}\n{}", database("  kms_key_id = aws_kms_key.db.arn"));
    assert_eq!(
        changes(&before, &after),
        "Replace aws_db_instance.primary\n ! 3 kms_key_id: \"arn:aws:kms:us-east-1:1:key/a\" -> (aws_kms_key.db.arn is known after apply)\n\
         Create aws_kms_key.db\n"
    );
}

#[test]
fn sensitive_values_are_compared_and_never_shown() {
    let text = |password: &str| {
        format!("variable \"password\" {{\n  sensitive = true\n  default = \"{password}\"\n}}\n{}", database("  password = var.password"))
    };
    assert_eq!(changes(&text("a"), &text("a")), "");
    assert_eq!(changes(&text("a"), &text("b")), "Update aws_db_instance.primary\n   6 password: (sensitive) -> (sensitive)\n");
}

/// `vpc_security_group_ids` is a set of the provider, `subnet_ids` too; the order of `cidr_blocks` counts.
#[test]
fn sets_have_no_order_and_lists_have() {
    let group = |list: &str, argument: &str| format!("resource \"aws_elasticache_subnet_group\" \"a\" {{\n  {argument} = {list}\n}}\n");
    assert_eq!(changes(&group("[\"a\", \"b\"]", "subnet_ids"), &group("[\"b\", \"a\"]", "subnet_ids")), "");
    assert_eq!(
        changes(&group("[\"a\", \"b\"]", "subnet_ids"), &group("[\"b\", \"c\"]", "subnet_ids")),
        "Update aws_elasticache_subnet_group.a\n   2 subnet_ids: [\"a\", \"b\"] -> [\"b\", \"c\"]\n"
    );
    assert_eq!(
        changes(&group("[\"a\", \"b\"]", "cidr_blocks"), &group("[\"b\", \"a\"]", "cidr_blocks")),
        "Update aws_elasticache_subnet_group.a\n   2 cidr_blocks.0: \"a\" -> \"b\"\n   2 cidr_blocks.1: \"b\" -> \"a\"\n"
    );
}

#[test]
fn blocks_of_a_set_are_matched_by_content() {
    let group = |rules: &[u32]| {
        let rules: String =
            rules.iter().map(|port| format!("  ingress {{\n    from_port = {port}\n    to_port = {port}\n  }}\n")).collect();
        format!("resource \"aws_security_group\" \"a\" {{\n{rules}}}\n")
    };
    assert_eq!(changes(&group(&[80, 443]), &group(&[443, 80])), "");
    assert_eq!(
        changes(&group(&[80, 443]), &group(&[22, 80, 443])),
        "Update aws_security_group.a\n   2 ingress.0: null -> { from_port = 22, to_port = 22 }\n"
    );
    assert_eq!(
        changes(&group(&[80, 443]), &group(&[443, 8080])),
        "Update aws_security_group.a\n   7 ingress.1.from_port: 80 -> 8080\n   8 ingress.1.to_port: 80 -> 8080\n"
    );
}

/// `restore_to_point_in_time` forces by its number, `root_block_device.encrypted` by its value.
#[test]
fn blocks_force_by_number_or_by_content() {
    let after = database("  restore_to_point_in_time {\n    use_latest_restorable_time = true\n  }");
    assert_eq!(
        changes(&database(""), &after),
        "Replace aws_db_instance.primary\n ! 2 restore_to_point_in_time.0: null -> { use_latest_restorable_time = true }\n"
    );
    let server = |size: u32, encrypted: bool| {
        format!(
            "resource \"aws_instance\" \"web\" {{\n  root_block_device {{\n    volume_size = {size}\n    encrypted = {encrypted}\n  }}\n}}\n"
        )
    };
    assert_eq!(changes(&server(20, true), &server(30, true)), "Update aws_instance.web\n   3 root_block_device.0.volume_size: 20 -> 30\n");
    assert_eq!(
        changes(&server(20, false), &server(20, true)),
        "Replace aws_instance.web\n ! 4 root_block_device.0.encrypted: false -> true\n"
    );
}

/// A provider that adds tags which a resource has already changes nothing, whatever else is not known of its tags.
#[test]
fn tags_that_a_provider_adds_too_are_no_change() {
    let bucket =
        "variable \"name\" {}\nresource \"aws_s3_bucket\" \"b\" {\n  tags = {\n    Name = \"of ${var.name}\"\n    Team = \"web\"\n  }\n}\n";
    let with = |tags: &str| format!("provider \"aws\" {{\n  default_tags {{\n    tags = {{ {tags} }}\n  }}\n}}\n{bucket}");
    assert_eq!(changes(bucket, &with("Team = \"web\"")), "");
    assert_eq!(changes(&with("Team = \"web\""), bucket), "");
    let printed = changes(bucket, &with("Team = \"web\", Stage = \"dev\""));
    assert!(printed.starts_with("Update aws_s3_bucket.b\n") && printed.contains(" tags_all.Stage: null -> \"dev\""), "{printed}");
    let printed = changes(&with("Stage = \"dev\""), bucket);
    assert!(printed.starts_with("Update aws_s3_bucket.b\n") && printed.contains(" tags_all.Stage: \"dev\" -> null"), "{printed}");
}

/// A text with an unknown part differs for sure where it is written in the same way, and only there.
#[test]
fn another_way_of_writing_a_text_is_no_change_for_certain() {
    let of = |policy: &str| format!("variable \"a\" {{}}\nresource \"aws_ecr_repository_policy\" \"p\" {{\n  policy = {policy}\n}}\n");
    let certain = |before: &str, after: &str| {
        let printed = changes(&of(before), &of(after));
        assert!(printed.starts_with("Update aws_ecr_repository_policy.p"), "{before} {after}: {printed}");
        !printed.contains("(only if")
    };
    assert!(certain("\"of ${var.a}\"", "\"for ${var.a}\""));
    assert!(certain("jsonencode({ a = var.a, b = 1 })", "jsonencode({ a = var.a, b = 2 })"));
    assert!(certain("\"x ${join(\",\", [var.a, \"b\"])}\"", "\"x ${join(\",\", [var.a, \"c\"])}\""));
    assert!(!certain("\"of ${var.a}\"", "join(\" \", [\"of\", var.a])"));
    assert!(!certain("\"{\\\"a\\\":\\\"${var.a}\\\"}\"", "jsonencode({ a = var.a })"));
    assert!(!certain("\"x ${\"a${var.a}\"}\"", "\"x ${format(\"a%s\", var.a)}\""));
}

/// Whether `user_data` forces is written beside it; a type of the same processors changes in place.
#[test]
fn rules_that_depend_on_other_values() {
    let server = |lines: &str| format!("resource \"aws_instance\" \"web\" {{\n  {lines}\n}}\n");
    assert_eq!(
        changes(&server("user_data = \"a\""), &server("user_data = \"b\"")),
        "Update aws_instance.web\n   2 user_data: \"a\" -> \"b\"\n"
    );
    let replacing = "user_data = \"b\"\n  user_data_replace_on_change = true";
    assert_eq!(
        changes(&server("user_data = \"a\"\n  user_data_replace_on_change = true"), &server(replacing)),
        "Replace aws_instance.web\n ! 2 user_data: \"a\" -> \"b\"\n"
    );
    assert_eq!(
        changes(&server("instance_type = \"t3.small\""), &server("instance_type = \"t3.large\"")),
        "Update aws_instance.web\n   2 instance_type: \"t3.small\" -> \"t3.large\"\n"
    );
    assert_eq!(
        changes(&server("instance_type = \"t3.small\""), &server("instance_type = \"t4g.small\"")),
        "Update aws_instance.web (replaced only if `instance_type` cannot change in place: the provider decides it when the plan is made)\n ? 2 instance_type: \"t3.small\" -> \"t4g.small\"\n"
    );
}

#[test]
fn a_type_in_no_table_may_be_replaced() {
    let text = |name: &str| format!("resource \"example_thing\" \"a\" {{\n  name = \"{name}\"\n}}\n");
    assert_eq!(
        changes(&text("a"), &text("b")),
        "Update example_thing.a (replaced only if `name` cannot change in place: no table lists this type)\n ? 2 name: \"a\" -> \"b\"\n"
    );
}

#[test]
fn documents_are_compared_by_their_content() {
    let policy = |text: &str| format!("resource \"aws_iam_policy\" \"a\" {{\n  policy = {text}\n}}\n");
    let compact = policy("\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[]}\"");
    let heredoc = policy("<<EOT\n{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": []\n}\nEOT");
    assert_eq!(changes(&compact, &heredoc), "");
    let other = policy("\"{\\\"Version\\\":\\\"2012-10-17\\\",\\\"Statement\\\":[\\\"a b\\\"]}\"");
    assert!(changes(&compact, &other).starts_with("Update aws_iam_policy.a\n   2 policy.Statement:"));
}

#[test]
fn an_unknown_number_of_instances_takes_those_before() {
    let before = "resource \"aws_sqs_queue\" \"a\" {\n  count = 2\n}\n";
    let after = "variable \"n\" {}\nresource \"aws_sqs_queue\" \"a\" {\n  count = var.n\n}\n";
    assert_eq!(changes(before, after), "Update aws_sqs_queue.a[*] (only if the number of aws_sqs_queue.a changes: it is not known)\n");
    assert_eq!(changes_with(before, after, &[("n", "1")]), "Delete aws_sqs_queue.a[1]\n");
}

/// A data source that reads a replaced resource is read while applying, and what reads it may change.
#[test]
fn a_replacement_is_followed_through_data_sources() {
    let text = |cidr: &str| {
        format!(
            "resource \"aws_vpc\" \"main\" {{\n  cidr_block = \"{cidr}\"\n}}\n\
             data \"aws_subnets\" \"all\" {{\n  vpc_id = aws_vpc.main.id\n}}\n\
             resource \"aws_instance\" \"web\" {{\n  subnet_id = data.aws_subnets.all.ids[0]\n}}\n"
        )
    };
    let printed = changes(&text("10.0.0.0/16"), &text("10.1.0.0/16"));
    let lines: Vec<&str> = printed.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(lines, ["Replace aws_instance.web", "Replace aws_vpc.main", "Read data.aws_subnets.all"]);
}

/// A new data source that reads what stands already is read while planning, and with it what reads it in turn.
#[test]
fn a_new_data_source_waits_only_for_what_changes() {
    let vpc = |cidr: &str| format!("resource \"aws_vpc\" \"main\" {{\n  cidr_block = \"{cidr}\"\n}}\n");
    let read = "data \"aws_subnets\" \"all\" {\n  vpc_id = aws_vpc.main.id\n}\n\
                data \"aws_subnet\" \"one\" {\n  id = data.aws_subnets.all.ids[0]\n}\n";
    assert_eq!(changes(&vpc("10.0.0.0/16"), &format!("{}{read}", vpc("10.0.0.0/16"))), "");
    let printed = changes(&vpc("10.0.0.0/16"), &format!("{}{read}", vpc("10.1.0.0/16")));
    let lines: Vec<&str> = printed.lines().filter(|line| !line.starts_with(' ')).collect();
    assert_eq!(lines, ["Replace aws_vpc.main", "Read data.aws_subnet.one", "Read data.aws_subnets.all"]);
    assert_eq!(changes("", &format!("{}{read}", vpc("10.0.0.0/16"))).lines().filter(|line| line.starts_with("Read")).count(), 2);
    // An update gives no new id, but `depends_on` waits for any change.
    let tagged = "resource \"aws_vpc\" \"main\" {\n  cidr_block = \"10.0.0.0/16\"\n  tags = { a = \"b\" }\n}\n";
    assert_eq!(changes(&vpc("10.0.0.0/16"), &format!("{tagged}{read}")).matches("Read").count(), 0);
    let waiting = "data \"aws_ami\" \"a\" {\n  owners = [\"self\"]\n  depends_on = [aws_vpc.main]\n}\n";
    let printed = changes(&vpc("10.0.0.0/16"), &format!("{tagged}{waiting}"));
    assert!(printed.contains("Read data.aws_ami.a\n   7 depends_on: null -> null follows aws_vpc.main\n"), "{printed}");
    assert_eq!(changes(&vpc("10.0.0.0/16"), &format!("{}{waiting}", vpc("10.0.0.0/16"))), "");
    let known = "data \"aws_vpc\" \"b\" {\n  cidr_block = aws_vpc.main.cidr_block\n}\n";
    assert_eq!(changes("", &format!("{}{known}", vpc("10.0.0.0/16"))), "Create aws_vpc.main\n");
}

/// The version of a launch template is computed by every update.
#[test]
fn an_update_is_followed_where_it_computes() {
    let text = |image: &str| {
        format!(
            "resource \"aws_launch_template\" \"a\" {{\n  image_id = \"{image}\"\n}}\n\
             resource \"aws_autoscaling_group\" \"a\" {{\n  launch_template {{\n    id = aws_launch_template.a.id\n    version = aws_launch_template.a.latest_version\n  }}\n}}\n"
        )
    };
    let version = "(aws_launch_template.a.latest_version is known after apply)";
    assert_eq!(
        changes(&text("ami-1"), &text("ami-2")),
        format!(
            "Update aws_autoscaling_group.a\n   7 launch_template.0.version: {version} -> {version} follows aws_launch_template.a\n\
             Update aws_launch_template.a\n   2 image_id: \"ami-1\" -> \"ami-2\"\n"
        )
    );
}

#[test]
fn a_module_that_opens_or_closes_decides_nothing_alone() {
    // The inputs of a module have no place of their own yet: its header stands for them.
    let closed = "module \"vpc\" {\n  source = \"terraform-aws-modules/vpc/aws\"\n  name = \"a\"\n}\n";
    assert_eq!(changes(closed, closed), "");
    let renamed = closed.replace("\"a\"", "\"b\"");
    assert_eq!(
        changes(closed, &renamed),
        "Update module.vpc (what that changes inside is not known: its source is not at hand)\n   1 name: \"a\" -> \"b\"\n"
    );
    assert_eq!(changes("", closed), "Create module.vpc\n");
}

/// A snapshot alone: everything declared is made.
#[test]
fn without_a_version_before_everything_is_created() {
    let mut sources = Sources::default();
    sources.add(Version::After, "main.tf", "resource \"aws_sqs_queue\" \"a\" {}\ndata \"aws_region\" \"here\" {}\n");
    let (snapshot, graph) = read(&sources, Version::After, &[]);
    let changes = diff(None, (&snapshot, &graph), &Catalog::new());
    assert_eq!(
        changes.iter().map(|change| format!("{:?} {}", change.action, change.address)).collect::<Vec<_>>(),
        ["Create aws_sqs_queue.a"]
    );
}

/// A state holds every argument of a set's element, numbers as numbers, normalised policies and hashes of user data.
#[test]
fn what_a_state_holds_in_other_words_is_no_change() {
    let group = |rules: &str| format!("resource \"aws_security_group\" \"a\" {{\n{rules}}}\n");
    let short =
        group("  ingress {\n    from_port = \"80\"\n    to_port = 80\n  }\n  ingress {\n    from_port = 443\n    to_port = 443\n  }\n");
    let full = "    self = false\n    description = \"\"\n    ipv6_cidr_blocks = []\n";
    let long = group(&format!(
        "  ingress {{\n    from_port = 443\n    to_port = 443\n{full}  }}\n  ingress {{\n    from_port = 80\n    to_port = 80\n{full}  }}\n"
    ));
    assert_eq!(changes(&long, &short), "");
    let role = |policy: &str| format!("resource \"aws_iam_role\" \"a\" {{\n  assume_role_policy = <<E\n{policy}\nE\n}}\n");
    let kept = role("{\"Statement\":[{\"Action\":[\"b\",\"a\"],\"Effect\":\"Allow\"}],\"Version\":\"1\"}");
    let written = role("{\n \"Version\": \"1\",\n \"Statement\": {\"Effect\": \"Allow\", \"Action\": [\"a\", \"b\"]}\n}");
    assert_eq!(changes(&kept, &written), "");
    assert_ne!(changes(&kept, &written.replace("Allow", "Deny")), "");
    // The SHA-1 of "hello" and a line's end.
    let server = |data: &str| format!("resource \"aws_instance\" \"a\" {{\n  user_data = {data}\n}}\n");
    let hash = server("\"f572d396fae9206628714fb2ce00f72e94f2258f\"");
    assert_eq!(changes(&hash, &server("\"hello\\n\"")), "");
    assert_ne!(changes(&hash, &server("\"hello\"")), "");
}
