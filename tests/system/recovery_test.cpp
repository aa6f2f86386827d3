// A host that is killed, and the one that comes after it: what it is told against what the venue
// knows.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/types.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <condition_variable>
#include <csignal>
#include <fstream>
#include <map>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Fault;
using simulator::Listener;
using testing::HasSubstr;

// broker_crash_host in a process of its own. [any-thread]
class HostProcess {
public:
    HostProcess(const std::filesystem::path& config, const char* mode) {
        std::array<int, 2> in{};
        std::array<int, 2> out{};
        if (::pipe(in.data()) != 0 || ::pipe(out.data()) != 0) throw std::runtime_error{"pipe"};
        pid_ = ::fork();
        if (pid_ == 0) {
            ::dup2(in[0], 0);
            ::dup2(out[1], 1);
            ::close_range(3, ~0U, 0);  // the simulator's connections are not this process's
            ::execl(CRASH_HOST, CRASH_HOST, DXTRADE_ADAPTER_SO, config.c_str(), mode, nullptr);
            ::_exit(127);
        }
        ::close(in[0]);
        ::close(out[1]);
        in_ = in[1];
        reader_ = std::thread{[this, end = out[0]] { read(end); }};
    }
    ~HostProcess() { kill(); }

    void submit(const std::string& id, const std::string& price = "-") {
        const std::string line = "submit " + id + " 1000 " + price + "\n";
        (void)!::write(in_, line.data(), line.size());
    }
    void kill() {
        if (pid_ <= 0) return;
        ::kill(pid_, SIGKILL);
        wait();
    }
    // For a host that dies by itself, or that is told to stop.
    void wait() {
        int status = 0;
        ::waitpid(pid_, &status, 0);
        pid_ = -1;
        ::close(in_);
        reader_.join();
    }
    void stop() {
        (void)!::write(in_, "stop\n", 5);
        wait();
    }

    [[nodiscard]] std::vector<std::string> lines() const {
        const std::lock_guard lock{mutex_};
        return lines_;
    }
    [[nodiscard]] std::size_t count(std::string_view part) const {
        const std::lock_guard lock{mutex_};
        return count_locked(part);
    }
    [[nodiscard]] bool wait_for(std::string_view part) const {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, RecordingEvents::kPatience,
                                 [&] { return count_locked(part) != 0; });
    }
    [[nodiscard]] bool wait_ready() const {
        return wait_for("state " + std::to_string(BROKER_ACCOUNT_STATE_READY));
    }
    [[nodiscard]] std::string text() const {
        std::string all;
        for (const std::string& line : lines()) all.append(line).append("\n");
        return all;
    }

private:
    void read(int end) {
        std::string rest;
        std::array<char, 4096> buffer{};
        for (ssize_t size = 0; (size = ::read(end, buffer.data(), buffer.size())) > 0;) {
            rest.append(buffer.data(), static_cast<std::size_t>(size));
            for (std::size_t at = 0; (at = rest.find('\n')) != rest.npos; rest.erase(0, at + 1)) {
                {
                    const std::lock_guard lock{mutex_};
                    lines_.push_back(rest.substr(0, at));
                }
                changed_.notify_all();
            }
        }
        ::close(end);
    }
    [[nodiscard]] std::size_t count_locked(std::string_view part) const {
        return static_cast<std::size_t>(
            std::count_if(lines_.begin(), lines_.end(),
                          [&](const auto& line) { return line.find(part) != line.npos; }));
    }

    pid_t pid_ = -1;
    int in_ = -1;
    std::thread reader_;
    mutable std::mutex mutex_;  // guards lines_
    mutable std::condition_variable changed_;
    std::vector<std::string> lines_;
};

// One line about an order, as crash_host writes it.
struct OrderLine {
    std::string cl_ord_id;
    int exec_type = 0;
    int ord_status = 0;
    int certainty = 0;
    std::string exec_id;
    bool is_snapshot = false;
    bool is_possible_repeat = false;
};

class Recovery : public testing::Test {
protected:
    // The rig writes the configuration; the adapter runs in the other process.
    std::unique_ptr<HostProcess> start_host(const char* mode = "") {
        if (!is_configured_) {
            rig_.create();
            rig_.destroy();
            is_configured_ = true;
        }
        return std::make_unique<HostProcess>(rig_.directory() / "adapter.yaml", mode);
    }
    [[nodiscard]] static std::vector<OrderLine> orders(const HostProcess& host) {
        std::vector<OrderLine> found;
        for (const std::string& line : host.lines()) {
            std::istringstream words{line};
            std::string verb;
            OrderLine order;
            if (words >> verb; verb != "order") continue;
            words >> order.cl_ord_id >> order.exec_type >> order.ord_status >> order.certainty >>
                order.exec_id >> order.is_snapshot >> order.is_possible_repeat;
            found.push_back(order);
        }
        return found;
    }
    // Fills of the order that the host was told of, as news and as possible repetitions.
    struct Fills {
        std::size_t news = 0;
        std::size_t repeats = 0;
    };
    [[nodiscard]] static Fills fills(const HostProcess& host, std::string_view id) {
        Fills result;
        for (const OrderLine& order : orders(host)) {
            if (order.cl_ord_id != id || order.exec_type != BROKER_EXEC_TYPE_TRADE) continue;
            ++(order.is_possible_repeat ? result.repeats : result.news);
        }
        return result;
    }
    // The last that the host knows of the request.
    [[nodiscard]] static OrderLine last(const HostProcess& host, std::string_view id) {
        OrderLine result;
        for (const OrderLine& order : orders(host)) {
            if (order.cl_ord_id == id) result = order;
        }
        return result;
    }
    [[nodiscard]] static std::string trade(std::string_view id) {
        return "order " + std::string{id} + ' ' + std::to_string(BROKER_EXEC_TYPE_TRADE) + ' ';
    }
    // Waits until the venue has it.
    [[nodiscard]] bool wait_received(std::string_view id) {
        return rig_.venue().messages().wait_until(
            [id](const auto& messages) {
                return std::any_of(messages.begin(), messages.end(), [id](const auto& logged) {
                    return logged.message.msg_type == "D" && logged.message.value(11) == id;
                });
            },
            RecordingEvents::kPatience);
    }

    TradingRig rig_{{"ACC-1"}};
    bool is_configured_ = false;
};

TEST_F(Recovery, FillWhileTheHostWasDeadArrivesOnceAndItsOrderWasThereBeforeTheLogon) {
    auto host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    host->submit("L-1", "0.5");
    ASSERT_TRUE(host->wait_for("order L-1 1 ")) << host->text();
    host->kill();
    ASSERT_TRUE(rig_.venue().fill("ACC1", "L-1", *core::Decimal::parse("1000"),
                                  *core::Decimal::parse("0.5")));
    host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    ASSERT_TRUE(host->wait_for(trade("L-1"))) << host->text();
    EXPECT_EQ(fills(*host, "L-1").news, 1U) << host->text();
    EXPECT_EQ(fills(*host, "L-1").repeats, 0U);
    // The recovery's own snapshot stands before the connection.
    const auto lines = host->lines();
    ASSERT_FALSE(lines.empty());
    EXPECT_THAT(lines.front(), HasSubstr("snapshot begin"));
    EXPECT_THAT(lines[1], HasSubstr("order L-1"));
    EXPECT_EQ(last(*host, "L-1").ord_status, BROKER_ORD_STATUS_FILLED);
    EXPECT_EQ(rig_.received(0, "D", "L-1"), 1U);
    // And never again.
    host->stop();
    host = start_host();
    ASSERT_TRUE(host->wait_ready());
    EXPECT_EQ(fills(*host, "L-1").news + fills(*host, "L-1").repeats, 0U);
}

TEST_F(Recovery, HostThatDiesWhileItHearsOfAFillIsToldAgainAndThatItIsPossiblyARepetition) {
    auto host = start_host("die-at-fill");
    ASSERT_TRUE(host->wait_ready()) << host->text();
    host->submit("M-1");
    host->wait();
    host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    EXPECT_EQ(fills(*host, "M-1").repeats, 1U) << host->text();
    EXPECT_EQ(fills(*host, "M-1").news, 0U) << host->text();
    EXPECT_EQ(rig_.received(0, "D", "M-1"), 1U);
    host->kill();
    host = start_host();
    ASSERT_TRUE(host->wait_ready());
    EXPECT_EQ(fills(*host, "M-1").repeats + fills(*host, "M-1").news, 0U) << host->text();
}

TEST_F(Recovery, OrderWhoseAnswersWereLostIsUnknownUntilTheVenueHasSpoken) {
    auto host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToClient, true);
    host->submit("M-1");
    ASSERT_TRUE(wait_received("M-1"));
    host->kill();
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToClient, false);
    host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    ASSERT_TRUE(host->wait_for(trade("M-1"))) << host->text();
    const auto all = orders(*host);
    ASSERT_FALSE(all.empty());
    EXPECT_EQ(all.front().cl_ord_id, "M-1");
    EXPECT_EQ(all.front().certainty, BROKER_CERTAINTY_UNKNOWN);
    EXPECT_EQ(fills(*host, "M-1").news, 1U) << host->text();
    EXPECT_EQ(last(*host, "M-1").certainty, BROKER_CERTAINTY_ACKNOWLEDGED);
    EXPECT_EQ(rig_.received(0, "D", "M-1"), 1U);
}

TEST_F(Recovery, ClOrdIDOfBeforeTheCrashIsRefused) {
    auto host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    host->submit("M-1");
    ASSERT_TRUE(host->wait_for(trade("M-1"))) << host->text();
    host->kill();
    host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    host->submit("M-1");
    ASSERT_TRUE(host->wait_for("order M-1 7 ")) << host->text();  // Rejected
    host->submit("M-2");
    ASSERT_TRUE(host->wait_for(trade("M-2"))) << host->text();
    EXPECT_EQ(rig_.received(0, "D", "M-1"), 1U);
}

// The order left the dead process and never arrived. The venue asks for it after the restart.
TEST_F(Recovery, StaleOrderOfBeforeTheCrashIsNotSentAgainAndTheHostIsTold) {
    rig_.account().limits = "{orders_per_s: 1000, order_ttl_ms: 1000}";
    auto host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToServer, true);
    for (int i = 1; i <= 20; ++i) host->submit("S-" + std::to_string(i), "0.5");
    ASSERT_TRUE(host->wait_for("submitted S-20")) << host->text();
    // What was taken leaves the process, and grows too old.
    std::this_thread::sleep_for(std::chrono::milliseconds{1500});
    host->kill();
    rig_.venue().drop_connections(Listener::FixTrading);
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToServer, false);
    host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    std::size_t unknown = 0;
    for (int i = 1; i <= 20; ++i) {
        const std::string id = "S-" + std::to_string(i);
        EXPECT_EQ(rig_.received(0, "D", id), 0U);
        if (last(*host, id).certainty == BROKER_CERTAINTY_UNKNOWN) ++unknown;
    }
    EXPECT_EQ(unknown, 0U) << host->text();
    EXPECT_GT(host->count("it was not sent again"), 0U) << host->text();
}

// Killed at any instant, again and again: the venue has no order twice, the host every fill.
TEST_F(Recovery, NoOrderGoesTwiceAndNoFillIsLostWhereverTheHostDies) {
    std::map<std::string, std::size_t> news;  // by ExecID
    std::set<std::string> told;
    int next = 0;
    for (int round = 0; round < 6; ++round) {
        auto host = start_host();
        ASSERT_TRUE(host->wait_ready()) << host->text();
        for (int i = 0; i < 12; ++i) host->submit("K-" + std::to_string(next++));
        std::this_thread::sleep_for(std::chrono::milliseconds{1 + round * 4});
        host->kill();
        for (const OrderLine& order : orders(*host)) {
            if (order.exec_type != BROKER_EXEC_TYPE_TRADE) continue;
            told.insert(order.exec_id);
            if (!order.is_possible_repeat) ++news[order.exec_id];
        }
    }
    auto host = start_host();
    ASSERT_TRUE(host->wait_ready()) << host->text();
    host->stop();
    std::map<std::string, int> certainty;
    for (const OrderLine& order : orders(*host)) {
        if (order.exec_type == BROKER_EXEC_TYPE_TRADE) {
            told.insert(order.exec_id);
            if (!order.is_possible_repeat) ++news[order.exec_id];
        }
        certainty[order.cl_ord_id] = order.certainty;
    }
    for (const auto& [id, known] : certainty) {
        EXPECT_NE(known, BROKER_CERTAINTY_UNKNOWN) << id;
    }
    for (int i = 0; i < next; ++i) {
        EXPECT_LE(rig_.received(0, "D", "K-" + std::to_string(i)), 1U) << i;
    }
    for (const auto& [exec_id, count] : news) EXPECT_EQ(count, 1U) << exec_id;
    for (const auto& logged : rig_.venue().messages().all()) {
        if (logged.direction != simulator::LoggedMessage::Direction::ToClient) continue;
        if (logged.message.msg_type != "8" || logged.message.value(150) != "F") continue;
        EXPECT_TRUE(told.contains(logged.message.value(17))) << logged.message.value(17);
    }
}

}  // namespace
}  // namespace broker::test
