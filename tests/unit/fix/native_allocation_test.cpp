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
        return fix::ResendDecision::Resend;
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

TEST_F(NativeEngineTest, AllocatesNothingForThePagesOfAResendOnceItIsWarm) {
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
    for (int i = 0; i < 5'000; ++i) ASSERT_TRUE(engine->send(order, clock.now()));
    receive(2, "2", "7=1|16=0|");
    std::size_t before = 0;
    std::size_t bytes = 0;
    for (int page = 0; page < 20; ++page) {
        if (page == 2) {
            before = allocation_count();
            bytes = quiet.bytes;
        }
        clock.advance(std::chrono::milliseconds{1});
        engine->on_timer(clock.now());
    }
    EXPECT_EQ(allocation_count() - before, 0U);
    EXPECT_GT(quiet.bytes - bytes, 18U * 200U * 80U) << "18 pages of 200 messages";
    engine.reset();  // before the journal
}

}  // namespace
}  // namespace broker::test
