// The open questions of a session: our request id on the wire, and the query that it stands for.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/query.hpp"
#include "core/result.hpp"

namespace broker::dxtrade::fix {

struct OpenQuery {
    core::FixedString<32> id;  // the request id on the wire
    core::Query query;
    core::MsgSeqNum msg_seq_num = 0;  // of the request; 0: not sent, or the numbers began again
    core::MonotonicTime deadline;
    std::uint64_t count = 0;                // of answers
    std::optional<std::uint64_t> expected;  // as the venue has announced
    bool is_ended = false;                  // the venue has said that no more comes

    [[nodiscard]] bool is_complete() const { return is_ended || (expected && count >= *expected); }
};

// Does not allocate after construction. Pointers are valid until the next open or take.
// Owned by a session. [event-thread]
class QueryTable {
public:
    static constexpr std::size_t kMaxOpen = 64;

    // Request ids are `prefix` and a number. The prefix must differ from that of every earlier
    // session: venues refuse repeated ids.
    QueryTable(std::string prefix, core::Duration timeout);

    // TooManyRequests if kMaxOpen are open.
    [[nodiscard]] core::Result<OpenQuery*> open(const core::Query& query, core::MonotonicTime now);

    [[nodiscard]] OpenQuery* find(std::string_view id);  // null if it is not open
    [[nodiscard]] OpenQuery* find_sent(core::MsgSeqNum msg_seq_num);
    // The oldest of its kind, for answers that name no request.
    [[nodiscard]] OpenQuery* find_oldest(core::QueryKind kind);
    [[nodiscard]] OpenQuery* find_order_status(std::string_view cl_ord_id);

    // Closes it and returns it.
    [[nodiscard]] OpenQuery take(OpenQuery& open);
    [[nodiscard]] std::optional<OpenQuery> take_overdue(core::MonotonicTime now);
    [[nodiscard]] std::optional<OpenQuery> take_any();

    // Earlier MsgSeqNums name other messages from here on.
    void forget_msg_seq_nums();
    [[nodiscard]] std::size_t size() const { return open_.size(); }

private:
    template <class Matches>
    [[nodiscard]] OpenQuery* find_if(Matches matches);

    std::string prefix_;
    core::Duration timeout_;
    std::uint64_t last_number_ = 0;
    std::vector<OpenQuery> open_;  // oldest first
};

}  // namespace broker::dxtrade::fix
