#include "core/cl_ord_id_generator.hpp"

#include <algorithm>
#include <bit>
#include <limits>

namespace broker::core {
namespace {

// xoshiro256**, by Blackman and Vigna: spreads the seed over the digits.
class Random {
public:
    explicit Random(const ClOrdIDGenerator::Seed& seed) : state_{seed} {
        // The one state that it never leaves.
        if (std::all_of(state_.begin(), state_.end(), [](std::uint64_t word) { return word == 0; }))
            state_[0] = 1;
    }

    std::uint64_t next() {
        const std::uint64_t result = std::rotl(state_[1] * 5, 7) * 9;
        const std::uint64_t shifted = state_[1] << 17;
        state_[2] ^= state_[0];
        state_[3] ^= state_[1];
        state_[1] ^= state_[2];
        state_[0] ^= state_[3];
        state_[2] ^= shifted;
        state_[3] = std::rotl(state_[3], 45);
        return result;
    }

    // Each value below `limit` alike.
    std::uint64_t below(std::uint64_t limit) {
        constexpr std::uint64_t kMax = std::numeric_limits<std::uint64_t>::max();
        const std::uint64_t whole = kMax - kMax % limit;
        std::uint64_t value = next();
        while (value >= whole) value = next();
        return value % limit;
    }

private:
    ClOrdIDGenerator::Seed state_;
};

bool is_usable(char c) { return c > ' ' && c <= '~'; }

}  // namespace

Result<std::unique_ptr<ClOrdIDGenerator>> ClOrdIDGenerator::make(std::string_view alphabet,
                                                                 std::size_t size,
                                                                 const Seed& seed) {
    const auto refusal = [](std::string_view why) {
        return fail(Reason::InvalidField, std::string{"ClOrdID generator: "}.append(why));
    };
    if (size < kMinSize || size > kMaxSize) return refusal("size is out of range");
    if (alphabet.size() < kMinAlphabet) return refusal("the alphabet has too few characters");
    if (!std::all_of(alphabet.begin(), alphabet.end(), is_usable)) {
        return refusal("the alphabet has a character that is not printable ASCII");
    }
    std::string sorted{alphabet};
    std::sort(sorted.begin(), sorted.end());
    if (std::adjacent_find(sorted.begin(), sorted.end()) != sorted.end()) {
        return refusal("the alphabet repeats a character");
    }
    return std::unique_ptr<ClOrdIDGenerator>{new ClOrdIDGenerator{alphabet, size, seed}};
}

ClOrdIDGenerator::ClOrdIDGenerator(std::string_view alphabet, std::size_t size, const Seed& seed)
    : alphabet_{alphabet}, size_{size} {
    Random random{seed};
    std::generate_n(start_.begin(), size_,
                    [&] { return static_cast<std::uint8_t>(random.below(alphabet_.size())); });
}

ClOrdID ClOrdIDGenerator::next() {
    std::uint64_t rest = count_.fetch_add(1, std::memory_order_relaxed);
    const std::uint64_t base = alphabet_.size();
    std::array<char, kMaxSize> text{};
    std::uint64_t carry = 0;
    for (std::size_t i = 0; i < size_; ++i) {
        const std::uint64_t digit = start_[i] + rest % base + carry;
        rest /= base;
        carry = digit / base;
        text[size_ - 1 - i] = alphabet_[digit % base];
    }
    return *ClOrdID::from({text.data(), size_});
}

}  // namespace broker::core
