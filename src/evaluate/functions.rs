//! The functions of each language: one file per family, one table per dialect.
