// The drop copy sessions: copies of what the exchange reports to trading sessions.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "simulator/drop_copy_messages.hpp"
#include "simulator/drop_copy_options.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/order_book.hpp"

namespace broker::simulator {

// Exchange events alone: what the gate refuses is not copied. No I/O and no clock of its own.
// [event-thread]
class DropCopy {
public:
    // Delivers a message to a session, which may be offline. It must not call back.
    using Send = std::function<void(const std::string& comp_id, const FixMessage&)>;

    // `id_prefix` keeps ids apart from those of earlier runs.
    DropCopy(DropCopyOptions options, std::string id_prefix, const core::Clock& clock, Send send);

    // A session and the trading sessions it copies.
    void add_session(const std::string& comp_id, const std::vector<std::string>& sources);

    // As Exchange::OnReport.
    void copy(const std::string& sender_comp_id, const Order& order, const FixMessage& report,
              bool is_venue_event);
    // Whatever a client sends there is refused with a BusinessMessageReject.
    void receive(const std::string& comp_id, const FixMessage& request);

    // While a session is paused its copies wait. False: no such session.
    [[nodiscard]] bool set_paused(std::string_view comp_id, bool is_paused);
    // Sends the copies whose time has come.
    void run_due();
    // When the next copy of a session that is not paused goes out.
    [[nodiscard]] std::optional<core::MonotonicTime> next_due() const;

private:
    struct Session {
        std::vector<std::string> sources;
        bool is_paused = false;
        std::deque<std::pair<core::MonotonicTime, FixMessage>> waiting;
    };

    [[nodiscard]] CopyIds ids_of(const std::string& sender_comp_id, const Order& order,
                                 const FixMessage& report);
    [[nodiscard]] std::string orig_ord_id_of(const std::string& sender_comp_id, const Order& order,
                                             const FixMessage& report);
    [[nodiscard]] std::string next_id(char kind, std::uint64_t& counter) const;
    void put(const std::string& sender_comp_id, const FixMessage& message);

    DropCopyOptions options_;
    std::string id_prefix_;
    const core::Clock& clock_;
    Send send_;
    std::map<std::string, Session, std::less<>> sessions_;
    // By trading session and ClOrdID. They grow with the orders and reports that there were.
    std::map<std::pair<std::string, std::string>, std::string> orig_ord_ids_;
    // By OrigOrdId and the trading session's ExecID, which may be unique within its order only.
    std::map<std::pair<std::string, std::string>, std::string> own_exec_ids_;
    std::uint64_t order_count_ = 0;
    std::uint64_t exec_count_ = 0;
    std::uint64_t alloc_count_ = 0;
};

}  // namespace broker::simulator
