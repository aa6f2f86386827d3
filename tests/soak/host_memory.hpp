// What a host was told, over all its lives, read from the lines that soak_host wrote.
#pragma once

#include <boost/json/object.hpp>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace broker::soak {

// A command of the host's and what it was told of it.
struct KnownRequest {
    std::string verb;            // submit, replace or cancel
    std::int64_t submitted = 0;  // nanoseconds of UTC
    bool is_taken = false;       // the call returned BROKER_OK
    bool is_answered = false;    // the call returned at all
    std::string certainty;       // the last that was told; empty: nothing was
    bool was_untold = false;     // nothing had been told of it when the process was killed
    std::string reason;
};

// An order as the last report showed it. Decimals are text.
struct KnownOrder {
    std::string cl_ord_id;
    std::string ord_status;
    std::string cum_qty;
    std::string avg_px;
    std::string told_by;  // "<exec_type> <cl_ord_id>" of the last report, for people
};

struct KnownFill {
    std::string order_id;
    std::string last_qty;
    int times = 0;          // told as news
    int flagged_times = 0;  // told as a possible repeat of before a kill
    int misflagged = 0;     // told as one although no process had been killed
};

struct AccountMemory {
    std::map<std::string, KnownRequest> requests;  // by ClOrdID
    std::map<std::string, KnownOrder> orders;      // by OrderID
    std::map<std::string, KnownFill> fills;        // by ExecID
    std::string state;                             // of the account
    std::string reason;                            // of the last session event
    bool needs_operator = false;                   // offline, and no further attempt is planned
    int interruptions = 0;                         // times that it was Ready and ceased to be
    int doubts = 0;                                // requests that were told as Unknown
};

struct Departure {
    bool is_told = false;  // soak_host came to its end
    std::int64_t descriptors_left = 0;
    std::int64_t threads_left = 0;
};

// Written by the process's reader, read by the runner. [any-thread]
class HostMemory {
public:
    // One line; what is no JSON is kept as an error.
    void add(const std::string& line);
    // The process was killed: the next adapter starts with what is on disk. One that was stopped
    // and started again in the same process, which a line tells, begins a life too.
    void begin_life_after_kill();
    [[nodiscard]] int life() const;

    [[nodiscard]] std::map<std::string, AccountMemory> accounts() const;
    // The host has done all that it was told to do.
    [[nodiscard]] bool is_settling() const;
    [[nodiscard]] Departure departure() const;
    [[nodiscard]] std::vector<std::string> lines() const;
    [[nodiscard]] std::size_t line_count() const;
    // Returns once there are more lines than `seen`, or at `until`.
    void wait_for_more(std::size_t seen, std::chrono::steady_clock::time_point until) const;
    [[nodiscard]] std::string unreadable() const;  // the first such line; empty: none

private:
    void begin_life(bool is_after_kill);
    static void add_reject(AccountMemory& account, const boost::json::object& event);
    void add_report(AccountMemory& account, const boost::json::object& event);

    void take(const std::string& line);

    mutable std::condition_variable changed_;
    mutable std::mutex mutex_;  // guards all below
    std::map<std::string, AccountMemory> accounts_;
    bool is_settling_ = false;
    Departure departure_;
    std::vector<std::string> lines_;
    std::string unreadable_;
    int life_ = 0;
    bool is_after_kill_ = false;  // this life
};

}  // namespace broker::soak
