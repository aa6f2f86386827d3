// A host that was built against version 1.0 of the ABI, with the built plugin: it sends records of
// their size then, and reads of events the part that it knows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <condition_variable>
#include <cstring>
#include <mutex>
#include <string>
#include <vector>

#include "abi/abi_1_0.h"
#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/text.hpp"
#include "simulator/simulator.hpp"
#include "support/temporary_directory.hpp"

namespace broker::test {
namespace {

using testing::HasSubstr;

// A record of 1.0 in front of memory that is not the adapter's to read or to write.
template <class Record>
struct Guarded {
    Record record{};
    std::array<unsigned char, 256> beyond{};

    Guarded() {
        beyond.fill(0xA5);
        record.struct_size = sizeof(Record);
    }
    // As the slot takes it.
    template <class Current>
    Current* as() {
        return reinterpret_cast<Current*>(&record);
    }
    [[nodiscard]] bool is_untouched() const {
        return std::all_of(beyond.begin(), beyond.end(), [](auto byte) { return byte == 0xA5; });
    }
};

// What the host keeps of a report.
struct Report10 {
    std::string cl_ord_id;
    broker_exec_type_t exec_type = 0;
    broker_ord_status_t ord_status = 0;
    std::string cum_qty;
    broker_stage_times_t stages{};
};

class HostOfVersion10 : public testing::Test {
protected:
    static constexpr std::chrono::seconds kPatience{30};

    HostOfVersion10() {
        venue_.start();
        const std::string config = venue_.adapter_config().string();
        broker_create_params_t params{};
        params.struct_size = sizeof(params);
        params.config_path = sdk::borrow(config);
        EXPECT_EQ(api().create(&host_, &params, &adapter_, &error_), BROKER_OK) << error_.text;
        EXPECT_EQ(api().start(adapter_, &error_), BROKER_OK) << error_.text;
    }
    ~HostOfVersion10() override { api().destroy(adapter_); }

    [[nodiscard]] const broker_adapter_api_t& api() const { return library_->api(); }
    template <class Table>
    const Table& table(const char* id) {
        return *static_cast<const Table*>(api().get_extension(adapter_, sdk::borrow(id)));
    }
    [[nodiscard]] const broker_order_entry_t& orders() {
        return table<broker_order_entry_t>(BROKER_EXT_ORDER_ENTRY);
    }

    [[nodiscard]] bool wait_ready() {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, kPatience, [this] { return is_ready_; });
    }
    // The first report about the request with this status.
    [[nodiscard]] Report10 wait_for(const std::string& cl_ord_id, broker_ord_status_t status) {
        std::unique_lock lock{mutex_};
        Report10 found;
        changed_.wait_for(lock, kPatience, [&] {
            for (const Report10& report : reports_) {
                if (report.cl_ord_id != cl_ord_id || report.ord_status != status) continue;
                found = report;
                return true;
            }
            return false;
        });
        return found;
    }

    static broker_new_order_1_0_t limit_order(std::string_view id) {
        broker_new_order_1_0_t order{};
        order.struct_size = sizeof(order);
        order.side = BROKER_SIDE_BUY;
        order.ord_type = BROKER_ORD_TYPE_LIMIT;
        order.time_in_force = BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL;
        order.account = sdk::borrow("ACC-1");
        order.cl_ord_id = sdk::borrow(id);
        order.symbol = sdk::borrow("EURUSD");
        order.order_qty = {1'000, 0, 1};
        order.price = {90'000, 5, 1};
        return order;
    }

    broker_error_t error_{sizeof(broker_error_t), 0, 0, 0, {}};
    broker_adapter_t* adapter_ = nullptr;

private:
    static void BROKER_CALL on_event(void* host_data, const broker_event_t* event) {
        auto& self = *static_cast<HostOfVersion10*>(host_data);
        const std::lock_guard lock{self.mutex_};
        if (event->type == BROKER_EVENT_SESSION) {
            const auto& session = *reinterpret_cast<const broker_session_event_t*>(event);
            self.is_ready_ = session.state == BROKER_ACCOUNT_STATE_READY;
        } else if (event->type == BROKER_EVENT_EXECUTION_REPORT) {
            EXPECT_GE(event->struct_size, sizeof(broker_execution_report_1_0_t));
            broker_execution_report_1_0_t report;  // the part that both sides know
            std::memcpy(&report, event, sizeof(report));
            self.reports_.push_back({std::string{sdk::view(report.cl_ord_id)}, report.exec_type,
                                     report.ord_status, sdk::decimal_text(report.cum_qty),
                                     report.stages});
        }
        self.changed_.notify_all();
    }

    TemporaryDirectory directory_;
    simulator::Simulator venue_{{.directory = directory_.path() / "venue"}};
    std::shared_ptr<const sdk::PluginLibrary> library_ =
        sdk::PluginLibrary::load(DXTRADE_ADAPTER_SO);
    const broker_host_t host_{1, 0, this, &on_event, nullptr};
    std::mutex mutex_;  // guards the three below
    std::condition_variable changed_;
    bool is_ready_ = false;
    std::vector<Report10> reports_;
};

TEST_F(HostOfVersion10, SubmitsReplacesAndCancels) {
    ASSERT_TRUE(wait_ready());
    Guarded<broker_new_order_1_0_t> order;
    order.record = limit_order("H-1");
    ASSERT_EQ(orders().submit(adapter_, order.as<broker_new_order_t>(), &error_), BROKER_OK)
        << error_.text;
    const Report10 accepted = wait_for("H-1", BROKER_ORD_STATUS_NEW);
    EXPECT_EQ(accepted.exec_type, BROKER_EXEC_TYPE_NEW);
    EXPECT_EQ(accepted.cum_qty, "0");
    EXPECT_GT(accepted.stages.delivered, accepted.stages.signal);

    Guarded<broker_replace_order_1_0_t> replace;
    replace.record.account = sdk::borrow("ACC-1");
    replace.record.cl_ord_id = sdk::borrow("H-2");
    replace.record.orig_cl_ord_id = sdk::borrow("H-1");
    replace.record.price = {91'000, 5, 1};
    ASSERT_EQ(orders().replace(adapter_, replace.as<broker_replace_order_t>(), &error_), BROKER_OK)
        << error_.text;
    EXPECT_EQ(wait_for("H-2", BROKER_ORD_STATUS_NEW).exec_type, BROKER_EXEC_TYPE_REPLACED);

    broker_cancel_order_t cancel{};  // has not grown
    cancel.struct_size = sizeof(cancel);
    cancel.account = sdk::borrow("ACC-1");
    cancel.cl_ord_id = sdk::borrow("H-3");
    cancel.orig_cl_ord_id = sdk::borrow("H-2");
    ASSERT_EQ(orders().cancel(adapter_, &cancel, &error_), BROKER_OK) << error_.text;
    EXPECT_EQ(wait_for("H-3", BROKER_ORD_STATUS_CANCELED).exec_type, BROKER_EXEC_TYPE_CANCELED);
}

TEST_F(HostOfVersion10, ReadsItsPartOfAnAccountsStatusAndCapabilities) {
    Guarded<broker_account_status_1_0_t> status;
    const auto& accounts = table<broker_account_api_t>(BROKER_EXT_ACCOUNT);
    ASSERT_EQ(accounts.get_status(adapter_, sdk::borrow("ACC-1"),
                                  status.as<broker_account_status_t>(), &error_),
              BROKER_OK)
        << error_.text;
    EXPECT_EQ(sdk::view(status.record.account), "ACC-1");
    EXPECT_EQ(sdk::view(status.record.profile), "simulator");
    EXPECT_EQ(status.record.struct_size, sizeof(broker_account_status_1_0_t));
    EXPECT_TRUE(status.is_untouched()) << "the adapter wrote beyond the caller's record";

    Guarded<broker_capabilities_1_0_t> capabilities;
    const auto& table_of_capabilities = table<broker_capabilities_api_t>(BROKER_EXT_CAPABILITIES);
    ASSERT_EQ(table_of_capabilities.get(adapter_, sdk::borrow("ACC-1"),
                                        capabilities.as<broker_capabilities_t>(), &error_),
              BROKER_OK)
        << error_.text;
    EXPECT_NE(capabilities.record.ord_types & 1U << BROKER_ORD_TYPE_LIMIT, 0U);
    EXPECT_EQ(capabilities.record.struct_size, sizeof(broker_capabilities_1_0_t));
    EXPECT_TRUE(capabilities.is_untouched()) << "the adapter wrote beyond the caller's record";
}

TEST_F(HostOfVersion10, IsToldWhenARecordIsEvenSmallerThanThen) {
    Guarded<broker_new_order_1_0_t> order;
    order.record = limit_order("H-1");
    order.record.struct_size = sizeof(order.record) - 1;
    EXPECT_EQ(orders().submit(adapter_, order.as<broker_new_order_t>(), &error_),
              BROKER_INVALID_ARGUMENT);
    EXPECT_THAT(error_.text, HasSubstr("struct_size"));
    Guarded<broker_account_status_1_0_t> status;
    status.record.struct_size = sizeof(status.record) - 1;
    const auto& accounts = table<broker_account_api_t>(BROKER_EXT_ACCOUNT);
    EXPECT_EQ(accounts.get_status(adapter_, sdk::borrow("ACC-1"),
                                  status.as<broker_account_status_t>(), &error_),
              BROKER_INVALID_ARGUMENT);
}

// A host of a later minor version, seen from here.
struct LaterOrder {
    broker_new_order_t known{};
    std::uint64_t added_later = 0;
};

LaterOrder later_order(const broker_new_order_1_0_t& order) {
    LaterOrder later;
    std::memcpy(static_cast<void*>(&later.known), &order, sizeof(order));
    later.known.struct_size = sizeof(later);
    return later;
}

TEST_F(HostOfVersion10, IsFollowedByHostsWhoseUnknownInstructionsAreRefusedAndNotDropped) {
    ASSERT_TRUE(wait_ready());
    LaterOrder order = later_order(limit_order("H-1"));
    order.added_later = 1;
    EXPECT_EQ(orders().submit(adapter_, &order.known, &error_), BROKER_INVALID_ARGUMENT);
    EXPECT_THAT(error_.text, HasSubstr("does not know"));
    order.added_later = 0;
    EXPECT_EQ(orders().submit(adapter_, &order.known, &error_), BROKER_OK) << error_.text;
    EXPECT_EQ(wait_for("H-1", BROKER_ORD_STATUS_NEW).exec_type, BROKER_EXEC_TYPE_NEW);
}

}  // namespace
}  // namespace broker::test
