// Text of bounded length stored in place, for ids that live in records and must not allocate.
#pragma once

#include <array>
#include <cstdint>
#include <cstring>
#include <functional>
#include <optional>
#include <string_view>

namespace broker::core {

template <std::size_t Capacity>
class FixedString {
    static_assert(Capacity <= 255);

public:
    static constexpr std::size_t kCapacity = Capacity;

    constexpr FixedString() = default;

    // Null if `text` is longer than Capacity: ids are refused, never cut.
    [[nodiscard]] static std::optional<FixedString> from(std::string_view text) {
        if (text.size() > Capacity) return std::nullopt;
        FixedString result;
        if (!text.empty()) std::memcpy(result.data_.data(), text.data(), text.size());
        result.size_ = static_cast<std::uint8_t>(text.size());
        return result;
    }

    [[nodiscard]] std::string_view view() const { return {data_.data(), size_}; }
    [[nodiscard]] bool empty() const { return size_ == 0; }
    [[nodiscard]] std::size_t size() const { return size_; }

    friend bool operator==(const FixedString& a, const FixedString& b) {
        return a.view() == b.view();
    }

private:
    std::uint8_t size_ = 0;
    std::array<char, Capacity> data_{};
};

}  // namespace broker::core

template <std::size_t Capacity>
struct std::hash<broker::core::FixedString<Capacity>> {
    std::size_t operator()(const broker::core::FixedString<Capacity>& text) const noexcept {
        return std::hash<std::string_view>{}(text.view());
    }
};
