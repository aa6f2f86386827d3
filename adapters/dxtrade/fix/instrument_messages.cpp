#include "dxtrade/fix/instrument_messages.hpp"

#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/request_writer.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {

core::Result<void> security_list_request_to_fix(std::string_view id, const Dialect& dialect,
                                                broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::SecurityListRequest, encoder};
    writer.add(tag::kSecurityReqID, id);
    writer.add(tag::kSecurityListRequestType, '4');  // all securities
    writer.add_fields({});
    return writer.finish();
}

core::Result<void> security_definition_request_to_fix(const core::Query& query, std::string_view id,
                                                      const Dialect& dialect,
                                                      broker::fix::MessageEncoder& encoder) {
    const auto symbol = venue_symbol(query.symbol.view(), dialect);
    if (!symbol) return symbol.error();
    RequestWriter writer{dialect, RequestType::SecurityDefinitionRequest, encoder};
    writer.add(tag::kSecurityReqID, id);
    writer.add(tag::kSecurityRequestType, '0');  // identity and specifications
    writer.add_symbol(*symbol);
    writer.add_fields({});
    return writer.finish();
}

core::Instrument instrument_from_fix(std::span<const broker::fix::Field> fields,
                                     std::string_view msg_type, const Dialect& dialect,
                                     Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{fields, inbound.faults};
    core::Instrument instrument;
    instrument.symbol = host_symbol(fields, dialect, inbound.symbol);
    if (instrument.symbol.empty()) {
        inbound.faults.add(core::ReportFault::MissingField, tag::kSymbol);
    }
    instrument.description = reader.text(tag::kSecurityDesc);
    instrument.security_type = reader.text(tag::kSecurityType);
    instrument.currency = reader.text(tag::kCurrency);
    instrument.security_exchange = reader.text(tag::kSecurityExchange);
    instrument.contract_multiplier = reader.decimal(tag::kContractMultiplier);
    instrument.price_increment = reader.quantity(tag::kMinPriceIncrement);
    instrument.qty_increment = reader.quantity(tag::kRoundLot);
    instrument.min_qty = reader.quantity(tag::kMinTradeVol);
    instrument.max_qty = reader.quantity(tag::kMaxTradeVol);
    take_fields(fields, msg_type, dialect, inbound);
    instrument.fields = inbound.fields;
    return instrument;
}

}  // namespace broker::dxtrade::fix
