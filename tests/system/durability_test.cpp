// `durability: before_send` through the built plugin: what the venue has, the disk has.
#include <gtest/gtest.h>

#include <optional>
#include <string>

#include "journal/journal_header.hpp"
#include "system/journal_folder.hpp"
#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

class BeforeSend : public testing::Test {
protected:
    BeforeSend() {
        rig_.account().account_extra = "    durability: before_send\n";
        rig_.start();
        EXPECT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    }
    [[nodiscard]] std::filesystem::path folder() const {
        return rig_.directory() / "journal" / "ACC-1";
    }
    // Up to which position the journal is on the disk.
    [[nodiscard]] journal::Position durable() const {
        const auto header = journal::JournalHeaderSnapshot::read(folder());
        EXPECT_TRUE(header) << header.error().detail;
        return header ? header->durable : 0;
    }
    // Where the message with the order ends.
    [[nodiscard]] std::optional<journal::Position> end_of_message(const std::string& id) const {
        std::optional<journal::Position> end;
        const std::string field =
            "\x01"
            "11=" +
            id + '\x01';
        read_journal(folder(), [&](const journal::Record& record) {
            const bool is_it = record.header.kind == journal::RecordKind::FixOut &&
                               record.payload.find(field) != std::string_view::npos;
            if (is_it) end = record.next;
        });
        return end;
    }

    TradingRig rig_{{"ACC-1"}};
};

TEST_F(BeforeSend, OrderIsOnTheDiskWhenTheVenueHasIt) {
    for (int i = 0; i < 100; ++i) {
        const std::string id = "O" + std::to_string(i);
        ASSERT_TRUE(rig_.submit({.account = "ACC-1", .id = id, .price = "0.5"}).is_ok());
        ASSERT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_NEW))) << rig_.log();
        const journal::Position on_disk = durable();
        const auto end = end_of_message(id);
        ASSERT_TRUE(end) << id;
        EXPECT_LE(*end, on_disk) << id;
    }
    EXPECT_EQ(rig_.received(0, "D", "O99"), 1U);
}

TEST_F(BeforeSend, SessionComesBackAndOrdersGoOn) {
    ASSERT_TRUE(rig_.submit({.account = "ACC-1", .id = "A", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("A", BROKER_ORD_STATUS_NEW))) << rig_.log();
    rig_.events().clear();
    rig_.venue().drop_connections(simulator::Listener::FixTrading);
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    ASSERT_TRUE(rig_.cancel("ACC-1", "B", "A").is_ok());
    EXPECT_TRUE(rig_.events().wait_for([](const RecordedEvent& event) {
        return event.cl_ord_id == "B" && event.ord_status == BROKER_ORD_STATUS_CANCELED;
    })) << rig_.log();
    EXPECT_EQ(rig_.received(0, "D", "A"), 1U);
}

}  // namespace
}  // namespace broker::test
