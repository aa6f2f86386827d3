// Says of an account's orders to the host, and to the log, what no message of the venue says by
// itself: refusals, doubts, what settles them, and snapshots.
#pragma once

#include <string>
#include <string_view>

#include "account/account_events.hpp"
#include "core/log.hpp"
#include "core/order_ledger.hpp"

namespace broker::account {

// One event a line: `<event> account=<id> <details>`. [event-thread]
class AccountLog {
public:
    AccountLog(std::string id, core::Log& log) : id_{std::move(id)}, log_{log} {}
    void write(core::LogLevel level, std::string_view event, std::string_view details);

private:
    const std::string id_;
    core::Log& log_;
};

// Owned by the coordinator. [event-thread]
class OrderReporter {
public:
    // `trading` is what the account's orders go by.
    OrderReporter(AccountEvents& events, AccountLog& log,
                  core::Channel trading = core::Channel::FixTrading)
        : events_{events}, log_{log}, trading_{trading} {}

    // What is told from here on is of before the restart: the host may have heard it then.
    void set_repeating(bool is_repeating) { is_repeating_ = is_repeating; }

    // A request was refused before anything was sent. `order` is what a change was meant for; null
    // if unknown.
    void refused(const core::NewOrder& request, const core::Error& error);
    void refused(const core::ReplaceOrder& request, const core::Order* order,
                 const core::Error& error);
    void refused(const core::CancelOrder& request, const core::Order* order,
                 const core::Error& error);

    // The venue refused the message that carried the request, or its reject followed from something
    // else that the venue said.
    void rejected(const core::Order& order, const core::Request& request, std::string_view text,
                  core::MonotonicTime received);

    // The venue has rejected a request in a report that the host gets as it is: the log names it,
    // so that an operator finds the reason there too.
    void log_reject(std::string_view cl_ord_id, core::Reason reason, std::string_view text);

    // What is known of a request changed without an answer to it: it is in doubt, or what became of
    // the order has settled it.
    void changed(const core::Order& order, const core::Request& request);

    // The venue asked for the request again, too late: it was not sent again.
    void stale(const core::Order& order, const core::Request& request);

    // One live order of a snapshot; `request` is the one that made its id in force.
    void pictured(const core::Order& order, const core::Request* request);

private:
    void in_doubt(const core::Order& order, const core::Request& request);
    void refused_change(const core::Request& request, const core::Order* order,
                        const core::Error& error);
    void certainty_changed(const core::Order& order, const core::Request& request,
                           std::string_view text);

    // The order as the ledger has it, as a report of the adapter's own.
    [[nodiscard]] core::ExecutionReport report_about(const core::Order& order) const;

    AccountEvents& events_;
    AccountLog& log_;
    core::Channel trading_;
    bool is_repeating_ = false;
};

}  // namespace broker::account
