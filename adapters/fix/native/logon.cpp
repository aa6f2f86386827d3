#include "fix/native/logon.hpp"

#include <stdexcept>

#include "fix/native/inbound_sequence.hpp"
#include "fix/native/session_tags.hpp"
#include "fix/native/validation.hpp"

namespace broker::fix::native {
namespace {

constexpr std::int64_t kMaxHeartBtInt = 86'400;  // seconds
constexpr std::size_t kMaxQuoted = 40;
constexpr std::size_t kMaxSettingSize = 1000;

bool is_text(std::string_view text) {
    return text.size() <= kMaxSettingSize && text.find(kSoh) == std::string_view::npos;
}

std::string quoted(const MessageView& message, std::int32_t tag) {
    return "tag " + std::to_string(tag) + " is \"" +
           std::string{message.get(tag).substr(0, kMaxQuoted)} + '"';
}

}  // namespace

void check_settings(const SessionSettings& settings) {
    const auto heart_bt_int = settings.heart_bt_int.count();
    if (heart_bt_int < 1 || heart_bt_int > kMaxHeartBtInt)
        throw std::runtime_error{"HeartBtInt is 1 second to 1 day"};
    if (settings.sender_comp_id.empty() || settings.target_comp_id.empty())
        throw std::runtime_error{"SenderCompID and TargetCompID are required"};
    for (const std::string* text :
         {&settings.begin_string, &settings.sender_comp_id, &settings.target_comp_id,
          &settings.sender_sub_id, &settings.target_sub_id, &settings.username})
        if (!is_text(*text))
            throw std::runtime_error{"a session setting holds a SOH or is too long"};
    if (!is_text(settings.password.reveal()))
        throw std::runtime_error{"the password holds a SOH or is too long"};
    const RecoverySettings& recovery = settings.recovery;
    if (recovery.max_requests < 1 || recovery.page_messages < 1 || recovery.max_gap_messages < 1)
        throw std::runtime_error{"the limits of the recovery are at least 1"};
}

void write_logon(const SessionSettings& settings, bool resets, core::MsgSeqNum next_target,
                 MessageEncoder& body) {
    body.clear(msg_type::kLogon);
    body.add(tag::kEncryptMethod, '0');
    body.add(tag::kHeartBtInt, std::int64_t{settings.heart_bt_int.count()});
    if (resets) body.add(tag::kResetSeqNumFlag, 'Y');
    if (settings.sends_next_expected_msg_seq_num)
        body.add(tag::kNextExpectedMsgSeqNum, static_cast<std::int64_t>(next_target));
    if (!settings.username.empty()) body.add(tag::kUsername, settings.username);
    if (!settings.password.empty()) body.add(tag::kPassword, settings.password.reveal());
}

std::optional<std::string> find_logon_fault(const MessageView& logon) {
    if (const auto fault = find_session_fault(logon))
        return std::string{reject_text(fault->reason)} + ": " + quoted(logon, fault->ref_tag);
    if (logon.get(tag::kEncryptMethod) != "0") return quoted(logon, tag::kEncryptMethod);
    const auto heart_bt_int = logon.find_number(tag::kHeartBtInt);
    if (!heart_bt_int || *heart_bt_int > kMaxHeartBtInt) return quoted(logon, tag::kHeartBtInt);
    return std::nullopt;
}

std::optional<std::string> find_reset_fault(const MessageView& logon, bool we_asked_for_reset) {
    const bool resets = logon.is_yes(tag::kResetSeqNumFlag);
    const bool is_first = logon.msg_seq_num() == 1;
    if (resets && !is_first) return "ResetSeqNumFlag=Y under MsgSeqNum other than 1";
    // Why refused: going on would ask for the messages of before the reset, and deliver them again.
    if (we_asked_for_reset && !is_first) return "the peer did not reset its MsgSeqNum";
    return std::nullopt;
}

NextExpected classify_next_expected(const MessageView& logon, core::MsgSeqNum our_logon) {
    const auto expected = logon.find_number(tag::kNextExpectedMsgSeqNum);
    if (!expected || *expected == 0) return NextExpected::Absent;
    if (*expected > our_logon + 1) return NextExpected::AheadOfUs;
    return *expected == our_logon + 1 ? NextExpected::InStep : NextExpected::BehindUs;
}

}  // namespace broker::fix::native
