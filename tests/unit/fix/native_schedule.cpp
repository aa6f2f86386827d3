#include "unit/fix/native_schedule.hpp"

#include <algorithm>
#include <chrono>

#include "fix/native/native_engine.hpp"
#include "support/fix_message.hpp"
#include "support/wall_clock.hpp"

namespace broker::test {
namespace {

using std::chrono::milliseconds;
using std::chrono::seconds;

constexpr int kSteps = 120;
constexpr std::size_t kMaxMessages = 5'000;
constexpr core::Duration kMaxFlight = seconds{40};  // less than the tolerance of SendingTime

}  // namespace

NativeSchedule::NativeSchedule(std::uint64_t seed)
    : seed_{seed}, random_{seed}, resets_{seed % 5 == 0} {
    set_wall_clock(clock_.utc());
    peer_ = std::make_unique<QuickfixPeer>(DICTIONARY_PATH);
}

std::string NativeSchedule::run() {
    make_engine();
    for (int step = 0; step < kSteps && complaint_.empty(); ++step) act();
    if (complaint_.empty()) calm_down();
    if (complaint_.empty()) check();
    if (complaint_.empty()) return {};
    return "seed " + std::to_string(seed_) + ": " + complaint_ + "\n" + history_;
}

fix::SessionSettings NativeSchedule::settings() const {
    fix::SessionSettings result;
    result.sender_comp_id = "US";
    result.target_comp_id = "PEER";
    result.heart_bt_int = seconds{10};
    result.reset_on_logon = resets_;
    result.recovery.request_chunk = seed_ % 3 == 0 ? 2 : 1000;
    result.recovery.max_gap_messages = seed_ % 7 == 0 ? 2 : 1000;
    result.recovery.page_messages = 1 + seed_ % 4;
    result.sends_last_msg_seq_num_processed = seed_ % 2 == 0;
    return result;
}

void NativeSchedule::make_engine() {
    engine_.reset();
    engine_ =
        fix::make_native_engine(settings(), std::make_unique<SharedStore>(store_), clock_, *this);
}

void NativeSchedule::act() {
    if (has_ended_ || (is_connected_ && peer_->has_closed() && to_engine_.empty())) disconnect();
    if (!is_connected_) {
        if (random(3) == 0) pass_time(seconds{random(30)});
        if (random(6) == 0) send_report();
        if (random(15) == 0) make_engine();  // the process has started anew
        return connect();
    }
    const auto choice = random(100);
    if (choice < 20) return send_order();
    if (choice < 40) return send_report();
    if (choice < 60) return deliver_to_engine();
    if (choice < 80) return deliver_to_peer();
    if (choice < 86) return disturb(to_engine_);
    if (choice < 92) return disturb(to_peer_);
    if (choice < 97) return pass_time(milliseconds{random(15'000)});
    if (choice < 99) return disconnect();
    note("we log out");
    engine_->logout("", clock_.now());
}

void NativeSchedule::connect() {
    note("connect");
    is_connected_ = true;
    has_ended_ = false;
    peer_->connected();
    engine_->connected(clock_.now());
}

void NativeSchedule::disconnect() {
    note("disconnect");
    is_connected_ = false;
    to_engine_.clear();
    to_peer_.clear();
    engine_->disconnected(clock_.now());
    peer_->disconnected();
    (void)peer_->take_sent();
}

void NativeSchedule::send_order() {
    const std::string id = "A-" + std::to_string(++orders_);
    fix::MessageEncoder order;
    order.clear("D");
    order.add(11, id);
    order.add(21, '1');
    order.add(55, "EUR/USD");
    order.add(54, '1');
    order.add_utc_timestamp(60, clock_.utc());
    order.add(38, "1000");
    order.add(40, '1');
    if (engine_->send(order, clock_.now())) accepted_.push_back(id);
}

void NativeSchedule::send_report() {
    peer_->send_report("E-" + std::to_string(++reports_));
    collect_from_peer();
}

void NativeSchedule::deliver_to_engine() {
    if (to_engine_.empty()) return;
    const std::string message = to_engine_.front().message;
    to_engine_.pop_front();
    note("<- " + with_bars(message));
    fix::MessageView view;
    if (!view.parse(message)) return complain("the peer sent an unsound message");
    engine_->received(view, clock_.now());
}

void NativeSchedule::deliver_to_peer() {
    if (to_peer_.empty()) return;
    const std::string message = to_peer_.front().message;
    to_peer_.pop_front();
    note("-> " + with_bars(message));
    // Why: QuickFIX counts a Logout or Reject whatever its number, and would pass over a message
    // that is missing before it. That is no fault of ours.
    fix::MessageView view;
    const bool is_read = view.parse(message).has_value();
    const bool is_counted_anyway = is_read && (view.msg_type() == "5" || view.msg_type() == "3");
    const auto expected = static_cast<core::MsgSeqNum>(peer_->expected_number());
    if (is_counted_anyway && view.msg_seq_num() != expected) return note("lost");
    peer_->receive(message);
    collect_from_peer();
}

void NativeSchedule::deliver_all() {
    while (is_connected_ && complaint_.empty() && (!to_engine_.empty() || !to_peer_.empty())) {
        if (has_ended_) return;
        deliver_to_engine();
        deliver_to_peer();
    }
}

// A message is lost, as a garbled one is, or comes twice.
void NativeSchedule::disturb(Link& link) {
    if (link.empty()) return;
    // Why not a Logon that resets: the second one would reset what has been sent meanwhile.
    const bool resets = link.front().message.find(
                            "\x01"
                            "141=Y") != std::string::npos;
    if (resets || random(3) != 0) {
        note("lost: " + with_bars(link.front().message));
        link.pop_front();
    } else {
        note("twice: " + with_bars(link.front().message));
        link.push_front(link.front());
    }
}

// In steps of at most a second, since QuickFIX has to be asked what is due.
void NativeSchedule::pass_time(core::Duration time) {
    const core::MonotonicTime end = clock_.monotonic() + time;
    while (clock_.monotonic() < end && complaint_.empty()) {
        for (const Link* link : {&to_engine_, &to_peer_})
            if (!link->empty() && clock_.monotonic() - link->front().sent > kMaxFlight)
                deliver_all();
        core::MonotonicTime next = std::min(end, clock_.monotonic() + seconds{1});
        next = std::clamp(engine_->next_timer(), clock_.monotonic(), next);
        clock_.advance(next - clock_.monotonic());
        set_wall_clock(clock_.utc());
        if (engine_->next_timer() <= clock_.monotonic()) engine_->on_timer(clock_.now());
        if (is_connected_) peer_->poll();
        collect_from_peer();
    }
}

void NativeSchedule::collect_from_peer() {
    for (std::string& message : peer_->take_sent())
        to_engine_.push_back({std::move(message), clock_.monotonic()});
}

// From here on nothing is lost any more. A peer that is stuck needs a connection of its own.
void NativeSchedule::calm_down() {
    note("calm");
    for (int attempt = 0; attempt < 4 && complaint_.empty(); ++attempt) {
        if (is_connected_) disconnect();
        connect();
        for (int second = 0; second < 40 && is_connected_ && complaint_.empty(); ++second) {
            deliver_all();
            if (has_ended_ || peer_->has_closed()) break;
            pass_time(seconds{1});
        }
    }
}

void NativeSchedule::check() {
    if (!engine_->is_logged_on()) return complain("not logged on in the end");
    if (!peer_->is_logged_on()) return complain("the peer is not logged on in the end");
    const auto is_in_order = [](const std::vector<std::string>& ids) {
        return std::adjacent_find(ids.begin(), ids.end(), [](const auto& left, const auto& right) {
                   return std::stoi(left.substr(2)) >= std::stoi(right.substr(2));
               }) == ids.end();
    };
    if (!is_in_order(delivered_)) complain("reports came twice or out of order");
    if (!is_in_order(peer_->orders())) complain("orders came twice or out of order");
    if (resets_) return;  // what is lost with a reset is lost
    if (delivered_.size() != static_cast<std::size_t>(reports_))
        complain(std::to_string(reports_) + " reports were sent, " +
                 std::to_string(delivered_.size()) + " came");
    if (peer_->orders() != accepted_)
        complain(std::to_string(accepted_.size()) + " orders were sent, " +
                 std::to_string(peer_->orders().size()) + " came");
}

void NativeSchedule::complain(const std::string& text) {
    if (complaint_.empty()) complaint_ = text;
}

void NativeSchedule::note(const std::string& text) {
    const auto ms = std::chrono::duration_cast<milliseconds>(clock_.monotonic().time_since_epoch());
    history_ += std::to_string(ms.count() % 3'600'000) + " ms " + text + "\n";
}

// A number is used once, and none is left out.
void NativeSchedule::on_send(std::string_view message) {
    fix::MessageView view;
    if (!view.parse(message)) return complain("an unsound message was sent");
    if (!view.is_yes(43)) {
        if (view.msg_seq_num() != next_number_)
            complain("MsgSeqNum " + std::to_string(view.msg_seq_num()) + " was sent in place of " +
                     std::to_string(next_number_));
        ++next_number_;
    } else if (view.msg_seq_num() >= next_number_) {
        complain("a possible duplicate of what was never sent");
    }
    if (++messages_ > kMaxMessages) complain("too many messages are sent");
    to_peer_.push_back({std::string{message}, clock_.monotonic()});
}

void NativeSchedule::on_application_message(const fix::MessageView& message) {
    delivered_.emplace_back(message.get(17));
    note("delivered " + delivered_.back());
}

void NativeSchedule::on_session_reject(const fix::MessageView& reject) {
    complain("the peer rejected a message: " + with_bars(reject.bytes()));
}

void NativeSchedule::on_session_ended(core::Reason reason, std::string_view text) {
    note("ended " + std::string{core::reason_name(reason)} + " " + std::string{text});
    if (has_ended_) complain("ended twice");
    has_ended_ = true;
}

}  // namespace broker::test
