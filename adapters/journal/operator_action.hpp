// What a person did to an account, kept in its journal as proof.
#pragma once

#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "journal/journal.hpp"

namespace broker::journal {

struct OperatorAction {
    static constexpr std::size_t kMaxBytes = 1024;  // of each field

    std::string_view who;   // as the host names the person
    std::string_view what;  // "pause" and the like
    std::string_view text;  // figures and reasons; may be empty
};

// Appends a record of kind OperatorAction with the payload `who="…" what="…" text="…"`: quotes and
// backslashes have a backslash before them, control characters are \xHH. It goes into the reserve
// of a full disk. Errors: InvalidField, with the field, if `who` or `what` is empty or a field is
// too long; those of Journal::append. Secrets are the caller's to leave out. [event-thread]
[[nodiscard]] core::Result<Position> append_operator_action(Journal& journal, core::UtcTime time,
                                                            const OperatorAction& action);

}  // namespace broker::journal
