#include "host/table.hpp"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <stdlib.h>
#include <unistd.h>

#include <sstream>

namespace broker::sample_host {
namespace {

std::string printed(const Table& table, bool has_colour) {
    std::ostringstream out;
    table.print(out, Palette{has_colour});
    return out.str();
}

// The side of a new terminal that programs write to.
class Terminal {
public:
    Terminal() : master_{::posix_openpt(O_RDWR | O_NOCTTY)} {
        if (::grantpt(master_) == 0 && ::unlockpt(master_) == 0) {
            slave_ = ::open(::ptsname(master_), O_RDWR | O_NOCTTY);
        }
    }
    ~Terminal() {
        ::close(slave_);
        ::close(master_);
    }
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;
    [[nodiscard]] int descriptor() const { return slave_; }

private:
    int master_;
    int slave_ = -1;
};

TEST(Table, AlignsItsColumns) {
    Table table{{{"order"}, {"qty", Align::Right}, {"notes"}}};
    table.add_row({{"a"}, {"10000"}, {"x"}});
    table.add_row({{"longer-one"}, {"5"}, {""}});
    EXPECT_EQ(printed(table, false),
              "  order         qty  notes\n"
              "  a           10000  x\n"
              "  longer-one      5  \n");
}

TEST(Table, CountsCharactersAndNotBytes) {
    Table table{{{"µs"}, {"b"}}};
    table.add_row({{"xx"}, {"y"}});
    EXPECT_EQ(printed(table, false), "  µs  b\n  xx  y\n");
}

TEST(Table, ShowsControlCharactersAsQuestionMarks) {
    Table table{{{"text"}}};
    table.add_row({{"a\x1b[31mred\nnext\x7f"}});
    EXPECT_EQ(printed(table, false), "  text\n  a?[31mred?next?\n");
}

TEST(Table, HasNoEscapesWithoutColour) {
    Table table{{{"status"}}};
    table.add_row({{"Filled", Tone::Good}});
    EXPECT_EQ(printed(table, false).find('\x1b'), std::string::npos);
    EXPECT_NE(printed(table, true).find("\x1b[32mFilled\x1b[0m"), std::string::npos);
}

TEST(Palette, HasColourOnATerminal) {
    ::unsetenv("NO_COLOR");
    const Terminal terminal;
    ASSERT_GE(terminal.descriptor(), 0);
    EXPECT_NE(Palette::of_stream(terminal.descriptor()).paint("x", Tone::Bad), "x");
}

TEST(Palette, HasNoColourOnATerminalWhenNoColorIsSet) {
    ::setenv("NO_COLOR", "1", 1);
    const Terminal terminal;
    ASSERT_GE(terminal.descriptor(), 0);
    EXPECT_EQ(Palette::of_stream(terminal.descriptor()).paint("x", Tone::Bad), "x");
    ::unsetenv("NO_COLOR");
}

TEST(Palette, HasNoColourWhenNotATerminal) {
    ::unsetenv("NO_COLOR");
    int ends[2] = {-1, -1};
    ASSERT_EQ(::pipe(ends), 0);
    EXPECT_EQ(Palette::of_stream(ends[1]).paint("x", Tone::Bad), "x");
    ::close(ends[0]);
    ::close(ends[1]);
}

}  // namespace
}  // namespace broker::sample_host
