// Who is compared, and the rounds in which they take turns.
#pragma once

#include <chrono>
#include <cstddef>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "bench/client.hpp"
#include "bench/order_loop.hpp"
#include "bench/responder.hpp"
#include "bench/statistics.hpp"
#include "simulator/certificate_authority.hpp"
#include "support/temporary_directory.hpp"

namespace broker::bench {

struct BenchmarkOptions {
    std::filesystem::path plugin;
    std::filesystem::path data_dictionary;  // QuickFIX's
    std::filesystem::path config_dir;       // the project's own
    Transport transport = Transport::Fix;   // REST: the floor and the adapter alone
    std::size_t rounds = 0;
    std::size_t samples = 0;         // a round, variant and way of submitting
    std::chrono::seconds longest{};  // no round begins after it
};

// What a client of one round is made for.
struct Course {
    Responder& venue;
    std::filesystem::path directory;  // of this round alone
};

struct Contestant {
    std::string name;   // for people
    std::string group;  // floor, adapter or quickfix
    bool is_spinning;   // how it waits for bytes: busy polling, or asleep in the kernel
    std::function<std::unique_ptr<Client>(const Course&, AnswerListener&)> make;

    // Results. By the thread that submits; the floor has none of a host thread.
    Rounds from_callback{};
    Rounds from_host_thread{};
    std::optional<double> allocations_per_order{};
    Responder::Seen seen{};
    std::string failure{};  // if not empty, it took no further part

    [[nodiscard]] bool is_floor() const { return group == "floor"; }
};

class Benchmark {
public:
    // Throws std::runtime_error if there can be no certificates or files.
    explicit Benchmark(BenchmarkOptions options);

    // Calls `progress` after each round. A contestant that fails is left out of later rounds.
    // Returns how many rounds there were.
    std::size_t run(const std::function<void(std::size_t round)>& progress);

    [[nodiscard]] const std::vector<Contestant>& contestants() const { return contestants_; }
    // The floor that waits as `contestant` does.
    [[nodiscard]] const Contestant& floor_of(const Contestant& contestant) const;
    [[nodiscard]] bool has_failed() const;

private:
    [[nodiscard]] bool is_fix() const { return options_.transport == Transport::Fix; }
    void add_floor(const std::string& name, bool is_spinning);
    void add_adapter(const std::string& name, bool is_spinning);
    void add_quickfix(const std::string& name, bool has_file_store, bool is_spinning);
    void measure_sizes();
    void take_turn(Contestant& contestant, std::size_t round);
    void measure(Contestant& contestant, Responder& venue, std::size_t round);

    const BenchmarkOptions options_;
    const test::TemporaryDirectory directory_;
    simulator::CertificateAuthority authority_;
    const simulator::IssuedCertificate identity_;
    const std::filesystem::path trust_file_;
    MessageSizes sizes_;  // that the adapter exchanges; the floor's
    std::vector<Contestant> contestants_;
};

}  // namespace broker::bench
