#include "core/secret.hpp"

#include <sys/mman.h>
#include <unistd.h>

#include <cstring>
#include <new>
#include <utility>

namespace broker::core {

Secret::Secret(std::string_view text) : size_{text.size()} {
    if (text.empty()) return;
    const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
    const std::size_t wanted = (text.size() + page - 1) / page * page;
    void* memory =
        ::mmap(nullptr, wanted, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) throw std::bad_alloc();
    // Both are best effort: locking is subject to RLIMIT_MEMLOCK, and a secret that might be
    // swapped out is better than an adapter that does not start.
    static_cast<void>(::mlock(memory, wanted));
    static_cast<void>(::madvise(memory, wanted, MADV_DONTDUMP));
    mapped_ = wanted;
    data_ = static_cast<char*>(memory);
    std::memcpy(data_, text.data(), text.size());
}

Secret::Secret(Secret&& other) noexcept
    : data_{std::exchange(other.data_, nullptr)},
      size_{std::exchange(other.size_, 0)},
      mapped_{std::exchange(other.mapped_, 0)} {}

Secret& Secret::operator=(Secret&& other) noexcept {
    Secret taken{std::move(other)};
    std::swap(data_, taken.data_);
    std::swap(size_, taken.size_);
    std::swap(mapped_, taken.mapped_);
    return *this;
}

Secret::~Secret() {
    if (data_ == nullptr) return;
    wipe(data_, size_);
    ::munmap(data_, mapped_);  // unlocks the pages too
}

std::string_view Secret::reveal() const { return {data_, size_}; }

void wipe(void* data, std::size_t size) {
    if (size != 0) ::explicit_bzero(data, size);
}

}  // namespace broker::core
