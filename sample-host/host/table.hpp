// Text in columns, for a terminal or a file.
#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broker::sample_host {

enum class Tone { Plain, Faint, Good, Bad, Strong };

// Colours text for terminals, or leaves it as it is.
class Palette {
public:
    explicit Palette(bool has_colour) : has_colour_{has_colour} {}

    // Colour if `descriptor` is a terminal and NO_COLOR is not set (no-color.org).
    [[nodiscard]] static Palette of_stream(int descriptor);

    [[nodiscard]] std::string paint(std::string_view text, Tone tone) const;

private:
    bool has_colour_;
};

struct Cell {
    std::string text;
    Tone tone = Tone::Plain;
};

enum class Align { Left, Right };

class Table {
public:
    struct Column {
        std::string title;
        Align align = Align::Left;
    };

    explicit Table(std::vector<Column> columns) : columns_{std::move(columns)} {}

    // As many cells as columns.
    void add_row(std::vector<Cell> cells);

    // Columns are as wide as their widest text; the last one is not padded. Control characters are
    // shown as '?', so that no text of a venue's can steer the terminal.
    void print(std::ostream& out, const Palette& palette) const;

private:
    std::vector<Column> columns_;
    std::vector<std::vector<Cell>> rows_;
};

// `text` with its control characters shown as '?'.
[[nodiscard]] std::string printable(std::string_view text);

}  // namespace broker::sample_host
