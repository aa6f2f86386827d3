// A JSON text (RFC 8259) as a tree. A number stays the text that it is: none is ever a double.
#pragma once

#include <cstdint>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace broker::dxtrade::json {

enum class Kind : std::uint8_t { Null, Boolean, Number, String, Array, Object };

class Document;

// A place in a document; valid while that stays where it is.
class Value {
public:
    // Goes over the elements of an array, or the members of an object; anything else has none.
    class Iterator {
    public:
        using iterator_category = std::input_iterator_tag;
        using value_type = Value;
        using difference_type = std::ptrdiff_t;
        using pointer = const Value*;
        using reference = Value;

        Iterator(const Document& document, std::uint32_t index)
            : document_{&document}, index_{index} {}
        [[nodiscard]] Value operator*() const { return Value{*document_, index_}; }
        Iterator& operator++();
        friend bool operator==(const Iterator& a, const Iterator& b) = default;

    private:
        const Document* document_;
        std::uint32_t index_;
    };

    Value(const Document& document, std::uint32_t index) : document_{&document}, index_{index} {}

    [[nodiscard]] Kind kind() const;
    [[nodiscard]] std::string_view text() const;  // of a number as written, of a string; else empty
    [[nodiscard]] bool is_true() const;           // of a boolean
    [[nodiscard]] std::string_view key() const;   // of a member of an object; else empty

    [[nodiscard]] Iterator begin() const;
    [[nodiscard]] Iterator end() const;

    // The last member of that name, in an object.
    [[nodiscard]] std::optional<Value> find(std::string_view name) const;
    // The same with ASCII letters of either case.
    [[nodiscard]] std::optional<Value> find_any_case(std::string_view name) const;

private:
    const Document* document_;
    std::uint32_t index_;
};

// All values of one text in one block, each before those it contains.
class Document {
public:
    [[nodiscard]] Value root() const { return Value{*this, 0}; }

    // Overwrites all text, of a document that holds a secret.
    void wipe();

private:
    friend class Value;
    friend class DocumentBuilder;

    struct Slice {
        std::uint32_t begin = 0;
        std::uint32_t size = 0;
    };
    struct Node {
        Kind kind = Kind::Null;
        bool is_true = false;
        std::uint32_t end = 0;  // index behind the last value that this one contains
        Slice key;
        Slice text;
    };

    [[nodiscard]] std::string_view view(Slice slice) const {
        return std::string_view{text_}.substr(slice.begin, slice.size);
    }

    std::vector<Node> nodes_;  // never empty once it is built
    std::string text_;         // of all keys, strings and numbers
};

}  // namespace broker::dxtrade::json
