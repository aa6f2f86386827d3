// Instruments. Pure functions; a record borrows its text from the message, the dialect and
// `inbound`.
#pragma once

#include <span>
#include <string_view>

#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// SecurityListRequest (x): of all instruments.
[[nodiscard]] core::Result<void> security_list_request_to_fix(std::string_view id,
                                                              const Dialect& dialect,
                                                              broker::fix::MessageEncoder& encoder);

// SecurityDefinitionRequest (c): of the query's instrument.
[[nodiscard]] core::Result<void> security_definition_request_to_fix(
    const core::Query& query, std::string_view id, const Dialect& dialect,
    broker::fix::MessageEncoder& encoder);

// One instrument: an entry of NoRelatedSym (146) of SecurityList (y), or all of SecurityDefinition
// (d). RoundLot (561) is its quantity increment and MinTradeVol (562) its least quantity; the price
// increment (969) and the largest quantity (1140) are of later versions of FIX and taken where they
// come. Clears `inbound`.
[[nodiscard]] core::Instrument instrument_from_fix(std::span<const broker::fix::Field> fields,
                                                   std::string_view msg_type,
                                                   const Dialect& dialect, Inbound& inbound);

}  // namespace broker::dxtrade::fix
