// What polling over REST and a push connection make of each other.
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/records.hpp"
#include "dxtrade/rest/rest_channel.hpp"
#include "unit/dxtrade/rest/channel_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;

class PortfolioPollingTest : public RestChannelTest {
protected:
    // The portfolio has an ETag, and is not sent again to those who have it.
    void answer_with_etag() {
        transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
            if (request.target.find("/portfolio") == std::string::npos) return usual(request);
            if (ScriptedTransport::header(request, "If-None-Match") == "\"p1\"") {
                return answered(304);
            }
            Scripted whole = *usual(request);
            whole.headers.push_back({"ETag", "\"p1\""});
            return whole;
        };
    }
};

TEST_F(PortfolioPollingTest, UnchangedPortfolioIsTheSnapshotThatANewPushConnectionWaitsFor) {
    answer_with_etag();
    log_on();
    channel().tracker().await_snapshot();
    channel().refresh();
    transport().run();
    EXPECT_FALSE(channel().tracker().is_awaiting_snapshot());
}

TEST_F(PortfolioPollingTest, PortfolioThatWasTooOldIsAskedForWholeTheNextTime) {
    answer_with_etag();
    log_on();
    Portfolio newer;
    newer.account = "default:A";
    newer.version = version_ + 1;
    channel().tracker().on_portfolio(newer, core::Channel::Push, clock_.monotonic());
    transport().script = [this](const net::HttpRequest& request) -> std::optional<Scripted> {
        if (request.target.find("/portfolio") == std::string::npos) return usual(request);
        Scripted late = *usual(request);
        late.headers.push_back({"ETag", "\"p2\""});
        return late;
    };
    channel().refresh();
    transport().run();
    channel().refresh();
    transport().run();
    EXPECT_EQ(ScriptedTransport::header(*transport().last("/portfolio"), "If-None-Match"), "");
}

}  // namespace
}  // namespace broker::dxtrade::rest
