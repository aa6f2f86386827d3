#include "dxtrade/rest/pool_transport.hpp"

#include <algorithm>
#include <boost/asio/steady_timer.hpp>
#include <map>
#include <utility>

namespace broker::dxtrade::rest {
namespace {

// One timer for all calls that are due some time.
class PoolTransport final : public RestTransport {
public:
    PoolTransport(boost::asio::io_context& context, const core::Clock& clock,
                  std::shared_ptr<net::TlsContext> tls, net::HttpsPoolSettings settings)
        : clock_{clock},
          pool_{context, clock, std::move(tls), std::move(settings)},
          timer_{context} {}

    void send(net::HttpRequest request, net::HttpLane lane, core::MonotonicTime not_after,
              Done done) override {
        pool_.send(std::move(request), lane, not_after, std::move(done));
    }

    void call_at(core::MonotonicTime when, std::function<void()> call) override {
        const bool is_first = calls_.empty() || when < calls_.begin()->first;
        calls_.emplace(when, std::move(call));
        if (is_first) arm();
    }

    void warm_up() override { pool_.warm_up(); }
    void close() override { pool_.close(); }
    [[nodiscard]] std::string_view peer() const override { return pool_.peer(); }

private:
    void arm() {
        constexpr core::Duration kShortest = std::chrono::milliseconds{1};
        constexpr core::Duration kLongest = std::chrono::hours{1};
        timer_.expires_after(
            std::clamp(calls_.begin()->first - clock_.monotonic(), kShortest, kLongest));
        timer_.async_wait([this](const boost::system::error_code& error) {
            if (!error) call_due();
        });
    }

    void call_due() {
        const core::MonotonicTime now = clock_.monotonic();
        const auto later = calls_.upper_bound(now);
        std::vector<std::function<void()>> due;
        for (auto call = calls_.begin(); call != later; ++call) {
            due.push_back(std::move(call->second));
        }
        calls_.erase(calls_.begin(), later);
        for (const auto& call : due) call();
        if (!calls_.empty()) arm();
    }

    const core::Clock& clock_;
    net::HttpsPool pool_;
    boost::asio::steady_timer timer_;
    std::multimap<core::MonotonicTime, std::function<void()>> calls_;  // one or two a session
};

}  // namespace

std::unique_ptr<RestTransport> make_pool_transport(boost::asio::io_context& context,
                                                   const core::Clock& clock,
                                                   std::shared_ptr<net::TlsContext> tls,
                                                   net::HttpsPoolSettings settings) {
    return std::make_unique<PoolTransport>(context, clock, std::move(tls), std::move(settings));
}

}  // namespace broker::dxtrade::rest
