#include "account/position_keeper.hpp"

namespace broker::account {

using core::Reason;
namespace {

// A position that REST or push show unasked may be there before the report of the fill that made
// it: an order that has left the portfolio is looked up in the history.
bool may_precede_its_fill(const core::PositionReport& position) {
    return position.is_unsolicited &&
           (position.channel == core::Channel::Rest || position.channel == core::Channel::Push);
}

}  // namespace

void PositionKeeper::book(const core::Applied& applied) {
    if (applied.order == nullptr || applied.fill_delta.is_zero()) return;
    const core::Order& order = *applied.order;
    if (book_.book(order.symbol, order.side, applied.fill_delta)) return;
    core::VenueFault fault;
    fault.reason = Reason::MessageUnusable;
    fault.msg_type = "8";
    fault.cl_ord_id = order.cl_ord_id.view();
    fault.order_id = order.order_id.view();
    fault.text = "a fill of unknown symbol or side, or out of range: positions leave it out";
    faults_.tell(fault);
}

void PositionKeeper::begin_picture(std::uint64_t request_id, core::Channel asked) {
    if (picture_) return;
    picture_ = request_id;
    book_.begin_picture(asked == core::Channel::Rest ? core::PositionBook::Timing::MayRunAhead
                                                     : core::PositionBook::Timing::BehindReports);
}

void PositionKeeper::take(const core::PositionReport& position) {
    const bool is_of_picture = !position.is_unsolicited && picture_ == position.request_id;
    if (is_of_picture && !book_.add_to_picture(position)) {
        core::VenueFault fault;
        fault.reason = Reason::MessageUnusable;
        fault.channel = position.channel;
        fault.msg_type = "AP";
        fault.text = "a position whose symbol or quantity cannot be used";
        faults_.tell(fault);
    }
    events_.on_position({position,
                         may_precede_its_fill(position) ? std::nullopt : book_.net(position.symbol),
                         false});
}

void PositionKeeper::end_picture(const core::QueryDone& done) {
    if (picture_ != done.request_id) return;
    picture_.reset();
    if (done.reason != Reason::None) return book_.drop_picture();
    book_.end_picture(
        [&](const core::PositionDifference& difference) { tell(difference, done.request_id); });
}

void PositionKeeper::tell(const core::PositionDifference& difference, std::uint64_t request_id) {
    const core::Decimal& net = difference.from_venue;
    core::PositionReport position;
    position.request_id = request_id;
    position.symbol = difference.symbol.view();
    if (net.sign() >= 0) {
        position.long_qty = net;
    } else {
        position.short_qty = core::Decimal{}.minus(net);
    }
    events_.on_position({position, difference.from_fills, true});

    const std::string text = "symbol=" + std::string{difference.symbol.view()} +
                             ": the venue has " + net.to_string() + ", the fills add up to " +
                             difference.from_fills.to_string();
    core::VenueFault fault;
    fault.reason = Reason::PositionDiffers;
    fault.msg_type = "AP";
    fault.text = text;
    faults_.tell(fault);
}

std::optional<core::Decimal> PositionKeeper::from_fills(std::string_view symbol) const {
    const auto net = book_.net(symbol);
    return net ? net : std::optional{book_.filled(symbol)};
}

void PositionKeeper::report(const PositionsFromFills& query) {
    std::uint64_t count = 0;
    book_.for_each([&](const core::Symbol& symbol) {
        if (!query.symbol.empty() && symbol != query.symbol) return;
        core::PositionReport position;
        position.request_id = query.request_id;
        position.channel = core::Channel::Unspecified;
        position.symbol = symbol.view();
        events_.on_position({position, from_fills(symbol.view()), false});
        ++count;
    });
    events_.on_query_done({core::QueryKind::Positions, query.request_id, count, Reason::None, {}});
}

}  // namespace broker::account
