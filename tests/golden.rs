//! The sample `www/samples/ecommerce`, from two versions to the whole review, against figures worked out by hand.
//!
//! The story is a shop that leaves one server and one database for a cluster, a balancer, a mirrored database with a
//! copy, and a cache. A plan that someone wrote for the same step by hand says $485 to $935 a month after about $150
//! before, and a way back of less than a minute, 15 to 30 minutes with the data, and one to two hours in full. Where
//! the review says something else, the table below says why.

// A test may panic; that is how it fails.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::{Path, PathBuf};

use plumbline::catalog::prices::{Prices, bundled};
use plumbline::review::{Action, DataLoss, MoneyRange, StepEntry, Tier};
use plumbline::{Catalog, Input, InputFile, Review, review};
use rust_decimal::Decimal;

/// `address | component | quantity | unit price | a month | price table`. A quantity and an amount that the nodes of a
/// cluster stretch are written `least..most`; what is expected is the least, as many nodes as the files ask for.
///
/// 730 hours a month. `-` is what depends on use that no file tells: a price, but no part of the total.
const AFTER: &str = r#"
aws_cloudwatch_log_group.app["api"]            | Data written                           | -         | 0.5    | -              | cloudwatch.json logs.ingest_gb
aws_cloudwatch_log_group.app["api"]            | Data kept                              | -         | 0.03   | -              | cloudwatch.json logs.storage_gb_month
aws_cloudwatch_log_group.app["worker"]         | Data written                           | -         | 0.5    | -              | cloudwatch.json logs.ingest_gb
aws_cloudwatch_log_group.app["worker"]         | Data kept                              | -         | 0.03   | -              | cloudwatch.json logs.storage_gb_month
aws_cloudwatch_log_group.cluster               | Data written                           | -         | 0.5    | -              | cloudwatch.json logs.ingest_gb
aws_cloudwatch_log_group.cluster               | Data kept                              | -         | 0.03   | -              | cloudwatch.json logs.storage_gb_month
aws_cloudwatch_metric_alarm.main["database-cpu"] | Metrics watched                      | 1         | 0.1    | 0.1            | cloudwatch.json alarm.standard_month
aws_cloudwatch_metric_alarm.main["redis-cpu"]  | Metrics watched                        | 1         | 0.1    | 0.1            | cloudwatch.json alarm.standard_month
aws_cloudwatch_metric_alarm.main["shop-errors"] | Metrics watched                       | 1         | 0.1    | 0.1            | cloudwatch.json alarm.standard_month
aws_db_instance.primary                        | Instance (db.t3.medium, Multi-AZ)      | 730       | 0.145  | 105.85         | rds.json postgresql.multi_az_hour db.t3.medium
aws_db_instance.primary                        | Storage (gp3)                          | 100       | 0.23   | 23             | rds.json storage.gp3.multi_az_gb_month
aws_db_instance.primary                        | Backups beyond the storage             | -         | 0.095  | -              | rds.json backup.storage_gb_month
aws_db_instance.read_replica[0]                | Instance (db.t3.medium)                | 730       | 0.072  | 52.56          | rds.json postgresql.single_az_hour db.t3.medium
aws_db_instance.read_replica[0]                | Storage (gp3)                          | 100       | 0.115  | 11.5           | rds.json storage.gp3.single_az_gb_month
aws_db_instance.read_replica[0]                | Backups beyond the storage             | -         | 0.095  | -              | rds.json backup.storage_gb_month
aws_eip.nat["a"]                               | Public IPv4 address                    | 730       | 0.005  | 3.65           | network.json public_ipv4.in_use_hour
aws_eip.nat["b"]                               | Public IPv4 address                    | 730       | 0.005  | 3.65           | network.json public_ipv4.in_use_hour
aws_eks_cluster.main                           | Control plane                          | 730       | 0.1    | 73             | eks_ecs.json eks.cluster_hour
aws_eks_node_group.main["compute"]             | Instance (c5.large)                    | 0..3650   | 0.085  | 0..310.25      | ec2.json linux_on_demand_hour c5.large
aws_eks_node_group.main["compute"]             | Disk (gp3)                             | 0..150    | 0.08   | 0..12          | ebs.json gp3_gb_month
aws_eks_node_group.main["general"]             | Instance (t3.medium)                   | 2190..7300 | 0.0416 | 91.104..303.68 | ec2.json linux_on_demand_hour t3.medium
aws_eks_node_group.main["general"]             | Disk (gp3)                             | 150..500  | 0.08   | 12..40         | ebs.json gp3_gb_month
aws_elasticache_replication_group.redis        | Node (cache.t3.micro)                  | 1460      | 0.017  | 24.82          | elasticache.json redis.node_hour cache.t3.micro
aws_elasticache_replication_group.redis        | Snapshots                              | -         | 0.085  | -              | elasticache.json backup.storage_gb_month
aws_lb.shop                                    | Application load balancer              | 730       | 0.0225 | 16.425         | elb.json alb.hour
aws_lb.shop                                    | Capacity units                         | -         | 0.008  | -              | elb.json alb.lcu_hour
aws_lb.shop                                    | Public IPv4 address                    | 1460      | 0.005  | 7.3            | network.json public_ipv4.in_use_hour
aws_nat_gateway.main["a"]                      | NAT gateway                            | 730       | 0.045  | 32.85          | nat.json nat_gateway.hour
aws_nat_gateway.main["a"]                      | Data processed                         | -         | 0.045  | -              | nat.json nat_gateway.data_gb
aws_nat_gateway.main["b"]                      | NAT gateway                            | 730       | 0.045  | 32.85          | nat.json nat_gateway.hour
aws_nat_gateway.main["b"]                      | Data processed                         | -         | 0.045  | -              | nat.json nat_gateway.data_gb
aws_route53_zone.main                          | Hosted zone                            | 1         | 0.5    | 0.5            | route53.json hosted_zone_month
aws_secretsmanager_secret.database             | Secret                                 | 1         | 0.4    | 0.4            | kms_secrets.json secretsmanager.secret_month
aws_secretsmanager_secret.database             | Calls                                  | -         | 0.05   | -              | kms_secrets.json secretsmanager.api_10k
aws_sns_topic.alerts                           | Requests                               | -         | 0.5    | -              | messaging.json sns.requests_1m
"#;

const BEFORE: &str = r#"
aws_db_instance.primary   | Instance (db.t3.small)     | 730 | 0.036  | 26.28  | rds.json postgresql.single_az_hour db.t3.small
aws_db_instance.primary   | Storage (gp3)              | 50  | 0.115  | 5.75   | rds.json storage.gp3.single_az_gb_month
aws_db_instance.primary   | Backups beyond the storage | -   | 0.095  | -      | rds.json backup.storage_gb_month
aws_eip.web               | Public IPv4 address        | 730 | 0.005  | 3.65   | network.json public_ipv4.in_use_hour
aws_instance.web          | Instance (t3.medium)       | 730 | 0.0416 | 30.368 | ec2.json linux_on_demand_hour t3.medium
aws_instance.web          | Root volume (gp3)          | 30  | 0.08   | 2.4    | ebs.json gp3_gb_month
aws_route53_record.shop   | Queries                    | -   | 0.4    | -      | route53.json queries.standard_1m
aws_route53_zone.main     | Hosted zone                | 1   | 0.5    | 0.5    | route53.json hosted_zone_month
"#;

/// `line of the plan | its figures | resources | ours | why`: the plan's table beside the review, in dollars a month.
const BESIDE_THE_PLAN: &str = r#"
Cluster, 3 to 10 nodes   | 173..573 | aws_eks_cluster.main aws_eks_node_group.main["general"] aws_eks_node_group.main["compute"] | 176.104..738.93 | The plan's most has three general nodes and not the ten it allows, and none of its sums has the nodes' disks.
Balancer                 | 20..20   | aws_lb.shop | 23.725..23.725 | Each of its two addresses has a price of its own since 2024; capacity units depend on use and are in neither.
Database, mirror and copy | 192..192 | aws_db_instance.primary aws_db_instance.read_replica[0] | 192.91..192.91 | Close by chance: the plan rounds the hours up and forgets the storage of the mirror and of the copy.
Cache                    | 25..25   | aws_elasticache_replication_group.redis | 24.82..24.82 | The plan rounds.
Monitoring               | 25..25   | aws_cloudwatch_metric_alarm.main["database-cpu"] aws_cloudwatch_metric_alarm.main["redis-cpu"] aws_cloudwatch_metric_alarm.main["shop-errors"] | 0.3..0.3 | The plan runs a server for it; the sample uses alarms and logs, and what logs cost depends on use.
Data transfer            | 50..100  | | 0..0 | No file tells how much is transferred: listed as depending on use, never guessed.
Not in the plan          | 0..0     | aws_nat_gateway.main["a"] aws_nat_gateway.main["b"] aws_eip.nat["a"] aws_eip.nat["b"] aws_route53_zone.main aws_secretsmanager_secret.database | 73.9..73.9 | Nodes in private subnets need gateways, which have addresses; the zone and the secret are paid too.
"#;

fn sample(edition: &str) -> Vec<InputFile> {
    let folder = root().join("www/samples/ecommerce").join(edition);
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    let file = |path: &PathBuf| InputFile::new(path.file_name().unwrap().to_str().unwrap(), std::fs::read(path).unwrap());
    paths.iter().map(file).collect()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn catalog() -> Catalog {
    Catalog::new().with_prices(Prices::open(bundled()).unwrap())
}

fn change() -> Review {
    review(&Input { files: sample("after"), base: Some(sample("before")), catalog: catalog(), ..Input::default() })
}

fn snapshot(edition: &str) -> Review {
    review(&Input { files: sample(edition), catalog: catalog(), ..Input::default() })
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap_or_else(|_| panic!("{text} is no figure"))
}

/// `least..most`, or one figure that is both.
fn bounds(text: &str) -> (Decimal, Decimal) {
    let (low, high) = text.split_once("..").unwrap_or((text, text));
    (decimal(low), decimal(high))
}

fn cells(table: &str) -> impl Iterator<Item = Vec<&str>> {
    table.trim().lines().map(|line| line.split('|').map(str::trim).collect())
}

fn range(low: Decimal, high: Decimal) -> MoneyRange {
    MoneyRange { low, expected: low, high }
}

/// The unit price as the file of its table states it, which the review reads in a packed form.
fn unit_price(table: &str) -> Decimal {
    let words: Vec<&str> = table.split(' ').collect();
    let text = std::fs::read_to_string(root().join("data/prices").join(words[0])).unwrap();
    let data: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert!(!data["source"].is_null(), "{} names no source", words[0]);
    let regions = &data["regions"];
    let at = |region: &str| words[1..].iter().fold(&regions[region], |value, key| &value[*key]).clone();
    let price = if at("us-east-1").is_null() { at("global") } else { at("us-east-1") };
    // A price that falls with the quantity: the first step, which is all that one zone needs.
    let first = if price.is_array() { price[0]["price"].clone() } else { price };
    decimal(&first.to_string())
}

/// Every component of the bill, in the table's words; amounts as the review has them.
fn assert_bill(review: &Review, table: &str) -> MoneyRange {
    let mut said = Vec::new();
    for entry in &review.cost.resources {
        said.extend(entry.components.iter().map(|component| (entry.address.as_str(), component)));
    }
    let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
    for row in cells(table) {
        let [address, name, quantity, price, monthly, source] = row[..] else { panic!("{row:?}") };
        let at = said.iter().position(|(of, component)| *of == address && component.name == name);
        let (_, found) = said.remove(at.unwrap_or_else(|| panic!("no {name} of {address}")));
        assert_eq!(decimal(price), unit_price(source), "{source}");
        assert_eq!(found.unit_price, Some(decimal(price)), "{address} {name}");
        let table: Vec<&str> = source.split(' ').take(2).collect();
        let named = found.price_source.starts_with(&format!("{}, ", table.join(" ")));
        assert!(named, "{address} {name}: {} and not {source}", found.price_source);
        if quantity == "-" {
            assert_eq!((found.quantity, found.monthly, found.usage_based), (None, None, true), "{address} {name}");
            continue;
        }
        let (least, most) = bounds(quantity);
        let paid = bounds(monthly);
        assert_eq!((least * decimal(price), most * decimal(price)), paid, "the arithmetic of {address} {name}");
        assert_eq!(found.monthly, Some(range(paid.0, paid.1)), "{address} {name}");
        let quantity = found.quantity.unwrap();
        assert_eq!((quantity.low, quantity.expected, quantity.high), (least, least, most), "{address} {name}");
        (low, high) = (low + paid.0, high + paid.1);
    }
    assert!(said.is_empty(), "not in the table: {said:?}");
    range(low, high)
}

#[test]
fn every_line_of_the_bill_is_as_worked_out_by_hand() {
    let after = assert_bill(&snapshot("after"), AFTER);
    let before = assert_bill(&snapshot("before"), BEFORE);
    // 26.28 + 5.75 + 3.65 + 30.368 + 2.4 + 0.5
    assert_eq!(before, range(decimal("68.948"), decimal("68.948")));
    // 0.3 + 128.85 + 64.06 + 7.3 + 73 + 103.104 + 24.82 + 23.725 + 65.7 + 0.5 + 0.4; the nodes may add 240.576 + 322.25
    assert_eq!(after, range(decimal("491.759"), decimal("1054.585")));

    let change = change();
    assert_eq!(assert_bill_of_change(&change), after);
    let monthly = &change.cost.monthly;
    assert_eq!(monthly.after, after);
    assert_eq!(monthly.before, Some(before));
    assert_eq!(monthly.delta, Some(range(decimal("422.811"), decimal("985.637"))));
    // 422.811 / 68.948
    assert_eq!(monthly.delta_percent.unwrap().round_dp(1), decimal("613.2"));
    assert!(change.cost.unpriced.is_empty(), "{:?}", change.cost.unpriced);
}

/// A change bills what stays or comes, and names what goes.
fn assert_bill_of_change(review: &Review) -> MoneyRange {
    let mut without = review.clone();
    let gone: Vec<_> = without.cost.resources.extract_if(.., |entry| entry.monthly.is_none() && entry.components.is_empty()).collect();
    let gone: Vec<&str> = gone.iter().map(|entry| entry.address.as_str()).collect();
    assert_eq!(gone, ["aws_instance.web", "aws_eip.web"]);
    assert_bill(&without, AFTER)
}

#[test]
fn the_bill_differs_from_the_plan_for_reasons() {
    let review = change();
    let (mut planned, mut ours) = ((Decimal::ZERO, Decimal::ZERO), (Decimal::ZERO, Decimal::ZERO));
    for row in cells(BESIDE_THE_PLAN) {
        let [line, plan, addresses, figure, why] = row[..] else { panic!("{row:?}") };
        let (mut low, mut high) = (Decimal::ZERO, Decimal::ZERO);
        for address in addresses.split_whitespace() {
            let entry = review.cost.resources.iter().find(|entry| entry.address == address).unwrap();
            let monthly = entry.monthly.unwrap();
            (low, high) = (low + monthly.low, high + monthly.high);
        }
        assert_eq!((low, high), bounds(figure), "{line}");
        assert!(why.ends_with('.'), "{line} says why");
        let plan = bounds(plan);
        planned = (planned.0 + plan.0, planned.1 + plan.1);
        ours = (ours.0 + low, ours.1 + high);
    }
    assert_eq!(planned, bounds("485..935"), "the plan's own total");
    assert_eq!(ours, bounds("491.759..1054.585"), "every paid resource stands in one line");
    // The plan says about 150 for what it leaves. By the price tables one server and one small database are 68.948: the
    // plan states no arithmetic, so that the rest cannot be told.
}

#[test]
fn the_database_is_replaced_and_the_server_goes() {
    let review = change();
    assert_eq!(review.verdict.sentence, "The production database is replaced; its data may be lost");
    let of = |action: Action| -> Vec<&str> {
        review.changes.iter().filter(|change| change.action == action).map(|change| change.address.as_str()).collect()
    };
    // `storage_encrypted` and a group's `description` are create-only; the rest of the arguments change in place.
    assert_eq!(of(Action::Replace), ["aws_db_instance.primary", "aws_security_group.db"]);
    assert_eq!(of(Action::Delete), ["aws_eip.web", "aws_instance.web", "aws_security_group.web"]);
    // Both public subnets get a tag for the balancer; the record becomes an alias.
    assert_eq!(of(Action::Update), ["aws_route53_record.shop", "aws_subnet.public[\"a\"]", "aws_subnet.public[\"b\"]"]);
    assert_eq!(of(Action::Create).len(), 41);
    let forced = |address: &str| {
        let change = review.changes.iter().find(|change| change.address == address).unwrap();
        let because = change.because.iter().find(|because| because.forces_replacement == plumbline::review::Certainty::Yes).unwrap();
        format!("{} {}:{}", because.path, because.source.file, because.source.line)
    };
    assert_eq!(forced("aws_db_instance.primary"), "storage_encrypted rds.tf:31");
    assert_eq!(forced("aws_security_group.db"), "description rds.tf:10");
    let impact = |address: &str| review.impact.per_resource.iter().find(|impact| impact.address == address).unwrap();
    // Whether a last snapshot is taken hangs on a variable without a value: the loss is possible, not certain.
    assert_eq!(impact("aws_db_instance.primary").data_loss, DataLoss::Possible);
    assert_eq!(impact("aws_db_instance.primary").downtime.expected, "15–60 min");
}

fn lines(steps: &[StepEntry]) -> Vec<String> {
    let place = |step: &StepEntry| format!("{}{}:{}", if step.source.before { "before/" } else { "" }, step.source.file, step.source.line);
    steps.iter().map(|step| format!("{} {} {}: {}", step.order, step.address, place(step), step.text)).collect()
}

#[test]
fn the_way_back_has_three_tiers_in_order() {
    let review = change();
    let [immediate, data, full] = &review.rollback.tiers[..] else { panic!("three tiers") };
    assert_eq!([immediate.tier, data.tier, full.tier], [Tier::Immediate, Tier::Data, Tier::Full]);

    // The plan switches traffic back in under a minute: so does the record. But this change takes the old server's
    // address away with it, which the plan's two versions side by side do not, so the step is blocked and says so.
    assert_eq!(immediate.estimate_minutes, Some((0, 1)));
    assert_eq!(immediate.blocked.as_deref(), Some("Blocked at step 1: this change deletes `aws_eip.web`, which it goes back to."));
    assert_eq!(lines(&immediate.steps), ["1 aws_route53_record.shop dns.tf:12: Point shop.example.com back at its former target"]);

    // The plan gives 15 to 30 minutes for a restore. `data/impact.json` gives 15 to 60 for the restore of a replaced
    // database, which is a new instance, and 5 to 30 for the server from its image at the same time.
    assert_eq!(data.estimate_minutes, Some((15, 60)));
    assert_eq!(
        lines(&data.steps),
        [
            "1 aws_db_instance.primary rds.tf:31: Stop everything that writes to `primary` and `web`",
            "2 aws_db_instance.primary rds.tf:31: Restore the snapshot taken before the change as ecommerce-prod-back",
            "3 aws_db_instance.primary rds.tf:31: Give the restored instance the name ecommerce-prod, so that clients find it again",
            "4 aws_instance.web before/web.tf:37: Start the former server web again from its image",
            "5 aws_eip.web before/web.tf:58: Claim the released address of `aws_eip.web` again, if nobody else got it",
            "6 aws_db_instance.primary rds.tf:31: Start the writers again and look at what they do",
        ]
    );

    // The plan's one to two hours are the infrastructure alone; the data, restored first, come before: 15 + 60 and
    // 60 + 120 minutes.
    assert_eq!(full.estimate_minutes, Some((75, 180)));
    assert_eq!(
        lines(&full.steps),
        [
            "1 aws_db_instance.primary rds.tf:31: Restore the data first, as above under “With data”",
            "2 aws_db_instance.primary rds.tf:31: Put the restored instance into the state in place of the new `aws_db_instance.primary`",
            "3 aws_security_group.db before/rds.tf:8: Apply the version before: 41 removed, 3 set back, 2 replaced again, 3 made again (at least 1–5 min, assumed)",
            "4 aws_security_group.db before/rds.tf:8: Check that nothing is left to change",
        ]
    );

    let saved: Vec<&str> = review.rollback.before_deploy.iter().map(|step| step.address.as_str()).collect();
    assert_eq!(saved[..3], ["aws_db_instance.primary", "aws_db_instance.primary", "aws_instance.web"], "data first");
    let never: Vec<&str> = review.rollback.irreversible.iter().map(|entry| entry.address.as_str()).collect();
    assert_eq!(never, ["aws_db_instance.primary", "aws_instance.web", "aws_eip.web"]);
}

#[test]
fn edges_say_the_line_that_reads_and_the_way_it_took() {
    let review = change();
    let said: Vec<String> = review
        .dependencies
        .iter()
        .map(|edge| {
            let through: String = edge.through.iter().map(|name| format!(" through {name}")).collect();
            let reads = [&edge.via, &edge.reads].map(|it| if it.is_empty() { "-" } else { it.as_str() }).join(" ");
            format!("{} -> {} {reads}{through} {}:{}", edge.from, edge.to, edge.source.file, edge.source.line)
        })
        .collect();
    for wanted in [
        "aws_db_instance.read_replica[0] -> aws_db_instance.primary replicate_source_db identifier rds.tf:55",
        "aws_secretsmanager_secret_version.database -> aws_db_instance.primary secret_string address through local.db_url through local.db_host secrets.tf:12",
        "aws_eks_cluster.main -> aws_subnet.nodes[\"a\"] vpc_config.0.subnet_ids - through local.node_ids eks.tf:9",
        "aws_eks_node_group.main[\"general\"] -> aws_iam_role_policy_attachment.node[\"AmazonEKS_CNI_Policy\"] - - eks.tf:51",
        "aws_nat_gateway.main[\"b\"] -> aws_eip.nat[\"b\"] allocation_id id network.tf:78",
        "aws_security_group.db -> aws_eks_cluster.main ingress.0.security_groups.0 vpc_config.0.cluster_security_group_id through local.cluster_security_group rds.tf:17",
        "data.aws_iam_policy_document.assume_backend -> aws_iam_openid_connect_provider.cluster statement.0.principals.0.identifiers.0 arn iam.tf:59",
        // Of the version before alone: what the deleted server read.
        "aws_instance.web -> aws_db_instance.primary user_data address web.tf:46",
    ] {
        assert!(said.iter().any(|edge| edge == wanted), "no edge {wanted} in\n{}", said.join("\n"));
    }
    // An instance reads the instance of its own key, not its neighbour's.
    assert!(!said.iter().any(|edge| edge.starts_with("aws_nat_gateway.main[\"a\"] -> aws_eip.nat[\"b\"]")));
}

/// One local holds the dimensions of three alarms; each reads only the resource that its own key names.
#[test]
fn only_the_alarm_of_the_database_reads_the_database() {
    let review = change();
    let reads = |to: &str| -> Vec<&str> {
        let edges = review.dependencies.iter().filter(|edge| edge.to == to);
        edges.map(|edge| edge.from.as_str()).filter(|from| from.starts_with("aws_cloudwatch_metric_alarm.")).collect()
    };
    assert_eq!(reads("aws_db_instance.primary"), ["aws_cloudwatch_metric_alarm.main[\"database-cpu\"]"]);
    assert_eq!(reads("aws_elasticache_replication_group.redis"), ["aws_cloudwatch_metric_alarm.main[\"redis-cpu\"]"]);
    assert_eq!(reads("aws_lb.shop"), ["aws_cloudwatch_metric_alarm.main[\"shop-errors\"]"]);
    let affected: Vec<&str> = review
        .affected
        .iter()
        .map(|entry| entry.address.as_str())
        .filter(|address| address.starts_with("aws_cloudwatch_metric_alarm."))
        .collect();
    assert_eq!(affected, ["aws_cloudwatch_metric_alarm.main[\"database-cpu\"]"]);
}

/// Of instances whose number is not known, of a module that is not at hand, and of what a new network costs, nothing is
/// said for certain that may not be so.
#[test]
fn what_may_not_be_there_or_may_change_is_said_so() {
    let text = |net: u8| {
        format!(
            "variable \"number\" {{}}\n\
             module \"net\" {{\n  source = \"example/vpc/aws\"\n  cidr = \"10.{net}.0.0/16\"\n}}\n\
             resource \"aws_instance\" \"web\" {{\n  subnet_id = module.net.subnets[0]\n}}\n\
             resource \"aws_eip\" \"web\" {{\n  instance = aws_instance.web.id\n}}\n\
             resource \"aws_vpc\" \"own\" {{\n  cidr_block = \"10.{net}.0.0/16\"\n}}\n\
             resource \"aws_db_instance\" \"some\" {{\n  count = var.number\n  username = \"u{net}\"\n  skip_final_snapshot = true\n}}\n"
        )
    };
    let files = |net| vec![InputFile::new("main.tf", text(net).into_bytes())];
    let review = review(&Input { files: files(2), base: Some(files(1)), ..Input::default() });
    let reach: Vec<(&str, &str, &str)> = review
        .affected
        .iter()
        .filter(|it| it.path.first().is_some_and(|first| first == "module.net"))
        .map(|it| (it.address.as_str(), it.effect.as_str(), it.reason.as_str()))
        .collect();
    let may = "may change: what net gives is not known";
    let (first, second) = (format!("reads .subnets.0 of net; it {may}"), format!("reads .id of web; it {may}"));
    assert_eq!(reach, [("aws_instance.web", may, first.as_str()), ("aws_eip.web", may, second.as_str())]);
    let network = review.rollback.irreversible.iter().find(|it| it.address == "aws_vpc.own").unwrap();
    assert_eq!(network.why, "`own` as it was: total outage: everything inside must be rebuilt.");
    assert!(network.mitigation.starts_with("Make the new one beside the old one"), "{}", network.mitigation);
    let steps: Vec<&str> = review.rollback.tiers.iter().flat_map(|tier| &tier.steps).filter_map(|step| step.command.as_deref()).collect();
    assert!(steps.iter().any(|it| it.contains("terraform import 'aws_db_instance.some[<key>]'")), "{steps:?}");
    let restored = review.rollback.tiers.iter().flat_map(|tier| &tier.steps).find(|step| step.text.starts_with("Restore the snapshot"));
    assert!(restored.is_some_and(|step| step.text.ends_with(", for each that there is")), "{restored:?}");
}
