#include "fix_scenarios/scenario_text.hpp"

#include <algorithm>
#include <span>
#include <sstream>
#include <stdexcept>

#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"
#include "support/fix_message.hpp"

namespace broker::test {
namespace {

[[noreturn]] void fail(const std::string& text) { throw std::runtime_error{text}; }

bool has(const Fields& fields, const std::string& tag) {
    return std::any_of(fields.begin(), fields.end(),
                       [&](const auto& field) { return field.first == tag; });
}

bool is_time(const std::string& tag) { return tag == "52" || tag == "122"; }

// "now", "-125s", "+5s", or a time as it is.
std::string time_text(const std::string& offset, core::UtcTime time) {
    const bool is_relative = offset.ends_with('s') && (offset[0] == '-' || offset[0] == '+');
    if (is_relative) {
        time += std::chrono::seconds{std::stoi(offset)};
    } else if (offset != "now") {
        return offset;
    }
    std::string text(fix::kUtcTimestampSize, ' ');
    fix::write_utc_timestamp(time, std::span<char, fix::kUtcTimestampSize>{text});
    return text;
}

bool is_as_expected(const fix::MessageView& view, const std::string& tag, const std::string& value,
                    std::optional<core::UtcTime> now) {
    const auto found = view.find(std::stoi(tag));
    const std::string shown{found.value_or("")};
    if (value == "*") return found.has_value();
    if (value == "-") return !found;
    if (value == "now") return now ? shown == time_text("now", *now) : found.has_value();
    if (value.starts_with('~')) return shown.find(value.substr(1)) != std::string::npos;
    // EndSeqNo may name the last missing number, or 0 for all.
    if (tag == "16" && value.ends_with("/0"))
        return shown == "0" || shown == value.substr(0, value.size() - 2);
    return found && shown == value;
}

}  // namespace

Fields fields_of(const std::string& text) {
    Fields fields;
    std::istringstream in{text};
    std::string field;
    while (std::getline(in, field, '|')) {
        const std::size_t equals = field.find('=');
        if (equals == std::string::npos) fail("not tag=value: " + field);
        fields.emplace_back(field.substr(0, equals), field.substr(equals + 1));
    }
    return fields;
}

std::string peer_message(const std::string& text, core::UtcTime now) {
    Fields fields = fields_of(text);
    Fields header;
    for (const auto& [tag, value] : Fields{{"49", "PEER"}, {"56", "US"}, {"52", "now"}})
        if (!has(fields, tag)) header.emplace_back(tag, value);
    const auto behind_number = std::find_if(fields.begin(), fields.end(), [](const auto& f) {
        return f.first != "35" && f.first != "34";
    });
    fields.insert(behind_number, header.begin(), header.end());
    std::string body;
    for (const auto& [tag, value] : fields) {
        if (value == "-") continue;
        const std::string shown = is_time(tag) && value != "" ? time_text(value, now) : value;
        body.append(tag).append("=").append(shown).append("|");
    }
    return fix_message(body);
}

std::vector<std::string> repeated(const std::string& text) {
    std::istringstream in{text};
    unsigned count = 0;
    std::string fields;
    in >> count >> fields;
    std::vector<std::string> lines;
    for (unsigned i = 0; i < count; ++i) {
        std::string& line = lines.emplace_back();
        for (const auto& [tag, value] : fields_of(fields)) {
            const std::string shown = tag == "34" ? std::to_string(std::stoul(value) + i) : value;
            line.append(tag).append("=").append(shown).append("|");
        }
    }
    return lines;
}

std::string with_tokens(std::string text, core::UtcTime now) {
    constexpr std::string_view kNow = "{now}";
    for (std::size_t at = text.find(kNow); at != std::string::npos; at = text.find(kNow, at))
        text.replace(at, kNow.size(), time_text("now", now));
    const std::size_t sum = text.find("{sum}");
    if (sum == std::string::npos) return text;
    const std::size_t trailer = text.rfind("10=", sum);
    const std::string summed = with_checksum(text.substr(0, trailer));
    return text.replace(sum, 5, summed.substr(summed.size() - 4, 3));
}

std::optional<std::string> difference(const std::string& message, const std::string& text,
                                      std::optional<core::UtcTime> now) {
    fix::MessageView view;
    if (!view.parse(message)) fail("an unsound message was sent: " + with_bars(message));
    for (const auto& [tag, value] : fields_of(text))
        if (!is_as_expected(view, tag, value, now))
            return "tag " + tag + " is otherwise in " + with_bars(message);
    return std::nullopt;
}

}  // namespace broker::test
