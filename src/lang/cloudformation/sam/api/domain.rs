//! A custom domain of a REST API: the name, its mappings, and its records.

use ecow::{EcoString, eco_format};

use super::super::intrinsics::{attribute, reference};
use super::super::map::Map;
use super::super::reject::Made;
use super::super::resource::Resource;
use super::super::transform::Sam;
use super::super::value::{Value, map, short_hash};
use super::Api;

pub fn make(sam: &mut Sam, api: &mut Api) -> Made<Vec<Resource>> {
    let own = api.own;
    let Some(domain) = api.domain.as_mut() else { return Ok(Vec::new()) };
    let span = own.properties.span("Domain").or(own.span);
    let Some(domain) = domain.map_mut() else { return own.reject("Property 'Domain' should be a map.") };
    let Some(name) = domain.some("DomainName").cloned() else { return own.reject("Property 'Domain.DomainName' is required.") };
    let Some(certificate) = domain.some("CertificateArn").cloned() else {
        return own.reject("Property 'Domain.CertificateArn' is required.");
    };
    let private = domain.get("EndpointConfiguration").is_some_and(|kind| kind.is("PRIVATE"));
    let version = if private { "V2" } else { "" };
    let id = eco_format!("ApiGatewayDomainName{version}{}", short_hash(&name));
    if !private {
        domain.set("ApiDomainName", &id);
    }
    let endpoint = match domain.some("EndpointConfiguration") {
        None => {
            domain.set("EndpointConfiguration", "REGIONAL");
            Value::from("REGIONAL")
        }
        Some(kind) if ["EDGE", "REGIONAL", "PRIVATE"].iter().any(|known| kind.is(known)) => kind.clone(),
        Some(_) => return own.reject("EndpointConfiguration for Custom Domains must be one of ['EDGE', 'REGIONAL', 'PRIVATE']."),
    };
    let mut made = own.named(id.clone(), &eco_format!("AWS::ApiGateway::DomainName{version}"))?;
    made.set("DomainName", name.clone());
    made.set(if endpoint.is("REGIONAL") { "RegionalCertificateArn" } else { "CertificateArn" }, certificate);
    let mut configuration = map! { "Types" => vec![endpoint.clone()] };
    configuration.set_some("IpAddressType", domain.truthy("IpAddressType"));
    made.set("EndpointConfiguration", configuration);
    if let Some(tls) = domain.truthy("MutualTlsAuthentication").filter(|_| !private) {
        let known = ["TruststoreUri", "TruststoreVersion"];
        let Some(tls) = tls.map().filter(|tls| tls.keys().all(|key| known.contains(&key.as_str()))) else {
            return own.reject("Available Domain.MutualTlsAuthentication fields are ['TruststoreUri', 'TruststoreVersion'].");
        };
        let mut all = Map::new();
        known.iter().for_each(|key| all.set_some(key, tls.truthy(key)));
        made.set("MutualTlsAuthentication", all);
    }
    for key in ["SecurityPolicy", "EndpointAccessMode", "OwnershipVerificationCertificateArn"] {
        made.set_some(key, domain.truthy(key));
    }
    if private {
        made.set_some("Policy", domain.truthy("Policy"));
    }
    let mut all = vec![made];
    all.extend(mappings(own, domain, &id, private)?);
    if let Some(access) = domain.some("AccessAssociation").filter(|_| private) {
        let Some(access) = access.map() else { return own.reject("Property 'Domain.AccessAssociation' should be a map.") };
        let endpoint = access.get("VpcEndpointId").cloned().unwrap_or_default();
        let hash = short_hash(&Value::List(vec![endpoint.clone(), (&id).into()]));
        let mut association =
            own.named(eco_format!("DomainNameAccessAssociation{hash}"), "AWS::ApiGateway::DomainNameAccessAssociation")?;
        association
            .set("DomainNameArn", reference(&id))
            .set("AccessAssociationSourceType", "VPCE")
            .set_some("AccessAssociationSource", Some(&endpoint));
        all.push(association);
    }
    let target: Value = if private { name } else { (&id).into() };
    all.extend(records(sam, own, domain, &target)?);
    all.iter_mut().for_each(|resource| resource.span = span);
    Ok(all)
}

fn mappings(own: &super::Macro, domain: &Map, id: &str, private: bool) -> Made<Vec<Resource>> {
    let paths = match domain.truthy("BasePath") {
        Some(path @ Value::Text(..)) => Some(vec![path.clone()]),
        Some(Value::List(paths)) => Some(paths.clone()),
        _ => None,
    };
    let one = |suffix: &str, path: Option<EcoString>| -> Made<Resource> {
        let version = if private { "V2" } else { "" };
        let mut mapping = own.beside(&eco_format!("{suffix}BasePathMapping"), &eco_format!("AWS::ApiGateway::BasePathMapping{version}"))?;
        mapping.set(if private { "DomainNameArn" } else { "DomainName" }, reference(id));
        mapping.set("RestApiId", reference(own.id)).set("Stage", reference(&eco_format!("{}.Stage", own.id)));
        mapping.set_some("BasePath", path.map(Value::from).as_ref());
        Ok(mapping)
    };
    let Some(paths) = paths else { return Ok(vec![one("", None)?]) };
    let normalize = domain.get("NormalizeBasePath").is_none_or(Value::truthy);
    let mapped = paths.iter().map(|path| {
        let Some(path) = path.text() else { return own.reject("Property 'Domain.BasePath' should be a list of strings.") };
        let plain: EcoString = path.chars().filter(|c| c.is_alphanumeric()).collect();
        one(&plain, Some(if normalize { plain.clone() } else { path.clone() }))
    });
    mapped.collect()
}

fn records(sam: &mut Sam, own: &super::Macro, domain: &mut Map, target: &Value) -> Made<Option<Resource>> {
    let Some(route) = domain.some("Route53").cloned() else { return Ok(None) };
    let Some(mut route) = route.map().cloned() else { return own.reject("Property 'Domain.Route53' should be a map.") };
    let zone = route.truthy("HostedZoneId").or_else(|| route.some("HostedZoneName")).cloned();
    if route.some("HostedZoneId").is_none() && route.some("HostedZoneName").is_none() {
        return own.reject("HostedZoneId or HostedZoneName is required to enable Route53 support on Custom Domains.");
    }
    let zone = zone.unwrap_or_default();
    let sets = record_sets(domain, &mut route, target);
    domain.set("Route53", route.clone());
    if let Some(separate) = route.truthy("SeparateRecordSetGroup") {
        if !matches!(separate, Value::Bool(_)) {
            return own.reject("Property 'Domain.Route53.SeparateRecordSetGroup' should be a boolean.");
        }
        let name = domain.get("DomainName").cloned().unwrap_or_default();
        let id = eco_format!("RecordSetGroup{}", short_hash(&Value::List(vec![zone, name])));
        let mut group = own.named(id, "AWS::Route53::RecordSetGroup")?;
        group.set_some("HostedZoneId", route.truthy("HostedZoneId")).set_some("HostedZoneName", route.truthy("HostedZoneName"));
        group.set("RecordSets", sets);
        return Ok(Some(group));
    }
    let id = eco_format!("RecordSetGroup{}", short_hash(&zone));
    let mut group = own.named(id, "AWS::Route53::RecordSetGroup")?;
    group.set_some("HostedZoneId", route.get("HostedZoneId")).set_some("HostedZoneName", route.get("HostedZoneName"));
    Ok(Some(shared_group(sam, group, sets)))
}

/// Domains of one zone share a group.
pub fn shared_group(sam: &mut Sam, mut group: Resource, sets: Vec<Value>) -> Resource {
    let mut all = Vec::new();
    if let Some(before) = sam.record_sets.get(&group.id) {
        all = before.get("RecordSets").and_then(Value::list).unwrap_or_default().to_vec();
        for key in ["HostedZoneId", "HostedZoneName"] {
            group.set_some(key, before.get(key));
        }
        if let Some(Value::Map(attributes)) = before.get("attributes") {
            group.attributes = (**attributes).clone();
        }
    }
    all.extend(sets);
    group.set("RecordSets", all);
    let mut kept = group.properties.clone();
    kept.set("attributes", group.attributes.clone());
    sam.record_sets.set(&group.id.clone(), kept);
    group
}

fn record_sets(domain: &Map, route: &mut Map, target: &Value) -> Vec<Value> {
    let mut alias = Map::new();
    alias.set_some("EvaluateTargetHealth", route.some("EvaluateTargetHealth"));
    let id = target.shown();
    match domain.get("EndpointConfiguration").and_then(Value::text).map(EcoString::as_str) {
        Some("REGIONAL") => {
            alias.set("HostedZoneId", attribute(&id, "RegionalHostedZoneId"));
            alias.set("DNSName", attribute(&id, "RegionalDomainName"));
        }
        Some("EDGE") => {
            if route.some("DistributionDomainName").is_none() {
                route.set("DistributionDomainName", attribute(&id, "DistributionDomainName"));
            }
            alias.set("HostedZoneId", "Z2FDTNDATAQYW2");
            alias.set_some("DNSName", route.get("DistributionDomainName"));
        }
        _ => {
            alias.set_some("HostedZoneId", route.get("VpcEndpointHostedZoneId"));
            alias.set_some("DNSName", route.get("VpcEndpointDomainName"));
        }
    }
    sets(domain, route, &alias)
}

/// One record, two with IPv6.
pub fn sets(domain: &Map, route: &Map, alias: &Map) -> Vec<Value> {
    let one = |kind: &str| {
        let mut set =
            map! { "Name" => domain.get("DomainName").cloned().unwrap_or_default(), "Type" => kind, "AliasTarget" => alias.clone() };
        set.set_some("Region", route.some("Region"));
        set.set_some("SetIdentifier", route.some("SetIdentifier"));
        Value::from(set)
    };
    let mut all = vec![one("A")];
    if matches!(route.get("IpV6"), Some(Value::Bool(true))) {
        all.push(one("AAAA"));
    }
    all
}
