// A DXtrade stand-in inside this process: FIX trading, market data and drop copy over TLS, an order
// book, faults on demand.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "simulator/accounts.hpp"
#include "simulator/behaviour.hpp"
#include "simulator/certificate_authority.hpp"
#include "simulator/desk.hpp"
#include "simulator/faults.hpp"
#include "simulator/market.hpp"
#include "simulator/message_faults.hpp"
#include "simulator/message_log.hpp"
#include "simulator/order_book.hpp"
#include "simulator/rest_api.hpp"
#include "simulator/simulator_options.hpp"

namespace broker::simulator {

// Runs on one thread of its own. Orders, positions, sequence numbers and the message log outlive
// stop() and start(); sequence numbers and credentials also outlive the object, in its directory.
// QuickFIX keeps its sessions in a registry of the process: two simulators that run at the same
// time must differ in their accounts' SenderCompIDs or in their TargetCompID, or start() throws.
// [control-thread: one caller at a time, never from the simulator's own thread]
class Simulator {
public:
    // Makes CA, certificates and passwords in the directory. Throws std::runtime_error if it
    // cannot.
    explicit Simulator(SimulatorOptions options);
    ~Simulator();  // stop() if need be

    // Listens and writes adapter.yaml. The ports chosen at the first start are kept for the next.
    void start();
    // Logs out, closes every connection and joins the thread.
    void stop();

    [[nodiscard]] std::uint16_t port(Listener listener) const;  // 0 before the first start
    [[nodiscard]] std::filesystem::path adapter_config() const;
    // For clients of other kinds: another name, no longer valid, and so on.
    [[nodiscard]] IssuedCertificate issue(const CertificateRequest& request);

    void add_rule(Rule rule);
    void clear_rules();

    // Quotes. Working orders meet each new quote.
    [[nodiscard]] std::optional<Quote> quote(std::string_view symbol);
    [[nodiscard]] bool set_quote(std::string_view symbol, const core::Decimal& bid,
                                 const core::Decimal& ask);
    void advance_market(int steps = 1);

    // Acts on one working order, named by any of its ClOrdIDs, as the broker's desk might. False:
    // there is no such working order, or it has less than `quantity` open.
    [[nodiscard]] bool fill(std::string_view sender_comp_id, std::string_view cl_ord_id,
                            const core::Decimal& quantity, const core::Decimal& price);
    [[nodiscard]] bool cancel_unsolicited(std::string_view sender_comp_id,
                                          std::string_view cl_ord_id, const std::string& text);

    // Everything else that the desk can do, on the simulator's thread: what `action` returns.
    bool desk(const std::function<bool(Desk&)>& action);
    // Empty symbol: all of them. See Desk.
    void close_market(std::string_view symbol = {});
    void open_market(std::string_view symbol = {});
    void end_of_day();

    // The venue played by hand. While it is manual, requests are logged and nothing else: no order
    // comes to be, no answer goes out.
    void set_manual(bool is_manual);
    // Sends any application message on the account's trading session, manual or not: MsgType and
    // fields as given, in their order, repeating groups and malformed values included. The session
    // adds header and trailer, numbers and keeps the message and resends it like any other; if it
    // is offline the message waits for a resend. False: no such session, or not running.
    [[nodiscard]] bool send(std::string_view sender_comp_id, const FixMessage& message);

    // Market data sessions, named by the client's SenderCompID. An empty book is shown from
    // withdraw_quote() until set_quote() or burst_quotes(); orders go on to meet the last quote.
    // False: no such instrument.
    [[nodiscard]] bool withdraw_quote(std::string_view symbol);
    // So many changes of the quote at once, a tick up and down again.
    [[nodiscard]] bool burst_quotes(std::string_view symbol, int updates);
    // As send(), on a market data session. False: it is not logged on.
    [[nodiscard]] bool send_market_data(std::string_view comp_id, const FixMessage& message);

    // Drop copy sessions, likewise. False: no such session.
    [[nodiscard]] bool send_drop_copy(std::string_view comp_id, const FixMessage& message);
    // While paused the session's copies wait, so that trading reports first.
    [[nodiscard]] bool pause_drop_copy(std::string_view comp_id);
    [[nodiscard]] bool resume_drop_copy(std::string_view comp_id);

    // REST and push. Rules meet the next requests and messages of a kind; switches count from then
    // on, but for the client certificate.
    void add_rest_fault(RestFaultRule rule);
    void clear_rest_faults();
    void change_rest(const std::function<void(RestOptions&)>& change);
    void change_push(const std::function<void(PushOptions&)>& change);
    // Tokens are void from now on; push clients are told with SessionClosed.
    void end_rest_sessions();
    // Ends each WebSocket with this code.
    void close_push(unsigned code);
    // False: no such account.
    [[nodiscard]] bool pay(std::string_view sender_comp_id, const core::Decimal& amount,
                           const std::string& comment);
    [[nodiscard]] bool raise_account_event(std::string_view sender_comp_id,
                                           const RestAccountEvent& event);
    [[nodiscard]] RestCounters rest_counters();
    [[nodiscard]] std::vector<LoggedRestRequest> rest_requests();
    [[nodiscard]] std::size_t push_clients(RestEndpoint endpoint);  // connected now

    // Faults and sequence numbers, for every kind of session.
    void set_fault(Listener listener, Fault fault, bool is_on);
    // Of FIX listeners: the plan that meets messages from now on, counted anew, in place of the one
    // before; a plan without faults heals. Throws std::invalid_argument for Listener::Rest, whose
    // faults are those of add_rest_fault().
    void set_message_faults(Listener listener, const MessageFaultPlan& plan);
    // Cuts every connection of the listener now, without Logout or close_notify.
    void drop_connections(Listener listener);
    // For sequence number faults; take effect at once. False: no such session, or not running.
    [[nodiscard]] bool set_next_sender_msg_seq_num(std::string_view sender_comp_id, int number);
    [[nodiscard]] bool set_next_target_msg_seq_num(std::string_view sender_comp_id, int number);

    // Evidence.
    [[nodiscard]] std::vector<Order> orders();
    [[nodiscard]] std::vector<Position> positions(std::string_view sender_comp_id);
    [[nodiscard]] std::optional<core::Decimal> cash(std::string_view sender_comp_id);
    [[nodiscard]] bool is_logged_on(std::string_view sender_comp_id);
    [[nodiscard]] const MessageLog& messages() const;  // [any-thread]
    void clear_messages();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace broker::simulator
