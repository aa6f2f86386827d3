#include "dxtrade/fix/notices.hpp"

#include <algorithm>
#include <array>

namespace broker::dxtrade::fix {
namespace {

constexpr std::size_t kMaxText = 4096;
constexpr std::size_t kMaxValue = 256;

// BeginString, BodyLength, CheckSum, MsgSeqNum, MsgType, CompIDs, SendingTime.
constexpr std::array<std::int32_t, 8> kSessionTags{8, 9, 10, 34, 35, 49, 52, 56};

}  // namespace

bool is_notice(const broker::fix::MessageView& message) {
    return message.msg_type() == "AS" || message.msg_type() == "B";
}

std::string_view notice_text(const broker::fix::MessageView& message, std::string& text) {
    text.assign(message.msg_type() == "AS" ? "AllocationReport" : "News");
    for (const broker::fix::Field& field : message.fields()) {
        const bool is_of_session =
            std::find(kSessionTags.begin(), kSessionTags.end(), field.tag) != kSessionTags.end();
        if (is_of_session || text.size() + kMaxValue > kMaxText) continue;
        text.append("|").append(std::to_string(field.tag)).append("=");
        text.append(field.value.substr(0, kMaxValue));
    }
    return text;
}

}  // namespace broker::dxtrade::fix
