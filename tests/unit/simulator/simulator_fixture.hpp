// A whole simulator on real sockets, and clients for it.
#pragma once

#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "fix_test_client.hpp"
#include "simulator/simulator.hpp"
#include "support/temporary_directory.hpp"

namespace broker::simulator {

inline core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

inline std::string read_file(const std::filesystem::path& path) {
    std::ifstream file{path};
    return {std::istreambuf_iterator<char>{file}, {}};
}

// A simulator of account ACC1 that runs, unless a test makes another with make_simulator().
class SimulatorFixture : public testing::Test {
protected:
    SimulatorFixture() {
        make_simulator();
        simulator_->start();
    }
    // Why not a default argument: GCC 12 takes strings inside such a temporary for uninitialized.
    void make_simulator() {
        SimulatorOptions options;
        make_simulator(std::move(options));
    }
    void make_simulator(SimulatorOptions options) {
        simulator_.reset();
        options.directory = directory_;
        simulator_ = std::make_unique<Simulator>(std::move(options));
    }
    [[nodiscard]] FixTestClientOptions client_options(int seq_num = 1) const {
        return {.port = simulator_->port(Listener::FixTrading),
                .trust_pem = read_file(directory_ / "ca.pem"),
                .certificate_pem = read_file(directory_ / "client-ACC-1.pem"),
                .key_pem = read_file(directory_ / "client-ACC-1.key"),
                .seq_num = seq_num};
    }
    [[nodiscard]] std::string password() const { return read_file(directory_ / "ACC-1.password"); }
    // Connects and logs on; fails the test if that does not work.
    void log_on(FixTestClient& client) const {
        ASSERT_EQ(client.connect(), "");
        client.log_on("acc1", password());
        ASSERT_EQ(client.receive_line({98, 108}), "A 98=0 108=30");
    }
    // Waits for it; each look waits for the simulator's thread.
    [[nodiscard]] bool is_logged_off() const {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{10};
        while (simulator_->is_logged_on("ACC1"))
            if (std::chrono::steady_clock::now() > deadline) return false;
        return true;
    }
    static FixMessage order(const std::string& cl_ord_id, const std::string& price) {
        FixMessage fix{"D", {{11, cl_ord_id}, {55, "EURUSD"}, {54, "1"}, {38, "1000"}}};
        fix.add(40, price.empty() ? "1" : "2");
        if (!price.empty()) fix.add(44, price);
        fix.add(60, "20260105-12:00:00");
        return fix;
    }

    test::TemporaryDirectory temporary_;  // outlives the simulator
    const std::filesystem::path directory_ = temporary_.path();
    std::unique_ptr<Simulator> simulator_;
};

}  // namespace broker::simulator
