//! HTTP API: calls in chunks of 512 KB. WebSocket API: messages in chunks of 32 KB and connection time.

use rust_decimal::Decimal;

use super::Priced;
use crate::cost::item::Item;
use crate::cost::lines::{Lines, Sku};
use crate::cost::quantity::{Quantity, Text};

pub(super) const PRICED: Priced = Priced { resources: &["aws_apigatewayv2_api"], components };

fn components(api: &Item, lines: &mut Lines) {
    let chunks = |count: &str, size: &str, chunk: i64| {
        let size = api.usage(size).or(Quantity::exactly(1));
        api.usage(count) * size.map(|kilobytes| (kilobytes / Decimal::from(chunk)).ceil().max(Decimal::ONE))
    };
    match api.text("protocol_type") {
        Text::Known("HTTP") => {
            lines.used("Calls", "1M calls", chunks("monthly_requests", "request_size_kb", 512), Sku::new("apigateway", "http_1m"));
        }
        Text::Known("WEBSOCKET") => {
            let messages = chunks("monthly_messages", "message_size_kb", 32);
            lines.used("Messages", "1M messages", messages, Sku::new("apigateway", "websocket_messages_1m"));
            let minutes = api.usage("monthly_connection_mins");
            lines.used("Connection time", "1M minutes", minutes, Sku::new("apigateway", "websocket_connection_1m_minutes"));
        }
        Text::Unknown(reason) => lines.unpriced(reason),
        _ => lines.unpriced("its protocol is not known"),
    }
}

#[cfg(test)]
mod tests {
    use crate::cost::tests::bill_with;
    use insta::assert_snapshot;

    /// 4 million messages of 40 KB count twice.
    #[test]
    fn calls_and_messages() {
        let usage = "resource_usage:\n  aws_apigatewayv2_api.h:\n    monthly_requests: 5000000\n  aws_apigatewayv2_api.w:\n    monthly_messages: 4000000\n    message_size_kb: 40\n    monthly_connection_mins: 2000000\n";
        assert_snapshot!(bill_with(r#"
            resource "aws_apigatewayv2_api" "h" {
              protocol_type = "HTTP"
            }
            resource "aws_apigatewayv2_api" "w" {
              protocol_type = "WEBSOCKET"
            }
        "#, usage), @r"
        aws_apigatewayv2_api.h 5
          Calls: 5 1M calls x 1 = 5
        aws_apigatewayv2_api.w 8.5
          Messages: 8 1M messages x 1 = 8
          Connection time: 2 1M minutes x 0.25 = 0.5
        ");
    }
}
