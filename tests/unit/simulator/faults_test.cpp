#include "simulator/faults.hpp"

#include <gtest/gtest.h>

namespace broker::simulator {
namespace {

const std::string kMessage =
    "8=FIX.4.4\x01"
    "9=5\x01"
    "35=0\x01"
    "10=169\x01";

std::string spoiled_by(Fault fault) {
    FaultSet faults;
    faults.set(fault, true);
    return spoil(faults, kMessage);
}

TEST(Faults, LeaveMessagesAloneWhenOff) { EXPECT_EQ(spoil({}, kMessage), kMessage); }

TEST(Faults, ChangeNothingButTheChecksum) {
    const auto spoiled = spoiled_by(Fault::WrongChecksum);
    EXPECT_EQ(spoiled,
              "8=FIX.4.4\x01"
              "9=5\x01"
              "35=0\x01"
              "10=160\x01");
}

TEST(Faults, PutAsManyBytesOfGarbageInPlaceOfAMessage) {
    const auto spoiled = spoiled_by(Fault::Garbage);
    EXPECT_EQ(spoiled.size(), kMessage.size());
    EXPECT_EQ(spoiled.find("8=FIX"), std::string::npos);
}

TEST(Faults, LoseWhatIsMute) {
    EXPECT_EQ(spoiled_by(Fault::MuteToClient), "");
    EXPECT_EQ(spoiled_by(Fault::MuteToServer), kMessage) << "the other direction";
}

TEST(Faults, AreKnownByName) {
    for (std::size_t i = 0; i < kFaultCount; ++i) {
        const auto fault = static_cast<Fault>(i);
        EXPECT_EQ(fault_from_name(fault_name(fault)), fault);
    }
    EXPECT_FALSE(fault_from_name("none"));
}

}  // namespace
}  // namespace broker::simulator
