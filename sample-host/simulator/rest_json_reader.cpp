// Reads JSON with Boost.JSON's parser, which hands over the text of each number.
#include <boost/json/basic_parser_impl.hpp>
#include <charconv>
#include <cstdlib>

#include "simulator/rest_json.hpp"

namespace broker::simulator {
namespace {

namespace json = boost::json;
using boost::system::error_code;

// What the parser calls, from left to right. Open containers are on a stack.
class TreeBuilder {
public:
    static constexpr std::size_t max_object_size = 10'000;
    static constexpr std::size_t max_array_size = 10'000;
    static constexpr std::size_t max_key_size = 1'000;
    static constexpr std::size_t max_string_size = 1'000'000;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) { return open(JsonValue::Kind::Object); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_begin(error_code&) { return open(JsonValue::Kind::Array); }
    bool on_array_end(std::size_t, error_code&) { return close(); }
    bool on_key_part(json::string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_key(json::string_view part, std::size_t, error_code&) {
        gather(part);
        keys_.back() = std::exchange(text_, {});
        return true;
    }
    bool on_string_part(json::string_view part, std::size_t, error_code&) { return gather(part); }
    bool on_string(json::string_view part, std::size_t, error_code&) {
        gather(part);
        return put({JsonValue::Kind::Text, std::exchange(text_, {}), {}, {}});
    }
    bool on_number_part(json::string_view part, error_code&) { return gather(part); }
    bool on_int64(std::int64_t, json::string_view part, error_code&) { return number(part); }
    bool on_uint64(std::uint64_t, json::string_view part, error_code&) { return number(part); }
    bool on_double(double, json::string_view part, error_code&) { return number(part); }
    bool on_bool(bool value, error_code&) {
        return put({JsonValue::Kind::Boolean, value ? "true" : "false", {}, {}});
    }
    bool on_null(error_code&) { return put({}); }
    bool on_comment_part(json::string_view, error_code&) { return true; }
    bool on_comment(json::string_view, error_code&) { return true; }

    [[nodiscard]] JsonValue take() { return std::move(root_); }

private:
    bool gather(json::string_view part) {
        text_.append(part.data(), part.size());
        return true;
    }
    bool number(json::string_view part) {
        gather(part);
        return put({JsonValue::Kind::Number, std::exchange(text_, {}), {}, {}});
    }
    bool open(JsonValue::Kind kind) {
        stack_.push_back({kind, {}, {}, {}});
        keys_.emplace_back();
        return true;
    }
    bool close() {
        JsonValue done = std::move(stack_.back());
        stack_.pop_back();
        keys_.pop_back();
        return put(std::move(done));
    }
    bool put(JsonValue value) {
        if (stack_.empty())
            root_ = std::move(value);
        else if (stack_.back().kind == JsonValue::Kind::Array)
            stack_.back().items.push_back(std::move(value));
        else
            stack_.back().members.emplace_back(keys_.back(), std::move(value));
        return true;
    }

    std::string text_;
    std::vector<JsonValue> stack_;
    std::vector<std::string> keys_;  // of the member at hand, one for each open container
    JsonValue root_;
};

}  // namespace

std::optional<core::Decimal> JsonValue::decimal() const {
    if (kind != Kind::Number && kind != Kind::Text) return std::nullopt;
    const auto exponent_at = scalar.find_first_of("eE");
    const auto mantissa = core::Decimal::parse(scalar.substr(0, exponent_at));
    if (!mantissa || exponent_at == std::string::npos) return mantissa;
    const char* begin = scalar.data() + exponent_at + 1;
    const char* const end = scalar.data() + scalar.size();
    if (begin != end && *begin == '+') ++begin;
    int exponent = 0;
    const auto [stop, error] = std::from_chars(begin, end, exponent);
    if (error != std::errc{} || stop != end || std::abs(exponent) > core::Decimal::kMaxScale)
        return std::nullopt;
    std::int64_t power = 1;
    for (int i = 0; i < std::abs(exponent); ++i) power *= 10;
    const auto factor =
        exponent < 0 ? core::Decimal::from(1, -exponent) : core::Decimal::from(power, 0);
    return mantissa->times(*factor);
}

std::optional<JsonValue> json_from(std::string_view text) {
    json::parse_options options;
    options.max_depth = 32;
    json::basic_parser<TreeBuilder> parser{options};
    error_code error;
    const auto used = parser.write_some(false, text.data(), text.size(), error);
    if (error || !parser.done() || used != text.size()) return std::nullopt;
    return parser.handler().take();
}

}  // namespace broker::simulator
