// What is not as it should be in the venue's messages: counted, logged and told.
#pragma once

#include <string>
#include <string_view>

#include "account/account_events.hpp"
#include "account/account_state.hpp"
#include "account/order_reporter.hpp"
#include "core/execution_report.hpp"
#include "core/query.hpp"

namespace broker::account {

// Owned by the coordinator. [event-thread]
class VenueFaults {
public:
    VenueFaults(AccountEvents& events, AccountLog& log, AccountStatus& status)
        : events_{events}, log_{log}, status_{status} {}

    void tell(const core::VenueFault& fault);
    // One fault about a report, in words.
    void tell(const core::ExecutionReport& report, core::Reason reason, std::string_view text);
    // The faults that the ledger has found in a report: the channel tells of its own.
    void tell_all(const core::ExecutionReport& report, core::EnumSet<core::ReportFault> faults);

private:
    void count(core::Reason reason, std::uint64_t faults);

    AccountEvents& events_;
    AccountLog& log_;
    AccountStatus& status_;
};

}  // namespace broker::account
