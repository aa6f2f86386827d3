// What the tests of requests about orders share.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "channel_fixture.hpp"

namespace broker::dxtrade::rest {

using Lines = std::vector<std::string>;

inline constexpr std::string_view kPost = "POST /base/accounts/default%3AA/orders";
inline constexpr std::string_view kPut = "PUT /base/accounts/default%3AA/orders";
inline constexpr std::string_view kDelete = "DELETE /base/accounts/default%3AA/orders";
inline constexpr std::string_view kTaken = R"({"orderId":700,"updateOrderId":700})";

class RestOrdersTest : public RestChannelTest {
protected:
    // Refused as the venue refuses.
    static Scripted refused(unsigned status, std::string_view code) {
        return answered(status,
                        R"({"errorCode":")" + std::string{code} + R"(","description":"because"})");
    }
};

}  // namespace broker::dxtrade::rest
