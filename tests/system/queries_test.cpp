// Every question through the whole adapter: answered, refused, unanswered, and without a session.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Action;
using simulator::Listener;
using simulator::LoggedMessage;
using simulator::SimulatorOptions;
using testing::HasSubstr;

constexpr broker_query_kind_t kAllKinds[] = {BROKER_QUERY_KIND_ORDER_STATUS,
                                             BROKER_QUERY_KIND_MASS_STATUS,
                                             BROKER_QUERY_KIND_POSITIONS,
                                             BROKER_QUERY_KIND_ACCOUNT_SUMMARY,
                                             BROKER_QUERY_KIND_TRADES,
                                             BROKER_QUERY_KIND_INSTRUMENTS,
                                             BROKER_QUERY_KIND_TRADING_SESSION_STATUS};

RecordingEvents::Match answer_of(std::uint64_t request_id, broker_event_type_t type) {
    return [=](const RecordedEvent& event) {
        return event.type == type && event.request_id == request_id;
    };
}

class Queries : public testing::Test {
protected:
    // One order that works, R, and one that is filled, F.
    void start(const TradingRig::AdjustVenue& adjust = {}) {
        if (!rig_) make(adjust);
        rig_->start();
        ASSERT_TRUE(rig_->wait_ready("ACC-1")) << rig_->log();
        ASSERT_TRUE(rig_->submit({.id = "R", .price = "0.5"}).is_ok());
        ASSERT_TRUE(wait_for(order_status("R", BROKER_ORD_STATUS_NEW))) << rig_->log();
        fill("F");
    }
    void make(const TradingRig::AdjustVenue& adjust = {}) {
        rig_ = std::make_unique<TradingRig>(std::vector<std::string>{"ACC-1"}, adjust);
    }
    void fill(const std::string& id) {
        ASSERT_TRUE(rig_->submit({.id = id}).is_ok());
        ASSERT_TRUE(wait_for(order_status(id, BROKER_ORD_STATUS_FILLED))) << rig_->log();
    }
    [[nodiscard]] bool wait_for(const RecordingEvents::Match& match, std::size_t count = 1) {
        return rig_->events().wait_for_count(match, count);
    }

    sdk::Status ask(broker_query_kind_t kind, broker_query_t query) {
        const sdk::AdapterHandle& adapter = rig_->adapter();
        switch (kind) {
            case BROKER_QUERY_KIND_ORDER_STATUS:
                return adapter.mass_status()->request_order(query);
            case BROKER_QUERY_KIND_MASS_STATUS:
                return adapter.mass_status()->request(query);
            case BROKER_QUERY_KIND_POSITIONS:
                return adapter.positions()->request(query);
            case BROKER_QUERY_KIND_ACCOUNT_SUMMARY:
                return adapter.accounts()->request_summary("ACC-1", query.request_id);
            case BROKER_QUERY_KIND_TRADES:
                return adapter.trades()->request(query);
            case BROKER_QUERY_KIND_INSTRUMENTS:
                return adapter.reference_data()->request_instruments(query);
            default:
                return adapter.reference_data()->request_trading_session_status(query);
        }
    }
    // Whatever there is; of orders, R.
    sdk::Status ask(broker_query_kind_t kind, std::uint64_t request_id) {
        broker_query_t query = sdk::query("ACC-1", request_id);
        if (kind == BROKER_QUERY_KIND_ORDER_STATUS) query.cl_ord_id = sdk::borrow("R");
        return ask(kind, query);
    }
    // The end of the question.
    RecordedEvent done(std::uint64_t request_id) {
        if (!wait_for(request_done(request_id))) {
            ADD_FAILURE() << "no end of " << request_id << "\n" << rig_->log();
            return {};
        }
        return rig_->events().find(request_done(request_id)).front();
    }
    // Asks each question under its kind and expects each to end once for this reason.
    void expect_all_end(broker_reason_t reason) {
        for (const broker_query_kind_t kind : kAllKinds) {
            ASSERT_TRUE(ask(kind, static_cast<std::uint64_t>(kind)).is_ok()) << kind;
        }
        expect_ends(reason);
    }
    void expect_ends(broker_reason_t reason) {
        for (const broker_query_kind_t kind : kAllKinds) {
            const auto id = static_cast<std::uint64_t>(kind);
            const RecordedEvent end = done(id);
            EXPECT_EQ(end.query_kind, kind);
            EXPECT_EQ(end.reason, reason) << kind << " " << end.text;
            EXPECT_EQ(rig_->events().count(request_done(id)), 1U);
        }
    }

    std::unique_ptr<TradingRig> rig_;
};

TEST_F(Queries, EachQuestionIsAnsweredAndEndsOnce) {
    start();
    expect_all_end(BROKER_REASON_NONE);
    const auto answers = [&](broker_query_kind_t kind, broker_event_type_t type) {
        const auto id = static_cast<std::uint64_t>(kind);
        const std::size_t count = rig_->events().count(answer_of(id, type));
        EXPECT_EQ(done(id).count, count) << kind;
        return count;
    };
    EXPECT_EQ(answers(BROKER_QUERY_KIND_ORDER_STATUS, BROKER_EVENT_EXECUTION_REPORT), 1U);
    EXPECT_EQ(answers(BROKER_QUERY_KIND_MASS_STATUS, BROKER_EVENT_EXECUTION_REPORT), 1U);
    EXPECT_EQ(answers(BROKER_QUERY_KIND_POSITIONS, BROKER_EVENT_POSITION), 1U);
    EXPECT_EQ(answers(BROKER_QUERY_KIND_ACCOUNT_SUMMARY, BROKER_EVENT_ACCOUNT_SUMMARY), 1U);
    EXPECT_EQ(answers(BROKER_QUERY_KIND_TRADES, BROKER_EVENT_TRADE), 1U);
    EXPECT_GT(answers(BROKER_QUERY_KIND_INSTRUMENTS, BROKER_EVENT_INSTRUMENT), 1U);
    EXPECT_EQ(answers(BROKER_QUERY_KIND_TRADING_SESSION_STATUS, BROKER_EVENT_TRADING_SESSION), 1U);
}

TEST_F(Queries, EachQuestionThatTheVenueDoesNotServeEndsAsRejected) {
    start([](SimulatorOptions& options) {
        auto& answers = options.trading.answers;
        answers.order_status = answers.mass_status = answers.positions = false;
        answers.collateral = answers.trades = answers.securities = false;
        answers.trading_session = false;
    });
    expect_all_end(BROKER_REASON_REQUEST_REJECTED);
    fill("F-2");
}

TEST_F(Queries, EachQuestionWithoutAnAnswerIsOutOfTime) {
    make();
    rig_->account().limits = "{orders_per_s: 1000, query_timeout_ms: 300}";
    start();
    rig_->venue().set_manual(true);
    expect_all_end(BROKER_REASON_OUTCOME_TIMEOUT);
    rig_->venue().set_manual(false);
    fill("F-2");
}

TEST_F(Queries, EachOpenQuestionEndsWithItsSession) {
    start();
    rig_->venue().set_manual(true);
    for (const broker_query_kind_t kind : kAllKinds) {
        ASSERT_TRUE(ask(kind, static_cast<std::uint64_t>(kind)).is_ok());
    }
    const auto all_asked = [](const auto& messages) {
        return std::any_of(messages.begin(), messages.end(), [](const LoggedMessage& logged) {
            return logged.message.msg_type == "g";
        });
    };
    ASSERT_TRUE(rig_->venue().messages().wait_until(all_asked, RecordingEvents::kPatience));
    rig_->venue().set_manual(false);
    rig_->venue().drop_connections(Listener::FixTrading);
    expect_ends(BROKER_REASON_OUTCOME_DISCONNECTED);
}

TEST_F(Queries, EachQuestionIsRefusedAtOnceWhileDisconnected) {
    start();
    rig_->venue().stop();
    ASSERT_TRUE(wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_OFFLINE)));
    for (const broker_query_kind_t kind : kAllKinds) {
        const sdk::Status status = ask(kind, static_cast<std::uint64_t>(kind));
        EXPECT_EQ(status.code, BROKER_REFUSED) << kind;
        EXPECT_EQ(status.reason, BROKER_REASON_ACCOUNT_NOT_READY) << kind;
    }
    const auto any_end = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_REQUEST_DONE;
    };
    EXPECT_EQ(rig_->events().count(any_end), 0U);
}

TEST_F(Queries, QuestionThatTheProfileDoesNotOfferIsRefusedWithItsKey) {
    make();
    rig_->change_profile("offered: [OrderStatus, MassStatus, Positions,",
                         "offered: [OrderStatus, MassStatus,");
    start();
    const sdk::Status status = ask(BROKER_QUERY_KIND_POSITIONS, 1);
    EXPECT_EQ(status.reason, BROKER_REASON_CHANNEL_NOT_CONFIGURED);
    EXPECT_THAT(status.describe(), HasSubstr("queries.offered"));
}

// ---- orders

TEST_F(Queries, OneOrderIsAskedAboutByAnyIdItHasHad) {
    start();
    ASSERT_TRUE(rig_->replace("ACC-1", "R2", "R", "", "0.6").is_ok());
    ASSERT_TRUE(wait_for(order_certainty("R2", BROKER_CERTAINTY_ACKNOWLEDGED)));
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_ORDER_STATUS, 7).is_ok());  // by its first id
    EXPECT_EQ(done(7).count, 1U);
    const auto answers = rig_->events().find(answer_of(7, BROKER_EVENT_EXECUTION_REPORT));
    ASSERT_EQ(answers.size(), 1U);
    EXPECT_EQ(answers[0].cl_ord_id, "R2");
    EXPECT_EQ(answers[0].exec_type, BROKER_EXEC_TYPE_ORDER_STATUS);
    EXPECT_EQ(answers[0].price, "0.6");
}

TEST_F(Queries, OrderThatNobodyKnowsIsNotAskedAbout) {
    start();
    broker_query_t query = sdk::query("ACC-1", 7);
    query.cl_ord_id = sdk::borrow("nobody");
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_ORDER_STATUS, query).is_ok());
    EXPECT_EQ(done(7).reason, BROKER_REASON_ORDER_UNKNOWN);
    EXPECT_EQ(rig_->received(0, "H", "nobody"), 0U);
}

TEST_F(Queries, MassStatusIsAskedOrderByOrderWhereTheProfileHasNoMassRequest) {
    make();
    rig_->change_profile("offered: [OrderStatus, MassStatus,", "offered: [OrderStatus,");
    start();
    ASSERT_TRUE(rig_->submit({.id = "R2", .price = "0.5"}).is_ok());
    ASSERT_TRUE(wait_for(order_status("R2", BROKER_ORD_STATUS_NEW)));
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_MASS_STATUS, 7).is_ok());
    EXPECT_EQ(done(7).count, 2U);
    EXPECT_EQ(rig_->received(0, "H", "R") + rig_->received(0, "H", "R2"), 2U);
}

// ---- positions

class QueriesOfPositions : public Queries {
protected:
    static RecordingEvents::Match different() {
        return [](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_POSITION && event.is_different;
        };
    }
    // The end of the adapter's own picture after the logon shows in no event: a question of the
    // host comes behind it.
    void wait_for_base() {
        ASSERT_TRUE(ask(BROKER_QUERY_KIND_POSITIONS, 100).is_ok());
        EXPECT_EQ(done(100).reason, BROKER_REASON_NONE);
    }
    RecordedEvent position_of(std::uint64_t request_id) {
        const auto found = rig_->events().find(answer_of(request_id, BROKER_EVENT_POSITION));
        if (found.empty()) {
            ADD_FAILURE() << "no position under " << request_id;
            return {};
        }
        return found.front();
    }
};

TEST_F(QueriesOfPositions, PositionsOfTheVenueAndOfTheFillsAgree) {
    start();
    ASSERT_TRUE(rig_->submit({.id = "S", .qty = "400", .side = BROKER_SIDE_SELL}).is_ok());
    ASSERT_TRUE(wait_for(order_status("S", BROKER_ORD_STATUS_FILLED)));
    wait_for_base();
    EXPECT_EQ(position_of(100).net_qty, "600");
    EXPECT_EQ(position_of(100).net_qty_from_fills, "600");
    ASSERT_TRUE(rig_->adapter().positions()->request_from_fills(sdk::query("ACC-1", 8)).is_ok());
    EXPECT_EQ(done(8).count, 1U);
    EXPECT_EQ(position_of(8).net_qty_from_fills, "600");
    EXPECT_EQ(position_of(8).channel, BROKER_CHANNEL_UNSPECIFIED);
    EXPECT_EQ(rig_->events().count(different()), 0U);
}

TEST_F(QueriesOfPositions, FillBehindOurBackIsToldOnce) {
    start();
    wait_for_base();
    rig_->venue().add_rule({.action = Action::LoseReports, .cl_ord_id_prefix = "LOST"});
    ASSERT_TRUE(rig_->submit({.id = "LOST", .qty = "300"}).is_ok());
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_POSITIONS, 1).is_ok());
    EXPECT_EQ(done(1).reason, BROKER_REASON_NONE);
    ASSERT_TRUE(wait_for(different())) << rig_->log();
    const RecordedEvent told = rig_->events().find(different()).front();
    EXPECT_EQ(told.symbol, "EURUSD");
    EXPECT_EQ(told.net_qty, "1300");
    EXPECT_EQ(told.net_qty_from_fills, "1000");
    ASSERT_TRUE(wait_for(venue_fault(BROKER_REASON_POSITION_DIFFERS)));

    ASSERT_TRUE(ask(BROKER_QUERY_KIND_POSITIONS, 2).is_ok());
    EXPECT_EQ(done(2).reason, BROKER_REASON_NONE);
    EXPECT_EQ(rig_->events().count(different()), 1U);
    EXPECT_EQ(rig_->events().count(venue_fault(BROKER_REASON_POSITION_DIFFERS)), 1U);
    EXPECT_EQ(position_of(2).net_qty_from_fills, "1300");
    EXPECT_TRUE(rig_->wait_for_log("the venue has 1300, the fills add up to 1000"));
}

TEST_F(QueriesOfPositions, PositionsAreThoseOfTheSymbolThatIsAskedFor) {
    start();
    ASSERT_TRUE(rig_->submit({.id = "G", .symbol = "GBPUSD"}).is_ok());
    ASSERT_TRUE(wait_for(order_status("G", BROKER_ORD_STATUS_FILLED)));
    broker_query_t query = sdk::query("ACC-1", 7);
    query.symbol = sdk::borrow("GBPUSD");
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_POSITIONS, query).is_ok());
    EXPECT_EQ(done(7).count, 1U);
    EXPECT_EQ(position_of(7).symbol, "GBPUSD");
}

// ---- what else there is to know

TEST_F(Queries, TradesAreThoseOfTheTimeRange) {
    start();
    const auto now = [] {
        return std::chrono::duration_cast<std::chrono::nanoseconds>(
                   std::chrono::system_clock::now().time_since_epoch())
            .count();
    };
    // On the wire times have milliseconds.
    constexpr std::int64_t kMillisecond = 1'000'000;
    const std::int64_t between = (now() / kMillisecond + 2) * kMillisecond;
    while (now() < between) {
    }
    fill("F-2");
    const auto trades_of = [&](std::uint64_t id, std::int64_t from, std::int64_t to) {
        broker_query_t query = sdk::query("ACC-1", id);
        query.from = from;
        query.to = to;
        EXPECT_TRUE(ask(BROKER_QUERY_KIND_TRADES, query).is_ok());
        EXPECT_EQ(done(id).reason, BROKER_REASON_NONE) << done(id).text;
        std::vector<std::string> ids;
        for (const auto& trade : rig_->events().find(answer_of(id, BROKER_EVENT_TRADE))) {
            ids.push_back(trade.cl_ord_id);
        }
        return ids;
    };
    EXPECT_THAT(trades_of(1, 0, 0), testing::UnorderedElementsAre("F", "F-2"));
    EXPECT_THAT(trades_of(2, between, 0), testing::ElementsAre("F-2"));
    EXPECT_THAT(trades_of(3, between - 3'600'000 * kMillisecond, between),
                testing::ElementsAre("F"));
}

TEST_F(Queries, TradesAreThoseOfTheOrderByAnyIdItHasHad) {
    start();
    ASSERT_TRUE(rig_->replace("ACC-1", "R2", "R", "", "9").is_ok());  // it meets the market
    ASSERT_TRUE(wait_for(order_status("R2", BROKER_ORD_STATUS_FILLED))) << rig_->log();
    broker_query_t query = sdk::query("ACC-1", 7);
    query.cl_ord_id = sdk::borrow("R");
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_TRADES, query).is_ok());
    EXPECT_EQ(done(7).count, 1U);
    const auto found = rig_->events().find(answer_of(7, BROKER_EVENT_TRADE));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].cl_ord_id, "R2");
}

TEST_F(Queries, InstrumentsComeInPages) {
    start([](SimulatorOptions& options) { options.trading.securities_per_page = 2; });
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_INSTRUMENTS, 7).is_ok());
    const RecordedEvent end = done(7);
    EXPECT_EQ(end.reason, BROKER_REASON_NONE);
    const auto found = rig_->events().find(answer_of(7, BROKER_EVENT_INSTRUMENT));
    EXPECT_EQ(found.size(), end.count);
    const auto messages = rig_->venue().messages().all();
    const auto pages = std::count_if(messages.begin(), messages.end(), [](const auto& logged) {
        return logged.message.msg_type == "y";
    });
    EXPECT_EQ(static_cast<std::size_t>(pages), (found.size() + 1) / 2);
    EXPECT_GT(pages, 1);
    const auto euro = std::find_if(found.begin(), found.end(),
                                   [](const auto& event) { return event.symbol == "EURUSD"; });
    ASSERT_NE(euro, found.end());
    EXPECT_EQ(euro->currency, "USD");
}

TEST_F(Queries, TradingSessionIsAskedForAndItsChangesFollowUnasked) {
    start();
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_TRADING_SESSION_STATUS, 7).is_ok());
    EXPECT_EQ(done(7).count, 1U);
    const auto asked = rig_->events().find(answer_of(7, BROKER_EVENT_TRADING_SESSION));
    ASSERT_EQ(asked.size(), 1U);
    EXPECT_EQ(asked[0].trading_status, BROKER_TRAD_SES_STATUS_OPEN);
    const auto news = [](broker_trad_ses_status_t status) {
        return [status](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_TRADING_SESSION && event.request_id == 0 &&
                   event.trading_status == status;
        };
    };
    rig_->venue().close_market();
    EXPECT_TRUE(wait_for(news(BROKER_TRAD_SES_STATUS_CLOSED))) << rig_->log();
    rig_->venue().open_market();
    EXPECT_TRUE(wait_for(news(BROKER_TRAD_SES_STATUS_OPEN))) << rig_->log();
}

TEST_F(Queries, AccountSummaryHasTheFieldsThatTheProfileMaps) {
    make();
    rig_->change_profile("fields: {balance: 901, equity: 900, margin_free: 899, currency: 15}",
                         "fields: {balance: 921, equity: 0, margin_free: 899, currency: 15}");
    start();
    ASSERT_TRUE(ask(BROKER_QUERY_KIND_ACCOUNT_SUMMARY, 7).is_ok());
    EXPECT_EQ(done(7).count, 1U);
    const auto found = rig_->events().find(answer_of(7, BROKER_EVENT_ACCOUNT_SUMMARY));
    ASSERT_EQ(found.size(), 1U);
    EXPECT_EQ(found[0].balance, "100000");  // StartCash (921)
    EXPECT_EQ(found[0].equity, "");
    EXPECT_NE(found[0].margin_free, "");
    EXPECT_EQ(found[0].currency, "USD");
}

}  // namespace
}  // namespace broker::test
