//! Arguments as people name them.

use ecow::EcoString;

/// A dotted path as people write it in a sentence, without the positions of list elements.
pub(crate) fn argument(path: &str) -> EcoString {
    let numbered = |step: &str| !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit());
    if !path.split('.').skip(1).any(numbered) {
        return path.into();
    }
    let mut text = EcoString::new();
    for step in path.split('.').filter(|step| !numbered(step)) {
        if !text.is_empty() {
            text.push('.');
        }
        text.push_str(step);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments() {
        assert_eq!(argument("alias.0"), "alias");
        assert_eq!(argument("ingress.1.cidr_blocks.0"), "ingress.cidr_blocks");
        assert_eq!(argument("tags.kubernetes.io/role/elb"), "tags.kubernetes.io/role/elb");
    }
}
