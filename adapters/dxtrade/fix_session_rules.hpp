// How a broker's FIX gateway keeps its sessions, as data. Part of Profile. The native engine alone
// acts upon it; docs/fix-session.md says what each rule does.
#pragma once

#include <chrono>
#include <cstdint>
#include <vector>

#include "fix/session_engine.hpp"

namespace broker::dxtrade {

struct FixSessionRules {
    broker::fix::ValidationLevel validation = broker::fix::ValidationLevel::Session;
    std::vector<std::int32_t> open_enums;  // tags with values beyond the standard's
    broker::fix::UnsolicitedReset unsolicited_reset =
        broker::fix::UnsolicitedReset::AnswerWithLogon;
    // ResetSeqNumFlag=Y in the Logon after a scheduled reset; false: the venue resets by itself.
    bool sends_flag_on_scheduled_reset = true;
    bool sends_next_expected_msg_seq_num = false;
    bool sends_last_msg_seq_num_processed = false;
    bool requires_orig_sending_time = true;
    bool checks_sub_ids = false;
    bool accepts_routed_messages = true;
    std::chrono::seconds sending_time_tolerance{120};
    broker::fix::RecoverySettings recovery;
};

}  // namespace broker::dxtrade
