// What the journal costs, and that it stays bounded: appending, a resend of a long history, the
// recovery of a long gap. No network; the disk is the one under the temporary directory (TMPDIR).
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <deque>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "core/clock.hpp"
#include "fix/native/native_engine.hpp"
#include "journal/journal_message_store.hpp"
#include "journal/journal_sync.hpp"
#include "support/fix_message.hpp"
#include "support/temporary_directory.hpp"

namespace broker::bench {
namespace {

using Nanoseconds = std::vector<std::int64_t>;
using SteadyClock = std::chrono::steady_clock;

std::int64_t since(SteadyClock::time_point begin) {
    return std::chrono::nanoseconds{SteadyClock::now() - begin}.count();
}

void print(const char* what, Nanoseconds times) {
    std::sort(times.begin(), times.end());
    const auto at = [&](double part) {
        return static_cast<double>(
                   times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))]) /
               1000;
    };
    std::printf("%-52s p50 %8.2f  p99 %8.2f  p99.9 %8.2f  max %8.1f us\n", what, at(0.5), at(0.99),
                at(0.999), at(1));
}

// Anonymous memory of the process: what it has allocated, without mapped files.
double anonymous_mib() {
    std::ifstream status{"/proc/self/status"};
    for (std::string line; std::getline(status, line);) {
        if (line.starts_with("RssAnon:")) return std::stod(line.substr(8)) / 1024;
    }
    return 0;
}

std::string order(core::MsgSeqNum number, core::UtcTime time) {
    std::string sent(fix::kUtcTimestampSize, ' ');
    fix::write_utc_timestamp(time, std::span<char, fix::kUtcTimestampSize>{sent});
    return test::fix_message("35=D|34=" + std::to_string(number) + "|49=US|56=PEER|52=" + sent +
                             "|11=BENCH-" + std::to_string(number) +
                             "|1=default:ACC-1|55=EUR/USD|54=1|60=" + sent +
                             "|38=100000|40=2|44=1.08505|59=0|");
}

std::string report(core::MsgSeqNum number, const std::string& time, bool is_again) {
    const std::string id = std::to_string(number);
    return test::fix_message("35=8|34=" + id + "|49=PEER|56=US|52=" + time +
                             (is_again ? "|43=Y|122=" + time : std::string{}) + "|37=O-" + id +
                             "|11=BENCH-" + id + "|17=E-" + id +
                             "|150=F|39=2|1=default:ACC-1|55=EUR/USD|54=1|38=100000|44=1.08505|"
                             "32=100000|31=1.08505|151=0|14=100000|6=1.08505|60=" +
                             time + "|");
}

void append_messages(journal::Durability durability, const char* name, int messages) {
    const test::TemporaryDirectory directory;
    const core::SystemClock clock;
    const auto journal =
        journal::Journal::open(
            {.directory = directory.path() / "A1", .account = "A1", .durability = durability})
            .value();
    journal::JournalSync sync;
    sync.add(*journal);
    const auto store = journal::JournalMessageStore::open(*journal, clock, {"US->PEER"}).value();
    const std::string message = order(1, clock.utc());
    Nanoseconds appended;
    Nanoseconds durable;
    for (int n = 0; n < messages; ++n) {
        const auto begin = SteadyClock::now();
        const core::MsgSeqNum number = store->next_sender_msg_seq_num();
        if (!store->add(number, message) || !store->set_next_sender_msg_seq_num(number + 1)) {
            std::printf("%s: %s\n", name, journal->health().text.c_str());
            return;
        }
        appended.push_back(since(begin));
        // Orders come singly, as in life: the next one 20 us later.
        if (durability == journal::Durability::BeforeSend) {
            while (journal->durable() < journal->end()) {
            }
            durable.push_back(since(begin));
        }
        const auto next = SteadyClock::now() + std::chrono::microseconds{20};
        while (SteadyClock::now() < next) {
        }
    }
    print((std::string{"append with number, "} + name).c_str(), appended);
    if (!durable.empty()) print("  until it is on the disk", durable);
}

class CountingListener final : public fix::SessionListener {
public:
    void on_send(std::string_view message) override {
        ++sent;
        if (when_sent) when_sent(message);
    }
    void on_logged_on() override {}
    void on_application_message(const fix::MessageView&) override { ++received; }
    void on_session_reject(const fix::MessageView&) override {}
    fix::ResendDecision on_resend(core::MsgSeqNum, const fix::MessageView&) override {
        return fix::ResendDecision::Resend;
    }
    void on_sequence_reset() override {}
    void on_session_ended(core::Reason, std::string_view text) override {
        std::printf("the session has ended: %.*s\n", static_cast<int>(text.size()), text.data());
    }
    std::size_t sent = 0;
    std::size_t received = 0;
    std::function<void(std::string_view)> when_sent;
};

// The machine's clocks, but that pauses are passed over.
class SkippingClock final : public core::Clock {
public:
    [[nodiscard]] core::MonotonicTime monotonic() const override {
        return machine_.monotonic() + skipped_;
    }
    [[nodiscard]] core::UtcTime utc() const override { return machine_.utc() + skipped_; }
    void skip_to(core::MonotonicTime when) {
        skipped_ += std::max(when - monotonic(), core::Duration{0});
    }

private:
    core::SystemClock machine_;
    core::Duration skipped_{0};
};

// An engine over a journal with a peer written by hand.
struct Session {
    explicit Session(core::MsgSeqNum messages_before = 0) {
        sync.add(*journal);
        auto opened = journal::JournalMessageStore::open(*journal, clock, {"US->PEER"}).value();
        for (core::MsgSeqNum number = 1; number <= messages_before; ++number) {
            if (!opened->add(number, order(number, clock.utc()))) std::abort();
            if (!opened->set_next_sender_msg_seq_num(number + 1)) std::abort();
        }
        fix::SessionSettings settings;
        settings.sender_comp_id = "US";
        settings.target_comp_id = "PEER";
        engine = fix::make_native_engine(std::move(settings), std::move(opened), clock, listener);
        engine->connected(clock.now());
        receive("35=A|34=1|49=PEER|56=US|52=" + time() + "|98=0|108=30|");
    }
    [[nodiscard]] std::string time() const {
        std::string text(fix::kUtcTimestampSize, ' ');
        fix::write_utc_timestamp(clock.utc(), std::span<char, fix::kUtcTimestampSize>{text});
        return text;
    }
    void receive(const std::string& body) { receive_whole(test::fix_message(body)); }
    void receive_whole(const std::string& message) {
        if (!view.parse(message)) std::abort();
        engine->received(view, clock.now());
    }

    test::TemporaryDirectory directory;
    SkippingClock clock;
    std::unique_ptr<journal::Journal> journal =
        journal::Journal::open({.directory = directory.path() / "A1", .account = "A1"}).value();
    journal::JournalSync sync;
    CountingListener listener;
    fix::MessageView view;
    std::unique_ptr<fix::SessionEngine> engine;
};

// ResendRequest for 1 to infinity; an order of ours and a heartbeat's answer in between.
void resend(core::MsgSeqNum messages) {
    Session session{messages};
    const double before = anonymous_mib();
    session.listener.sent = 0;
    Nanoseconds turns;
    const auto begin = SteadyClock::now();
    session.receive("35=2|34=2|49=PEER|56=US|52=" + session.time() + "|7=1|16=0|");
    core::MsgSeqNum theirs = 3;
    double most = before;
    while (session.listener.sent < messages && session.engine->is_logged_on()) {
        session.clock.skip_to(session.engine->next_timer());
        const auto turn = SteadyClock::now();
        session.engine->on_timer(session.clock.now());
        turns.push_back(since(turn));
        if (turns.size() % 500 == 0) {
            session.receive("35=1|34=" + std::to_string(theirs++) +
                            "|49=PEER|56=US|52=" + session.time() + "|112=alive|");
            most = std::max(most, anonymous_mib());
        }
    }
    const double seconds = static_cast<double>(since(begin)) / 1e9;
    std::printf("resend of %llu messages: %.0f messages/s without the pauses, %zu turns\n",
                static_cast<unsigned long long>(messages), static_cast<double>(messages) / seconds,
                turns.size());
    print("  one turn (the event thread is away for so long)", turns);
    std::printf("  allocated memory before %.1f MiB, at most %.1f MiB\n", before, most);
    session.engine.reset();
}

// The peer is so many messages ahead and answers each ResendRequest at once.
void recover_gap(core::MsgSeqNum messages) {
    Session session;
    std::vector<std::string> reports;
    for (core::MsgSeqNum number = 2; number < messages + 2; ++number)
        reports.push_back(report(number, session.time(), true));
    std::deque<std::pair<core::MsgSeqNum, core::MsgSeqNum>> asked;
    fix::MessageView request;
    session.listener.when_sent = [&](std::string_view message) {
        if (!request.parse(message) || request.msg_type() != "2") return;
        asked.emplace_back(*request.find_number(7), *request.find_number(16));
    };
    const double before = anonymous_mib();
    const auto begin = SteadyClock::now();
    session.receive_whole(report(messages + 2, session.time(), false));
    while (!asked.empty()) {
        const auto [first, last] = asked.front();
        asked.pop_front();
        for (core::MsgSeqNum number = first; number <= last; ++number)
            session.receive_whole(reports[number - 2]);
    }
    const double seconds = static_cast<double>(since(begin)) / 1e9;
    std::printf("recovery of a gap of %llu messages: %zu delivered, %.0f messages/s\n",
                static_cast<unsigned long long>(messages), session.listener.received,
                static_cast<double>(messages) / seconds);
    std::printf("  allocated memory before %.1f MiB, after %.1f MiB\n", before, anonymous_mib());
    session.engine.reset();
}

}  // namespace
}  // namespace broker::bench

int main(int argc, char** argv) {
    int appends = 100'000;
    std::uint64_t history = 1'000'000;
    std::uint64_t gap = 100'000;
    CLI::App app{"What the journal costs: appending, a long resend, a long gap"};
    app.add_option("--appends", appends, "messages appended in each mode of durability");
    app.add_option("--history", history, "messages of the resend");
    app.add_option("--gap", gap, "messages that are missed");
    CLI11_PARSE(app, argc, argv);
    using broker::journal::Durability;
    broker::bench::append_messages(Durability::Async, "async", appends);
    broker::bench::append_messages(Durability::Batch, "batch", appends);
    broker::bench::append_messages(Durability::BeforeSend, "before_send", appends / 100 + 1);
    broker::bench::resend(history);
    broker::bench::recover_gap(gap);
    return 0;
}
