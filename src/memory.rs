//! The memory of a process that reviews once: many small pieces, quickly, and then its end.
//!
//! With the system's allocator a third of the time went into making pages of memory available one by one.

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Addresses, not memory: what is never touched is never taken.
const RESERVED: usize = 256 << 20;

/// Asks for one large region of large pages. Where the system has none to give, memory comes as it always does.
#[allow(unsafe_code, reason = "the allocator is C; the call takes numbers and returns one")]
pub fn reserve() {
    unsafe {
        libmimalloc_sys::mi_option_set(libmimalloc_sys::mi_option_large_os_pages, 1);
        libmimalloc_sys::mi_reserve_os_memory_ex(RESERVED, true, true, false, std::ptr::null_mut());
    }
}
