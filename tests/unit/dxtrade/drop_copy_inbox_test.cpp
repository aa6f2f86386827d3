#include "dxtrade/fix/drop_copy_inbox.hpp"

#include <gmock/gmock.h>

#include "unit/dxtrade/dxtrade_fixture.hpp"

namespace broker::dxtrade::fix {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

constexpr core::MonotonicTime kReceived{std::chrono::seconds{5}};
const std::string kFill = "|37=V|17=E|150=F|39=1|55=EURUSD|54=1|38=9|32=5|31=1.1|151=4|14=5|6=1.1|";

class DropCopyInboxTest : public testing::Test {
protected:
    void receive(std::string_view body) {
        inbox_.on_application_message(received_.parse(body), kReceived);
    }

    Dialect dialect_{Profile{}, "default:ACC-1"};
    RecordingListener listener_;
    ReceivedMessage received_;
    DropCopyInbox inbox_{dialect_, listener_};
};

TEST_F(DropCopyInboxTest, CopyIsDeliveredWithItsChannelAndFill) {
    receive("35=8|34=2|797=Y|9945=77|11=A|1=default:ACC-1" + kFill);
    ASSERT_THAT(listener_.reports, ElementsAre("A"));
    EXPECT_EQ(listener_.raw_reports[0].channel, core::Channel::FixDropCopy);
    EXPECT_EQ(listener_.raw_reports[0].last_qty, core::Decimal::parse("5"));
    EXPECT_THAT(listener_.faults, IsEmpty());
}

TEST_F(DropCopyInboxTest, OurAccountIsOursWithAndWithoutItsClearing) {
    receive("35=8|34=2|797=Y|11=A|1=ACC-1" + kFill);
    receive("35=8|34=3|797=Y|11=B" + kFill);
    EXPECT_THAT(listener_.reports, ElementsAre("A", "B"));
    EXPECT_EQ(inbox_.foreign_count(), 0U);
}

TEST_F(DropCopyInboxTest, ReportsAboutOtherAccountsAreCountedAndNotDelivered) {
    receive("35=8|34=2|797=Y|11=A|1=default:ACC-2" + kFill);
    EXPECT_THAT(listener_.reports, IsEmpty());
    EXPECT_EQ(inbox_.foreign_count(), 1U);
}

TEST_F(DropCopyInboxTest, IdsOfTheVenueAreNotTakenForOursWhereTheProfileSaysSo) {
    Profile profile;
    profile.drop_copy.cl_ord_id = DropCopyClOrdID::Venue;
    const Dialect dialect{profile, "ACC-1"};
    DropCopyInbox inbox{dialect, listener_};
    inbox.on_application_message(received_.parse("35=8|34=2|797=Y|11=A|41=B" + kFill), kReceived);
    ASSERT_THAT(listener_.reports, ElementsAre(""));
    EXPECT_TRUE(listener_.raw_reports[0].orig_cl_ord_id.empty());
}

TEST_F(DropCopyInboxTest, AllocationIsANoticeAndAnUnknownTypeAFault) {
    receive("35=AS|34=2|755=AL1|");
    EXPECT_THAT(listener_.notices, ElementsAre("AllocationReport|755=AL1"));
    receive("35=AP|34=3|721=R|");
    EXPECT_THAT(listener_.faults, ElementsAre(core::Reason::MsgTypeUnknown));
}

}  // namespace
}  // namespace broker::dxtrade::fix
