//! The memory of a process that reviews once: many small pieces, quickly, and then its end.
//!
//! With the system's allocator a third of the time went into making pages of memory available one by one.

use libmimalloc_sys::{
    mi_calloc, mi_free, mi_malloc, mi_option_large_os_pages, mi_option_set, mi_option_t, mi_realloc, mi_reserve_os_memory_ex,
};
use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Addresses, not memory: what is never touched is never taken.
const RESERVED: usize = 512 << 20;

/// `mi_option_purge_delay` of mimalloc.h, which the crate does not name.
const PURGE_DELAY: mi_option_t = 15;

/// Asks for one large region of large pages, keeps what was given back, and has trees made there too. Where the system
/// has no such region to give, memory comes as it always does. To be called first.
#[allow(unsafe_code, reason = "the allocator is C; the calls take numbers and functions")]
pub fn reserve() {
    unsafe {
        mi_option_set(mi_option_large_os_pages, 1);
        // What is given back to the system would be cleared once more when it is taken again.
        mi_option_set(PURGE_DELAY, -1);
        mi_reserve_os_memory_ex(RESERVED, true, true, false, std::ptr::null_mut());
        tree_sitter::set_allocator(Some(tree_sitter::Allocator {
            malloc: mi_malloc,
            calloc: mi_calloc,
            realloc: mi_realloc,
            free: mi_free,
        }));
    }
}
