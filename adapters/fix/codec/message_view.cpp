#include "fix/codec/message_view.hpp"

#include <array>
#include <charconv>
#include <string>

#include "fix/codec/checksum.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::fix {
namespace {

constexpr std::int32_t kBeginString = 8;
constexpr std::int32_t kBodyLength = 9;
constexpr std::int32_t kCheckSum = 10;
constexpr std::int32_t kMsgType = 35;
constexpr std::size_t kMaxTagDigits = 9;
constexpr std::size_t kTrailerSize = 7;  // 10=ddd SOH

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_framing_tag(std::int32_t tag) {
    return tag == kBeginString || tag == kBodyLength || tag == kMsgType || tag == kCheckSum;
}

// Digits alone, so that neither a sign nor a space passes; null too if the number does not fit.
template <class Number>
std::optional<Number> parse_digits(std::string_view text) {
    Number number{};
    const char* const end = text.data() + text.size();
    if (text.empty() || !is_digit(text.front())) return std::nullopt;
    const auto [stop, error] = std::from_chars(text.data(), end, number);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return number;
}

// Takes one field after the other off the front of a message.
class FieldReader {
public:
    explicit FieldReader(std::string_view message) : message_{message} {}

    [[nodiscard]] bool at_end() const { return position_ == message_.size(); }
    [[nodiscard]] std::size_t position() const { return position_; }

    // The rule that the next field breaks; null if it is sound.
    [[nodiscard]] const char* read(Field& field);

private:
    [[nodiscard]] const char* read_tag(std::int32_t& tag);
    [[nodiscard]] const char* find_value_end(const Field& field, std::size_t& end) const;

    std::string_view message_;
    std::size_t position_ = 0;
    Field previous_;
};

const char* FieldReader::read(Field& field) {
    if (const char* broken = read_tag(field.tag)) return broken;
    std::size_t end = 0;
    if (const char* broken = find_value_end(field, end)) return broken;
    field.value = message_.substr(position_, end - position_);
    position_ = end + 1;
    previous_ = field;
    return nullptr;
}

const char* FieldReader::read_tag(std::int32_t& tag) {
    std::int32_t number = 0;
    std::size_t digits = 0;
    while (position_ < message_.size() && is_digit(message_[position_])) {
        if (++digits > kMaxTagDigits) return "a tag has at most 9 digits";
        number = number * 10 + (message_[position_++] - '0');
        if (number == 0) return "a tag begins with 1 to 9";
    }
    if (digits == 0) return "a field begins with its tag";
    if (position_ == message_.size() || message_[position_] != '=') return "= follows the tag";
    ++position_;
    tag = number;
    return nullptr;
}

// A data field may contain SOH: only its length field says where it ends.
const char* FieldReader::find_value_end(const Field& field, std::size_t& end) const {
    const std::int32_t length_tag = length_tag_of_data_field(field.tag);
    if (length_tag == 0) {
        end = message_.find(kSoh, position_);
        return end == std::string_view::npos ? "a field ends with SOH" : nullptr;
    }
    if (previous_.tag != length_tag) return "a data field follows its length field";
    const auto length = parse_digits<std::uint32_t>(previous_.value);
    if (!length) return "the length of a data field is a number";
    const std::size_t left = message_.size() - position_;
    if (*length >= left || message_[position_ + *length] != kSoh)
        return "a data field is as long as its length field says";
    end = position_ + *length;
    return nullptr;
}

// FIX 4.4 volume 1: the first three fields are BeginString, BodyLength and MsgType, and none of
// them comes again.
const char* check_place(std::size_t index, const Field& field) {
    constexpr std::array kFirst{kBeginString, kBodyLength, kMsgType};
    if (index < kFirst.size()) {
        if (field.tag != kFirst[index]) return "8, 9 and 35 come first";
        return field.value.empty() ? "8, 9 and 35 have a value" : nullptr;
    }
    const bool is_repeated = is_framing_tag(field.tag) && field.tag != kCheckSum;
    return is_repeated ? "8, 9 and 35 come once" : nullptr;
}

const char* check_trailer(std::string_view message, std::span<const Field> fields) {
    if (fields.size() < 4 || fields.back().tag != kCheckSum) return "10 comes last";
    const std::string_view sum = fields.back().value;
    if (sum.size() != 3 || !is_digit(sum[0]) || !is_digit(sum[1]) || !is_digit(sum[2]))
        return "CheckSum has three digits";

    // BodyLength counts from behind its own SOH to the SOH before CheckSum.
    const std::size_t trailer = message.size() - kTrailerSize;
    const std::string_view length = fields[1].value;
    const auto body = static_cast<std::size_t>(length.data() + length.size() + 1 - message.data());
    if (parse_digits<std::uint32_t>(length) != trailer - body) return "BodyLength is right";

    const int expected = checksum(message.substr(0, trailer));
    const int given = (sum[0] - '0') * 100 + (sum[1] - '0') * 10 + (sum[2] - '0');
    return given == expected ? nullptr : "CheckSum is right";
}

core::Error malformed(std::size_t offset, const char* rule) {
    return core::fail(core::Reason::MalformedMessage,
                      "broken rule at offset " + std::to_string(offset) + ": " + rule);
}

}  // namespace

core::Result<void> MessageView::parse(std::string_view message) {
    bytes_ = {};
    msg_type_ = {};
    fields_.clear();

    const auto refuse = [this](std::size_t offset, const char* rule) {
        fields_.clear();
        return malformed(offset, rule);
    };
    FieldReader reader{message};
    while (!reader.at_end()) {
        const std::size_t start = reader.position();
        if (fields_.size() == kMaxFields) return refuse(start, "the number of fields is bounded");
        if (!fields_.empty() && fields_.back().tag == kCheckSum)
            return refuse(start, "10 comes last");
        Field field;
        if (const char* broken = reader.read(field)) return refuse(start, broken);
        if (const char* broken = check_place(fields_.size(), field)) return refuse(start, broken);
        fields_.push_back(field);
    }
    if (const char* broken = check_trailer(message, fields_)) return refuse(message.size(), broken);
    bytes_ = message;
    msg_type_ = fields_[2].value;
    return {};
}

std::optional<std::string_view> find(std::span<const Field> fields, std::int32_t tag) {
    for (const Field& field : fields)
        if (field.tag == tag) return field.value;
    return std::nullopt;
}

std::optional<std::uint64_t> parse_number(std::string_view text) {
    return parse_digits<std::uint64_t>(text);
}

std::optional<std::string_view> MessageView::find(std::int32_t tag) const {
    return broker::fix::find(fields_, tag);
}

std::string_view MessageView::get(std::int32_t tag) const { return find(tag).value_or(""); }

std::optional<std::uint64_t> MessageView::find_number(std::int32_t tag) const {
    return parse_number(get(tag));
}

std::optional<core::Decimal> MessageView::find_decimal(std::int32_t tag) const {
    return core::Decimal::parse(get(tag));
}

std::optional<core::UtcTime> MessageView::find_utc_timestamp(std::int32_t tag) const {
    return parse_utc_timestamp(get(tag));
}

core::MsgSeqNum MessageView::msg_seq_num() const { return find_number(34).value_or(0); }

std::int32_t length_tag_of_data_field(std::int32_t tag) {
    switch (tag) {
        case 89:  // Signature (89) alone does not follow the number of its length field (93)
            return 93;
        case 91:   // SecureData
        case 96:   // RawData
        case 213:  // XmlData
        case 349:  // EncodedIssuer
        case 351:  // EncodedSecurityDesc
        case 353:  // EncodedListExecInst
        case 355:  // EncodedText
        case 357:  // EncodedSubject
        case 359:  // EncodedHeadline
        case 361:  // EncodedAllocText
        case 363:  // EncodedUnderlyingIssuer
        case 365:  // EncodedUnderlyingSecurityDesc
        case 446:  // EncodedListStatusText
        case 619:  // EncodedLegIssuer
        case 622:  // EncodedLegSecurityDesc
            return tag - 1;
        default:
            return 0;
    }
}

}  // namespace broker::fix
