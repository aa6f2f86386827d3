// The order ledger's records in an account's journal, in the order in which they are replayed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "core/result.hpp"
#include "journal/journal.hpp"

namespace broker::recovery {

// A carrying repeats the records that are still needed at the end of the log, so that a replay need
// not begin at the start of the account. In the log it is a LedgerCarried record without payload
// and of epoch 0, where it begins; the records that it carries, LedgerCarried of an epoch that is
// the position of its beginning; and one more of that epoch, without payload, at its end. What else
// is appended meanwhile stands between them. One without its end counts for nothing.
struct Carrying {
    journal::Position begin = 0;  // 0: none; all records from the start of the log on count
    journal::Position end = 0;    // of the record that ends it
};

// The carrying that begins there; none if it is not whole in the log.
[[nodiscard]] std::optional<Carrying> find_carrying(const journal::Journal& journal,
                                                    journal::Position begin);

// Goes through what was carried and then through what was appended since the carrying began, in
// steps. Owned by RecordLog. [event-thread]
class LedgerCursor {
public:
    // Records from `end` on are left out.
    LedgerCursor(const journal::Journal& journal, Carrying from, journal::Position end)
        : journal_{&journal},
          from_{from},
          end_{end},
          at_{from.begin},
          is_in_carried_{from.begin != 0} {}

    // How much of the log one step reads, records of other kinds included. The record that passes
    // the second bound is still read.
    struct Bounds {
        std::size_t records = SIZE_MAX;
        std::size_t bytes = SIZE_MAX;
    };
    // Calls `visit` with each record of the ledger. False at the end. Errors are those of
    // Journal::read. `visit` must not append to the journal.
    using Visit = std::function<void(const journal::Record& record)>;
    [[nodiscard]] core::Result<bool> step(const Bounds& bounds, const Visit& visit);

    // Whether the record that is being visited was carried.
    [[nodiscard]] bool is_in_carried() const { return is_in_carried_; }

private:
    [[nodiscard]] bool is_wanted(const journal::Record& record) const;

    const journal::Journal* journal_;
    Carrying from_;
    journal::Position end_;
    journal::Position at_;
    bool is_in_carried_;
};

}  // namespace broker::recovery
