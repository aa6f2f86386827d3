#include "net/name_lookup.hpp"

#include <ares.h>
#include <netinet/in.h>
#include <sys/time.h>

#include <algorithm>
#include <boost/asio/posix/stream_descriptor.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cstring>
#include <map>
#include <utility>

#include "net/asio.hpp"

namespace broker::net {
namespace {

using core::Reason;
using SteadyClock = std::chrono::steady_clock;

constexpr std::size_t kMaxAddresses = 16;  // of one family; the rest is not tried
constexpr std::chrono::milliseconds kSecondFamily{200};

core::Error not_resolved(const std::string& host, const std::string& why) {
    return core::fail(Reason::NameNotResolved, "resolve " + host + ": " + why);
}

asio::ip::address address_of(const sockaddr* address) {
    if (address->sa_family == AF_INET6) {
        const auto* v6 = reinterpret_cast<const sockaddr_in6*>(address);
        asio::ip::address_v6::bytes_type bytes;
        std::memcpy(bytes.data(), &v6->sin6_addr, bytes.size());
        return asio::ip::address_v6{bytes, v6->sin6_scope_id};
    }
    const auto* v4 = reinterpret_cast<const sockaddr_in*>(address);
    return asio::ip::address_v4{ntohl(v4->sin_addr.s_addr)};
}

int library_status() {
    static const int status = ares_library_init(ARES_LIB_INIT_ALL);
    return status;
}

}  // namespace

// Of one question. Kept by the handlers of its sockets and timers, which see by is_over that they
// come too late.
struct NameLookup::Impl : std::enable_shared_from_this<Impl> {
    Impl(asio::io_context& io_context, std::string name_servers)
        : context{io_context},
          servers{std::move(name_servers)},
          done{io_context},
          retry{io_context} {}
    ~Impl() { close(); }

    asio::awaitable<core::Result<Addresses>> find(std::shared_ptr<Impl> self, std::string host,
                                                  core::Duration timeout);
    void close();

    // One of c-ares's sockets.
    struct Watch {
        explicit Watch(asio::io_context& io_context, int fd) : descriptor{io_context, fd} {}
        asio::posix::stream_descriptor descriptor;  // c-ares closes it, not we
        bool wants_read = false;
        bool wants_write = false;
        bool is_reading = false;
        bool is_writing = false;
        bool is_gone = false;
    };

    [[nodiscard]] int open(core::Duration timeout);
    void ask(const char* host, int family);
    void answered(int status, ares_addrinfo* found);
    void socket_changed(int fd, bool wants_read, bool wants_write);
    void watch(int fd, const std::shared_ptr<Watch>& watch);
    void process(int read_fd, int write_fd);
    void arm_retry();

    asio::io_context& context;
    const std::string servers;
    asio::steady_timer done;   // expires at the deadline, or when the answers are there
    asio::steady_timer retry;  // when c-ares asks the next server
    ares_channel channel = nullptr;
    std::map<int, std::shared_ptr<Watch>> watches;
    std::vector<Addresses> found;  // of each family that answered with some
    int pending = 0;
    int failure = ARES_SUCCESS;
    bool is_over = false;
    bool is_cancelled = false;
};

asio::awaitable<core::Result<NameLookup::Addresses>> NameLookup::Impl::find(
    [[maybe_unused]] std::shared_ptr<Impl> self, std::string host, core::Duration timeout) {
    found.clear();
    failure = ARES_SUCCESS;
    is_over = false;
    if (const int status = open(timeout); status != ARES_SUCCESS) {
        co_return not_resolved(host, ares_strerror(status));
    }
    done.expires_after(timeout);
    pending = 2;
    ask(host.c_str(), AF_INET6);
    ask(host.c_str(), AF_INET);
    arm_retry();
    if (pending > 0 && !is_cancelled) co_await done.async_wait(as_result);
    const bool is_answered = pending == 0;
    close();
    if (is_cancelled) {
        co_return core::fail(Reason::ConnectFailed, "resolve: closed on this side");
    }
    if (found.empty()) {
        co_return not_resolved(host, is_answered ? ares_strerror(failure) : "no answer in time");
    }
    // The families take turns, beginning with the one that answered first.
    Addresses addresses;
    for (std::size_t i = 0; i < kMaxAddresses; ++i) {
        for (const Addresses& family : found) {
            if (i < family.size()) addresses.push_back(family[i]);
        }
    }
    co_return addresses;
}

int NameLookup::Impl::open(core::Duration timeout) {
    if (const int status = library_status(); status != ARES_SUCCESS) return status;
    ares_options options{};
    // A lost question is asked again while there is time: each server three times at the most.
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(timeout).count();
    options.timeout = static_cast<int>(std::clamp<std::int64_t>(whole / 4, 50, 5'000));
    options.tries = 3;
    options.sock_state_cb_data = this;
    options.sock_state_cb = [](void* data, ares_socket_t fd, int readable, int writable) {
        static_cast<Impl*>(data)->socket_changed(fd, readable != 0, writable != 0);
    };
    const int status = ares_init_options(
        &channel, &options, ARES_OPT_TIMEOUTMS | ARES_OPT_TRIES | ARES_OPT_SOCK_STATE_CB);
    if (status != ARES_SUCCESS || servers.empty()) return status;
    return ares_set_servers_ports_csv(channel, servers.c_str());
}

void NameLookup::Impl::ask(const char* host, int family) {
    ares_addrinfo_hints hints{};
    hints.ai_family = family;
    hints.ai_socktype = SOCK_STREAM;
    ares_getaddrinfo(
        channel, host, nullptr, &hints,
        [](void* data, int status, int, ares_addrinfo* result) {
            static_cast<Impl*>(data)->answered(status, result);
        },
        this);
}

void NameLookup::Impl::answered(int status, ares_addrinfo* result) {
    --pending;
    Addresses addresses;
    if (status == ARES_SUCCESS) {
        for (const auto* node = result->nodes; node != nullptr; node = node->ai_next) {
            if (addresses.size() < kMaxAddresses) addresses.push_back(address_of(node->ai_addr));
        }
    } else {
        failure = status;
    }
    if (result != nullptr) ares_freeaddrinfo(result);
    if (is_over) return;
    if (!addresses.empty()) found.push_back(std::move(addresses));
    if (pending == 0) {
        done.cancel();
    } else if (!found.empty()) {
        const auto grace = std::make_shared<asio::steady_timer>(context, kSecondFamily);
        grace->async_wait([self = weak_from_this(), grace](const boost::system::error_code&) {
            const auto impl = self.lock();
            if (impl && !impl->is_over) impl->done.cancel();
        });
    }
}

void NameLookup::Impl::socket_changed(int fd, bool wants_read, bool wants_write) {
    const auto known = watches.find(fd);
    if (!wants_read && !wants_write) {
        if (known == watches.end()) return;
        known->second->is_gone = true;
        known->second->descriptor.release();
        watches.erase(known);
        return;
    }
    auto& entry = watches[fd];
    if (entry == nullptr) entry = std::make_shared<Watch>(context, fd);
    entry->wants_read = wants_read;
    entry->wants_write = wants_write;
    watch(fd, entry);
}

// c-ares wants to hear of each event until it says otherwise.
void NameLookup::Impl::watch(int fd, const std::shared_ptr<Watch>& watch) {
    const auto wait = [&](asio::posix::stream_descriptor::wait_type type, bool Watch::*wants,
                          bool Watch::*is_waiting, bool is_read) {
        if (!((*watch).*wants) || (*watch).*is_waiting) return;
        (*watch).*is_waiting = true;
        watch->descriptor.async_wait(type, [self = weak_from_this(), watch, fd, is_waiting,
                                            is_read](const boost::system::error_code&) {
            (*watch).*is_waiting = false;
            const auto impl = self.lock();
            if (!impl || watch->is_gone || impl->is_over) return;
            impl->process(is_read ? fd : ARES_SOCKET_BAD, is_read ? ARES_SOCKET_BAD : fd);
            if (!watch->is_gone) impl->watch(fd, watch);
        });
    };
    using Descriptor = asio::posix::stream_descriptor;
    wait(Descriptor::wait_read, &Watch::wants_read, &Watch::is_reading, true);
    wait(Descriptor::wait_write, &Watch::wants_write, &Watch::is_writing, false);
}

void NameLookup::Impl::process(int read_fd, int write_fd) {
    ares_process_fd(channel, read_fd, write_fd);
    arm_retry();
}

void NameLookup::Impl::arm_retry() {
    timeval due{};
    if (channel == nullptr || ares_timeout(channel, nullptr, &due) == nullptr) return;
    retry.expires_after(std::chrono::seconds{due.tv_sec} + std::chrono::microseconds{due.tv_usec} +
                        std::chrono::milliseconds{1});
    retry.async_wait([self = weak_from_this()](const boost::system::error_code& error) {
        const auto impl = self.lock();
        if (error || !impl || impl->is_over) return;
        impl->process(ARES_SOCKET_BAD, ARES_SOCKET_BAD);
    });
}

// Not from inside a callback of c-ares: the channel must not go while it calls.
void NameLookup::Impl::close() {
    is_over = true;
    retry.cancel();
    if (channel != nullptr) ares_destroy(std::exchange(channel, nullptr));
    for (const auto& [fd, watch] : watches) {
        watch->is_gone = true;
        watch->descriptor.release();
    }
    watches.clear();
}

NameLookup::NameLookup(asio::io_context& context, std::string servers)
    : impl_{std::make_shared<Impl>(context, std::move(servers))} {}

NameLookup::~NameLookup() { cancel(); }

asio::awaitable<core::Result<NameLookup::Addresses>> NameLookup::find(std::string host,
                                                                      core::Duration timeout) {
    return impl_->find(impl_, std::move(host), timeout);
}

void NameLookup::cancel() {
    impl_->is_cancelled = true;
    impl_->done.cancel();
}

}  // namespace broker::net
