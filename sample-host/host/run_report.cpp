#include "host/run_report.hpp"

#include <chrono>
#include <cstdint>
#include <ostream>
#include <string>

#include "broker/sdk/text.hpp"
#include "host/latencies.hpp"

namespace broker::sample_host {
namespace {

Tone tone_of(broker_ord_status_t status) {
    switch (status) {
        case BROKER_ORD_STATUS_FILLED:
            return Tone::Good;
        case BROKER_ORD_STATUS_REJECTED:
            return Tone::Bad;
        case BROKER_ORD_STATUS_CANCELED:
            return Tone::Faint;
        default:
            return Tone::Plain;
    }
}

Tone tone_of(const DecimalSum& net) { return net.is_zero() ? Tone::Faint : Tone::Strong; }

std::string or_dash(std::string text) { return text.empty() ? "-" : text; }

std::string decimal(const broker_decimal_t& value) { return or_dash(sdk::decimal_text(value)); }

// Microseconds with one decimal place.
std::string microseconds(std::chrono::nanoseconds time) {
    const std::int64_t tenths = (time.count() + 50) / 100;
    return std::to_string(tenths / 10) + "." + std::to_string(tenths % 10);
}

// What is not simply in force: "Rejected CANCEL_REJECTED: too late". Empty for all else.
std::string note_of(const RequestState& request) {
    const bool is_plain =
        request.certainty == BROKER_CERTAINTY_ACKNOWLEDGED && request.reason == BROKER_REASON_NONE;
    if (is_plain) return {};
    const bool is_answered = request.certainty != BROKER_CERTAINTY_UNSPECIFIED;
    std::string note{is_answered ? sdk::certainty_name(request.certainty) : "unanswered"};
    if (request.reason != BROKER_REASON_NONE) {
        note.append(" ").append(sdk::reason_name(request.reason));
    }
    if (!request.text.empty()) note.append(": ").append(request.text);
    return note;
}

// Of the order itself and of each request about it, which is then named.
std::string notes_of(const OrderView& view, std::size_t order, const RunTag& tag) {
    std::string notes;
    for (const RequestState& request : view.requests()) {
        if (request.order != order) continue;
        const std::string note = note_of(request);
        if (note.empty()) continue;
        if (!notes.empty()) notes += "; ";
        const bool is_new = request.cl_ord_id == view.orders()[order].cl_ord_id;
        if (!is_new) notes += tag.label(request.cl_ord_id) + " ";
        notes += note;
    }
    return notes;
}

void print_title(std::ostream& out, const Palette& palette, const std::string& title) {
    out << '\n' << palette.paint(title, Tone::Strong) << '\n';
}

void print_orders(std::ostream& out, const Palette& palette, const OrderView& view,
                  const RunTag& tag) {
    Table table{{{"account"},
                 {"order"},
                 {"side"},
                 {"type"},
                 {"symbol"},
                 {"qty", Align::Right},
                 {"price", Align::Right},
                 {"status"},
                 {"filled", Align::Right},
                 {"average", Align::Right},
                 {"notes"}}};
    for (std::size_t i = 0; i < view.orders().size(); ++i) {
        const OrderState& order = view.orders()[i];
        table.add_row({{order.account},
                       {tag.label(order.cl_ord_id), Tone::Strong},
                       {std::string{sdk::side_name(order.side)}},
                       {std::string{sdk::ord_type_name(order.ord_type)}},
                       {order.symbol},
                       {decimal(order.order_qty)},
                       {decimal(order.price)},
                       {std::string{sdk::ord_status_name(order.status)}, tone_of(order.status)},
                       {decimal(order.cum_qty)},
                       {decimal(order.avg_px)},
                       {notes_of(view, i, tag)}});
    }
    print_title(out, palette, "Orders");
    table.print(out, palette);
}

// Requests about orders that nobody knows.
void print_strays(std::ostream& out, const Palette& palette, const OrderView& view,
                  const RunTag& tag) {
    Table table{{{"account"}, {"request"}, {"notes"}}};
    bool has_strays = false;
    for (const RequestState& request : view.requests()) {
        if (request.order != OrderView::kNoOrder) continue;
        has_strays = true;
        table.add_row(
            {{request.account}, {tag.label(request.cl_ord_id), Tone::Strong}, {note_of(request)}});
    }
    if (!has_strays) return;
    print_title(out, palette, "Requests without an order");
    table.print(out, palette);
}

void print_fills(std::ostream& out, const Palette& palette, const Positions& positions,
                 const RunTag& tag) {
    Table table{{{"account"},
                 {"order"},
                 {"side"},
                 {"symbol"},
                 {"qty", Align::Right},
                 {"price", Align::Right},
                 {"ExecID"}}};
    for (const Fill& fill : positions.fills()) {
        table.add_row({{fill.account},
                       {tag.label(fill.cl_ord_id), Tone::Strong},
                       {std::string{sdk::side_name(fill.side)}},
                       {fill.symbol},
                       {decimal(fill.qty)},
                       {decimal(fill.price)},
                       {fill.exec_id}});
    }
    print_title(out, palette, "Fills");
    table.print(out, palette);
}

void print_positions(std::ostream& out, const Palette& palette, const Positions& positions) {
    Table table{{{"account"},
                 {"symbol"},
                 {"bought", Align::Right},
                 {"sold", Align::Right},
                 {"net", Align::Right}}};
    for (const Position& position : positions.positions()) {
        const DecimalSum net = position.net();
        table.add_row({{position.account},
                       {position.symbol},
                       {position.bought.text()},
                       {position.sold.text()},
                       {net.text(), tone_of(net)}});
    }
    print_title(out, palette, "Positions");
    table.print(out, palette);
}

// Of the answers to position requests, beside what the fills add up to.
void print_venue_positions(std::ostream& out, const Palette& palette, const VenueView& venue) {
    if (venue.positions().empty()) return;
    Table table{{{"account"},
                 {"symbol"},
                 {"code"},
                 {"long", Align::Right},
                 {"short", Align::Right},
                 {"net", Align::Right},
                 {"average", Align::Right},
                 {"net by fills", Align::Right},
                 {"notes"}}};
    for (const VenuePosition& position : venue.positions()) {
        table.add_row({{position.account},
                       {position.symbol},
                       {or_dash(position.position_code)},
                       {decimal(position.long_qty)},
                       {decimal(position.short_qty)},
                       {decimal(position.net_qty)},
                       {decimal(position.avg_px)},
                       {decimal(position.net_qty_from_fills)},
                       {position.is_different ? "differs from the fills" : "",
                        position.is_different ? Tone::Bad : Tone::Plain}});
    }
    print_title(out, palette, "Positions at the venue");
    table.print(out, palette);
}

void print_quotes(std::ostream& out, const Palette& palette, const VenueView& venue) {
    if (venue.quotes().empty()) return;
    Table table{{{"account"},
                 {"symbol"},
                 {"bid size", Align::Right},
                 {"bid", Align::Right},
                 {"offer", Align::Right},
                 {"offer size", Align::Right},
                 {"updates", Align::Right},
                 {"merged", Align::Right},
                 {"notes"}}};
    for (const LastQuote& quote : venue.quotes()) {
        table.add_row({{quote.account},
                       {quote.symbol},
                       {decimal(quote.bid_size)},
                       {decimal(quote.bid_px)},
                       {decimal(quote.offer_px)},
                       {decimal(quote.offer_size)},
                       {std::to_string(quote.update_count)},
                       {std::to_string(quote.merged_count)},
                       {quote.is_stale ? "stale" : "", Tone::Bad}});
    }
    print_title(out, palette, "Quotes");
    table.print(out, palette);
}

void print_latencies(std::ostream& out, const Palette& palette, const OrderView& view) {
    Table table{{{"stage"},
                 {"requests", Align::Right},
                 {"median µs", Align::Right},
                 {"max µs", Align::Right}}};
    for (const Latency& latency : latencies_of(view.requests())) {
        const bool is_empty = latency.count == 0;
        table.add_row({{std::string{latency.name}},
                       {std::to_string(latency.count)},
                       {is_empty ? "-" : microseconds(latency.median)},
                       {is_empty ? "-" : microseconds(latency.max)}});
    }
    print_title(out, palette, "Latencies");
    table.print(out, palette);
}

}  // namespace

void print_report(std::ostream& out, const Palette& palette, const ScriptRunner& runner,
                  const ScriptResult& result) {
    print_orders(out, palette, runner.orders(), runner.tag());
    print_strays(out, palette, runner.orders(), runner.tag());
    print_fills(out, palette, runner.positions(), runner.tag());
    print_positions(out, palette, runner.positions());
    print_venue_positions(out, palette, runner.venue());
    print_quotes(out, palette, runner.venue());
    print_latencies(out, palette, runner.orders());
    out << '\n';
    if (result.is_interrupted) {
        out << palette.paint("interrupted", Tone::Bad) << '\n';
    } else if (!result.failure.empty()) {
        out << palette.paint("failed", Tone::Bad) << '\n';
    } else {
        out << palette.paint("passed", Tone::Good) << ": " << result.expectation_count
            << " expectations met\n";
    }
    out << std::flush;
}

}  // namespace broker::sample_host
