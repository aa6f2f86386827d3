// glibc's allocation functions with a counter before them. Defined in the executable, they also
// serve the libraries and the plugin it loads.
#include <cerrno>
#include <cstddef>

#include "bench/allocation_count.hpp"

// Why not dlsym(RTLD_NEXT): it allocates itself before the first answer is there. glibc exports
// its own functions under these names.
extern "C" {
void* __libc_malloc(std::size_t size);
void* __libc_calloc(std::size_t count, std::size_t size);
void* __libc_realloc(void* block, std::size_t size);
void* __libc_memalign(std::size_t alignment, std::size_t size);

#pragma GCC visibility push(default)

void* malloc(std::size_t size) noexcept {
    broker::bench::allocation_count::note();
    return __libc_malloc(size);
}

void* calloc(std::size_t count, std::size_t size) noexcept {
    broker::bench::allocation_count::note();
    return __libc_calloc(count, size);
}

void* realloc(void* block, std::size_t size) noexcept {
    broker::bench::allocation_count::note();
    return __libc_realloc(block, size);
}

void* aligned_alloc(std::size_t alignment, std::size_t size) noexcept {
    broker::bench::allocation_count::note();
    return __libc_memalign(alignment, size);
}

int posix_memalign(void** block, std::size_t alignment, std::size_t size) noexcept {
    broker::bench::allocation_count::note();
    void* const found = __libc_memalign(alignment, size);
    if (found == nullptr) return ENOMEM;
    *block = found;
    return 0;
}

#pragma GCC visibility pop
}
