// What each account holds: netted positions with their average price, and cash.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/decimal.hpp"
#include "core/order.hpp"
#include "simulator/fixed.hpp"

namespace broker::simulator {

struct Position {
    std::string symbol;
    core::Decimal quantity;  // negative: short
    core::Decimal avg_px;
    std::string code{};  // where positions are named one by one
};

// One account: a position for each symbol, or for each code. Fills on the side of the position move
// its average price; fills against it realise the difference as cash and leave the average as it
// is. [event-thread]
class AccountBook {
public:
    AccountBook() = default;
    explicit AccountBook(const core::Decimal& cash);

    void fill(const std::string& symbol, core::Side side, const core::Decimal& quantity,
              const core::Decimal& price, const std::string& position_code = {});
    void pay(const core::Decimal& amount);                  // in, or out if it is negative
    [[nodiscard]] std::vector<Position> positions() const;  // those that are not flat
    [[nodiscard]] core::Decimal cash() const;

private:
    struct Holding {
        Wide quantity = 0;  // 10^-8
        Wide avg_px = 0;    // 10^-8
    };
    std::map<std::pair<std::string, std::string>, Holding> holdings_;  // by symbol and code
    Wide cash_ = 0;                                                    // 10^-8
};

}  // namespace broker::simulator
