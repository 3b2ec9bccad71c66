//! The browser's and Node's door: decode, call, encode.
