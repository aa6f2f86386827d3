#include "recovery/ledger_record.hpp"

#include <algorithm>
#include <bit>
#include <cstring>
#include <string>

#include "recovery/record_fields.hpp"

namespace broker::recovery {
namespace {

using core::Decimal;
using core::Result;

constexpr std::uint8_t kVersion = 1;

// The largest value of each enumeration. Values between that are not in use do no harm; a larger
// one was not written by this version.
template <class Enum>
constexpr std::int32_t kLargest = 0;
template <>
constexpr std::int32_t kLargest<core::Side> = 4;
template <>
constexpr std::int32_t kLargest<core::OrdType> = 9;
template <>
constexpr std::int32_t kLargest<core::TimeInForce> = 8;
template <>
constexpr std::int32_t kLargest<core::PositionEffect> = 2;
template <>
constexpr std::int32_t kLargest<core::LocateReqd> = 2;
template <>
constexpr std::int32_t kLargest<core::PegOffsetType> = 4;
template <>
constexpr std::int32_t kLargest<core::Contingency> = 3;
template <>
constexpr std::int32_t kLargest<core::ExecType> = 18;
template <>
constexpr std::int32_t kLargest<core::OrdStatus> = 15;
template <>
constexpr std::int32_t kLargest<core::Channel> = core::kChannelCount - 1;
template <>
constexpr std::int32_t kLargest<core::Reason> = 999;

class Writer {
public:
    explicit Writer(std::span<char> buffer) : buffer_{buffer} {}

    template <class... Fields>
    void operator()(const Fields&... fields) {
        (put(fields), ...);
    }
    void fail(std::string_view /*what*/) { is_full_ = true; }

    [[nodiscard]] bool is_full() const { return is_full_; }
    [[nodiscard]] std::string_view text() const { return {buffer_.data(), size_}; }

private:
    void put_bytes(const void* bytes, std::size_t count) {
        if (count > buffer_.size() - size_) is_full_ = true;
        if (is_full_ || count == 0) return;
        std::memcpy(buffer_.data() + size_, bytes, count);
        size_ += count;
    }
    template <class Integer>
    void put_integer(Integer value) {
        static_assert(std::endian::native == std::endian::little);
        put_bytes(&value, sizeof value);
    }

    void put(std::uint8_t value) { put_integer(value); }
    void put(std::uint32_t value) { put_integer(value); }
    void put(std::int32_t value) { put_integer(value); }
    void put(std::uint64_t value) { put_integer(value); }
    void put(bool value) { put_integer(static_cast<std::uint8_t>(value ? 1 : 0)); }
    void put(core::Duration value) { put_integer(std::int64_t{value.count()}); }
    void put(core::UtcTime value) { put(value.time_since_epoch()); }
    void put(const Decimal& value) {
        put_integer(value.coefficient());
        put_integer(static_cast<std::uint8_t>(value.scale()));
    }
    void put(std::string_view text) {
        if (text.size() > kMaxRecordBytes) is_full_ = true;
        put_integer(static_cast<std::uint16_t>(std::min(text.size(), kMaxRecordBytes)));
        put_bytes(text.data(), text.size());
    }
    template <std::size_t Capacity>
    void put(const core::FixedString<Capacity>& text) {
        put_integer(static_cast<std::uint8_t>(text.size()));
        put_bytes(text.view().data(), text.size());
    }
    template <class Enum>
    void put(core::EnumSet<Enum> set) {
        put_integer(set.bits());
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void put(Enum value) { put_integer(static_cast<std::uint16_t>(value)); }
    template <class Value>
    void put(const std::optional<Value>& value) {
        put(value.has_value());
        if (value) put(*value);
    }

    std::span<char> buffer_;
    std::size_t size_ = 0;
    bool is_full_ = false;
};

class Reader {
public:
    explicit Reader(std::string_view text) : text_{text} {}

    template <class... Fields>
    void operator()(Fields&... fields) {
        (get(fields), ...);
    }
    void fail(std::string_view what) {
        if (error_.empty()) error_ = what;
        text_ = {};
    }
    [[nodiscard]] std::string_view error() const { return error_; }
    [[nodiscard]] std::size_t left() const { return text_.size(); }

private:
    std::string_view take(std::size_t count) {
        if (count > text_.size()) {
            fail("the end in the middle of a field");
            return {};
        }
        const std::string_view taken = text_.substr(0, count);
        text_.remove_prefix(count);
        return taken;
    }
    template <class Integer>
    Integer integer() {
        Integer value{};
        const std::string_view bytes = take(sizeof value);
        if (!bytes.empty()) std::memcpy(&value, bytes.data(), sizeof value);
        return value;
    }

    void get(std::uint8_t& value) { value = integer<std::uint8_t>(); }
    void get(std::uint32_t& value) { value = integer<std::uint32_t>(); }
    void get(std::int32_t& value) { value = integer<std::int32_t>(); }
    void get(std::uint64_t& value) { value = integer<std::uint64_t>(); }
    void get(bool& value) {
        const auto byte = integer<std::uint8_t>();
        if (byte > 1) fail("a flag that is neither 0 nor 1");
        value = byte == 1;
    }
    void get(core::Duration& value) { value = core::Duration{integer<std::int64_t>()}; }
    void get(core::UtcTime& value) {
        value = core::UtcTime{core::Duration{integer<std::int64_t>()}};
    }
    void get(Decimal& value) {
        const auto coefficient = integer<std::int64_t>();
        const auto read = Decimal::from(coefficient, integer<std::uint8_t>());
        if (!read) fail("a decimal with a scale over 18");
        value = read.value_or(Decimal{});
    }
    void get(std::string_view& text) { text = take(integer<std::uint16_t>()); }
    template <std::size_t Capacity>
    void get(core::FixedString<Capacity>& text) {
        const auto read = core::FixedString<Capacity>::from(take(integer<std::uint8_t>()));
        if (!read) return fail("an id that is too long");
        text = *read;
    }
    template <class Enum>
    void get(core::EnumSet<Enum>& set) {
        set = core::EnumSet<Enum>::from_bits(integer<std::uint64_t>());
    }
    template <class Enum>
    requires std::is_enum_v<Enum>
    void get(Enum& value) {
        static_assert(kLargest<Enum> != 0);
        const auto read = integer<std::uint16_t>();
        if (read > kLargest<Enum>) return fail("an unknown value of an enumeration");
        value = static_cast<Enum>(read);
    }
    template <class Value>
    void get(std::optional<Value>& value) {
        bool has_value = false;
        get(has_value);
        if (has_value) get(value.emplace());
    }

    std::string_view text_;
    std::string_view error_;
};

// The type of a body is its place in RecordBody, from 1.
template <class Body, std::size_t Place = 0>
constexpr std::uint8_t type_of() {
    static_assert(Place < std::variant_size_v<RecordBody>);
    if constexpr (std::is_same_v<Body, std::variant_alternative_t<Place, RecordBody>>) {
        return Place + 1;
    } else {
        return type_of<Body, Place + 1>();
    }
}

core::Error malformed(std::string_view what) {
    return core::fail(core::Reason::StorageFailed, "record of the order log: " + std::string{what});
}

template <class Body>
std::string_view write(std::span<char> buffer, const RecordHead& head, const Body& body) {
    Writer writer{buffer};
    const auto tag = core::ClOrdID::from(head.order.id).value_or(core::ClOrdID{});
    writer(kVersion, type_of<Body>(), head.number, static_cast<std::uint8_t>(head.order.kind), tag);
    visit_fields(writer, body);
    return writer.is_full() ? std::string_view{} : writer.text();
}

// The tag's text is borrowed from the record: it stands behind version, type, number, kind, length.
constexpr std::size_t kTagAt = 1 + 1 + 8 + 1 + 1;

Result<RecordHead> read_head_from(Reader& reader, std::string_view record, std::uint8_t& type) {
    std::uint8_t version = 0;
    std::uint8_t kind = 0;
    core::ClOrdID tag;
    RecordHead head;
    reader(version);
    if (reader.error().empty() && version != kVersion) {
        return malformed("version " + std::to_string(version) + ", expected " +
                         std::to_string(kVersion));
    }
    reader(type, head.number, kind, tag);
    if (kind > static_cast<std::uint8_t>(OrderTag::Kind::List)) reader.fail("unknown kind of tag");
    if (!reader.error().empty()) return malformed(reader.error());
    head.order = {static_cast<OrderTag::Kind>(kind), record.substr(kTagAt, tag.size())};
    return head;
}

// False if there is no body of this type.
template <std::size_t Place = 0>
bool read_body(Reader& reader, std::uint8_t type, RecordBody& body) {
    if constexpr (Place == std::variant_size_v<RecordBody>) {
        return false;
    } else {
        if (type != Place + 1) return read_body<Place + 1>(reader, type, body);
        visit_fields(reader, body.emplace<Place>());
        return true;
    }
}

}  // namespace

template <class Body>
Result<std::string_view> write_record(std::span<char> buffer, const RecordHead& head,
                                      const Body& body) {
    const std::string_view written = write(buffer, head, body);
    if (!written.empty()) return written;
    if constexpr (requires { body.ord_status; }) {
        Body shorter = body;
        shorter.text = {};
        shorter.fields = {};
        const std::string_view kept = write(buffer, head, shorter);
        if (!kept.empty()) return kept;
    }
    return malformed("longer than it may be");
}

template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::NewOrder&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::ReplaceOrder&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::CancelOrder&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::NewOrderList&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::CancelOrderList&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&, const Sent&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&, const ListSent&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&, const Refused&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&, const InDoubt&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::ExecutionReport&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const core::OrderCancelReject&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const SequenceReset&);
template Result<std::string_view> write_record(std::span<char>, const RecordHead&,
                                               const StaleRequest&);

Result<RecordHead> read_head(std::string_view record) {
    Reader reader{record};
    std::uint8_t type = 0;
    return read_head_from(reader, record, type);
}

Result<LedgerRecord> read_record(std::string_view record) {
    Reader reader{record};
    std::uint8_t type = 0;
    const auto head = read_head_from(reader, record, type);
    if (!head) return head.error();
    LedgerRecord result;
    result.head = *head;
    if (!read_body(reader, type, result.body)) {
        return malformed("unknown type " + std::to_string(type));
    }
    if (reader.error().empty() && reader.left() != 0) reader.fail("more than its fields");
    if (!reader.error().empty()) return malformed(reader.error());
    return result;
}

bool is_sequence_reset(std::string_view record) {
    return record.size() > 1 && static_cast<std::uint8_t>(record[1]) == type_of<SequenceReset>();
}

}  // namespace broker::recovery
