#include "fix/codec/group_view.hpp"

#include <algorithm>
#include <charconv>

namespace broker::fix {
namespace {

// Digits alone; null for anything else.
std::optional<std::size_t> parse_count(std::string_view text) {
    std::size_t count = 0;
    const char* const end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, count);
    if (text.empty() || error != std::errc{} || stop != end) return std::nullopt;
    return count;
}

}  // namespace

GroupView::GroupView(std::span<const Field> fields, std::int32_t count_tag, std::int32_t first_tag)
    : before_{fields}, first_tag_{first_tag} {
    const auto count = std::find_if(fields.begin(), fields.end(),
                                    [&](const Field& field) { return field.tag == count_tag; });
    if (count == fields.end()) return;
    const auto is_first = [&](const Field& field) { return field.tag == first_tag_; };
    const auto first = std::find_if(count + 1, fields.end(), is_first);
    before_ = {fields.begin(), first};
    rest_ = {first, fields.end()};
    size_ = static_cast<std::size_t>(std::count_if(first, fields.end(), is_first));
    is_count_right_ = parse_count(count->value) == size_;
}

std::optional<std::span<const Field>> GroupView::next() {
    if (rest_.empty()) return std::nullopt;
    const auto end = std::find_if(rest_.begin() + 1, rest_.end(),
                                  [&](const Field& field) { return field.tag == first_tag_; });
    const std::span<const Field> entry{rest_.begin(), end};
    rest_ = {end, rest_.end()};
    return entry;
}

}  // namespace broker::fix
