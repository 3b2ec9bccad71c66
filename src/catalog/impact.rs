//! What a change of each type does at run time, and how to take it back.
