// How the exchange treats particular orders: rules that a test or the configuration gives.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "simulator/fix_message.hpp"

namespace broker::simulator {

enum class Action {
    RejectNew,            // NewOrderSingle is refused with `text`
    FillInParts,          // `filled_parts` of `parts` equal fills at once; the rest stays working
    LeaveWorking,         // acknowledged, never filled by the market
    RefuseCancel,         // OrderCancelRequest is refused with `text`
    RefuseReplace,        // OrderCancelReplaceRequest likewise
    CancelUnsolicited,    // `delay` after its acknowledgement the order is canceled with `text`
    DelayAnswers,         // whatever answers the request comes `delay` later
    LoseAcknowledgement,  // the first answer to the request is lost; what was asked is done
    LoseReports,          // nothing is reported of the order except to an OrderStatusRequest
    // The desk acts on the order `delay` after its acknowledgement.
    Expire,
    FinishForDay,
    Suspend,
    Restate,             // to `quantity`, with ExecRestatementReason `reason`
    ReplaceUnsolicited,  // to `quantity` and `price`
    // The desk acts on a trade `delay` after it.
    CorrectTrade,  // to `quantity` and `price`
    CancelTrade,
};
inline constexpr int kActionCount = 16;

// As YAML names them, e.g. "reject_new".
[[nodiscard]] std::string_view action_name(Action action);
[[nodiscard]] std::optional<Action> action_from_name(std::string_view name);

struct Rule {
    Action action = Action::LeaveWorking;

    // Which orders: all conditions that are given must hold.
    std::string sender_comp_id{};
    std::string symbol{};
    std::string cl_ord_id_prefix{};  // of the order or of the request about it
    int tag = 0;                     // the request has this field ...
    std::string value{};             // ... with this value

    std::string text{};
    int parts = 1;
    int filled_parts = 1;  // at most `parts`
    core::Duration delay{};
    std::optional<core::Decimal> quantity{};  // empty: as it is
    std::optional<core::Decimal> price{};
    int reason = 4;  // ExecRestatementReason (378): broker option
    int times = 0;   // applies so often, then never again; 0: always
};

// What a rule is matched against: a request and the order it is about.
struct RuleSubject {
    std::string_view sender_comp_id{};
    std::string_view symbol{};
    std::string_view cl_ord_id{};          // of the request
    std::string_view working_cl_ord_id{};  // of the order; for a new order the same
    const std::vector<FixField>* fields = nullptr;
};

[[nodiscard]] bool matches(const Rule& rule, const RuleSubject& subject);

class Behaviour {
public:
    void add(Rule rule);
    void clear() { rules_.clear(); }

    // The oldest rule with this action that matches, used up by one; null if there is none.
    [[nodiscard]] std::optional<Rule> take(Action action, const RuleSubject& subject);

private:
    struct Counted {
        Rule rule;
        int used = 0;
    };
    std::vector<Counted> rules_;
};

}  // namespace broker::simulator
