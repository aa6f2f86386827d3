#include "core/secret.hpp"

#include <gtest/gtest.h>
#include <sys/mman.h>

#include <algorithm>
#include <concepts>
#include <ostream>
#include <string>

namespace {

// What munmap is about to give back to the system. Set by the linker's --wrap=munmap.
std::string* unmapped_content = nullptr;

}  // namespace

extern "C" {
int __real_munmap(void* memory, std::size_t size);
int __wrap_munmap(void* memory, std::size_t size);
int __wrap_munmap(void* memory, std::size_t size) {
    if (unmapped_content != nullptr) unmapped_content->assign(static_cast<char*>(memory), size);
    return __real_munmap(memory, size);
}
}

namespace broker::core {
namespace {

template <class T>
concept Streamable = requires(std::ostream& out, const T& value) {
    out << value;
};
template <class T>
concept Comparable = requires(const T& a, const T& b) {
    a == b;
};
template <class T>
concept Ordered = requires(const T& a, const T& b) {
    a < b;
};

static_assert(!Streamable<Secret>);
static_assert(!Comparable<Secret> && !Ordered<Secret>);
static_assert(!std::copyable<Secret> && !std::is_copy_constructible_v<Secret>);
static_assert(!std::convertible_to<Secret, std::string_view>);
static_assert(!std::convertible_to<Secret, std::string>);
static_assert(!std::convertible_to<Secret, const char*>);
static_assert(!std::convertible_to<std::string_view, Secret>);

TEST(Secret, GivesBackWhatItHolds) {
    EXPECT_EQ(Secret{"correct horse"}.reveal(), "correct horse");
    const std::string long_text(100'000, 'k');
    EXPECT_EQ(Secret{long_text}.reveal(), long_text);
}

TEST(Secret, IsEmptyWithoutText) {
    EXPECT_TRUE(Secret{}.empty());
    EXPECT_TRUE(Secret{""}.empty());
    EXPECT_EQ(Secret{}.reveal(), "");
    EXPECT_TRUE(Secret{}.clone().empty());
}

TEST(Secret, IsEmptyOnceItIsMovedFrom) {
    Secret source{"pass"};
    Secret target{std::move(source)};
    EXPECT_TRUE(source.empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(target.reveal(), "pass");
    Secret other{"old"};
    other = std::move(target);
    EXPECT_TRUE(target.empty());  // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(other.reveal(), "pass");
    Secret& same = other;
    other = std::move(same);
    EXPECT_EQ(other.reveal(), "pass");
}

TEST(Secret, CloneIsIndependent) {
    Secret copy;
    {
        const Secret original{"pass"};
        copy = original.clone();
        EXPECT_NE(copy.reveal().data(), original.reveal().data());
    }
    EXPECT_EQ(copy.reveal(), "pass");
}

std::string content_given_back_by(auto&& action) {
    std::string content;
    unmapped_content = &content;
    action();
    unmapped_content = nullptr;
    return content;
}

bool is_wiped(const std::string& memory) {
    return !memory.empty() &&
           std::all_of(memory.begin(), memory.end(), [](char c) { return c == 0; });
}

TEST(Secret, IsWipedBeforeItsMemoryIsGivenBack) {
    EXPECT_TRUE(is_wiped(content_given_back_by([] { const Secret secret{"hunter2"}; })));
    EXPECT_TRUE(
        is_wiped(content_given_back_by([] { const Secret secret{std::string(10'000, 'x')}; })));
}

TEST(Secret, IsWipedWhenAnotherIsAssignedOverIt) {
    Secret secret{"hunter2"};
    EXPECT_TRUE(is_wiped(content_given_back_by([&] { secret = Secret{"next"}; })));
    EXPECT_EQ(secret.reveal(), "next");
}

TEST(Wipe, OverwritesEveryByte) {
    std::string text = "hunter2";
    wipe(text.data(), text.size());
    EXPECT_EQ(text, std::string(7, '\0'));
    wipe(nullptr, 0);
}

}  // namespace
}  // namespace broker::core
