#include "abi/capabilities.hpp"

#include <gtest/gtest.h>

#include <cstring>

#include "abi/record.hpp"
#include "broker/abi/query.h"
#include "config/settings_yaml.hpp"

namespace broker::abi {
namespace {

// Why: hosts built for 1.0 state this size.
static_assert(kCapabilitiesSizeIn1_0 == 80);

config::AccountSettings account(const std::string& profile) {
    config::AccountSettings settings;
    settings.profile = config::load_profile(DXTRADE_CONFIG_DIR "/profiles/" + profile + ".yaml");
    return settings;
}

TEST(Capabilities, OfTheSimulatorAreEverything) {
    config::AccountSettings settings = account("simulator");
    settings.market_data.emplace();
    settings.market_data_source = config::MarketDataSource::Fix;
    settings.drop_copy.emplace();
    settings.limits.orders_per_s = 7;
    settings.limits.max_order_qty = core::Decimal::parse("12.5");
    const broker_capabilities_t answer = capabilities_of(settings);
    EXPECT_EQ(answer.can_replace, 1);
    EXPECT_EQ(answer.can_request_order_status, 1);
    EXPECT_EQ(answer.can_request_account_summary, 1);
    EXPECT_EQ(answer.sides, 0x1EU);
    EXPECT_EQ(answer.ord_types, 0x3FEU);
    EXPECT_EQ(answer.times_in_force, 0x1FEU);
    EXPECT_EQ(answer.max_cl_ord_id_size, 64U);
    EXPECT_EQ(answer.max_order_qty.coefficient, 125);
    EXPECT_EQ(answer.max_order_qty.scale, 1);
    EXPECT_EQ(answer.max_orders_per_second, 7U);
    EXPECT_EQ(answer.order_ttl_ms, 5000U);
    EXPECT_EQ(answer.exec_insts, 0x7FFFEU);
    EXPECT_EQ(answer.contingencies, 0xEU);
    EXPECT_EQ(answer.queries, 0xFEU);
    EXPECT_EQ(answer.has_min_qty, 1);
    EXPECT_EQ(answer.has_max_floor, 1);
    EXPECT_EQ(answer.has_cash_order_qty, 1);
    EXPECT_EQ(answer.has_ex_destination, 1);
    EXPECT_EQ(answer.has_position_code, 1);
    EXPECT_EQ(answer.has_market_data, 1);
    EXPECT_EQ(answer.has_full_book, 1);
    EXPECT_EQ(answer.has_drop_copy, 1);
}

TEST(Capabilities, OfDxtradeXtLeaveOutWhatIsNotKnown) {
    const broker_capabilities_t answer = capabilities_of(account("dxtrade-xt"));
    EXPECT_EQ(answer.can_replace, 1);
    EXPECT_EQ(answer.can_request_order_status, 0);
    EXPECT_EQ(answer.ord_types, 0x1EU);
    EXPECT_EQ(answer.max_order_qty.is_present, 0);
    EXPECT_EQ(answer.exec_insts, 0U);
    EXPECT_EQ(answer.contingencies, 0U);
    EXPECT_EQ(answer.queries, 0U);
    EXPECT_EQ(answer.has_min_qty, 0);
    EXPECT_EQ(answer.has_max_floor, 0);
    EXPECT_EQ(answer.has_cash_order_qty, 0);
    EXPECT_EQ(answer.has_ex_destination, 1);
    EXPECT_EQ(answer.has_position_code, 0);
}

TEST(Capabilities, HaveNoSessionThatIsOfferedButNotConfigured) {
    const broker_capabilities_t answer = capabilities_of(account("simulator"));
    EXPECT_EQ(answer.has_market_data, 0);
    EXPECT_EQ(answer.has_full_book, 0);
    EXPECT_EQ(answer.has_drop_copy, 0);
}

TEST(Capabilities, AreWhatAnyChannelOfTheAccountOffers) {
    config::AccountSettings settings = account("dxtrade-xt");
    settings.profile.queries.offered = {core::QueryKind::Positions};
    settings.profile.rest.queries = {core::QueryKind::AccountSummary, core::QueryKind::Candles};
    EXPECT_EQ(capabilities_of(settings).queries, 1U << BROKER_QUERY_KIND_POSITIONS)
        << "the profile offers REST, the account has none";
    settings.rest.emplace();
    settings.push.emplace();
    settings.market_data_source = config::MarketDataSource::Push;
    const broker_capabilities_t answer = capabilities_of(settings);
    EXPECT_EQ(answer.queries, 1U << BROKER_QUERY_KIND_POSITIONS |
                                  1U << BROKER_QUERY_KIND_ACCOUNT_SUMMARY |
                                  1U << BROKER_QUERY_KIND_CANDLES);
    EXPECT_EQ(answer.can_request_account_summary, 1);
    EXPECT_EQ(answer.has_market_data, 1);
    EXPECT_EQ(answer.has_full_book, 0);
}

TEST(Capabilities, HostBuiltForTheFirstVersionGetsItsPartAlone) {
    broker_capabilities_t record;
    std::memset(&record, 0x55, sizeof(record));
    record.struct_size = kCapabilitiesSizeIn1_0;
    ASSERT_TRUE(write_answer(capabilities_of(account("simulator")), &record, kCapabilitiesSizeIn1_0)
                    .has_value());
    EXPECT_EQ(record.sides, 0x1EU);
    EXPECT_EQ(record.order_ttl_ms, 5000U);
    EXPECT_EQ(record.exec_insts, 0x5555555555555555U);
    record.struct_size = kCapabilitiesSizeIn1_0 - 1;
    EXPECT_FALSE(
        write_answer(capabilities_of(account("simulator")), &record, kCapabilitiesSizeIn1_0)
            .has_value());
}

}  // namespace
}  // namespace broker::abi
