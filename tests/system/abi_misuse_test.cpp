// Wrong calls into the built plugin: a status each, never a crash, and nothing else disturbed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using testing::HasSubstr;

class AbiMisuse : public testing::Test {
protected:
    AbiMisuse() { rig_.create(); }

    template <class Table>
    const Table& table(const char* id) {
        const auto* found = static_cast<const Table*>(rig_.adapter().find_extension(id));
        EXPECT_NE(found, nullptr) << id;
        return *found;
    }
    [[nodiscard]] const broker_adapter_api_t& api() { return rig_.adapter().library().api(); }

    static broker_error_t error_record() {
        broker_error_t error{};
        error.struct_size = sizeof(error);
        return error;
    }

    TradingRig rig_{{"ACC-1"}};
};

TEST_F(AbiMisuse, NullAdapterIsAStatusInEverySlot) {
    EXPECT_EQ(api().start(nullptr, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(api().stop(nullptr, nullptr), BROKER_INVALID_ARGUMENT);
    api().destroy(nullptr);
    EXPECT_EQ(api().get_extension(nullptr, sdk::borrow(BROKER_EXT_ACCOUNT)), nullptr);

    const auto& orders = table<broker_order_entry_t>(BROKER_EXT_ORDER_ENTRY);
    broker_new_order_t order{};
    order.struct_size = sizeof(order);
    broker_replace_order_t replace{};
    replace.struct_size = sizeof(replace);
    broker_cancel_order_t cancel{};
    cancel.struct_size = sizeof(cancel);
    broker_cancel_all_t cancel_all{};
    cancel_all.struct_size = sizeof(cancel_all);
    EXPECT_EQ(orders.submit(nullptr, &order, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(orders.replace(nullptr, &replace, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(orders.cancel(nullptr, &cancel, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(orders.cancel_all(nullptr, &cancel_all, nullptr), BROKER_INVALID_ARGUMENT);

    const auto& accounts = table<broker_account_api_t>(BROKER_EXT_ACCOUNT);
    broker_account_status_t status{};
    status.struct_size = sizeof(status);
    EXPECT_EQ(accounts.count(nullptr), 0U);
    EXPECT_EQ(accounts.get_status_at(nullptr, 0, &status, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(accounts.get_status(nullptr, {}, &status, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(accounts.request_snapshot(nullptr, {}, 1, nullptr), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(accounts.request_summary(nullptr, {}, 1, nullptr), BROKER_INVALID_ARGUMENT);

    const auto& capabilities = table<broker_capabilities_api_t>(BROKER_EXT_CAPABILITIES);
    EXPECT_EQ(capabilities.get(nullptr, {}, nullptr, nullptr), BROKER_INVALID_ARGUMENT);
}

TEST_F(AbiMisuse, NullOrWronglySizedRecordsAreStatuses) {
    const auto& orders = table<broker_order_entry_t>(BROKER_EXT_ORDER_ENTRY);
    // The handle hides the adapter; a null record is looked at before it.
    EXPECT_EQ(orders.submit(nullptr, nullptr, nullptr), BROKER_INVALID_ARGUMENT);
    broker_new_order_t order{};
    broker_error_t error = error_record();
    EXPECT_EQ(orders.submit(nullptr, &order, &error), BROKER_INVALID_ARGUMENT);
    EXPECT_THAT(error.text, HasSubstr("struct_size"));
    broker_adapter_t* adapter = nullptr;
    EXPECT_EQ(api().create(nullptr, nullptr, &adapter, &error), BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(adapter, nullptr);
}

TEST_F(AbiMisuse, UnknownAccountIsNamed) {
    const sdk::Status status = rig_.submit({.account = "NOBODY", .id = "A-1"});
    EXPECT_EQ(status.code, BROKER_REFUSED);
    EXPECT_EQ(status.reason, BROKER_REASON_ACCOUNT_UNKNOWN);
    EXPECT_THAT(status.text, HasSubstr("NOBODY"));
    broker_account_status_t account{};
    EXPECT_EQ(rig_.adapter().accounts()->get_status("NOBODY", account).reason,
              BROKER_REASON_ACCOUNT_UNKNOWN);
}

TEST(AbiCapabilities, SayWhatTheProfileLeavesOutAndTheCallRefusesIt) {
    TradingRig rig{{"ACC-1"}};
    rig.account().profile = "dxtrade-cfd";
    rig.create();
    broker_capabilities_t capabilities{};
    ASSERT_TRUE(rig.adapter().capabilities()->get("ACC-1", capabilities).is_ok());
    EXPECT_EQ(capabilities.can_request_account_summary, 0);
    EXPECT_EQ(capabilities.can_replace, 0);
    EXPECT_EQ(capabilities.ord_types, 1U << BROKER_ORD_TYPE_MARKET | 1U << BROKER_ORD_TYPE_LIMIT |
                                          1U << BROKER_ORD_TYPE_STOP);
    EXPECT_EQ(rig.adapter().accounts()->request_summary("ACC-1", 1).code, BROKER_NOT_SUPPORTED);
}

TEST_F(AbiMisuse, LifecycleCallFromACallbackIsRefused) {
    sdk::Status from_callback;
    rig_.events().on_each([&](const RecordedEvent& event) {
        if (event.state == BROKER_ACCOUNT_STATE_READY) from_callback = rig_.adapter().stop();
    });
    ASSERT_TRUE(rig_.adapter().start().is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    rig_.stop();
    EXPECT_EQ(from_callback.code, BROKER_WRONG_THREAD);
    EXPECT_THAT(from_callback.text, HasSubstr("callback"));
}

TEST_F(AbiMisuse, DestroyWithoutStopLogsOutFirst) {
    ASSERT_TRUE(rig_.adapter().start().is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    rig_.destroy();
    EXPECT_EQ(rig_.events().count(state_is("ACC-1", BROKER_ACCOUNT_STATE_STOPPED)), 1U);
    EXPECT_EQ(rig_.received(0, "5", ""), 1U);
}

TEST(FailedCreate, LeavesNothingLockedBehind) {
    TradingRig rig{{"ACC-1", "ACC-2"}};
    rig.account(1).password = "no-such.password";
    try {
        rig.create();
        FAIL() << "a missing password is an error";
    } catch (const sdk::PluginError& e) {
        EXPECT_THAT(e.what(), HasSubstr("account ACC-2: fix.trading.password"));
        EXPECT_THAT(e.what(), HasSubstr("no-such.password"));
    }
    rig.account(1).password = "ACC-2.password";
    EXPECT_NO_THROW(rig.create());  // the store of ACC-1, opened before the failure, is free again
}

}  // namespace
}  // namespace broker::test
