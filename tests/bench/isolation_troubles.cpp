#include "bench/isolation_troubles.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <stdexcept>
#include <thread>
#include <vector>

#include "bench/core_placement.hpp"
#include "bench/troublesome_venue.hpp"

namespace broker::bench {
namespace {

using test::TradingRig;

void wait_ready(TradingRig& rig, const std::string& account) {
    if (!rig.wait_ready(account)) throw std::runtime_error{account + " is not ready\n" + rig.log()};
}

// Each rig's venue has names of its own: all live in one process, where stock QuickFIX, of which
// the simulator is made, knows a session by its CompIDs.
class WithRig : public Trouble {
public:
    WithRig(const TroubleOptions& options, int accounts) : rig_{unused_names(accounts)} {
        rig_.set_plugin(options.plugin);
    }
    [[nodiscard]] TradingRig& rig() override { return rig_; }
    [[nodiscard]] const std::string& measured() override { return rig_.account(0).id; }

protected:
    void start() {
        run_among_others();  // what the adapter starts does what this thread does
        rig_.start();
        wait_ready(rig_, measured());
        // Why: what is measured is the adapter. The host and the venue of an account that is well
        // are other machines, or have cores of their own.
        move_to_last_core("dxtrade-0");
        run_before_others("isolation_bench");
    }
    [[nodiscard]] const std::string& troubled() { return rig_.account(1).id; }
    TradingRig rig_;

private:
    static std::vector<std::string> unused_names(int count) {
        static int used = 0;
        std::vector<std::string> names;
        for (int i = 0; i < count; ++i) names.push_back("ACC-" + std::to_string(++used));
        return names;
    }
};

class NoTrouble final : public WithRig {
public:
    explicit NoTrouble(const TroubleOptions& options) : WithRig{options, 1} { start(); }
};

// Accepts connections by its backlog and never says a word.
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

class SilentPeer final : public WithRig {
public:
    explicit SilentPeer(const TroubleOptions& options) : WithRig{options, 2} {
        rig_.account(1).port = silent_.number();
        rig_.account(1).session_extra = "        handshake_timeout_ms: 20\n";
        rig_.set_connect_budget("{account_per_s: 0, host_per_s: 0}");
        rig_.events().ignore(troubled());
        start();
    }

private:
    SilentPort silent_;
};

// Its configuration has a password that the venue does not take.
class RefusedAccount final : public WithRig {
public:
    explicit RefusedAccount(const TroubleOptions& options) : WithRig{options, 2} {
        const auto file = rig_.account(1).venue / "wrong.password";
        std::ofstream{file} << "wrong";
        std::filesystem::permissions(file, std::filesystem::perms::owner_read);
        rig_.account(1).password = "wrong.password";
        rig_.events().ignore(troubled());
        start();
    }
};

// The troubled account's venue is a TroublesomeVenue.
class WithTroublesomeVenue : public WithRig {
public:
    WithTroublesomeVenue(const TroubleOptions& options, TroublesomeVenue::Trouble trouble,
                         const std::string& recovery)
        : WithRig{options, 2},
          trouble_{trouble},
          venue_{authority_, TradingRig::sender_comp_id(troubled()), options.replayed} {
        test::AccountYaml& account = rig_.account(1);
        account.port = venue_.port();
        account.profile = "dxtrade-cfd";  // asks nothing after the logon
        account.limits = "{orders_per_s: 0, order_ttl_ms: 3600000}";  // every order is sent again
        use_authority(account);
        rig_.change_profile("name: dxtrade-cfd",
                            "name: dxtrade-cfd\nfix_session: {recovery: {" + recovery + "}}",
                            "dxtrade-cfd");
        start();
        wait_ready(rig_, troubled());
        rig_.events().ignore(troubled());
    }
    void begin() override { venue_.set_trouble(trouble_); }
    void end() override { venue_.set_trouble(TroublesomeVenue::Trouble::None); }

protected:
    void submit(const std::string& id, const std::string& qty = "1000") {
        while (true) {
            const auto status =
                rig_.submit({.account = troubled(), .id = id, .symbol = "EUR/USD", .qty = qty});
            if (status.is_ok()) return;
            if (status.code != BROKER_WOULD_BLOCK)
                throw std::runtime_error{troubled() + "'s order: " + status.describe()};
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }
    [[nodiscard]] std::string rate(const std::string& what) const {
        const auto work = venue_.work();
        const double seconds = std::chrono::duration<double>(work.time).count();
        return std::to_string(work.messages) + " messages " + what + ", " +
               (seconds > 0 ? std::to_string(
                                  static_cast<long>(static_cast<double>(work.messages) / seconds))
                            : "0") +
               " a second";
    }

    TroublesomeVenue::Trouble trouble_;
    simulator::CertificateAuthority authority_{"troublesome CA"};
    TroublesomeVenue venue_;

private:
    void use_authority(test::AccountYaml& account) {
        simulator::CertificateRequest request;
        request.common_name = TradingRig::sender_comp_id(troubled());
        request.is_client = true;
        const simulator::IssuedCertificate issued = authority_.issue(request);
        account.trust = write(account, "other-ca.pem", authority_.certificate_pem());
        account.certificate = write(account, "other.pem", issued.certificate_pem);
        account.key = write(account, "other.key", issued.key_pem);
    }
    static std::string write(const test::AccountYaml& account, const std::string& name,
                             const std::string& text) {
        const auto path = account.venue / name;
        std::ofstream{path} << text;
        std::filesystem::permissions(path, std::filesystem::perms::owner_read);
        return name;
    }
};

class ResendStorm final : public WithTroublesomeVenue {
public:
    explicit ResendStorm(const TroubleOptions& options)
        : WithTroublesomeVenue{options, TroublesomeVenue::Trouble::Storm, options.pages} {
        constexpr std::uint64_t kLive = 2'500;  // at a time; an account has 10,000 at most
        for (int i = 0; i < options.backlog; ++i) {
            if (i % 500 == 0) wait_until([this] { return live_orders() < kLive; });
            submit("OLD-" + std::to_string(i));
        }
        const auto backlog = static_cast<std::uint64_t>(options.backlog);
        wait_until([&] { return venue_.refused() == backlog; });
    }
    [[nodiscard]] std::string note() const override { return rate("were sent again"); }

private:
    std::uint64_t live_orders() {
        broker_account_status_t status{};
        const auto read = rig_.adapter().accounts()->get_status(troubled(), status);
        if (!read.is_ok()) throw std::runtime_error{read.describe()};
        return status.live_order_count;
    }
    template <class Condition>
    void wait_until(Condition holds) {
        const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds{30};
        while (!holds()) {
            if (std::chrono::steady_clock::now() > deadline)
                throw std::runtime_error{"the backlog does not arrive"};
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }
};

class Replay final : public WithTroublesomeVenue {
public:
    explicit Replay(const TroubleOptions& options)
        : WithTroublesomeVenue{options, TroublesomeVenue::Trouble::Replay, "request_chunk: 0"} {
        submit("LIVE-1", "1000000000");
    }
    [[nodiscard]] std::string note() const override { return rate("came"); }
};

// Another program writes into the file system that has the journal, and has the disk confirm it.
class BusyDisk final : public WithRig {
public:
    explicit BusyDisk(const TroubleOptions& options) : WithRig{options, 1} { start(); }
    ~BusyDisk() override { end(); }
    void begin() override {
        is_over_ = false;
        writer_ = std::thread{[this] { write(); }};
    }
    void end() override {
        is_over_ = true;
        if (writer_.joinable()) writer_.join();
    }
    [[nodiscard]] std::string note() const override {
        return std::to_string(syncs_) +
               " MiB were written, each with fdatasync, every 16th with "
               "syncfs";
    }

private:
    void write() {
        run_among_others();
        const auto path = rig_.directory() / "other-program";
        const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
        const std::string block(1024 * 1024, 'x');
        constexpr std::uint64_t kBlocks = 64;  // of the file, which is written over
        while (!is_over_) {
            const auto at = static_cast<off_t>(syncs_ % kBlocks * block.size());
            if (::pwrite(file, block.data(), block.size(), at) < 0 || ::fdatasync(file) != 0) break;
            // What the journal has in mapped memory is written as well, and becomes read-only by
            // it.
            if (++syncs_ % 16 == 0) (void)::syncfs(file);
        }
        ::close(file);
    }

    std::atomic<bool> is_over_{false};
    std::atomic<std::uint64_t> syncs_{0};
    std::thread writer_;
};

}  // namespace

std::unique_ptr<Trouble> no_trouble(const TroubleOptions& options) {
    return std::make_unique<NoTrouble>(options);
}
std::unique_ptr<Trouble> silent_peer(const TroubleOptions& options) {
    return std::make_unique<SilentPeer>(options);
}
std::unique_ptr<Trouble> refused_account(const TroubleOptions& options) {
    return std::make_unique<RefusedAccount>(options);
}
std::unique_ptr<Trouble> resend_storm(const TroubleOptions& options) {
    return std::make_unique<ResendStorm>(options);
}
std::unique_ptr<Trouble> replay(const TroubleOptions& options) {
    return std::make_unique<Replay>(options);
}
std::unique_ptr<Trouble> busy_disk(const TroubleOptions& options) {
    return std::make_unique<BusyDisk>(options);
}

}  // namespace broker::bench
