// What an answer other than 2xx proves about its request. Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

enum class RequestClass {
    Login,        // login, loginByToken
    Read,         // and everything else that changes nothing
    NewOrder,     // POST of an order or a group
    ChangeOrder,  // PUT, DELETE
};

// What the answer proves. All but Nothing and Exists prove that this request did nothing, nor will.
enum class Proof {
    Nothing,              // it may have been done, or may still be
    Exists,               // 409/100: the id has arrived before; ask what became of it
    Refused,              // the venue said no to this very request
    OrderFinal,           // 409/1005: the order of the change has ended already
    OrderUnknown,         // 404/2 to a change: no such order, or none of ours to see
    NotPermitted,         // the API, the account or the entity is not open to this user
    SessionExpired,       // 401: log in again
    LoginRefused,         // 401/3, or a login's own 401
    PreconditionMissing,  // 403/99: If-Match is required
    PreconditionStale,    // 412: read the orders again, build the change again
    Throttled,            // 429
};

struct Verdict {
    Proof proof = Proof::Nothing;
    core::Reason reason = core::Reason::None;  // for the host
};

// Reads what there is of `body`; never fails.
[[nodiscard]] RestError rest_error(unsigned status, std::string_view content_type,
                                   std::string_view body);

[[nodiscard]] Verdict verdict(const RestError& error, RequestClass request);

// The request did nothing, nor will.
[[nodiscard]] constexpr bool proves_not_done(Proof proof) {
    return proof != Proof::Nothing && proof != Proof::Exists;
}

// `HTTP 400 errorCode=33 "missing positionCode"`
[[nodiscard]] std::string text_of(const RestError& error);

}  // namespace broker::dxtrade::rest
