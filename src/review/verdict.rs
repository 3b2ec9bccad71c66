//! The sentence, its reason, and the six facts.
