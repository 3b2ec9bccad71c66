//! Events that change a resource of the author: notifications of a bucket, triggers of a user pool.

use ecow::{EcoString, eco_format};

use super::super::intrinsics::{attribute, reference, when};
use super::super::map::Map;
use super::super::reject::{Made, Reject};
use super::super::resource::{Resource, tag_list};
use super::super::shape;
use super::super::transform::Sam;
use super::super::value::{Value, list, map, object};
use super::{Event, Link, Target};

const BUCKET: &str = "AccessControl AccelerateConfiguration AnalyticsConfigurations BucketEncryption BucketName CorsConfiguration \
    IntelligentTieringConfigurations InventoryConfigurations LifecycleConfiguration LoggingConfiguration MetricsConfigurations \
    NotificationConfiguration ObjectLockConfiguration ObjectLockEnabled OwnershipControls PublicAccessBlockConfiguration \
    ReplicationConfiguration Tags VersioningConfiguration WebsiteConfiguration";
const USER_POOL: &str = "AccountRecoverySetting AdminCreateUserConfig AliasAttributes AutoVerifiedAttributes DeletionProtection \
    DeviceConfiguration EmailAuthenticationMessage EmailAuthenticationSubject EmailConfiguration EmailVerificationMessage \
    EmailVerificationSubject EnabledMfas LambdaConfig MfaConfiguration Policies Schema SmsAuthenticationMessage SmsConfiguration \
    SmsVerificationMessage UserAttributeUpdateSettings UsernameAttributes UsernameConfiguration UserPoolAddOns UserPoolName UserPoolTags \
    UserPoolTier VerificationMessageTemplate WebAuthnRelyingPartyID WebAuthnUserVerification";

pub fn link(sam: &Sam, event: &Event, property: &str, message: &str) -> Made<Link> {
    let id = event.get(property).and_then(|value| value.get("Ref")).and_then(Value::text);
    match id.filter(|id| sam.resources.has(id)) {
        Some(id) => Ok(Link::Author { id: id.clone() }),
        None => event.reject(message),
    }
}

/// The properties of a resource of the author, made if there are none.
fn properties<'a>(sam: &'a mut Sam, id: &str) -> Made<&'a mut Map> {
    let wrong = || Reject::resource(id, "Properties should be a map.");
    let body = sam.resources.get_mut(id).and_then(Value::map_mut).ok_or_else(wrong)?;
    inner(body, "Properties").ok_or_else(wrong)
}

fn inner<'a>(map: &'a mut Map, key: &str) -> Option<&'a mut Map> {
    if map.some(key).is_none() {
        map.set(key, Map::new());
    }
    map.get_mut(key).and_then(Value::map_mut)
}

pub fn notify(sam: &mut Sam, event: &Event, target: &Target, id: &EcoString) -> Made<Vec<Resource>> {
    let mut permission = event.permission(target, "s3.amazonaws.com", "")?;
    permission.set("SourceAccount", reference("AWS::AccountId"));
    match target.condition() {
        Some(condition) => {
            // A dependency on something conditional cannot be declared; a tag refers to it instead.
            let properties = properties(sam, id)?;
            let mut tags = match properties.some("Tags") {
                None => Vec::new(),
                Some(Value::List(tags)) => tags.clone(),
                Some(_) => return Err(Reject::resource(id, "Property 'Tags' should be a list.")),
            };
            let depends = object! { "Fn::If" => Value::List(vec![condition.clone(), reference(&permission.id), "no dependency".into()]) };
            tags.extend(tag_list(Some(&object! { &eco_format!("sam:ConditionalDependsOn:{}", permission.id) => depends })));
            properties.set("Tags", tags);
        }
        None => depend(sam, id, &permission.id)?,
    }
    let events = match event.get("Events") {
        Some(Value::List(events)) => events.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let properties = properties(sam, id)?;
    let config = inner(properties, "NotificationConfiguration")
        .ok_or_else(|| Reject::resource(id, "Property 'NotificationConfiguration' should be a map."))?;
    if config.some("LambdaConfigurations").is_none() {
        config.set("LambdaConfigurations", list![]);
    }
    let Some(all) = config.get_mut("LambdaConfigurations").and_then(Value::list_mut) else {
        return Err(Reject::resource(id, "Invalid type for LambdaConfigurations. Must be a list."));
    };
    for kind in events {
        let mut one = map! { "Function" => target.arn.clone() };
        one.set_some("Filter", event.get("Filter"));
        one.set("Event", kind);
        let one = match target.condition() {
            Some(condition) => when(condition, one.into()),
            None => one.into(),
        };
        if !all.contains(&one) {
            all.push(one);
        }
    }
    let bucket = sam.changed_resource(id, "AWS::S3::Bucket")?;
    shape::check(id, "AWS::S3::Bucket", &bucket.properties, BUCKET)?;
    Ok(vec![permission, bucket])
}

fn depend(sam: &mut Sam, id: &str, on: &EcoString) -> Made<()> {
    let Some(body) = sam.resources.get_mut(id).and_then(Value::map_mut) else { return Ok(()) };
    let mut all = match body.get("DependsOn") {
        None => Vec::new(),
        Some(Value::List(items)) => items.clone(),
        Some(one) => vec![one.clone()],
    };
    if all.iter().any(|one| one.text().is_none()) {
        return Err(Reject::resource(id, "Invalid type for field 'DependsOn'. Expected a string or list of strings."));
    }
    if !all.contains(&on.into()) {
        all.push(on.into());
    }
    body.set("DependsOn", all);
    Ok(())
}

pub fn trigger(sam: &mut Sam, event: &Event, target: &Target, id: &EcoString) -> Made<Vec<Resource>> {
    let mut permission = event.permission_named(&eco_format!("{}Cognito", target.id), target, "cognito-idp.amazonaws.com", "")?;
    permission.set("SourceArn", attribute(id, "Arn"));
    let triggers = match event.get("Trigger") {
        Some(Value::List(triggers)) => triggers.clone(),
        Some(one) => vec![one.clone()],
        None => Vec::new(),
    };
    let properties = properties(sam, id)?;
    let config = inner(properties, "LambdaConfig").ok_or_else(|| Reject::resource(id, "Property 'LambdaConfig' should be a map."))?;
    for trigger in triggers.iter().filter_map(Value::text) {
        if config.has(trigger) {
            return event.reject(eco_format!("Cognito trigger \"{trigger}\" defined multiple times."));
        }
        config.set(trigger, target.arn.clone());
    }
    let pool = sam.changed_resource(id, "AWS::Cognito::UserPool")?;
    shape::check(id, "AWS::Cognito::UserPool", &pool.properties, USER_POOL)?;
    Ok(vec![permission, pool])
}
