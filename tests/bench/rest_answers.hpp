// The REST side of the venue that the adapter trades with.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "bench/venue_answers.hpp"

namespace broker::bench {

// One kept HTTP/1.1 connection: the session, an account without orders, and orders that are taken.
class RestAnswers final : public VenueAnswers {
public:
    // An order is answered with its orderId.
    [[nodiscard]] Step answer(std::string_view bytes) override;

private:
    // "" for a path that is not known.
    [[nodiscard]] std::string_view body_for(std::string_view path) const;
    Step reply(Kind kind, std::size_t size, std::string_view status, std::string_view body);

    std::string reply_;
    std::uint64_t order_id_ = 100'000'000;  // of one width, as the orders' ids
};

}  // namespace broker::bench
