#include "simulator/message_log.hpp"

#include <charconv>
#include <system_error>

namespace broker::simulator {
namespace {

constexpr char kDelimiter = '\x01';

bool is_secret(int tag) { return tag == 554 || tag == 925 || tag == 96; }

bool is_framing(int tag) { return tag == 8 || tag == 9 || tag == 10; }

}  // namespace

bool has_right_checksum(std::string_view raw) {
    constexpr std::size_t kTrailer = 7;  // "10=nnn" and the delimiter
    if (raw.size() < kTrailer) return false;
    const auto trailer = raw.substr(raw.size() - kTrailer);
    if (trailer.substr(0, 3) != "10=" || trailer.back() != kDelimiter) return false;
    unsigned sum = 0;
    for (const char byte : raw.substr(0, raw.size() - kTrailer))
        sum += static_cast<unsigned char>(byte);
    unsigned given = 0;
    const auto digits = trailer.substr(3, 3);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), given);
    return error == std::errc{} && end == digits.data() + digits.size() && given == sum % 256;
}

FixMessage fix_message_from_wire(std::string_view raw) {
    FixMessage message;
    while (!raw.empty()) {
        const auto end = raw.find(kDelimiter);
        const auto field = raw.substr(0, end);
        raw.remove_prefix(end == std::string_view::npos ? raw.size() : end + 1);

        const auto equals = field.find('=');
        if (equals == std::string_view::npos) continue;
        int tag = 0;
        const auto* const tag_end = field.data() + equals;
        const auto [parsed_end, error] = std::from_chars(field.data(), tag_end, tag);
        if (error != std::errc{} || parsed_end != tag_end) continue;
        const auto value = field.substr(equals + 1);
        if (tag == 35) message.msg_type = value;
        if (!is_framing(tag)) message.add(tag, is_secret(tag) ? "***" : std::string(value));
    }
    return message;
}

void MessageLog::add(LoggedMessage message) {
    {
        const std::lock_guard lock{mutex_};
        if (messages_.size() == kMaxMessages) {
            messages_.pop_front();
            ++dropped_;
        }
        messages_.push_back(std::move(message));
    }
    changed_.notify_all();
}

std::vector<LoggedMessage> MessageLog::all() const {
    const std::lock_guard lock{mutex_};
    return {messages_.begin(), messages_.end()};
}

std::uint64_t MessageLog::dropped() const {
    const std::lock_guard lock{mutex_};
    return dropped_;
}

void MessageLog::clear() {
    const std::lock_guard lock{mutex_};
    messages_.clear();
    dropped_ = 0;
}

bool MessageLog::wait_until(const Predicate& holds, core::Duration timeout) const {
    std::unique_lock lock{mutex_};
    return changed_.wait_for(lock, timeout, [&] { return holds(messages_); });
}

}  // namespace broker::simulator
