//! The `Policies` of a function or state machine: statements, managed policies by name, and policy templates.

use ecow::{EcoString, eco_format};

use super::intrinsics::{if_arguments, is_if, is_intrinsic, is_no_value};
use super::map::Map;
use super::reject::{Made, Reject};
use super::resource::{Macro, Resource};
use super::tables;
use super::transform::{Sam, trust};
use super::value::{Value, map, object};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Managed,
    Statement,
    Template,
    Unknown,
}

/// Templates are names only before they are expanded; after, such a map is no policy.
fn kind_of(policy: &Value, templates: bool) -> Made<Kind> {
    if policy.text().is_some() {
        return Ok(Kind::Managed);
    }
    if is_if(policy) {
        let Some([_, yes, no]) = if_arguments(policy) else { return Err(Reject::template("Fn::If requires 3 arguments")) };
        let (of_yes, of_no) = (kind_of(yes, templates)?, kind_of(no, templates)?);
        return match () {
            () if of_yes == of_no => Ok(of_yes),
            () if is_no_value(yes) => Ok(of_no),
            () if is_no_value(no) => Ok(of_yes),
            () => Err(Reject::template("Different policy types within the same Fn::If statement is unsupported.")),
        };
    }
    if is_intrinsic(policy) {
        return Ok(Kind::Managed);
    }
    let Some(map) = policy.map() else { return Ok(Kind::Unknown) };
    if map.has("Statement") {
        return Ok(Kind::Statement);
    }
    let template = templates && map.len() == 1 && map.keys().all(|name| tables::policy_template(name).is_some());
    Ok(if template { Kind::Template } else { Kind::Unknown })
}

fn listed(policies: Option<&Value>) -> Vec<Value> {
    match policies.filter(|policies| policies.truthy()) {
        None => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    }
}

/// Puts the statements of policy templates in place of their names.
pub fn expand_templates(id: &str, properties: &mut Map) -> Made<()> {
    let policies = listed(properties.get("Policies"));
    if policies.is_empty() {
        return Ok(());
    }
    let mut expanded = Vec::with_capacity(policies.len());
    for policy in policies {
        if kind_of(&policy, true)? != Kind::Template {
            expanded.push(policy);
            continue;
        }
        match if_arguments(&policy) {
            Some([condition, yes, no]) => {
                let arm = |arm: &Value| if is_no_value(arm) { Ok(arm.clone()) } else { statements(id, arm) };
                expanded.push(object! { "Fn::If" => Value::List(vec![condition.clone(), arm(yes)?, arm(no)?]) });
            }
            None => expanded.push(statements(id, &policy)?),
        }
    }
    properties.set("Policies", expanded);
    Ok(())
}

fn statements(id: &str, policy: &Value) -> Made<Value> {
    let Some(entry) = policy.map().and_then(|map| map.iter().next()) else { return Ok(policy.clone()) };
    let Some(template) = tables::policy_template(&entry.key) else {
        return Err(Reject::resource(id, eco_format!("Policy template '{}' is not known.", entry.key)));
    };
    let Some(given) = entry.value.map() else {
        return Err(Reject::resource(id, eco_format!("Must specify valid parameter values for policy template '{}'", entry.key)));
    };
    let parameters = template.get("params").and_then(Value::list).unwrap_or_default();
    let missing: Vec<EcoString> = parameters.iter().filter_map(Value::text).filter(|name| !given.has(name)).cloned().collect();
    if !missing.is_empty() {
        return Err(Reject::resource(
            id,
            eco_format!("Following required parameters of template '{}' don't have values: {}", entry.key, missing.join(", ")),
        ));
    }
    let mut statements = template.get("statements").cloned().unwrap_or_default();
    fill(&mut statements, given);
    Ok(object! { "Statement" => statements })
}

fn fill(value: &mut Value, given: &Map) {
    if let Some(found) = value.get("Ref").and_then(Value::text).and_then(|name| given.get(name)) {
        *value = found.clone();
        return;
    }
    match value {
        Value::Map(map) => map.values_mut().for_each(|value| fill(value, given)),
        Value::List(items) => items.iter_mut().for_each(|value| fill(value, given)),
        _ => {}
    }
}

/// What a role is made of.
pub struct RoleParts<'a> {
    pub trust: Value,
    pub managed: Vec<Value>,
    pub inline: Vec<Value>,
    pub policies: Option<&'a Value>,
    pub tags: Vec<Value>,
}

/// The execution role of a function or state machine.
pub fn role(sam: &Sam, own: &Macro, parts: RoleParts) -> Made<Resource> {
    let mut role = own.beside("Role", "AWS::IAM::Role")?;
    if let Some(span) = own.properties.span("Policies") {
        role.span = Some(span);
    }
    let RoleParts { trust, mut managed, mut inline, policies, tags } = parts;
    for (index, policy) in listed(policies).into_iter().enumerate() {
        let named = |document: &Value| {
            Value::from(map! { "PolicyName" => eco_format!("{}Policy{index}", role.id), "PolicyDocument" => document.clone() })
        };
        match (kind_of(&policy, false)?, if_arguments(&policy)) {
            (Kind::Statement, Some([condition, yes, no])) => {
                let arm = |arm: &Value| if is_no_value(arm) { arm.clone() } else { named(arm) };
                inline.push(object! { "Fn::If" => Value::List(vec![condition.clone(), arm(yes), arm(no)]) });
            }
            (Kind::Statement, None) => inline.push(named(&policy)),
            (Kind::Managed, arms) => {
                let full = |policy: &Value| policy.text().map_or_else(|| policy.clone(), |name| managed_arn(sam.partition, name).into());
                let policy = match arms {
                    Some([condition, yes, no]) => object! { "Fn::If" => Value::List(vec![condition.clone(), full(yes), full(no)]) },
                    None => full(&policy),
                };
                if !managed.contains(&policy) {
                    managed.push(policy);
                }
            }
            _ => return own.reject(eco_format!("Policy at index {index} in the 'Policies' property is not valid")),
        }
    }
    role.set("AssumeRolePolicyDocument", trust);
    role.set("ManagedPolicyArns", managed);
    if !inline.is_empty() {
        role.set("Policies", inline);
    }
    role.set_some("Path", own.get("RolePath"));
    role.set_some("PermissionsBoundary", own.get("PermissionsBoundary"));
    role.set("Tags", tags);
    Ok(role)
}

/// The ARN of a managed policy that is given by name.
fn managed_arn(partition: &str, name: &str) -> EcoString {
    if name.contains(':') || name.contains('/') {
        return name.into();
    }
    eco_format!("arn:{partition}:iam::aws:policy/{}{name}", tables::managed_policy_path(name))
}

/// A role that a service takes to do one thing.
pub fn service_role(id: EcoString, service: &str, attributes: &Map, inline: Vec<Value>) -> Made<Resource> {
    let mut role = Resource::new(id, "AWS::IAM::Role", attributes)?;
    role.set("AssumeRolePolicyDocument", trust(service));
    if !inline.is_empty() {
        role.set("Policies", inline);
    }
    Ok(role)
}
