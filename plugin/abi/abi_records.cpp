#include "abi/abi_records.hpp"

#include <algorithm>
#include <string>

#include "abi/record.hpp"

namespace broker::abi {
namespace {

using core::fail;
using core::Reason;
using core::Result;

// A clock of another unit or epoch shows as a signal from the future.
constexpr std::chrono::seconds kSignalTolerance{1};

core::Error invalid(std::string_view field, std::string_view expected) {
    return fail(Reason::InvalidField, std::string{field} + ": expected " + std::string{expected});
}

// Printable ASCII without space: what every venue and every log takes.
bool is_plain(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

template <class Id>
Result<Id> id(std::string_view field, broker_str_t text) {
    const auto value = Id::from(view(text));
    if (!value || value->empty() || !is_plain(value->view())) {
        return invalid(field, "1 to " + std::to_string(Id::kCapacity) +
                                  " printable ASCII characters without space");
    }
    return *value;
}

Result<std::optional<core::Decimal>> decimal(std::string_view field, broker_decimal_t value) {
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

Result<std::optional<core::Decimal>> positive(std::string_view field, broker_decimal_t value) {
    auto result = decimal(field, value);
    if (result && *result && (*result)->sign() <= 0) return invalid(field, "a value above zero");
    return result;
}

// Values of an enum run from `least` to `most` without a gap.
template <class Enum>
Result<Enum> enumerator(std::string_view field, std::int32_t value, std::int32_t least, Enum most) {
    if (value < least || value > static_cast<std::int32_t>(most)) {
        return invalid(field, "a value from " + std::to_string(least) + " to " +
                                  std::to_string(static_cast<std::int32_t>(most)) + ", found " +
                                  std::to_string(value));
    }
    return static_cast<Enum>(value);
}

Result<core::StageTimes> stages(broker_monotonic_t signal, core::MonotonicTime now) {
    core::StageTimes times;
    times.accepted = now;
    times.signal = signal == 0 ? now : core::MonotonicTime{std::chrono::nanoseconds{signal}};
    if (signal < 0 || times.signal > now + kSignalTolerance) {
        return invalid("signal_time", "nanoseconds of CLOCK_MONOTONIC, not in the future");
    }
    return times;
}

Result<std::optional<core::UtcTime>> expire_time(broker_timestamp_t time) {
    if (time < 0) return invalid("expire_time", "nanoseconds since 1970");
    if (time == 0) return std::optional<core::UtcTime>{};
    return std::optional{core::UtcTime{std::chrono::nanoseconds{time}}};
}

bool has_price(core::OrdType type) {
    return type == core::OrdType::Limit || type == core::OrdType::StopLimit ||
           type == core::OrdType::LimitOnClose;
}

bool may_have_price(core::OrdType type) { return has_price(type) || type == core::OrdType::Pegged; }

bool has_stop_px(core::OrdType type) {
    return type == core::OrdType::Stop || type == core::OrdType::StopLimit ||
           type == core::OrdType::MarketIfTouched;
}

bool may_have_stop_px(core::OrdType type) {
    return has_stop_px(type) || type == core::OrdType::TrailingStop;
}

// What the order type and the time in force demand and forbid (FIX 4.4 volume 4, NewOrderSingle).
Result<void> check_terms(const core::NewOrder& order) {
    if (has_price(order.ord_type) && !order.price)
        return invalid("price", "a price: it is a limit order");
    if (order.price && !may_have_price(order.ord_type)) {
        return invalid("price", "no price: the order type has none");
    }
    if (has_stop_px(order.ord_type) && !order.stop_px) {
        return invalid("stop_px", "a stop price: it is a stop order");
    }
    if (order.stop_px && !may_have_stop_px(order.ord_type)) {
        return invalid("stop_px", "no stop price: the order type has none");
    }
    if ((order.time_in_force == core::TimeInForce::GoodTillDate) != order.expire_time.has_value()) {
        return invalid("expire_time", "a time with time_in_force GoodTillDate, and only then");
    }
    return {};
}

// Stores the value of a Result, or leaves the first error in `error`.
class Reader {
public:
    template <class Target, class Value>
    void operator()(Target& target, Result<Value> value) {
        if (error_) return;
        if (value) {
            target = *std::move(value);
        } else {
            error_ = value.error();
        }
    }
    void require_zero(std::int32_t value) {
        if (!error_ && value != 0) error_ = invalid("must_be_zero", "zero");
    }
    void check(const Result<void>& result) {
        if (!error_ && !result) error_ = result.error();
    }
    template <class Record>
    [[nodiscard]] Result<Record> finish(const Record& record) {
        if (error_) return *error_;
        return record;
    }

private:
    std::optional<core::Error> error_;
};

}  // namespace

Result<core::NewOrder> to_core(const broker_new_order_t& order, core::MonotonicTime now) {
    core::NewOrder result;
    std::optional<core::Decimal> qty;
    Reader read;
    read.require_zero(order.must_be_zero);
    read(result.cl_ord_id, id<core::ClOrdID>("cl_ord_id", order.cl_ord_id));
    read(result.symbol, id<core::Symbol>("symbol", order.symbol));
    read(result.side, enumerator("side", order.side, 1, core::Side::SellShortExempt));
    read(result.ord_type, enumerator("ord_type", order.ord_type, 1, core::OrdType::TrailingStop));
    read(result.time_in_force,
         enumerator("time_in_force", order.time_in_force, 1, core::TimeInForce::AtTheClose));
    read(result.position_effect,
         enumerator("position_effect", order.position_effect, 0, core::PositionEffect::Close));
    read(qty, positive("order_qty", order.order_qty));
    read(result.price, decimal("price", order.price));
    read(result.stop_px, decimal("stop_px", order.stop_px));
    read(result.expire_time, expire_time(order.expire_time));
    read(result.stages, stages(order.signal_time, now));
    read.check(qty ? Result<void>{} : invalid("order_qty", "a value above zero"));
    read.check(check_terms(result));
    if (qty) result.order_qty = *qty;
    return read.finish(result);
}

Result<core::ReplaceOrder> to_core(const broker_replace_order_t& request, core::MonotonicTime now) {
    core::ReplaceOrder result;
    Reader read;
    read(result.cl_ord_id, id<core::ClOrdID>("cl_ord_id", request.cl_ord_id));
    read(result.orig_cl_ord_id, id<core::ClOrdID>("orig_cl_ord_id", request.orig_cl_ord_id));
    read(result.time_in_force,
         enumerator("time_in_force", request.time_in_force, 0, core::TimeInForce::AtTheClose));
    read(result.order_qty, positive("order_qty", request.order_qty));
    read(result.price, decimal("price", request.price));
    read(result.stop_px, decimal("stop_px", request.stop_px));
    read(result.expire_time, expire_time(request.expire_time));
    read(result.stages, stages(request.signal_time, now));
    const bool changes_something = result.order_qty || result.price || result.stop_px ||
                                   result.expire_time ||
                                   result.time_in_force != core::TimeInForce::Unspecified;
    read.check(changes_something ? Result<void>{}
                                 : invalid("order_qty",
                                           "a change of quantity, price, stop price, time in force "
                                           "or expiry; the request has none"));
    return read.finish(result);
}

Result<core::CancelOrder> to_core(const broker_cancel_order_t& request, core::MonotonicTime now) {
    core::CancelOrder result;
    Reader read;
    read.require_zero(request.must_be_zero);
    read(result.cl_ord_id, id<core::ClOrdID>("cl_ord_id", request.cl_ord_id));
    read(result.orig_cl_ord_id, id<core::ClOrdID>("orig_cl_ord_id", request.orig_cl_ord_id));
    read(result.stages, stages(request.signal_time, now));
    return read.finish(result);
}

Result<account::CancelAll> to_core(const broker_cancel_all_t& request, core::MonotonicTime now) {
    account::CancelAll result;
    Reader read;
    read.require_zero(request.must_be_zero);
    if (request.symbol.size != 0) read(result.symbol, id<core::Symbol>("symbol", request.symbol));
    read(result.cl_ord_id_prefix,
         id<core::FixedString<48>>("cl_ord_id_prefix", request.cl_ord_id_prefix));
    read(result.stages, stages(request.signal_time, now));
    return read.finish(result);
}

broker_decimal_t to_abi(const core::Decimal& value) {
    return {value.coefficient(), value.scale(), 1};
}

broker_decimal_t to_abi(const std::optional<core::Decimal>& value) {
    return value ? to_abi(*value) : broker_decimal_t{0, 0, 0};
}

broker_timestamp_t to_abi(const std::optional<core::UtcTime>& time) {
    return time ? time->time_since_epoch().count() : 0;
}

broker_monotonic_t to_abi(core::MonotonicTime time) { return time.time_since_epoch().count(); }

}  // namespace broker::abi
