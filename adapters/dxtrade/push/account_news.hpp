// What positions and figures of an account have in addition to what was shown before.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "dxtrade/rest/account_reports.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::push {

// Owned by PortfolioTracker. [event-thread]
class AccountNews {
public:
    explicit AccountNews(std::size_t max_positions) : max_positions_{max_positions} {}

    void take_details(const rest::AccountDetails& details) { details_ = details; }

    // Appends the positions that are new or have changed; of a repetition the new ones alone. With
    // `is_whole`, those that are gone from it follow with a quantity of zero. The reports borrow
    // from `portfolio`, from `context` and from this object until its next call.
    void take_positions(const rest::Portfolio& portfolio, const rest::ReportContext& context,
                        bool is_repeated, bool is_whole, std::vector<core::PositionReport>& news);

    // The account's balance has changed, and there are no metrics to say it better.
    [[nodiscard]] std::optional<core::AccountSummary> take_balances(
        const rest::Portfolio& portfolio, const rest::ReportContext& context);
    // A figure has changed. Older metrics than those known say nothing.
    [[nodiscard]] std::optional<core::AccountSummary> take_metrics(
        const rest::AccountMetrics& metrics, const rest::ReportContext& context);

    // How much a position has; null: no such position, or the venue does not say.
    [[nodiscard]] std::optional<core::Decimal> position_qty(const std::string& position_code) const;

    // Versions begin anew.
    void forget_versions();

private:
    struct Position {
        std::string symbol;  // the host's
        std::string position_code;
        std::optional<core::Decimal> long_qty;
        std::optional<core::Decimal> short_qty;
        std::optional<core::Decimal> avg_px;
        rest::Version version;
        std::uint64_t seen_in = 0;  // number of the portfolio
    };
    using Positions = std::map<std::string, Position>;  // by position code, or by symbol

    [[nodiscard]] bool take_position(const rest::RestPosition& position,
                                     const core::PositionReport& report, bool is_repeated);
    [[nodiscard]] std::optional<core::AccountSummary> if_changed(core::AccountSummary summary);
    [[nodiscard]] const rest::AccountDetails* details() const;

    std::size_t max_positions_;
    std::optional<rest::AccountDetails> details_;
    Positions positions_;
    std::deque<Position> gone_;  // of the last call: reports borrow from it
    std::uint64_t portfolio_count_ = 0;
    rest::Version metrics_version_;
    bool has_metrics_ = false;
    std::vector<std::optional<core::Decimal>> figures_;  // of the last summary
};

}  // namespace broker::dxtrade::push
