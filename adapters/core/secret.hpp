// Text that must not leak: passwords, keys, tokens.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

namespace broker::core {

// Holds a secret in memory of its own that is locked where the system permits, kept out of core
// dumps, and wiped when the secret is destroyed or moved from. It has no stream operator, no
// conversion and no comparison, so that it cannot be printed or logged by accident.
class Secret {
public:
    Secret() = default;
    explicit Secret(std::string_view text);  // the caller wipes its own copy (see wipe)
    Secret(Secret&& other) noexcept;
    Secret& operator=(Secret&& other) noexcept;
    Secret(const Secret&) = delete;
    Secret& operator=(const Secret&) = delete;
    ~Secret();

    [[nodiscard]] bool empty() const { return size_ == 0; }

    // The one way to read it; grep for it to find every use. Valid while the secret lives.
    [[nodiscard]] std::string_view reveal() const;

    [[nodiscard]] Secret clone() const { return Secret{reveal()}; }

private:
    char* data_ = nullptr;
    std::size_t size_ = 0;
    std::size_t mapped_ = 0;
};

// Overwrites memory in a way that the compiler does not remove.
void wipe(void* data, std::size_t size);

}  // namespace broker::core
