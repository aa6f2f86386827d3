#include "host/table.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <ostream>

namespace broker::sample_host {
namespace {

constexpr std::string_view kIndent = "  ";
constexpr std::string_view kGap = "  ";

// Characters, not bytes: UTF-8 continuation bytes take no place.
std::size_t width_of(std::string_view text) {
    return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    }));
}

std::string_view escape_of(Tone tone) {
    switch (tone) {
        case Tone::Faint:
            return "\x1b[2m";
        case Tone::Good:
            return "\x1b[32m";
        case Tone::Bad:
            return "\x1b[31m";
        case Tone::Strong:
            return "\x1b[1m";
        case Tone::Plain:
            break;
    }
    return {};
}

}  // namespace

Palette Palette::of_stream(int descriptor) {
    const char* const no_color = std::getenv("NO_COLOR");
    const bool is_wanted = no_color == nullptr || *no_color == '\0';
    return Palette{is_wanted && ::isatty(descriptor) == 1};
}

std::string Palette::paint(std::string_view text, Tone tone) const {
    const std::string_view escape = has_colour_ ? escape_of(tone) : std::string_view{};
    if (escape.empty()) return std::string{text};
    return std::string{escape}.append(text).append("\x1b[0m");
}

std::string printable(std::string_view text) {
    std::string result{text};
    std::replace_if(
        result.begin(), result.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20U || c == 0x7f; }, '?');
    return result;
}

void Table::add_row(std::vector<Cell> cells) {
    for (Cell& cell : cells) cell.text = printable(cell.text);
    cells.resize(columns_.size());
    rows_.push_back(std::move(cells));
}

void Table::print(std::ostream& out, const Palette& palette) const {
    std::vector<Cell> titles;
    std::vector<std::size_t> widths;
    for (std::size_t i = 0; i < columns_.size(); ++i) {
        titles.push_back({columns_[i].title, Tone::Faint});
        widths.push_back(width_of(columns_[i].title));
        for (const auto& row : rows_) widths[i] = std::max(widths[i], width_of(row[i].text));
    }
    const auto print_row = [&](const std::vector<Cell>& row) {
        out << kIndent;
        for (std::size_t i = 0; i < row.size(); ++i) {
            const std::string padding(widths[i] - width_of(row[i].text), ' ');
            const bool is_right = columns_[i].align == Align::Right;
            const bool is_last = i + 1 == row.size();
            if (is_right) out << padding;
            out << palette.paint(row[i].text, row[i].tone);
            if (!is_right && !is_last) out << padding;
            if (!is_last) out << kGap;
        }
        out << '\n';
    };
    print_row(titles);
    for (const auto& row : rows_) print_row(row);
}

}  // namespace broker::sample_host
