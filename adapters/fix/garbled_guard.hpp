// How much garbage a session's connection puts up with.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace broker::fix {

// FIX 4.4 volume 2 has garbled messages ignored: what was lost shows as a gap in the numbers.
// Before Logon there is no session whose numbers could show it, and a peer that sends nothing but
// garbage must not hold the connection for ever. Owned by a session's transport. [event-thread]
class GarbledGuard {
public:
    explicit GarbledGuard(std::size_t max_bytes) : max_bytes_{max_bytes} {}

    void reset() { messages_ = 0; }  // for a new connection

    // The notice that a garbled message deserves; null once there were enough of them.
    [[nodiscard]] std::optional<std::string> passed_over(std::string_view text) {
        ++messages_;
        if (messages_ <= kMaxNotices) {
            return "garbled message passed over: " + std::string{text.substr(0, kMaxText)};
        }
        if (messages_ > kMaxNotices + 1) return std::nullopt;
        return "further garbled messages of this connection go unreported";
    }

    // A peer that sends nothing but garbage makes few garbled messages out of many bytes.
    [[nodiscard]] bool is_exceeded(std::size_t garbled_bytes) const {
        return garbled_bytes > max_bytes_;
    }

private:
    static constexpr std::size_t kMaxNotices = 20;
    static constexpr std::size_t kMaxText = 200;

    const std::size_t max_bytes_;
    std::size_t messages_ = 0;
};

}  // namespace broker::fix
