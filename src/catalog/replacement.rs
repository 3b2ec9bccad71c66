//! Which arguments cannot change in place.
