//! A change that the stack's policy refuses.

use super::{Check, Findings, LooksAt, Scope};
use crate::change::Change;
use crate::model::{Action, Severity};

pub(super) const CHECK: Check = Check {
    id: "change-refused-by-stack-policy",
    severity: Severity::High,
    title: "The stack's policy refuses the change",
    doc: "A stack policy denies this kind of update of the resource, or allows it nowhere. The update of the stack fails there and \
          is rolled back. A policy for one update can be given with it, where the change is meant.",
    references: &["https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/protect-stack-resources.html"],
    looks_at: LooksAt::Changes(run),
};

fn run(change: &Change, scope: &Scope<'_>, out: &mut Findings) {
    // Only templates have stacks.
    if !cfg!(feature = "templates") {
        return;
    }
    let (action, what) = match change.action {
        Action::Update => ("Update:Modify", "updated"),
        Action::Replace => ("Update:Replace", "replaced"),
        Action::Delete | Action::Forget => ("Update:Delete", "deleted"),
        _ => return,
    };
    let before = change.before.and_then(|id| scope.before?.resource(id));
    let Some(resource) = before.filter(|resource| resource.native.is_some()) else { return };
    let address = resource.address.as_str();
    let id = address.rsplit('/').next().unwrap_or(address);
    // Resources of a nested stack are that stack's: its own policy counts, which is at hand nowhere.
    if address.split_once("//").map_or(address, |(_, own)| own).contains('/') {
        return;
    }
    for policy in &scope.snapshot.stack_policies {
        if policy.refusal(action, id, &resource.native_type).is_some() {
            let shown = change.after.and_then(|id| scope.snapshot.resource(id)).unwrap_or(resource);
            let message = format!("It is {what}, and the stack's policy refuses {action} of it: the update is rolled back.");
            out.push(shown, "", message, "Take the change back, or give a policy for this one update (--stack-policy-during-update-body).");
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::{Input, InputFile, review};

    const POLICY: &str = r#"{"Statement": [
        {"Effect": "Allow", "Principal": "*", "Action": "Update:*", "Resource": "*"},
        {"Effect": "Deny", "Principal": "*", "Action": ["Update:Replace", "Update:Delete"], "Resource": "LogicalResourceId/Db*"},
        {"Effect": "Deny", "Principal": "*", "Action": "Update:*", "Resource": "*", "Condition": {"StringEquals": {"ResourceType": ["AWS::SNS::Topic"]}}}
    ]}"#;
    const BEFORE: &str = "Resources:\n  DbMain: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, StorageEncrypted: false}}\n  \
                          DbOld: {Type: AWS::RDS::DBInstance}\n  News: {Type: AWS::SNS::Topic, Properties: {DisplayName: a}}\n  \
                          Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 1}}\n";
    const AFTER: &str = "Resources:\n  DbMain: {Type: AWS::RDS::DBInstance, Properties: {Engine: mysql, StorageEncrypted: true}}\n  \
                         News: {Type: AWS::SNS::Topic, Properties: {DisplayName: b}}\n  \
                         Jobs: {Type: AWS::SQS::Queue, Properties: {VisibilityTimeout: 2}}\n";

    fn found(policy: Option<&str>) -> Vec<String> {
        let template = |text: &str| InputFile::new("t.yaml", format!("AWSTemplateFormatVersion: '2010-09-09'\n{text}").as_bytes());
        let files = std::iter::once(template(AFTER)).chain(policy.map(|policy| InputFile::new("policy.json", policy.as_bytes())));
        let input = Input { files: files.collect(), base: Some(vec![template(BEFORE)]), ..Input::default() };
        let found = review(&input).findings.into_iter().filter(|finding| finding.id == super::CHECK.id);
        found.map(|finding| format!("{}: {}", finding.address, finding.message)).collect()
    }

    #[test]
    fn what_is_denied_or_allowed_nowhere_is_refused() {
        let refused = |id: &str, what: &str, action: &str| {
            format!("{id}: It is {what}, and the stack's policy refuses {action} of it: the update is rolled back.")
        };
        let expected = [
            refused("DbMain", "replaced", "Update:Replace"),
            refused("DbOld", "deleted", "Update:Delete"),
            refused("News", "updated", "Update:Modify"),
        ];
        assert_eq!(found(Some(POLICY)), expected);
        assert_eq!(found(None), Vec::<String>::new());
        let allows = r#"{"Statement": {"Effect": "Allow", "NotAction": "Update:Delete", "Principal": "*", "NotResource": "LogicalResourceId/News"}}"#;
        assert_eq!(found(Some(allows)), [refused("DbOld", "deleted", "Update:Delete"), refused("News", "updated", "Update:Modify")]);
    }
}
