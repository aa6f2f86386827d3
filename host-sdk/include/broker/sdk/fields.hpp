// Named fields: how custom tags, regulatory tags and parties travel with orders and events, as
// `name=value` pairs, each ended by SOH (U+0001), by the names of the account's profile.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <iterator>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "broker/abi/order.h"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

struct Field {
    std::string_view name;
    std::string_view value;

    friend constexpr bool operator==(const Field&, const Field&) = default;
};

// Reads the named fields of an event. Borrows their text: valid as long as the event. What is not a
// pair ends the reading.
class FieldsView {
public:
    static constexpr char kEnd = '\x01';

    class Iterator {
    public:
        using value_type = Field;
        using difference_type = std::ptrdiff_t;
        using iterator_category = std::input_iterator_tag;

        constexpr Iterator() = default;
        constexpr explicit Iterator(std::string_view text) : rest_{text} { next(); }
        constexpr const Field& operator*() const { return field_; }
        constexpr const Field* operator->() const { return &field_; }
        constexpr Iterator& operator++() {
            next();
            return *this;
        }
        constexpr void operator++(int) { next(); }
        // Both ends are alike; of anything else, the place in the text tells.
        friend constexpr bool operator==(const Iterator& a, const Iterator& b) {
            return a.field_.name.data() == b.field_.name.data();
        }

    private:
        constexpr void next() {
            const std::size_t end = rest_.find(kEnd);
            const std::size_t equals = rest_.substr(0, end).find('=');
            if (end == std::string_view::npos || equals == std::string_view::npos) {
                field_ = {};
                return;
            }
            field_ = {rest_.substr(0, equals), rest_.substr(equals + 1, end - equals - 1)};
            rest_.remove_prefix(end + 1);
        }

        std::string_view rest_;
        Field field_;
    };

    constexpr explicit FieldsView(std::string_view text) : text_{text} {}
    constexpr explicit FieldsView(broker_str_t text) : text_{view(text)} {}

    [[nodiscard]] constexpr Iterator begin() const { return Iterator{text_}; }
    [[nodiscard]] constexpr Iterator end() const { return {}; }

    // Null if there is no such field.
    [[nodiscard]] constexpr std::optional<std::string_view> find(std::string_view name) const {
        for (const Field& field : *this) {
            if (field.name == name) return field.value;
        }
        return std::nullopt;
    }

private:
    std::string_view text_;
};

// Builds the named fields of a command.
//
//     const Fields fields{{"algo_id", "TWAP-7"}, {"order_capacity", "A"}};
//     order.fields = fields.text();
class Fields {
public:
    Fields() = default;
    // Throws std::invalid_argument for what set() refuses.
    Fields(std::initializer_list<Field> fields) {
        for (const Field& field : fields) {
            if (set(field.name, field.value)) continue;
            throw std::invalid_argument{"Fields: not a field: " + std::string{field.name}};
        }
    }

    // Adds a field, or gives it another value. False, and nothing has changed: the name is empty or
    // has a '=' in it, the value is empty, one of them has an SOH in it, or all together would pass
    // BROKER_MAX_FIELDS bytes.
    [[nodiscard]] bool set(std::string_view name, std::string_view value) {
        const bool is_pair = !name.empty() && !value.empty() &&
                             name.find('=') == std::string_view::npos &&
                             name.find(FieldsView::kEnd) == std::string_view::npos &&
                             value.find(FieldsView::kEnd) == std::string_view::npos;
        if (!is_pair) return false;
        std::string text;
        for (const Field& field : FieldsView{std::string_view{text_}}) {
            if (field.name != name) append(text, field);
        }
        append(text, {name, value});
        if (text.size() > BROKER_MAX_FIELDS) return false;
        text_ = std::move(text);
        return true;
    }

    // As commands carry them; borrowed until the next set().
    [[nodiscard]] broker_str_t text() const { return borrow(text_); }

private:
    static void append(std::string& text, const Field& field) {
        text.append(field.name).append("=").append(field.value).append(1, FieldsView::kEnd);
    }

    std::string text_;
};

}  // namespace broker::sdk
