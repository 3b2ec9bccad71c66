//! Message broker: hours by engine, deployment and type; storage by use.

use super::{Priced, ec2};
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_mq_broker"], components };

fn components(broker: &Item, lines: &mut Lines) {
    let kind = broker.text("host_instance_type");
    let engine = match broker.text("engine_type") {
        Text::Known(engine) => engine.to_ascii_lowercase(),
        Text::Unknown(reason) => return lines.unpriced(reason),
        Text::Absent => return lines.unpriced("engine_type is not set"),
    };
    let key = match (engine.as_str(), broker.text("deployment_mode").or("SINGLE_INSTANCE")) {
        ("activemq", Text::Known("SINGLE_INSTANCE")) => "mq.activemq.single_hour",
        ("activemq", Text::Known("ACTIVE_STANDBY_MULTI_AZ")) => "mq.activemq.active_standby_hour",
        ("rabbitmq", Text::Known("SINGLE_INSTANCE")) => "mq.rabbitmq.single_hour",
        ("rabbitmq", Text::Known("CLUSTER_MULTI_AZ")) => "mq.rabbitmq.cluster_hour",
        (_, Text::Unknown(reason)) => return lines.unpriced(reason),
        _ => return lines.unpriced("no price for this engine and deployment"),
    };
    lines.hourly(ec2::named("Broker", &kind), Quantity::one(), Sku::of("messaging", key, kind));
    let efs = engine == "activemq" && !broker.text("storage_type").is("ebs");
    let storage = if efs { "mq.storage_efs_gb_month" } else { "mq.storage_ebs_gb_month" };
    lines.used("Storage", "GB-month", broker.usage("storage_size_gb"), Sku::new("messaging", storage));
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill;
    use insta::assert_snapshot;

    #[test]
    fn hours_by_engine_and_deployment() {
        assert_snapshot!(bill(r#"
            resource "aws_mq_broker" "a" {
              engine_type        = "ActiveMQ"
              deployment_mode    = "ACTIVE_STANDBY_MULTI_AZ"
              host_instance_type = "mq.m5.large"
            }
            resource "aws_mq_broker" "r" {
              engine_type        = "RabbitMQ"
              host_instance_type = "mq.t3.micro"
            }
        "#), @r"
        aws_mq_broker.a 420.48
          Broker (mq.m5.large): 730 h x 0.576 = 420.48
          Storage: ? GB-month x 0.3; depends on use
        aws_mq_broker.r 19.7392
          Broker (mq.t3.micro): 730 h x 0.02704 = 19.7392
          Storage: ? GB-month x 0.1; depends on use
        ");
    }
}
