//! tree-sitter, and the only module that names it: parse a text, walk its tree, find what could not be read.
