// What a full EventQueue had to leave out.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>

namespace broker::sdk {

// A bounded set of account ids, kept in place.
class AccountList {
public:
    static constexpr std::size_t kMaxAccounts = 8;
    static constexpr std::size_t kMaxIdSize = 64;

    // An id that is too long, or one too many, makes the list incomplete; ids are never cut.
    void add(std::string_view account) {
        if (contains(account)) return;
        if (size_ == kMaxAccounts || account.size() > kMaxIdSize) {
            is_complete_ = false;
            return;
        }
        Entry& entry = entries_[size_++];
        std::copy(account.begin(), account.end(), entry.text.begin());
        entry.size = account.size();
    }
    void add(const AccountList& other) {
        for (std::size_t i = 0; i < other.size(); ++i) add(other[i]);
        is_complete_ = is_complete_ && other.is_complete_;
    }

    [[nodiscard]] std::size_t size() const { return size_; }
    [[nodiscard]] std::string_view operator[](std::size_t index) const {
        return {entries_[index].text.data(), entries_[index].size};
    }
    [[nodiscard]] bool contains(std::string_view account) const {
        for (std::size_t i = 0; i < size_; ++i) {
            if ((*this)[i] == account) return true;
        }
        return false;
    }
    // False: any account may belong to the list.
    [[nodiscard]] bool is_complete() const { return is_complete_; }
    [[nodiscard]] bool is_empty() const { return size_ == 0 && is_complete_; }

private:
    struct Entry {
        std::size_t size = 0;
        std::array<char, kMaxIdSize> text{};
    };
    std::array<Entry, kMaxAccounts> entries_{};
    std::size_t size_ = 0;
    bool is_complete_ = true;
};

// One gap in the stream of events, told at its place in the stream. Order events, account events,
// answers to requests and the statuses of subscriptions are never lost.
struct LostEvents {
    std::uint64_t session_events = 0;
    std::uint64_t account_summaries = 0;  // here and below: those that answer no request
    std::uint64_t positions = 0;
    std::uint64_t trades = 0;
    std::uint64_t instruments = 0;
    std::uint64_t trading_sessions = 0;
    std::uint64_t cash_transfers = 0;
    std::uint64_t venue_faults = 0;
    std::uint64_t quotes = 0;               // beyond those that newer ones replaced
    std::uint64_t market_data_entries = 0;  // what is kept of those books is wrong from here on
    std::uint64_t unknown_events = 0;       // of types newer than this build
    AccountList accounts;                   // whose events they were

    [[nodiscard]] std::uint64_t count() const {
        return account_count() + market_data_count() + unknown_events;
    }
    // Quotes and entries: the accounts' subscriptions have a hole. Subscribe anew, which begins
    // with a picture.
    [[nodiscard]] std::uint64_t market_data_count() const { return quotes + market_data_entries; }

private:
    [[nodiscard]] std::uint64_t account_count() const {
        return session_events + account_summaries + positions + trades + instruments +
               trading_sessions + cash_transfers + venue_faults;
    }
};
static_assert(std::is_trivially_copyable_v<LostEvents>, "it travels through the queue as bytes");

}  // namespace broker::sdk
