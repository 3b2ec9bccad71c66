//! Which format a file is, by name and content.

/// The formats Plumbline reads. Printed in `files[].kind`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// `*.tf`, `*.tofu`.
    Terraform,
    /// `*.tfvars`.
    TerraformVariables,
    /// Nothing Plumbline reads.
    Ignored,
}

impl Kind {
    pub const fn name(self) -> &'static str {
        match self {
            Kind::Terraform => "terraform",
            Kind::TerraformVariables => "terraform-variables",
            Kind::Ignored => "ignored",
        }
    }
}
