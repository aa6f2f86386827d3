#include "dxtrade/json/json_reader.hpp"

#include <boost/json/basic_parser_impl.hpp>
#include <string>
#include <utility>

namespace broker::dxtrade::json {
namespace {

using boost::json::error;
using boost::json::error_code;
using boost::json::string_view;

}  // namespace

// What the parser calls as it reads: makes one node of each value. A false stops the parser.
class DocumentBuilder {
public:
    static constexpr std::size_t max_object_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_array_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_key_size = static_cast<std::size_t>(-1);
    static constexpr std::size_t max_string_size = static_cast<std::size_t>(-1);

    // Why the size: text that grew would leave copies behind, and it may be a secret.
    DocumentBuilder(const ReadLimits& limits, std::size_t text_size)
        : max_values_{limits.max_values} {
        document_.text_.reserve(text_size);
    }

    [[nodiscard]] Document take() { return std::move(document_); }

    static bool on_document_begin(error_code&) { return true; }
    static bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code& ec) { return open(Kind::Object, ec); }
    bool on_object_end(std::size_t, error_code&) { return close(); }
    bool on_array_begin(error_code& ec) { return open(Kind::Array, ec); }
    bool on_array_end(std::size_t, error_code&) { return close(); }
    bool on_key_part(string_view part, std::size_t, error_code&) { return append(part); }
    bool on_key(string_view part, std::size_t, error_code&) {
        append(part);
        key_ = take_slice();
        return true;
    }
    bool on_string_part(string_view part, std::size_t, error_code&) { return append(part); }
    bool on_string(string_view part, std::size_t, error_code& ec) {
        append(part);
        return add(Kind::String, ec);
    }
    bool on_number_part(string_view part, error_code&) { return append(part); }
    bool on_int64(std::int64_t, string_view part, error_code& ec) { return number(part, ec); }
    bool on_uint64(std::uint64_t, string_view part, error_code& ec) { return number(part, ec); }
    bool on_double(double, string_view part, error_code& ec) { return number(part, ec); }
    bool on_bool(bool is_true, error_code& ec) {
        if (!add(Kind::Boolean, ec)) return false;
        document_.nodes_.back().is_true = is_true;
        return true;
    }
    bool on_null(error_code& ec) { return add(Kind::Null, ec); }
    static bool on_comment_part(string_view, error_code&) { return true; }
    static bool on_comment(string_view, error_code&) { return true; }

private:
    bool append(string_view part) {
        document_.text_.append(part.data(), part.size());
        return true;
    }

    // The text appended since the last slice was taken.
    Document::Slice take_slice() {
        const auto end = static_cast<std::uint32_t>(document_.text_.size());
        const Document::Slice slice{slice_begin_, end - slice_begin_};
        slice_begin_ = end;
        return slice;
    }

    bool number(string_view part, error_code& ec) {
        append(part);
        return add(Kind::Number, ec);
    }

    bool add(Kind kind, error_code& ec) {
        if (document_.nodes_.size() >= max_values_) {
            ec = error::array_too_large;
            return false;
        }
        const auto index = static_cast<std::uint32_t>(document_.nodes_.size());
        document_.nodes_.push_back({kind, false, index + 1, std::exchange(key_, {}), take_slice()});
        return true;
    }

    bool open(Kind kind, error_code& ec) {
        const auto index = static_cast<std::uint32_t>(document_.nodes_.size());
        if (!add(kind, ec)) return false;
        open_.push_back(index);
        return true;
    }

    bool close() {
        document_.nodes_[open_.back()].end = static_cast<std::uint32_t>(document_.nodes_.size());
        open_.pop_back();
        return true;
    }

    std::size_t max_values_;
    Document document_;
    std::vector<std::uint32_t> open_;  // arrays and objects that have not ended, by their depth
    Document::Slice key_;              // of the member that comes next
    std::uint32_t slice_begin_ = 0;
};

namespace {

core::Error malformed(std::string_view what, std::size_t offset) {
    return core::fail(core::Reason::HttpResponseMalformed,
                      "JSON: " + std::string{what} + " at offset " + std::to_string(offset));
}

}  // namespace

core::Result<Document> document_from_json(std::string_view text, const ReadLimits& limits) {
    if (text.size() > limits.max_bytes) {
        return malformed("more than " + std::to_string(limits.max_bytes) + " bytes",
                         limits.max_bytes);
    }
    boost::json::parse_options options;
    options.max_depth = limits.max_depth;
    boost::json::basic_parser<DocumentBuilder> parser{options, limits, text.size()};
    error_code ec;
    const std::size_t read = parser.write_some(false, text.data(), text.size(), ec);
    if (ec == error::array_too_large) {
        return malformed("more than " + std::to_string(limits.max_values) + " values", read);
    }
    if (ec) return malformed(ec.message(), read);
    if (read != text.size()) return malformed("more than one value", read);
    return parser.handler().take();
}

}  // namespace broker::dxtrade::json
