// Section fix_session of a profile.
#include <array>

#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"

namespace broker::config {
namespace {

constexpr std::array<std::string_view, 2> kValidationLevels{"session", "full"};
constexpr std::array<std::string_view, 2> kUnsolicitedResets{"AnswerWithLogon", "CountOurLogon"};

std::chrono::seconds seconds(const YamlValue& value) {
    return std::chrono::seconds{static_cast<std::int64_t>(value.integer(1, 86'400))};
}

std::vector<std::int32_t> tags(const YamlValue& value) {
    std::vector<std::int32_t> result;
    for (const YamlValue& element : value.list()) result.push_back(body_tag(element));
    return result;
}

fix::RecoverySettings read_recovery(const YamlValue& value) {
    YamlMap map{value};
    fix::RecoverySettings recovery;
    map.read("request_chunk", recovery.request_chunk,
             [](const YamlValue& v) { return v.integer(0, 1'000'000); });
    map.read("request_timeout_ms", recovery.request_timeout,
             [](const YamlValue& v) { return v.milliseconds(100, 600'000); });
    map.read("max_requests", recovery.max_requests,
             [](const YamlValue& v) { return static_cast<int>(v.integer(1, 100)); });
    map.read("max_gap_messages", recovery.max_gap_messages,
             [](const YamlValue& v) { return static_cast<std::size_t>(v.integer(1, 1'000'000)); });
    map.read("max_gap_kb", recovery.max_gap_bytes, [](const YamlValue& v) {
        return static_cast<std::size_t>(v.integer(1, 1U << 20U)) << 10U;
    });
    map.read("page_messages", recovery.page_messages,
             [](const YamlValue& v) { return static_cast<std::size_t>(v.integer(1, 10'000)); });
    map.read("page_time_us", recovery.page_time, [](const YamlValue& v) {
        return std::chrono::microseconds{static_cast<std::int64_t>(v.integer(1, 1'000'000))};
    });
    map.read("page_interval_ms", recovery.page_interval,
             [](const YamlValue& v) { return v.milliseconds(0, 10'000); });
    map.read("max_send_backlog_kb", recovery.max_send_backlog, [](const YamlValue& v) {
        return static_cast<std::size_t>(v.integer(1, 1U << 20U)) << 10U;
    });
    map.finish();
    return recovery;
}

}  // namespace

void read_fix_session(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("fix_session");
    if (!section) return;
    YamlMap map{*section};
    dxtrade::FixSessionRules& rules = profile.fix_session;
    map.read("validation", rules.validation, choice<fix::ValidationLevel>(kValidationLevels));
    map.read("open_enums", rules.open_enums, tags);
    map.read("unsolicited_reset", rules.unsolicited_reset,
             choice<fix::UnsolicitedReset>(kUnsolicitedResets));
    map.read("flag_on_scheduled_reset", rules.sends_flag_on_scheduled_reset, &YamlValue::boolean);
    map.read("next_expected_msg_seq_num", rules.sends_next_expected_msg_seq_num,
             &YamlValue::boolean);
    map.read("last_msg_seq_num_processed", rules.sends_last_msg_seq_num_processed,
             &YamlValue::boolean);
    map.read("orig_sending_time_required", rules.requires_orig_sending_time, &YamlValue::boolean);
    map.read("sub_ids_checked", rules.checks_sub_ids, &YamlValue::boolean);
    map.read("routed_messages_accepted", rules.accepts_routed_messages, &YamlValue::boolean);
    map.read("sending_time_tolerance_s", rules.sending_time_tolerance, seconds);
    map.read("recovery", rules.recovery, read_recovery);
    map.finish();
}

}  // namespace broker::config
