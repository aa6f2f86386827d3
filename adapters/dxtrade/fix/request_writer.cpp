#include "dxtrade/fix/request_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "core/named_fields.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

// Whether tag=value stands in fields that each end with SOH.
bool has_tag(std::string_view fields, std::int32_t tag) {
    std::array<char, 12> text{};  // of the largest int32, with its =
    char* end = std::to_chars(text.begin(), text.end() - 1, tag).ptr;
    *end++ = '=';
    const std::string_view wanted{text.data(), static_cast<std::size_t>(end - text.data())};
    while (!fields.empty()) {
        if (fields.starts_with(wanted)) return true;
        fields.remove_prefix(std::min(fields.find(core::kFieldEnd), fields.size() - 1) + 1);
    }
    return false;
}

std::string_view id_of(const Party& party, const HostFields& host) {
    const std::string_view given = host.find(party.name);
    return given.empty() ? std::string_view{party.id} : given;
}

}  // namespace

std::string_view HostFields::find(std::string_view name) const {
    if (name.empty()) return {};
    const std::string_view given = core::find_field(request, name);
    return given.empty() ? core::find_field(order, name) : given;
}

RequestWriter::RequestWriter(const Dialect& dialect, RequestType type,
                             broker::fix::MessageEncoder& encoder)
    : dialect_{dialect}, rules_{dialect.rules(type)}, encoder_{encoder} {
    encoder_.clear(rules_.msg_type);
}

void RequestWriter::add_timestamp(std::int32_t tag, core::UtcTime value) {
    if (!rules_.forbids(tag)) encoder_.add_utc_timestamp(tag, value, dialect_.timestamp_digits());
}

void RequestWriter::add_date(std::int32_t tag, core::UtcTime value) {
    if (!rules_.forbids(tag)) encoder_.add_utc_date(tag, value);
}

void RequestWriter::add_account() {
    if (dialect_.profile().sends_account) add(tag::kAccount, dialect_.account());
}

void RequestWriter::add_parties(const HostFields& host) {
    const auto count =
        std::count_if(rules_.parties.begin(), rules_.parties.end(),
                      [&](const Party& party) { return !id_of(party, host).empty(); });
    if (count == 0 || rules_.forbids(tag::kNoPartyIDs)) return;
    encoder_.add(tag::kNoPartyIDs, std::int64_t{count});
    for (const Party& party : rules_.parties) {
        const std::string_view id = id_of(party, host);
        if (id.empty()) continue;
        encoder_.add(tag::kPartyID, id);
        encoder_.add(tag::kPartyIDSource, party.source);
        encoder_.add(tag::kPartyRole, std::int64_t{party.role});
    }
}

void RequestWriter::add_fields(const HostFields& host) {
    for (const NamedField& field : rules_.fields) {
        const std::string_view given = host.find(field.name);
        add_if_given(field.tag, given.empty() ? std::string_view{field.value} : given);
    }
}

void RequestWriter::add_symbol(const VenueSymbol& symbol) {
    add(tag::kSymbol, symbol.symbol);
    add_if_given(tag::kSymbolSfx, symbol.sfx);
    if (symbol.fields == nullptr) return;
    for (const auto& [tag, value] : *symbol.fields) add_if_given(tag, value);
}

void RequestWriter::begin_entry() {
    if (first_entry_ == 0) {
        first_entry_ = encoder_.body().size();
    } else {
        for (const std::int32_t tag : rules_.required_tags) {
            if (!has(tag)) missing_ = tag;
        }
    }
    last_entry_ = encoder_.body().size();
}

// In the list's own fields or in those of the latest order.
bool RequestWriter::has(std::int32_t tag) const {
    const std::string_view body = encoder_.body();
    if (first_entry_ == 0) return has_tag(body, tag);
    return has_tag(body.substr(0, first_entry_), tag) || has_tag(body.substr(last_entry_), tag);
}

core::Result<void> RequestWriter::finish() const {
    if (!encoder_.is_valid()) {
        return core::fail(
            core::Reason::InvalidField,
            "MsgType " + rules_.msg_type + " cannot be written: too long or an empty value");
    }
    std::int32_t missing = missing_;
    for (const std::int32_t tag : rules_.required_tags) {
        if (missing == 0 && !has(tag)) missing = tag;
    }
    if (missing == 0) return {};
    return core::fail(core::Reason::InvalidField, "tag " + std::to_string(missing) +
                                                      " is missing: profile key required_tags." +
                                                      rules_.msg_type + " demands it");
}

}  // namespace broker::dxtrade::fix
