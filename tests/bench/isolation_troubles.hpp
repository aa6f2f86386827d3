// What goes wrong beside the account that is measured: each is a host process's worth of accounts
// on one event thread, in which the first is well.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>

#include "system/trading_rig.hpp"

namespace broker::bench {

struct TroubleOptions {
    std::filesystem::path plugin;
    int backlog = 50'000;              // orders that a storm asks for
    std::uint64_t replayed = 100'000;  // messages that come at once
    std::string pages{};               // of fix_session.recovery of the account in trouble
};

class Trouble {
public:
    virtual ~Trouble() = default;
    [[nodiscard]] virtual test::TradingRig& rig() = 0;
    // The account that is well, and ready; its latency is what the trouble costs.
    [[nodiscard]] virtual const std::string& measured() = 0;
    // The trouble has begun when the first returns, and has ended when the second does.
    virtual void begin() {}
    virtual void end() {}
    [[nodiscard]] virtual std::string note() const { return {}; }  // what the trouble was
};

[[nodiscard]] std::unique_ptr<Trouble> no_trouble(const TroubleOptions& options);
[[nodiscard]] std::unique_ptr<Trouble> silent_peer(const TroubleOptions& options);
[[nodiscard]] std::unique_ptr<Trouble> refused_account(const TroubleOptions& options);
[[nodiscard]] std::unique_ptr<Trouble> resend_storm(const TroubleOptions& options);
[[nodiscard]] std::unique_ptr<Trouble> replay(const TroubleOptions& options);
[[nodiscard]] std::unique_ptr<Trouble> busy_disk(const TroubleOptions& options);

}  // namespace broker::bench
