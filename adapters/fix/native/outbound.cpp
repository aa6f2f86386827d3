#include "fix/native/outbound.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "fix/native/session_tags.hpp"

namespace broker::fix::native {
namespace {

constexpr std::size_t kTrailerSize = 7;  // 10=ddd SOH

// What MessageWriter puts before the body.
constexpr std::array kHeaderTags{
    tag::kBeginString,  tag::kBodyLength,   tag::kMsgType,         tag::kMsgSeqNum,
    tag::kSenderCompID, tag::kTargetCompID, tag::kSenderSubID,     tag::kTargetSubID,
    tag::kSendingTime,  tag::kPossDupFlag,  tag::kOrigSendingTime, tag::kLastMsgSeqNumProcessed};

}  // namespace

core::Result<Sent> Outbound::send_application(const MessageEncoder& message, core::Instant now) {
    const core::MsgSeqNum number = store_.next_sender_msg_seq_num();
    const std::string_view text =
        writer_.write(header(message.msg_type(), number, now), message.body());
    if (const auto kept = store_.add(number, text); !kept) return kept.error();
    if (const auto counted = store_.set_next_sender_msg_seq_num(number + 1); !counted)
        return counted.error();
    const Sent sent{number, clock_.monotonic()};
    listener_.on_send(text);
    return sent;
}

core::Result<core::MsgSeqNum> Outbound::send_session(const MessageEncoder& message,
                                                     core::Instant now) {
    const core::MsgSeqNum number = store_.next_sender_msg_seq_num();
    const std::string_view text =
        writer_.write(header(message.msg_type(), number, now), message.body());
    if (const auto kept = store_.add_session_message(number, record_text_.of(text)); !kept)
        return kept.error();
    if (const auto counted = store_.set_next_sender_msg_seq_num(number + 1); !counted)
        return counted.error();
    listener_.on_send(text);
    return number;
}

void Outbound::resend(core::MsgSeqNum number, const MessageView& stored, core::Instant now) {
    MessageHeader again = header(stored.msg_type(), number, now);
    again.orig_sending_time = stored.get(tag::kSendingTime);
    send_repeat(number, writer_.write(again, body_of(stored)));
}

void Outbound::gap_fill(core::MsgSeqNum begin, core::MsgSeqNum new_seq_no, core::Instant now) {
    gap_fill_.clear(msg_type::kSequenceReset);
    gap_fill_.add(tag::kGapFillFlag, 'Y');
    gap_fill_.add(tag::kNewSeqNo, static_cast<std::int64_t>(new_seq_no));
    std::array<char, kUtcTimestampSize> time;
    write_utc_timestamp(now.utc, time);
    MessageHeader again = header(msg_type::kSequenceReset, begin, now);
    again.orig_sending_time = {time.data(), time.size()};
    send_repeat(begin, writer_.write(again, gap_fill_.body()));
}

// Why whatever the store says: what was sent for the first time is there, and the peer must not
// wait for an answer because a record of it finds no place.
void Outbound::send_repeat(core::MsgSeqNum number, std::string_view text) {
    (void)store_.add_repeat(number, text);
    listener_.on_send(text);
}

MessageHeader Outbound::header(std::string_view type, core::MsgSeqNum number,
                               core::Instant now) const {
    MessageHeader result{type, number, now.utc, {}, 0};
    if (settings_.sends_last_msg_seq_num_processed)
        result.last_msg_seq_num_processed = store_.next_target_msg_seq_num() - 1;
    return result;
}

std::string_view body_of(const MessageView& message) {
    const auto fields = message.fields();
    const auto is_header = [](const Field& field) {
        return std::find(kHeaderTags.begin(), kHeaderTags.end(), field.tag) != kHeaderTags.end();
    };
    const auto first = std::find_if_not(fields.begin(), fields.end(), is_header);
    const std::string_view last_of_header = (first - 1)->value;
    const char* const begin = last_of_header.data() + last_of_header.size() + 1;
    const char* const end = message.bytes().data() + message.bytes().size() - kTrailerSize;
    return {begin, static_cast<std::size_t>(end - begin)};
}

}  // namespace broker::fix::native
