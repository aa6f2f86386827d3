#include "abi/field_reader.hpp"

namespace broker::abi {
namespace {

using core::Reason;
using core::Result;

// A clock of another unit or epoch shows as a signal from the future.
constexpr std::chrono::seconds kSignalTolerance{1};

}  // namespace

core::Error invalid(std::string_view field, std::string_view expected) {
    return core::fail(Reason::InvalidField,
                      std::string{field} + ": expected " + std::string{expected});
}

bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

Result<std::optional<core::Decimal>> read_decimal(std::string_view field, broker_decimal_t value) {
    if (value.is_present == 0) {
        if (value.coefficient != 0 || value.scale != 0) {
            return invalid(field, "is_present = 1, or an absent value that is all zero");
        }
        return std::optional<core::Decimal>{};
    }
    const auto result = core::Decimal::from(value.coefficient, value.scale);
    if (value.is_present != 1 || !result) return invalid(field, "is_present 0 or 1, scale 0 to 18");
    return result;
}

Result<std::optional<core::Decimal>> read_positive(std::string_view field, broker_decimal_t value) {
    auto result = read_decimal(field, value);
    if (result && *result && (*result)->sign() <= 0) return invalid(field, "a value above zero");
    return result;
}

Result<core::StageTimes> read_stages(broker_monotonic_t signal, core::MonotonicTime now) {
    core::StageTimes times;
    times.accepted = now;
    times.signal = signal == 0 ? now : core::MonotonicTime{std::chrono::nanoseconds{signal}};
    if (signal < 0 || times.signal > now + kSignalTolerance) {
        return invalid("signal_time", "nanoseconds of CLOCK_MONOTONIC, not in the future");
    }
    return times;
}

Result<std::optional<core::UtcTime>> read_time(std::string_view field, broker_timestamp_t time) {
    if (time < 0) return invalid(field, "nanoseconds since 1970");
    if (time == 0) return std::optional<core::UtcTime>{};
    return std::optional{core::UtcTime{std::chrono::nanoseconds{time}}};
}

Result<core::NamedFields> read_fields(broker_str_t text) {
    const auto fields = core::NamedFields::from(view(text));
    if (!fields) {
        return invalid("fields", "at most " + std::to_string(core::NamedFields::kCapacity) +
                                     " bytes, found " + std::to_string(text.size));
    }
    if (!core::is_well_formed(fields->view())) {
        return invalid("fields", "pairs name=value, each ended by SOH, no name twice");
    }
    return *fields;
}

}  // namespace broker::abi
