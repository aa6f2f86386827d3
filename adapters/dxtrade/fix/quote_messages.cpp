#include "dxtrade/fix/quote_messages.hpp"

#include <array>
#include <charconv>

#include "dxtrade/fix/reject_messages.hpp"
#include "dxtrade/fix/tags.hpp"
#include "fix/codec/group_view.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::Field;
using core::MDEntryType;
using core::MDUpdateAction;
using core::Reason;

std::string_view get(std::span<const Field> fields, std::int32_t tag) {
    for (const Field& field : fields) {
        if (field.tag == tag) return field.value;
    }
    return {};
}

MDEntryType entry_type_from_fix(std::string_view value) {
    if (value.size() != 1) return MDEntryType::Unspecified;
    switch (value.front()) {
        case '0':
            return MDEntryType::Bid;
        case '1':
            return MDEntryType::Offer;
        case '2':
            return MDEntryType::Trade;
        case '4':
            return MDEntryType::OpeningPrice;
        case '5':
            return MDEntryType::ClosingPrice;
        case '7':
            return MDEntryType::HighPrice;
        case '8':
            return MDEntryType::LowPrice;
        case 'J':
            return MDEntryType::EmptyBook;
        default:
            return MDEntryType::Unspecified;
    }
}

MDUpdateAction action_from_fix(std::string_view value) {
    if (value == "0") return MDUpdateAction::New;
    if (value == "1") return MDUpdateAction::Change;
    if (value == "2") return MDUpdateAction::Delete;
    return MDUpdateAction::Unspecified;
}

// ---- out

void add_entry_types(const VenueMarketDataRequest& request, broker::fix::MessageEncoder& encoder) {
    const std::string_view types = !request.candle_type.empty() ? "4578"
                                   : request.has_trades         ? "012"
                                                                : "01";
    encoder.add(tag::kNoMDEntryTypes, static_cast<std::int64_t>(types.size()));
    for (const char type : types) encoder.add(tag::kMDEntryType, type);
}

core::Result<void> add_symbols(const VenueMarketDataRequest& request, const Symbols& symbols,
                               broker::fix::MessageEncoder& encoder) {
    encoder.add(tag::kNoRelatedSym, static_cast<std::int64_t>(request.symbols.size()));
    for (const core::Symbol& symbol : request.symbols) {
        const auto venue = symbols.to_venue(symbol.view());
        if (!venue) {
            return core::fail(Reason::SymbolUnknown, "symbol: the profile does not have \"" +
                                                         std::string{symbol.view()} + "\"");
        }
        encoder.add(tag::kSymbol, venue->symbol);
        if (!venue->sfx.empty()) encoder.add(tag::kSymbolSfx, venue->sfx);
        if (venue->fields == nullptr) continue;
        for (const auto& [tag, value] : *venue->fields) encoder.add(tag, value);
    }
    return {};
}

// ---- rejects

// MDReqRejReason (281), FIX 4.4: 0 to 9, then A to C.
constexpr std::array<std::string_view, 13> kRequestRejectReasons{
    "unknown symbol",
    "duplicate MDReqID",
    "insufficient bandwidth",
    "insufficient permissions",
    "unsupported SubscriptionRequestType",
    "unsupported MarketDepth",
    "unsupported MDUpdateType",
    "unsupported AggregatedBook",
    "unsupported MDEntryType",
    "unsupported TradingSessionID",
    "unsupported Scope",
    "unsupported OpenCloseSettlFlag",
    "unsupported MDImplicitDelete",
};

std::string request_reject_reason(std::string_view code) {
    constexpr std::string_view kCodes = "0123456789ABC";
    const std::size_t index = code.size() == 1 ? kCodes.find(code) : std::string_view::npos;
    if (index != std::string_view::npos) return std::string{kRequestRejectReasons[index]};
    return code.empty() ? std::string{} : "reason " + std::string{code};
}

}  // namespace

core::Result<void> to_fix(const VenueMarketDataRequest& request, const MarketDataRules& rules,
                          const Symbols& symbols, broker::fix::MessageEncoder& encoder) {
    encoder.clear("V");
    encoder.add(tag::kMDReqID, request.md_req_id);
    encoder.add(tag::kSubscriptionRequestType, request.kind == MarketDataRequestKind::Snapshot ? '0'
                                               : request.kind == MarketDataRequestKind::Subscribe
                                                   ? '1'
                                                   : '2');
    encoder.add(tag::kMarketDepth, std::int64_t{request.depth});
    encoder.add(tag::kMDUpdateType, rules.updates == MarketDataUpdates::FullRefresh ? '0' : '1');
    if (!request.candle_type.empty()) encoder.add(tag::kCandleType, request.candle_type);
    if (!rules.md_stream_id.empty()) encoder.add(tag::kMDStreamID, rules.md_stream_id);
    add_entry_types(request, encoder);
    if (const auto added = add_symbols(request, symbols, encoder); !added) return added.error();
    if (!encoder.is_valid()) {
        return core::fail(Reason::InvalidField,
                          "a request that does not fit one message or has a field without value");
    }
    return {};
}

// ---- in

void MarketDataFaults::clear() {
    reason = Reason::None;
    text.clear();
    count = 0;
    unknown_values = 0;
}

void MarketDataFaults::add(Reason why, std::int32_t tag, std::string_view value,
                           std::size_t entry) {
    if (why == Reason::ValueUnknown) ++unknown_values;
    if (++count != 1) return;
    constexpr std::size_t kMostText = 64;  // of a value, which may be anything
    reason = why;
    text.append("entry ").append(std::to_string(entry)).append(": ");
    text.append(std::to_string(tag)).append("=").append(value.substr(0, kMostText));
}

void MarketDataReader::read_snapshot(const broker::fix::MessageView& message,
                                     core::MonotonicTime received, const Deliver& deliver) {
    MarketDataUpdate update;
    update.is_picture = true;
    update.symbol = message.get(tag::kSymbol);
    update.received = received;
    read_groups(message, update, message.get(tag::kSymbolSfx), deliver);
}

void MarketDataReader::read_increment(const broker::fix::MessageView& message,
                                      core::MonotonicTime received, const Deliver& deliver) {
    MarketDataUpdate update;
    update.received = received;
    read_groups(message, update, {}, deliver);
}

void MarketDataReader::read_groups(const broker::fix::MessageView& message, MarketDataUpdate update,
                                   std::string_view sfx, const Deliver& deliver) {
    faults_.clear();
    entries_.clear();
    entry_number_ = 0;
    update.md_req_id = message.get(tag::kMDReqID);
    update.msg_seq_num = message.msg_seq_num();
    const bool is_increment = !update.is_picture;
    broker::fix::GroupView group{message.fields(), tag::kNoMDEntries,
                                 is_increment ? tag::kMDUpdateAction : tag::kMDEntryType};
    if (!group.is_count_right()) {
        faults_.add(Reason::FieldUnreadable, tag::kNoMDEntries, message.get(tag::kNoMDEntries), 0);
    }
    while (const auto fields = group.next()) {
        ++entry_number_;
        // An entry of an increment names its symbol, or has that of the entry before it.
        const std::string_view symbol = is_increment ? get(*fields, tag::kSymbol) : "";
        const std::string_view symbol_sfx = is_increment ? get(*fields, tag::kSymbolSfx) : "";
        if (!symbol.empty() && (symbol != update.symbol || symbol_sfx != sfx)) {
            deliver_run(update, sfx, deliver);
            update.symbol = symbol;
            sfx = symbol_sfx;
        }
        core::MDEntry entry;
        if (read_entry(*fields, is_increment, entry)) entries_.push_back(entry);
    }
    if (update.is_picture || !entries_.empty()) {
        update.entries = entries_;
        update.symbol = symbols_.to_host(update.symbol, sfx, symbol_buffer_);
        deliver(update);
    }
}

// The entries of one symbol, before those of the next.
void MarketDataReader::deliver_run(MarketDataUpdate& update, std::string_view sfx,
                                   const Deliver& deliver) {
    if (entries_.empty()) return;
    MarketDataUpdate run = update;
    run.entries = entries_;
    run.symbol = symbols_.to_host(update.symbol, sfx, symbol_buffer_);
    deliver(run);
    entries_.clear();
}

// False: the entry is of no use; faults_ says why.
bool MarketDataReader::read_entry(std::span<const Field> fields, bool is_increment,
                                  core::MDEntry& entry) {
    const std::string_view type = get(fields, tag::kMDEntryType);
    entry.type = entry_type_from_fix(type);
    entry.id = get(fields, tag::kMDEntryID);
    if (is_increment) {
        const std::string_view action = get(fields, tag::kMDUpdateAction);
        entry.action = action_from_fix(action);
        if (entry.action == MDUpdateAction::Unspecified) {
            faults_.add(Reason::ValueUnknown, tag::kMDUpdateAction, action, entry_number_);
        }
    }
    if (type.empty()) {
        faults_.add(Reason::FieldMissing, tag::kMDEntryType, type, entry_number_);
        return false;
    }
    if (entry.type == MDEntryType::Unspecified) {
        faults_.add(Reason::ValueUnknown, tag::kMDEntryType, type, entry_number_);
    }
    if (entry.id.size() > core::MDEntryID::kCapacity) {
        faults_.add(Reason::FieldUnreadable, tag::kMDEntryID, entry.id, entry_number_);
        return false;
    }
    read_time(fields, entry);
    return read_figures(fields, entry);
}

bool MarketDataReader::read_figures(std::span<const Field> fields, core::MDEntry& entry) {
    const std::string_view px = get(fields, tag::kMDEntryPx);
    const std::string_view size = get(fields, tag::kMDEntrySize);
    entry.px = core::Decimal::parse(px);
    entry.size = core::Decimal::parse(size);
    if (!px.empty() && !entry.px) {
        faults_.add(Reason::FieldUnreadable, tag::kMDEntryPx, px, entry_number_);
        return false;
    }
    if (!size.empty() && !entry.size) {
        faults_.add(Reason::FieldUnreadable, tag::kMDEntrySize, size, entry_number_);
        return false;
    }
    if (entry.size && entry.size->sign() < 0) {
        faults_.add(Reason::ValueNegative, tag::kMDEntrySize, size, entry_number_);
        return false;
    }
    const bool has_to_have_px = entry.type != MDEntryType::EmptyBook &&
                                entry.type != MDEntryType::Unspecified &&
                                entry.action == MDUpdateAction::New;
    if (has_to_have_px && !entry.px) {
        faults_.add(Reason::FieldMissing, tag::kMDEntryPx, px, entry_number_);
        return false;
    }
    return true;
}

// A time that cannot be read makes no entry useless: it is told and left unset.
void MarketDataReader::read_time(std::span<const Field> fields, core::MDEntry& entry) {
    const std::string_view date = get(fields, tag::kMDEntryDate);
    const std::string_view time = get(fields, tag::kMDEntryTime);
    if (date.empty() || time.empty()) return;
    constexpr std::size_t kDateSize = 8;
    constexpr std::size_t kLongestTime = 18;  // HH:MM:SS and a fraction of nine digits
    std::array<char, kDateSize + 1 + kLongestTime> text;
    if (date.size() == kDateSize && time.size() <= kLongestTime) {
        char* end = std::copy(date.begin(), date.end(), text.begin());
        *end++ = '-';
        end = std::copy(time.begin(), time.end(), end);
        entry.time = broker::fix::parse_utc_timestamp(
            {text.data(), static_cast<std::size_t>(end - text.data())});
    }
    if (!entry.time) {
        faults_.add(Reason::FieldUnreadable, tag::kMDEntryTime, time, entry_number_);
    }
}

MarketDataReject market_data_reject_from_fix(const broker::fix::MessageView& message,
                                             std::string& text) {
    text = request_reject_reason(message.get(tag::kMDReqRejReason));
    // Why 41 too: the vendor's document prints that number for the text of this message.
    std::string_view words = message.get(tag::kText);
    if (words.empty()) words = message.get(tag::kOrigClOrdID);
    if (!words.empty()) text.append(text.empty() ? "" : ": ").append(words);
    if (text.empty()) text = "no reason given";
    return {Reason::RequestRejected, message.get(tag::kMDReqID), 0, text};
}

MarketDataReject session_reject_of_market_data(const broker::fix::MessageView& message,
                                               std::string& text) {
    const core::MessageReject reject = session_reject_from_fix(message, {}, text);
    return {reject.reason, {}, reject.ref_seq_num, reject.text};
}

MarketDataReject business_reject_of_market_data(const broker::fix::MessageView& message,
                                                std::string& text) {
    const core::MessageReject reject = business_message_reject_from_fix(message, {}, text);
    return {reject.reason, message.get(tag::kBusinessRejectRefID), reject.ref_seq_num, reject.text};
}

}  // namespace broker::dxtrade::fix
