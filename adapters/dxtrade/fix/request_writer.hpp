// One message to the venue under a profile's rules.
#pragma once

#include <cstdint>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade::fix {

// Named fields that the host gave (named_fields.hpp): with this request, and with the order that it
// is about. The first beat the second, both beat the profile's constants.
struct HostFields {
    std::string_view request;
    std::string_view order;

    [[nodiscard]] std::string_view find(std::string_view name) const;
};

// Writes into an encoder and keeps forbidden tags out of it. No allocation unless something is
// wrong. Lives for one message.
class RequestWriter {
public:
    // Clears the encoder.
    RequestWriter(const Dialect& dialect, RequestType type, broker::fix::MessageEncoder& encoder);

    template <class Value>
    void add(std::int32_t tag, const Value& value) {
        if (!rules_.forbids(tag)) encoder_.add(tag, value);
    }
    void add_if_given(std::int32_t tag, std::string_view value) {
        if (!value.empty()) add(tag, value);
    }
    // A character of enum_codes; '\0', of an enumerator that is not given, is left out.
    void add_code(std::int32_t tag, char code) {
        if (code != '\0') add(tag, code);
    }
    void add_timestamp(std::int32_t tag, core::UtcTime value);
    void add_date(std::int32_t tag, core::UtcTime value);

    void add_account();  // Account (1), where the profile sends it
    void add_parties(const HostFields& host);
    void add_fields(const HostFields& host);
    void add_symbol(const VenueSymbol& symbol);

    [[nodiscard]] const Dialect& dialect() const { return dialect_; }

    // The orders of a list: the fields before the first call are those of the list.
    void begin_entry();

    // InvalidField if a required tag is missing, in the list or in any one order of it, or if the
    // message cannot be written (too long, an empty value).
    [[nodiscard]] core::Result<void> finish() const;

private:
    [[nodiscard]] bool has(std::int32_t tag) const;

    const Dialect& dialect_;
    const RequestRules& rules_;
    broker::fix::MessageEncoder& encoder_;
    std::size_t first_entry_ = 0;  // where it begins in the body; 0: there are no entries
    std::size_t last_entry_ = 0;
    std::int32_t missing_ = 0;  // a tag that an earlier entry lacks
};

}  // namespace broker::dxtrade::fix
