//! Terraform and OpenTofu: HCL files to one module per folder.
