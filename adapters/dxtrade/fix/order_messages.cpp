#include "dxtrade/fix/order_messages.hpp"

#include <string>

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/order_terms.hpp"
#include "dxtrade/fix/request_writer.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::MessageEncoder;

// An order that exists may be in an instrument that the profile does not map: the venue's own name
// of it is what the order has. It must be possible to cancel it.
VenueSymbol symbol_of(const core::Order& order, const Dialect& dialect) {
    const auto symbol = dialect.symbols().to_venue(order.symbol.view());
    return symbol ? *symbol : VenueSymbol{order.symbol.view(), {}, nullptr};
}

void add_order_id(const core::Order& order, RequestWriter& writer) {
    writer.add_if_given(tag::kOrderID, order.order_id.view());
}

// OrderID, where the profile sends it, and OrigClOrdID by its rule.
void add_references(const core::Order& order, RequestWriter& writer) {
    const ReplaceRules& rules = writer.dialect().profile().replaces;
    if (rules.sends_order_id) add_order_id(order, writer);
    const bool is_chained =
        rules.orig_cl_ord_id == OrigClOrdIDRule::LastSent && !order.last_cl_ord_id.empty();
    const core::ClOrdID& orig = is_chained ? order.last_cl_ord_id : order.cl_ord_id;
    writer.add(tag::kOrigClOrdID, orig.view());
}

}  // namespace

core::Result<VenueSymbol> venue_symbol(std::string_view host_symbol, const Dialect& dialect) {
    if (const auto symbol = dialect.symbols().to_venue(host_symbol)) return *symbol;
    return core::fail(core::Reason::SymbolUnknown,
                      "symbol " + std::string{host_symbol} +
                          ": profile key symbols.map does not have it and is complete");
}

core::Result<void> to_fix(const core::NewOrder& order, const Dialect& dialect, core::UtcTime now,
                          MessageEncoder& encoder) {
    const auto symbol = venue_symbol(order.symbol.view(), dialect);
    if (!symbol) return symbol.error();
    const OrderTerms terms = terms_of(order);
    RequestWriter writer{dialect, RequestType::NewOrderSingle, encoder};
    writer.add(tag::kClOrdID, order.cl_ord_id.view());
    writer.add_parties(terms.fields);
    writer.add_account();
    add_terms(terms, *symbol, now, writer);
    return writer.finish();
}

core::Result<void> to_fix(const core::ReplaceOrder& request, const core::Order& order,
                          const Dialect& dialect, core::UtcTime now, MessageEncoder& encoder) {
    const OrderTerms terms = terms_of(request, order);
    RequestWriter writer{dialect, RequestType::OrderCancelReplaceRequest, encoder};
    add_references(order, writer);
    writer.add(tag::kClOrdID, request.cl_ord_id.view());
    writer.add_parties(terms.fields);
    writer.add_account();
    add_terms(terms, symbol_of(order, dialect), now, writer);
    return writer.finish();
}

core::Result<void> to_fix(const core::CancelOrder& request, const core::Order& order,
                          const Dialect& dialect, core::UtcTime now, MessageEncoder& encoder) {
    const HostFields fields{{}, order.instructions.fields.view()};
    RequestWriter writer{dialect, RequestType::OrderCancelRequest, encoder};
    add_references(order, writer);
    writer.add(tag::kClOrdID, request.cl_ord_id.view());
    writer.add_account();
    writer.add_parties(fields);
    writer.add_symbol(symbol_of(order, dialect));
    writer.add_code(tag::kSide, to_fix(order.side));
    writer.add_timestamp(tag::kTransactTime, now);
    add_quantity(order.order_qty, order.instructions, writer);
    writer.add_fields(fields);
    return writer.finish();
}

core::Result<void> order_status_request_to_fix(const core::Order& order, const Dialect& dialect,
                                               MessageEncoder& encoder) {
    const HostFields fields{{}, order.instructions.fields.view()};
    RequestWriter writer{dialect, RequestType::OrderStatusRequest, encoder};
    add_order_id(order, writer);
    writer.add(tag::kClOrdID, order.cl_ord_id.view());
    writer.add_parties(fields);
    writer.add_account();
    writer.add_symbol(symbol_of(order, dialect));
    writer.add_code(tag::kSide, to_fix(order.side));
    writer.add_fields(fields);
    return writer.finish();
}

}  // namespace broker::dxtrade::fix
