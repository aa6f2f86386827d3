#include "dxtrade/rest/rest_market_data.hpp"

#include "channel_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using Lines = std::vector<std::string>;

class RecordingFeed final : public MarketDataListener {
public:
    Lines heard;
    void on_connecting(core::Channel, std::string_view) override {}
    void on_logged_on(core::Channel, std::string_view) override { heard.emplace_back("logged on"); }
    void on_disconnected(core::Channel, Reason reason, std::string_view, std::string_view,
                         core::Duration) override {
        heard.push_back("down " + std::string{core::reason_name(reason)});
    }
    void on_notice(core::Channel, std::string_view) override {}
    void on_condition(core::Channel, Reason, std::string_view, std::string_view) override {}
    void on_venue_fault(const core::VenueFault& fault) override {
        heard.push_back("fault " + std::string{fault.text});
    }
    void on_market_data(const MarketDataUpdate& update) override {
        heard.push_back(std::string{update.md_req_id} + " " + std::string{update.symbol} + " " +
                        std::to_string(update.entries.size()));
        EXPECT_TRUE(update.is_picture);
    }
    void on_market_data_reject(const MarketDataReject& reject) override {
        heard.push_back("reject " + std::string{reject.md_req_id});
    }
};

class RestMarketDataTest : public RestChannelTest {
protected:
    void begin() {
        log_on();
        data_.start();
        data_.on_tick();
        ASSERT_EQ(feed_.heard, (Lines{"logged on"}));
        feed_.heard.clear();
        channel().set_push_live(true);
        quotes_ = R"({"events":[{"type":"Quote","symbol":"EURUSD","bid":1.1,"ask":1.2},)"
                  R"({"type":"Quote","symbol":"GBPUSD","ask":1.4}]})";
        transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
            if (request.target != "/base/marketdata") return usual(request);
            const bool is_bad = request.body.find("\"BAD\"") != std::string::npos;
            if (is_bad) return answered(400, R"({"errorCode":"32","description":"symbols"})");
            return answered(200, quotes_);
        };
    }
    core::Result<core::MsgSeqNum> request(MarketDataRequestKind kind, std::string_view id,
                                          std::string_view symbol) {
        VenueMarketDataRequest made;
        made.kind = kind;
        made.md_req_id = id;
        const core::Symbol name = core::Symbol::from(symbol).value();
        made.symbols = {&name, 1};
        return data_.send(made);
    }
    void pass_time(core::Duration time) {
        for (core::Duration passed{}; passed < time; passed += 100ms) {
            data_.on_tick();
            pass(100ms);
        }
    }

    RecordingFeed feed_;
    RestMarketData data_{{"default:A", {}}, channel(), clock_, feed_};
    std::string quotes_;
};

TEST_F(RestMarketDataTest, AsksForAllQuotesInOneRequestOverAndOver) {
    begin();
    ASSERT_TRUE(request(MarketDataRequestKind::Subscribe, "q1", "EURUSD"));
    ASSERT_TRUE(request(MarketDataRequestKind::Subscribe, "q2", "GBPUSD"));
    pass_time(1100ms);
    EXPECT_EQ(transport().count("/marketdata"), 2U);
    EXPECT_EQ(feed_.heard, (Lines{"q1 EURUSD 2", "q2 GBPUSD 1", "q1 EURUSD 2", "q2 GBPUSD 1"}));
}

TEST_F(RestMarketDataTest, AnswersASnapshotOnce) {
    begin();
    ASSERT_TRUE(request(MarketDataRequestKind::Snapshot, "s1", "EURUSD"));
    pass_time(3s);
    EXPECT_EQ(feed_.heard, (Lines{"s1 EURUSD 2"}));
    EXPECT_EQ(transport().count("/marketdata"), 1U);
}

TEST_F(RestMarketDataTest, AsksNoMoreAfterUnsubscribe) {
    begin();
    ASSERT_TRUE(request(MarketDataRequestKind::Subscribe, "q1", "EURUSD"));
    ASSERT_TRUE(request(MarketDataRequestKind::Unsubscribe, "q1", "EURUSD"));
    pass_time(2s);
    EXPECT_EQ(transport().count("/marketdata"), 0U);
}

TEST_F(RestMarketDataTest, RefusesTheBadSymbolAloneWhereTheVenueRefusesTheRequestForIt) {
    begin();
    ASSERT_TRUE(request(MarketDataRequestKind::Subscribe, "q1", "EURUSD"));
    ASSERT_TRUE(request(MarketDataRequestKind::Subscribe, "q2", "BAD"));
    pass_time(300ms);
    EXPECT_EQ(feed_.heard, (Lines{"q1 EURUSD 2", "reject q2"}));
}

TEST_F(RestMarketDataTest, RefusesDepthAndCandlesThatTheVenueDoesNotHave) {
    begin();
    VenueMarketDataRequest deep;
    deep.depth = core::kFullBook;
    EXPECT_EQ(data_.send(deep).error().reason, Reason::InvalidField);
    VenueMarketDataRequest candle;
    candle.candle_type = "1m";
    EXPECT_EQ(data_.send(candle).error().reason, Reason::InvalidField);
}

TEST_F(RestMarketDataTest, KeepsASubscriptionWhileTheHostIsSilentAndSaysWhenTheSessionIsGone) {
    begin();
    transport().script = nullptr;
    ASSERT_TRUE(request(MarketDataRequestKind::Subscribe, "q1", "EURUSD"));
    pass_time(1s);
    transport().answer("/marketdata", failed(Reason::HttpTimeout, true));
    EXPECT_TRUE(feed_.heard.empty());
    channel().stop("over", [] {});
    data_.on_tick();
    EXPECT_EQ(feed_.heard, (Lines{"down REST_SESSION_EXPIRED"}));
    EXPECT_EQ(request(MarketDataRequestKind::Subscribe, "q1", "EURUSD").error().reason,
              Reason::AccountNotReady);
}

}  // namespace
}  // namespace broker::dxtrade::rest
