#include "bench/benchmark.hpp"

#include <algorithm>
#include <exception>
#include <fstream>
#include <stdexcept>
#include <utility>

#include "bench/adapter_client.hpp"
#include "bench/allocation_count.hpp"
#include "bench/floor_client.hpp"
#include "bench/quickfix_client.hpp"

namespace broker::bench {
namespace {

constexpr std::size_t kWarmUpOrders = 200;
constexpr std::size_t kSizingOrders = 1000;  // their MsgSeqNum is as wide as that of most
constexpr std::size_t kCountedOrders = 200;  // whose allocations are counted

simulator::IssuedCertificate server_identity(simulator::CertificateAuthority& authority) {
    return authority.issue({.common_name = "localhost",
                            .dns_names = {"localhost"},
                            .ip_addresses = {"127.0.0.1"},
                            .is_server = true});
}

std::filesystem::path write_file(const std::filesystem::path& path, const std::string& text) {
    std::ofstream{path} << text;
    return path;
}

}  // namespace

Benchmark::Benchmark(BenchmarkOptions options)
    : options_{std::move(options)},
      authority_{"benchmark CA"},
      identity_{server_identity(authority_)},
      trust_file_{write_file(directory_.path() / "ca.pem", authority_.certificate_pem())} {
    add_floor("raw OpenSSL", true);
    add_adapter("adapter, spin", true);
    if (is_fix()) {
        add_quickfix("QuickFIX, MemoryStore, poll(0)", false, true);
        add_quickfix("QuickFIX, FileStore, poll(0)", true, true);
    }
    add_floor("raw OpenSSL, poll(2)", false);
    add_adapter("adapter, block", false);
    if (is_fix()) {
        add_quickfix("QuickFIX, MemoryStore, own thread", false, false);
        add_quickfix("QuickFIX, FileStore, own thread", true, false);
    }
}

void Benchmark::add_floor(const std::string& name, bool is_spinning) {
    const auto make = [this, is_spinning](const Course& course, AnswerListener& listener) {
        return std::make_unique<FloorClient>(
            FloorOptions{course.venue.port(), authority_.certificate_pem(), sizes_, is_spinning},
            listener);
    };
    contestants_.push_back({name, "floor", is_spinning, make});
}

void Benchmark::add_adapter(const std::string& name, bool is_spinning) {
    const auto make = [this, is_spinning](const Course& course, AnswerListener& listener) {
        return std::make_unique<AdapterClient>(
            AdapterOptions{options_.plugin, course.directory, trust_file_, options_.config_dir,
                           course.venue.port(), is_spinning ? "spin" : "block", options_.transport},
            listener);
    };
    contestants_.push_back({name, "adapter", is_spinning, make});
}

void Benchmark::add_quickfix(const std::string& name, bool has_file_store, bool is_spinning) {
    const auto make = [=, this](const Course& course, AnswerListener& listener) {
        QuickFixOptions options;
        options.port = course.venue.port();
        options.data_dictionary = options_.data_dictionary.string();
        if (has_file_store) options.store_directory = (course.directory / "store").string();
        options.is_spinning = is_spinning;
        options.hang_up = [&venue = course.venue] { venue.hang_up(); };
        return std::make_unique<QuickFixClient>(std::move(options), listener);
    };
    contestants_.push_back({name, "quickfix", is_spinning, make});
}

const Contestant& Benchmark::floor_of(const Contestant& contestant) const {
    return *std::find_if(contestants_.begin(), contestants_.end(), [&](const Contestant& other) {
        return other.is_floor() && other.is_spinning == contestant.is_spinning;
    });
}

bool Benchmark::has_failed() const {
    return std::any_of(contestants_.begin(), contestants_.end(),
                       [](const Contestant& contestant) { return !contestant.failure.empty(); });
}

std::size_t Benchmark::run(const std::function<void(std::size_t round)>& progress) {
    const auto end = std::chrono::steady_clock::now() + options_.longest;
    measure_sizes();
    for (std::size_t round = 0; round < options_.rounds; ++round) {
        if (round > 0 && std::chrono::steady_clock::now() >= end) return round;
        for (std::size_t i = 0; i < contestants_.size(); ++i) {
            take_turn(contestants_[(round + i) % contestants_.size()], round);
        }
        progress(round + 1);
    }
    return options_.rounds;
}

// Those of the first client, adapter or else QuickFIX, that has an order answered.
void Benchmark::measure_sizes() {
    std::string why;
    for (const Contestant& contestant : contestants_) {
        if (contestant.is_floor()) continue;
        Contestant trial = contestant;
        const test::TemporaryDirectory directory;
        Responder venue{identity_, {}, options_.transport};
        try {
            OrderLoop loop{venue};
            const auto client = trial.make({venue, directory.path()}, loop);
            client->start();
            (void)loop.run(*client, Issue::Callback, kSizingOrders);
            client->stop();
            sizes_ = venue.seen().sizes;
            return;
        } catch (const std::exception& e) {
            // It fails again in its own turn, where the failure is reported.
            if (why.empty()) why = std::string{e.what()} + "; venue: " + venue.seen().complaint;
        }
    }
    throw std::runtime_error{"no client has an order answered: " + why};
}

void Benchmark::take_turn(Contestant& contestant, std::size_t round) {
    if (!contestant.failure.empty()) return;
    try {
        std::optional<MessageSizes> echo;
        if (contestant.is_floor()) echo = sizes_;
        Responder venue{identity_, echo, options_.transport};
        measure(contestant, venue, round);
        contestant.seen = venue.seen();
        contestant.failure = contestant.seen.complaint;
    } catch (const std::exception& e) {
        contestant.failure = e.what();
    }
}

void Benchmark::measure(Contestant& contestant, Responder& venue, std::size_t round) {
    const test::TemporaryDirectory directory;
    OrderLoop loop{venue};
    const auto client = contestant.make({venue, directory.path()}, loop);
    client->start();
    (void)loop.run(*client, Issue::Callback, kWarmUpOrders);
    contestant.from_callback.push_back(loop.run(*client, Issue::Callback, options_.samples));
    if (!contestant.is_floor()) {
        contestant.from_host_thread.push_back(
            loop.run(*client, Issue::HostThread, options_.samples));
    }
    if (round == 0 && allocation_count::is_available()) {
        allocation_count::start();
        (void)loop.run(*client, Issue::Callback, kCountedOrders);
        contestant.allocations_per_order =
            static_cast<double>(allocation_count::stop()) / kCountedOrders;
    }
    client->stop();
}

}  // namespace broker::bench
