#include "schedule.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace broker::soak {
namespace {

using simulator::Fault;
using simulator::MessageFault;

// Of SendingTime: what the FIX session allows is 120 s.
constexpr std::chrono::seconds kMaxClockError{115};

class Draw {
public:
    explicit Draw(std::uint64_t seed) : random_{seed} {}

    int below(int limit) { return static_cast<int>(random_() % static_cast<unsigned>(limit)); }
    int between(int lowest, int highest) { return lowest + below(highest - lowest + 1); }
    bool one_in(int count) { return below(count) == 0; }
    std::uint64_t bits() { return random_(); }

private:
    std::mt19937_64 random_;
};

// Prices of EURUSD around 1.1, in units of 0.00001.
std::string price(int points) {
    std::string digits = std::to_string(100'000 + points);
    return digits.insert(1, ".");
}

struct Author {
    Draw draw;
    std::chrono::milliseconds length{};
    std::vector<Step> steps{};
    int ids = 0;
    struct Given {
        int account;
        std::string id;
    };
    std::vector<Given> orders{};  // by the ClOrdID that should stand for each

    Step& add(Step::Kind kind) {
        Step step;
        step.kind = kind;
        step.at = std::chrono::milliseconds{draw.below(static_cast<int>(length.count()))};
        steps.push_back(step);
        return steps.back();
    }
    std::string next_id() { return "S" + std::to_string(++ids); }

    void submit() {
        const int account = draw.below(kFaultyAccounts);
        const std::string id = next_id();
        const bool is_buy = draw.one_in(2);
        const bool is_market = draw.one_in(2);
        add(Step::Kind::Command).text = "submit " + account_id(account) + " " + id +
                                        (is_buy ? " Buy " : " Sell ") +
                                        std::to_string(1000 * draw.between(1, 9)) + " " +
                                        (is_market ? "-" : price(10'000 + draw.between(-300, 300)));
        orders.push_back({account, id});
    }
    // Of the account beside the faults.
    void neighbour() {
        const std::string who = account_id(kAccounts - 1) + " ";
        const std::string id = next_id();
        const bool is_market = draw.one_in(2);
        const auto at = std::chrono::milliseconds{draw.below(static_cast<int>(length.count()))};
        Step& order = add(Step::Kind::Command);
        order.at = at;
        order.text = "submit " + who + id + " Buy 1000 " + (is_market ? "-" : price(9'000));
        if (is_market) return;
        Step& cancel = add(Step::Kind::Command);
        cancel.at = at + std::chrono::milliseconds{draw.between(1, 200)};
        cancel.text = "cancel " + who + next_id() + " " + id;
    }
    void change() {
        if (orders.empty()) return submit();
        Given& order =
            orders[static_cast<std::size_t>(draw.below(static_cast<int>(orders.size())))];
        const std::string id = next_id();
        const std::string who = account_id(order.account) + " " + id + " " + order.id;
        if (draw.one_in(2)) {
            add(Step::Kind::Command).text = "cancel " + who;
        } else {
            add(Step::Kind::Command).text = "replace " + who + " " +
                                            std::to_string(1000 * draw.between(1, 9)) + " " +
                                            price(10'000 + draw.between(-300, 300));
            order.id = id;
        }
    }
    void quote() {
        Step& step = add(Step::Kind::Quote);
        const int bid = 10'000 + draw.between(-300, 300);
        step.text = price(bid);
        step.more = price(bid + 10);
    }
    simulator::DirectionFaults direction() {
        simulator::DirectionFaults faults;
        constexpr std::array kFaults{MessageFault::Drop,         MessageFault::Delay,
                                     MessageFault::SwapWithNext, MessageFault::FlipByte,
                                     MessageFault::Truncate,     MessageFault::Reset,
                                     MessageFault::HalfOpen};
        for (const MessageFault fault : kFaults)
            if (draw.one_in(3)) faults.chance(fault) = draw.between(5, 100);
        // Rare: a peer's duplicate ends the session until a person has looked at it.
        if (draw.one_in(12)) faults.chance(MessageFault::Duplicate) = draw.between(5, 30);
        faults.delay = std::chrono::milliseconds{draw.between(1, 150)};
        faults.half_open = std::chrono::milliseconds{draw.between(10, 600)};
        return faults;
    }
    void message_faults() {
        Step& step = add(Step::Kind::MessageFaults);
        step.plan.seed = draw.bits();
        step.plan.to_client = direction();
        step.plan.to_server = direction();
    }
    void outage() {
        constexpr std::array kFaults{Fault::RefuseConnections, Fault::Silent,
                                     Fault::MuteToClient,      Fault::MuteToServer,
                                     Fault::Garbage,           Fault::WrongChecksum};
        const Fault fault = kFaults[static_cast<std::size_t>(draw.below(kFaults.size()))];
        Step& on = add(Step::Kind::SwitchFault);
        on.fault = fault;
        on.is_on = true;
        const auto end = on.at + std::chrono::milliseconds{draw.between(10, 400)};
        Step& off = add(Step::Kind::SwitchFault);
        off.fault = fault;
        off.at = end;
    }
    // By seconds, which every venue bears with; now and then by more than SendingTime may be off.
    void clock_steps() {
        for (int i = draw.between(1, 3); i > 0; --i) {
            const bool is_far = draw.one_in(6);
            const std::chrono::milliseconds offset{draw.between(1, 55) * (is_far ? 20'000 : 1'000)};
            add(Step::Kind::Clock).clock_offset = draw.one_in(2) ? offset : -offset;
        }
        add(Step::Kind::Clock);  // right again, perhaps in between
    }
    void rest_fault() {
        simulator::RestFaultRule& rule = add(Step::Kind::RestFault).rest_fault;
        const auto drawn = static_cast<std::size_t>(draw.below(simulator::kRestFaultCount));
        rule.fault = static_cast<simulator::RestFault>(drawn);
        if (simulator::is_push_fault(rule.fault)) rule.endpoint = simulator::RestEndpoint::Push;
        rule.times = draw.between(1, 3);
        rule.skip = draw.between(0, 3);
        rule.delay = std::chrono::milliseconds{draw.between(10, 1200)};
    }
    void rule() {
        using simulator::Action;
        constexpr std::array kActions{Action::FillInParts,        Action::LeaveWorking,
                                      Action::RejectNew,          Action::RefuseCancel,
                                      Action::RefuseReplace,      Action::DelayAnswers,
                                      Action::LoseAcknowledgement};
        simulator::Rule& rule = add(Step::Kind::VenueRule).rule;
        rule.action = kActions[static_cast<std::size_t>(draw.below(kActions.size()))];
        rule.text = "by the schedule";
        rule.parts = draw.between(2, 4);
        rule.filled_parts = draw.between(1, rule.parts);
        rule.delay = std::chrono::milliseconds{draw.between(1, 500)};
        rule.times = draw.between(1, 3);
    }
};

}  // namespace

std::string account_id(int index) { return "ACC-" + std::to_string(index + 1); }

std::vector<Step> draw_schedule(const ScheduleOptions& options) {
    Author author{.draw = Draw{options.seed}};
    Draw& draw = author.draw;
    author.length = std::chrono::milliseconds{draw.between(200, 1200)};
    for (int i = draw.between(3, 20); i > 0; --i) author.submit();
    for (int i = draw.between(0, 10); i > 0; --i) author.change();
    for (int i = draw.between(2, 5); i > 0; --i) author.neighbour();
    for (int i = draw.between(0, 8); i > 0; --i) author.quote();
    for (int i = draw.between(0, 3); i > 0; --i) author.rule();
    if (options.rest)
        for (int i = draw.between(1, 8); i > 0; --i) author.rest_fault();
    for (int i = draw.between(1, 3); i > 0; --i) author.message_faults();
    author.steps.back().at = {};  // faults from the start
    for (int i = draw.between(0, 2); i > 0; --i) author.add(Step::Kind::DropConnections);
    for (int i = draw.between(0, 2); i > 0; --i) author.outage();
    // Not both: an adapter that finds no room for its files refuses to start, and rightly so.
    if (draw.one_in(8)) {
        author.add(Step::Kind::Command).text = "restart";
    } else if (draw.one_in(6)) {
        author.add(Step::Kind::DiskFull).is_on = true;
        author.add(Step::Kind::DiskFull);
    }
    if (draw.one_in(4)) author.clock_steps();
    if (options.kills)
        for (int i = draw.between(1, 2); i > 0; --i)
            author.add(Step::Kind::Kill).pause = std::chrono::milliseconds{draw.between(0, 300)};
    std::stable_sort(author.steps.begin(), author.steps.end(),
                     [](const Step& a, const Step& b) { return a.at < b.at; });
    return author.steps;
}

bool is_felt_by_all(const std::vector<Step>& steps) {
    return std::any_of(steps.begin(), steps.end(), [](const Step& step) {
        return step.kind == Step::Kind::Kill || step.kind == Step::Kind::DiskFull ||
               step.text == "restart" || std::chrono::abs(step.clock_offset) > kMaxClockError;
    });
}

std::vector<Step> sweep_schedule() {
    using simulator::Action;
    std::vector<Step> steps;
    const auto add = [&](Step::Kind kind) -> Step& {
        constexpr std::chrono::milliseconds kPause{15};
        Step step;
        step.at = kPause * static_cast<int>(steps.size());
        step.kind = kind;
        steps.push_back(step);
        return steps.back();
    };
    const auto say = [&](const char* text) { add(Step::Kind::Command).text = text; };
    const auto treat = [&](const char* id, Action action) {
        simulator::Rule& rule = add(Step::Kind::VenueRule).rule;
        rule.action = action;
        rule.cl_ord_id_prefix = id;
        rule.parts = 3;
        rule.filled_parts = 2;
        rule.text = "by the schedule";
    };
    treat("S4", Action::FillInParts);
    treat("S10", Action::RejectNew);
    say("submit ACC-1 S1 Buy 1000 1.09000");
    say("submit ACC-1 S2 Buy 2000 -");
    say("submit ACC-2 S3 Sell 3000 1.10050");
    say("submit ACC-1 S4 Buy 3000 -");
    say("replace ACC-1 S5 S1 2000 1.09100");
    Step& quote = add(Step::Kind::Quote);
    quote.text = "1.10060";
    quote.more = "1.10070";
    say("cancel ACC-1 S6 S5");
    say("submit ACC-2 S7 Buy 1000 1.09000");
    say("cancel ACC-2 S8 S7");
    say("submit ACC-2 S10 Buy 1000 1.09000");
    say("submit ACC-3 S9 Buy 1000 -");
    add(Step::Kind::Kill).at += std::chrono::milliseconds{150};
    return steps;
}

}  // namespace broker::soak
