#include "fix/codec/record_text.hpp"

#include <algorithm>
#include <array>

#include "fix/codec/checksum.hpp"

namespace broker::fix {
namespace {

constexpr std::array kSecretTags{554, 925, 96};
constexpr std::size_t kCheckSumSize = 7;  // 10=ddd SOH

}  // namespace

std::string_view RecordText::of(const MessageView& message) {
    if (message.msg_type() != "A") return message.bytes();
    const std::string_view bytes = message.bytes();
    copy_.resize(bytes.size());
    // Why piece by piece: the secrets must not be copied, not even to be written over.
    std::size_t copied = 0;
    const auto copy_to = [&](std::size_t end) {
        bytes.copy(copy_.data() + copied, end - copied, copied);
        copied = end;
    };
    for (const Field& field : message.fields()) {
        if (std::find(kSecretTags.begin(), kSecretTags.end(), field.tag) == kSecretTags.end())
            continue;
        copy_to(static_cast<std::size_t>(field.value.data() - bytes.data()));
        std::fill_n(copy_.begin() + static_cast<std::ptrdiff_t>(copied), field.value.size(), '*');
        copied += field.value.size();
    }
    copy_to(bytes.size());
    const std::size_t before_sum = bytes.size() - kCheckSumSize;
    const unsigned sum = checksum(std::string_view{copy_}.substr(0, before_sum));
    copy_[before_sum + 3] = static_cast<char>('0' + sum / 100);
    copy_[before_sum + 4] = static_cast<char>('0' + sum / 10 % 10);
    copy_[before_sum + 5] = static_cast<char>('0' + sum % 10);
    return copy_;
}

std::string_view RecordText::of(std::string_view message) {
    constexpr std::string_view kLogon =
        "\x01"
        "35=A\x01";
    if (message.find(kLogon) == message.npos) return message;
    if (!view_.parse(message)) return {};
    return of(view_);
}

}  // namespace broker::fix
