#include "fix/native/message_writer.hpp"

#include <algorithm>
#include <charconv>
#include <cstring>
#include <span>

#include "core/secret.hpp"
#include "fix/codec/checksum.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/native/session_tags.hpp"

namespace broker::fix::native {
namespace {

constexpr std::size_t kNumberDigits = 20;   // of the largest uint64
constexpr std::size_t kHeaderRoom = 256;    // for all that is not template or body
constexpr std::size_t kFirstBuffer = 8192;  // more than an encoder's message needs

void append_field(std::string& text, std::int32_t tag, const std::string& value) {
    if (value.empty()) return;
    text.append(std::to_string(tag)).append("=").append(value).push_back(kSoh);
}

}  // namespace

MessageWriter::MessageWriter(const SessionSettings& settings) : buffer_(kFirstBuffer) {
    append_field(begin_, tag::kBeginString, settings.begin_string);
    begin_ += "9=";
    append_field(identity_, tag::kSenderCompID, settings.sender_comp_id);
    append_field(identity_, tag::kTargetCompID, settings.target_comp_id);
    append_field(identity_, tag::kSenderSubID, settings.sender_sub_id);
    append_field(identity_, tag::kTargetSubID, settings.target_sub_id);
}

std::string_view MessageWriter::write(const MessageHeader& header, std::string_view body) {
    // BodyLength is known last but stands first: room is left for the longest.
    const std::size_t front = begin_.size() + kNumberDigits + 1;
    const std::size_t needed = front + kHeaderRoom + identity_.size() + header.msg_type.size() +
                               header.orig_sending_time.size() + body.size();
    if (buffer_.size() < needed) buffer_.resize(needed);
    end_ = front;
    put(tag::kMsgType, header.msg_type);
    put(tag::kMsgSeqNum, header.msg_seq_num);
    put(identity_);
    put_time(tag::kSendingTime, header.sending_time);
    if (!header.orig_sending_time.empty()) {
        put(tag::kPossDupFlag, "Y");
        put(tag::kOrigSendingTime, header.orig_sending_time);
    }
    if (header.last_msg_seq_num_processed != 0)
        put(tag::kLastMsgSeqNumProcessed, header.last_msg_seq_num_processed);
    put(body);

    std::array<char, kNumberDigits> digits;
    const char* const stop = std::to_chars(digits.begin(), digits.end(), end_ - front).ptr;
    const auto count = static_cast<std::size_t>(stop - digits.data());
    const std::size_t start = front - 1 - count - begin_.size();
    char* out = buffer_.data() + start;
    out = std::copy(begin_.begin(), begin_.end(), out);
    out = std::copy_n(digits.data(), count, out);
    *out = kSoh;

    const std::uint8_t sum = checksum({buffer_.data() + start, end_ - start});
    const std::array<char, 7> trailer{'1',
                                      '0',
                                      '=',
                                      static_cast<char>('0' + sum / 100),
                                      static_cast<char>('0' + sum / 10 % 10),
                                      static_cast<char>('0' + sum % 10),
                                      kSoh};
    put({trailer.data(), trailer.size()});
    return {buffer_.data() + start, end_ - start};
}

void MessageWriter::wipe() { core::wipe(buffer_.data(), buffer_.size()); }

void MessageWriter::put(std::string_view text) {
    if (text.empty()) return;
    std::memcpy(buffer_.data() + end_, text.data(), text.size());
    end_ += text.size();
}

void MessageWriter::put(std::int32_t tag, std::string_view value) {
    char* const start = buffer_.data() + end_;
    char* out = std::to_chars(start, start + kNumberDigits, tag).ptr;
    *out++ = '=';
    end_ += static_cast<std::size_t>(out - start);
    put(value);
    buffer_[end_++] = kSoh;
}

void MessageWriter::put(std::int32_t tag, std::uint64_t value) {
    std::array<char, kNumberDigits> digits;
    const char* const stop = std::to_chars(digits.begin(), digits.end(), value).ptr;
    put(tag, std::string_view{digits.data(), static_cast<std::size_t>(stop - digits.data())});
}

void MessageWriter::put_time(std::int32_t tag, core::UtcTime time) {
    std::array<char, kUtcTimestampSize> text;
    write_utc_timestamp(time, text);
    put(tag, std::string_view{text.data(), text.size()});
}

}  // namespace broker::fix::native
