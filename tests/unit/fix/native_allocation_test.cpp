// The order path allocates nothing once it is warm.
#include <cstddef>
#include <filesystem>

#include "journal/journal_message_store.hpp"
#include "support/allocation_count.hpp"
#include "support/temporary_directory.hpp"
#include "unit/fix/native_engine_fixture.hpp"

namespace broker::test {
namespace {

class QuietListener final : public fix::SessionListener {
public:
    void on_send(std::string_view message) override { bytes += message.size(); }
    void on_logged_on() override {}
    void on_application_message(const fix::MessageView&) override { ++messages; }
    void on_session_reject(const fix::MessageView&) override {}
    fix::ResendDecision on_resend(core::MsgSeqNum, const fix::MessageView&) override {
        return fix::ResendDecision::GapFill;
    }
    void on_sequence_reset() override {}
    void on_session_ended(core::Reason, std::string_view) override {}
    std::size_t bytes = 0;
    std::size_t messages = 0;
};

TEST_F(NativeEngineTest, AllocatesNothingForOrdersAndReportsOnceItIsWarm) {
    TemporaryDirectory directory;
    QuietListener quiet;
    const auto journal = journal::Journal::open({directory.path() / "A1", "A1"}).value();
    engine = fix::make_native_engine(
        std::move(settings),
        journal::JournalMessageStore::open(*journal, clock, {"US->PEER"}).value(), clock, quiet);
    engine->connected(clock.now());
    receive(1, "A", "98=0|108=30|");
    fix::MessageEncoder order;
    order.clear("D");
    order.add(11, "A-1");
    std::vector<std::string> reports;
    for (core::MsgSeqNum number = 2; number < 300; ++number)
        reports.push_back(fix_message("35=8|34=" + std::to_string(number) +
                                      "|49=PEER|56=US|52=" + now_text() + "|37=O1|17=E1|"));
    fix::MessageView view;
    std::size_t before = 0;
    for (std::size_t i = 0; i < reports.size(); ++i) {
        if (i == 50) before = allocation_count();
        ASSERT_TRUE(view.parse(reports[i]));
        engine->received(view, clock.now());
        ASSERT_TRUE(engine->send(order, clock.now()));
    }
    EXPECT_EQ(allocation_count() - before, 0U);
    EXPECT_EQ(quiet.messages, reports.size());
    engine.reset();  // before the journal
}

}  // namespace
}  // namespace broker::test
