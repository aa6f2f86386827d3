// What one account's trouble costs another: the latency of ACC-1's orders, from submit() to the
// venue's first report, alone and beside an account in trouble on the same event thread. Figures
// for reading; nothing is judged.
#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <functional>
#include <stdexcept>
#include <thread>
#include <vector>

#include "system/trading_rig.hpp"

namespace broker::bench {
namespace {

using test::TradingRig;
using Clock = std::chrono::steady_clock;

// Accepts connections by its backlog and never says a word: a silent TLS peer.
class SilentPort {
public:
    SilentPort() : listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        auto* raw = reinterpret_cast<sockaddr*>(&address);
        if (::bind(listener_, raw, size) != 0 || ::listen(listener_, 4096) != 0 ||
            ::getsockname(listener_, raw, &size) != 0) {
            throw std::runtime_error{"no silent port"};
        }
        port_ = ntohs(address.sin_port);
    }
    ~SilentPort() { ::close(listener_); }
    SilentPort(const SilentPort&) = delete;
    SilentPort& operator=(const SilentPort&) = delete;
    [[nodiscard]] std::uint16_t number() const { return port_; }

private:
    int listener_;
    std::uint16_t port_ = 0;
};

struct Figures {
    double p50 = 0;
    double p99 = 0;
    double worst = 0;
};

Figures figures_of(std::vector<double> microseconds) {
    std::sort(microseconds.begin(), microseconds.end());
    const auto at = [&](double part) {
        return microseconds[static_cast<std::size_t>(part *
                                                     static_cast<double>(microseconds.size() - 1))];
    };
    return {at(0.5), at(0.99), microseconds.back()};
}

Figures measure(TradingRig& rig, int orders, const std::string& prefix) {
    std::vector<double> samples;
    for (int i = 0; i < orders; ++i) {
        const std::string id = prefix + std::to_string(i);
        const auto begun = Clock::now();
        if (!rig.submit({.account = "ACC-1", .id = id}).is_ok()) {
            throw std::runtime_error{"an order was refused\n" + rig.log()};
        }
        if (!rig.events().wait_for(test::order_status(id, BROKER_ORD_STATUS_FILLED))) {
            throw std::runtime_error{"an order got no answer\n" + rig.log()};
        }
        samples.push_back(std::chrono::duration<double, std::micro>(Clock::now() - begun).count());
        rig.events().clear();
    }
    return figures_of(std::move(samples));
}

void print(const char* what, const Figures& figures) {
    std::printf("%-44s p50 %9.1f us   p99 %9.1f us   worst %9.1f us\n", what, figures.p50,
                figures.p99, figures.worst);
    std::fflush(stdout);
}

void wait_ready(TradingRig& rig, const std::string& account) {
    if (!rig.wait_ready(account)) throw std::runtime_error{account + " is not ready\n" + rig.log()};
}

void alone(int orders) {
    TradingRig rig{{"ACC-1"}};
    rig.start();
    wait_ready(rig, "ACC-1");
    print("alone", measure(rig, orders, "A-"));
}

void beside_silent_peer(int orders) {
    const SilentPort silent;
    TradingRig rig{{"ACC-1", "ACC-2"}};
    rig.account(1).port = silent.number();
    rig.account(1).session_extra = "        handshake_timeout_ms: 20\n";
    rig.set_connect_budget("{account_per_s: 0, host_per_s: 0}");
    rig.start();
    wait_ready(rig, "ACC-1");
    print("beside an account whose TLS peer is silent", measure(rig, orders, "S-"));
}

// `pages`: how the answers to ResendRequests are paced; see fix_session.recovery of a profile.
void beside_resend_storm(int orders, int backlog, const std::string& pages) {
    TradingRig rig{{"ACC-1", "ACC-2"}};
    rig.change_profile("recovery: {request_chunk: 1000}", "recovery: {" + pages + "}");
    rig.account(1).limits = "{order_ttl_ms: 3600000}";  // every request is sent again
    rig.start();
    wait_ready(rig, "ACC-1");
    wait_ready(rig, "ACC-2");
    for (int i = 0; i < backlog; ++i) {
        const std::string id = "OLD-" + std::to_string(i);
        (void)rig.submit({.account = "ACC-2", .id = id});
        (void)rig.events().wait_for(test::order_status(id, BROKER_ORD_STATUS_FILLED));
    }
    std::atomic<bool> is_over{false};
    std::thread storm{[&] {
        while (!is_over) {
            // The newest of the backlog again and again.
            (void)rig.venue(1).send("ACC2", {"2", {{7, "1"}, {16, "0"}}});
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }};
    const Figures figures = measure(rig, orders, "R-");
    is_over = true;
    storm.join();
    const auto resent = rig.venue(1).messages().all();
    const auto count = std::count_if(resent.begin(), resent.end(),
                                     [](const auto& message) { return message.is_poss_dup(); });
    print("beside an account under a storm of resends", figures);
    std::printf("  {%s}: %ld messages were sent again meanwhile\n", pages.c_str(),
                static_cast<long>(count));
}

}  // namespace
}  // namespace broker::bench

int main(int argc, char** argv) {
    CLI::App app{"What one account's trouble costs another."};
    int orders = 2'000;
    int backlog = 1'000;
    app.add_option("--orders", orders, "measured in each case")->check(CLI::Range(1, 1'000'000));
    app.add_option("--backlog", backlog, "orders that the storm asks for")
        ->check(CLI::Range(1, 100'000));
    CLI11_PARSE(app, argc, argv);
    try {
        broker::bench::alone(orders);
        broker::bench::beside_silent_peer(orders);
        for (const char* pages : {"page_messages: 200, page_interval_ms: 5",
                                  "page_messages: 20, page_interval_ms: 1"}) {
            broker::bench::beside_resend_storm(orders, backlog, pages);
        }
    } catch (const std::exception& error) {
        std::fprintf(stderr, "isolation_bench: %s\n", error.what());
        return 1;
    }
    return 0;
}
