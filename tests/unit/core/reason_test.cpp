#include "core/reason.hpp"

#include <gtest/gtest.h>

#include <set>

namespace broker::core {
namespace {

constexpr std::string_view kUnknown = "UNKNOWN_REASON";

TEST(Reason, NamesAreThoseOfTheAbiHeader) {
    EXPECT_EQ(reason_name(Reason::None), "NONE");
    EXPECT_EQ(reason_name(Reason::TlsCertificateExpired), "TLS_CERTIFICATE_EXPIRED");
    EXPECT_EQ(reason_name(Reason::DuplicateClOrdID), "DUPLICATE_CL_ORD_ID");
    EXPECT_EQ(reason_name(Reason::MsgSeqNumTooLow), "MSG_SEQ_NUM_TOO_LOW");
    EXPECT_EQ(reason_name(Reason::OutcomeUnreadable), "OUTCOME_UNREADABLE");
}

TEST(Reason, EveryNameIsDistinctAndInUpperSnakeCase) {
    std::set<std::string_view> names;
    for (int value = 0; value < 1000; ++value) {
        const std::string_view name = reason_name(static_cast<Reason>(value));
        if (name == kUnknown) continue;
        EXPECT_TRUE(names.insert(name).second) << name;
        EXPECT_EQ(name.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ_"), name.npos) << name;
    }
    EXPECT_EQ(names.size(), 104U);
}

TEST(Reason, EveryFailureSaysWhatToDoInOneSentence) {
    for (int value = 0; value < 1000; ++value) {
        const auto reason = static_cast<Reason>(value);
        if (reason_name(reason) == kUnknown) continue;
        const std::string_view action = suggested_action(reason);
        EXPECT_TRUE(action.empty() || action.ends_with('.')) << reason_name(reason);
    }
    EXPECT_NE(suggested_action(Reason::OutcomeTimeout), "");
    EXPECT_EQ(suggested_action(Reason::LogonAccepted), "");
}

TEST(Reason, AValueOutsideTheEnumHasNoNameAndNoAction) {
    EXPECT_EQ(reason_name(static_cast<Reason>(999)), kUnknown);
    EXPECT_EQ(reason_name(static_cast<Reason>(-1)), kUnknown);
    EXPECT_EQ(suggested_action(static_cast<Reason>(999)), "");
}

}  // namespace
}  // namespace broker::core
