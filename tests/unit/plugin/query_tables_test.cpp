// The extensions that ask, called through the adapter's C tables as a host does.
#include "abi/query_tables.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstddef>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

#include "abi/adapter_object.hpp"
#include "abi/record.hpp"
#include "broker/abi/broker.h"
#include "support/temporary_directory.hpp"

namespace broker::abi {
namespace {

using testing::HasSubstr;

// Of an authority that signs nothing here.
constexpr const char* kAuthority = R"(-----BEGIN CERTIFICATE-----
MIIBfDCCASGgAwIBAgIUcLz1xaJYtwAW2y8iJhqQgUxX6wYwCgYIKoZIzj0EAwIw
EjEQMA4GA1UEAwwHdGVzdCBDQTAgFw0yNjExMjYyMDIyMjBaGA8yMTI2MTEwMjIw
MjIyMFowEjEQMA4GA1UEAwwHdGVzdCBDQTBZMBMGByqGSM49AgEGCCqGSM49AwEH
A0IABJW8pEJLFY7yrfgPvQE71SQw0xp4Au+R2Pflr8miHkaMrDKGsV/3JT4d3qoA
saVtgoZ+x6H2txWCHOGEGDj7kQCjUzBRMB0GA1UdDgQWBBR2C6ES2HvjIHhifA45
L8dJZEzdnjAfBgNVHSMEGDAWgBR2C6ES2HvjIHhifA45L8dJZEzdnjAPBgNVHRMB
Af8EBTADAQH/MAoGCCqGSM49BAMCA0kAMEYCIQDUloXGPKsfkPrl+Ptzhqlw2iTV
Fl0jBunZdkwTd/tE7QIhAKzY0Vy8T1lbKSD5UpMhFNormV6IVryEc9zZj6uFPFxs
-----END CERTIFICATE-----
)";

// FIX alone has no past; the other account has REST beside it.
constexpr const char* kAccounts = R"(
accounts:
  - id: FIX
    profile: simulator
    account: "default:A"
    tls: {trust: file:ca.pem}
    fix: {trading: {hosts: ["127.0.0.1:1"], sender_comp_id: A, target_comp_id: V}}
  - id: BOTH
    profile: simulator
    account: "default:B"
    tls: {trust: file:ca.pem}
    fix: {trading: {hosts: ["127.0.0.1:1"], sender_comp_id: B, target_comp_id: V}}
    rest: {base_url: "https://127.0.0.1:1/dxsca-web", username: u, password: file:password}
)";

class QueryTables : public testing::Test {
protected:
    QueryTables() {
        const auto password = directory_.path() / "password";
        std::ofstream{password} << "p";
        std::filesystem::permissions(password, std::filesystem::perms::owner_read);
        std::ofstream{directory_.path() / "ca.pem"} << kAuthority;
        const auto file = directory_.path() / "adapter.yaml";
        std::ofstream{file} << "adapter: {journal_dir: journal, data_dir: \"" DXTRADE_CONFIG_DIR
                               "\"}\n"
                            << kAccounts;
        const std::string path = file.string();
        broker_create_params_t params{};
        params.struct_size = sizeof(params);
        params.config_path = str(path);
        broker_error_t error{};
        error.struct_size = sizeof(error);
        EXPECT_EQ(adapter_table()->create(&host_, &params, &adapter_, &error), BROKER_OK)
            << error.text;
    }
    ~QueryTables() override { adapter_table()->destroy(adapter_); }
    QueryTables(const QueryTables&) = delete;
    QueryTables& operator=(const QueryTables&) = delete;

    template <class Table>
    const Table* table(const char* id) {
        return static_cast<const Table*>(adapter_table()->get_extension(adapter_, str(id)));
    }
    static broker_query_t query(const char* account) {
        broker_query_t query{};
        query.struct_size = sizeof(query);
        query.account = str(account);
        query.request_id = 1;
        return query;
    }
    // The status and words of a question; asked, it would be refused for want of a connection.
    template <class Slot>
    std::string answer(Slot slot, const broker_query_t* query) {
        broker_error_t error{};
        error.struct_size = sizeof(error);
        const broker_status_t status = slot(adapter_, query, &error);
        return std::to_string(status) + " " + std::to_string(error.reason) + " " + error.text;
    }

    const test::TemporaryDirectory directory_;
    const broker_host_t host_{BROKER_ABI_MAJOR, BROKER_ABI_MINOR, nullptr,
                              [](void*, const broker_event_t*) {}, nullptr};
    broker_adapter_t* adapter_ = nullptr;
};

std::string start_of(broker_status_t status, broker_reason_t reason) {
    return std::to_string(status) + " " + std::to_string(reason) + " ";
}

TEST_F(QueryTables, QuestionAboutThePastIsNotSupportedWhereNoChannelHasTheAnswer) {
    const auto* history = table<broker_history_t>(BROKER_EXT_HISTORY);
    const auto* conversion = table<broker_conversion_t>(BROKER_EXT_CONVERSION);
    ASSERT_NE(history, nullptr);
    ASSERT_NE(conversion, nullptr);
    const broker_query_t asked = query("FIX");
    const std::string refused =
        start_of(BROKER_NOT_SUPPORTED, BROKER_REASON_CHANNEL_NOT_CONFIGURED);
    EXPECT_THAT(answer(history->request_orders, &asked), testing::StartsWith(refused));
    EXPECT_THAT(answer(history->request_orders, &asked), HasSubstr("OrderHistory"));
    EXPECT_THAT(answer(history->request_cash_transfers, &asked), testing::StartsWith(refused));
    EXPECT_THAT(answer(history->request_account_events, &asked), testing::StartsWith(refused));
    EXPECT_THAT(answer(conversion->request_rates, &asked), testing::StartsWith(refused));
}

TEST_F(QueryTables, QuestionAboutThePastWaitsForAConnectionWhereRestHasTheAnswer) {
    const auto* history = table<broker_history_t>(BROKER_EXT_HISTORY);
    const auto* conversion = table<broker_conversion_t>(BROKER_EXT_CONVERSION);
    const broker_query_t asked = query("BOTH");
    broker_query_t candles = query("BOTH");
    candles.symbol = str("EURUSD");
    candles.candle_type = str("m");
    candles.from = 1;
    const std::string refused = start_of(BROKER_REFUSED, BROKER_REASON_ACCOUNT_NOT_READY);
    EXPECT_THAT(answer(history->request_orders, &asked), testing::StartsWith(refused));
    EXPECT_THAT(answer(history->request_cash_transfers, &asked), testing::StartsWith(refused));
    EXPECT_THAT(answer(history->request_account_events, &asked), testing::StartsWith(refused));
    EXPECT_THAT(answer(history->request_candles, &candles), testing::StartsWith(refused));
    EXPECT_THAT(answer(conversion->request_rates, &asked), testing::StartsWith(refused));
}

TEST_F(QueryTables, WrongRecordIsAnArgumentErrorAndNamesTheField) {
    const auto* history = table<broker_history_t>(BROKER_EXT_HISTORY);
    const std::string invalid = start_of(BROKER_INVALID_ARGUMENT, BROKER_REASON_INVALID_FIELD);
    broker_query_t asked = query("BOTH");
    EXPECT_THAT(answer(history->request_candles, &asked),
                testing::StartsWith(invalid + "symbol: expected"));
    asked.symbol = str("EURUSD");
    EXPECT_THAT(answer(history->request_cash_transfers, &asked),
                testing::StartsWith(invalid + "symbol: expected empty"));
    EXPECT_THAT(answer(history->request_orders, nullptr), testing::StartsWith(invalid));
    EXPECT_THAT(answer(history->request_orders, &(asked = query("NONE"))),
                testing::StartsWith(start_of(BROKER_REFUSED, BROKER_REASON_ACCOUNT_UNKNOWN)));
}

TEST_F(QueryTables, QuestionOfALaterVersionIsRefusedOnlyIfItSaysMore) {
    const auto* history = table<broker_history_t>(BROKER_EXT_HISTORY);
    struct LaterQuery {
        broker_query_t known;
        std::uint64_t later_field;
    } later{query("BOTH"), 0};
    later.known.struct_size = sizeof(later);
    EXPECT_THAT(answer(history->request_orders, &later.known),
                testing::StartsWith(start_of(BROKER_REFUSED, BROKER_REASON_ACCOUNT_NOT_READY)));
    later.later_field = 7;
    EXPECT_THAT(
        answer(history->request_orders, &later.known),
        testing::StartsWith(start_of(BROKER_INVALID_ARGUMENT, BROKER_REASON_INVALID_FIELD)));
}

TEST_F(QueryTables, AccountStatusTellsWhatOrdersGoByAndThatBudgetsAreNotKnown) {
    const auto* accounts = table<broker_account_api_t>(BROKER_EXT_ACCOUNT);
    broker_account_status_t status{};
    status.struct_size = sizeof(status);
    ASSERT_EQ(accounts->get_status(adapter_, str("BOTH"), &status, nullptr), BROKER_OK);
    EXPECT_EQ(status.order_entry, BROKER_CHANNEL_FIX_TRADING);
    EXPECT_EQ(status.trade_budget_left, -1);
    EXPECT_EQ(status.read_budget_left, -1);
    EXPECT_EQ(status.trade_circuit, BROKER_CIRCUIT_STATE_UNSPECIFIED);
}

TEST_F(QueryTables, HostOfVersion11GetsItsPartOfTheAccountStatusAlone) {
    const auto* accounts = table<broker_account_api_t>(BROKER_EXT_ACCOUNT);
    broker_account_status_t status;
    std::memset(&status, 0x55, sizeof(status));
    status.struct_size = offsetof(broker_account_status_t, order_entry);
    ASSERT_EQ(accounts->get_status(adapter_, str("FIX"), &status, nullptr), BROKER_OK);
    EXPECT_EQ(status.venue_fault_count, 0U);
    EXPECT_EQ(status.order_entry, 0x55555555);
}

}  // namespace
}  // namespace broker::abi
