#include "simulator/message_faults.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace broker::simulator {
namespace {

constexpr std::array<std::string_view, kMessageFaultCount> kNames = {
    "drop", "delay", "duplicate", "swap_with_next", "flip_byte", "truncate", "reset", "half_open"};

constexpr std::string_view kBegin = "8=FIX";
constexpr std::size_t kTrailer = 7;  // "10=nnn" and the delimiter
constexpr std::size_t kMaxHeader = 32;

// The whole size of the message that `text` begins with; 0: the header has not come yet; npos: this
// is not FIX.
std::size_t message_size(std::string_view text) {
    constexpr auto kNotFix = std::string_view::npos;
    if (text.substr(0, kBegin.size()) != kBegin.substr(0, text.size())) return kNotFix;
    const auto begin_string = text.find('\x01');
    const auto body_length =
        begin_string == kNotFix ? kNotFix : text.find('\x01', begin_string + 1);
    if (body_length == kNotFix) return text.size() > kMaxHeader ? kNotFix : 0;
    const auto field = text.substr(begin_string + 1, body_length - begin_string - 1);
    std::size_t size = 0;
    if (field.substr(0, 2) != "9=") return kNotFix;
    const auto digits = field.substr(2);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), size);
    if (error != std::errc{} || end != digits.data() + digits.size() ||
        size > MessageCutter::kMaxMessage)
        return kNotFix;
    return body_length + 1 + size + kTrailer;
}

}  // namespace

std::string_view message_fault_name(MessageFault fault) {
    return kNames[static_cast<std::size_t>(fault)];
}

std::optional<MessageFault> message_fault_from_name(std::string_view name) {
    const auto* const found = std::find(kNames.begin(), kNames.end(), name);
    if (found == kNames.end()) return std::nullopt;
    return static_cast<MessageFault>(found - kNames.begin());
}

MessageFaults::MessageFaults(std::uint64_t seed, DirectionFaults faults)
    : random_{seed},
      faults_{std::move(faults)},
      is_active_{!faults_.steps.empty() ||
                 std::any_of(faults_.per_mille.begin(), faults_.per_mille.end(),
                             [](int chance) { return chance > 0; })} {}

std::optional<MessageFault> MessageFaults::meet_next() {
    ++count_;
    // Drawn for each message, so that a step does not change what meets the messages after it.
    auto drawn = static_cast<int>(draw_below(1000));
    const auto step =
        std::find_if(faults_.steps.begin(), faults_.steps.end(),
                     [this](const MessageFaultStep& each) { return each.message == count_; });
    if (step != faults_.steps.end()) return step->fault;
    for (std::size_t i = 0; i < kMessageFaultCount; ++i) {
        if (drawn < faults_.per_mille[i]) return static_cast<MessageFault>(i);
        drawn -= faults_.per_mille[i];
    }
    return std::nullopt;
}

// Why not std::uniform_int_distribution: what it draws differs between standard libraries.
std::size_t MessageFaults::draw_below(std::size_t limit) { return random_() % limit; }

core::Duration MessageFaults::draw(core::Duration longest) {
    const auto limit = static_cast<std::size_t>(std::max<core::Duration::rep>(longest.count(), 1));
    return core::Duration{static_cast<core::Duration::rep>(draw_below(limit)) + 1};
}

std::string MessageCutter::take() {
    if (buffer_.empty()) return {};
    const std::size_t size = message_size(buffer_);
    if (size == std::string_view::npos) return std::exchange(buffer_, {});
    if (size == 0 || buffer_.size() < size) return {};
    std::string message = buffer_.substr(0, size);
    buffer_.erase(0, size);
    return message;
}

}  // namespace broker::simulator
