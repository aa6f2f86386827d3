// The order history: filters, order, pages.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "simulator/rest_book.hpp"
#include "simulator/rest_options.hpp"

namespace broker::simulator {

// By name, as of a query or of a JSON body.
using RestParameters = std::multimap<std::string, std::string, std::less<>>;

struct HistoryPage {
    std::vector<const RestOrder*> orders;  // the last changed first
    std::optional<core::UtcTime> next;     // where the next page begins, inclusive
};

// Different filters must all hold; a comma means "or"; bounds are inclusive, in milliseconds. The
// error is the name of a parameter that cannot be read.
class HistoryQuery {
public:
    [[nodiscard]] static std::optional<HistoryQuery> from(const RestParameters& parameters,
                                                          const RestOptions& options,
                                                          core::UtcTime now,
                                                          std::string& bad_parameter);

    [[nodiscard]] bool lets_pass(const RestOrder& order) const;
    [[nodiscard]] HistoryPage page_of(std::vector<const RestOrder*> orders) const;

private:
    struct Span {
        std::optional<core::UtcTime> from;
        std::optional<core::UtcTime> to;
        [[nodiscard]] bool has(core::UtcTime time) const;
    };

    [[nodiscard]] bool read(const std::string& name, const std::string& value, core::UtcTime now);
    [[nodiscard]] bool read_period(const std::string& value, core::UtcTime now);
    [[nodiscard]] bool read_size(const std::string& name, const std::string& value);

    const RestOptions* options_ = nullptr;
    std::vector<std::string> statuses_;
    std::vector<std::string> types_;
    std::vector<std::string> sides_;
    std::vector<std::string> instruments_;
    std::vector<std::string> client_ids_;
    std::vector<std::string> order_ids_;
    Span issued_;
    Span completed_;
    Span transacted_;
    std::optional<std::uint64_t> at_least_version_;
    std::optional<std::uint64_t> at_most_version_;
    std::size_t page_ = 1;
    std::size_t page_size_ = 0;
};

}  // namespace broker::simulator
