// Login and session token (reference section 2). Pure functions.
#pragma once

#include <string>
#include <string_view>

#include "core/result.hpp"
#include "core/secret.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

// Bodies with a secret in them, which the caller wipes (core::wipe) once they are sent. No copy of
// the secret stays behind in the making.
[[nodiscard]] std::string login_body(std::string_view username, std::string_view domain,
                                     const core::Secret& password);
[[nodiscard]] std::string login_by_token_body(std::string_view username, std::string_view domain,
                                              const core::Secret& token);

// The answer to a login or a ping. A ping's may be empty, and so may its token: then the one in use
// stays. HttpResponseMalformed if it is not JSON; its text is never in the error.
[[nodiscard]] core::Result<SessionToken> session_token_from_json(std::string_view text);

// "00:30:00", "PT30M", "1800", "1800000" (ms: more than a week of seconds). Null for anything else,
// and for nothing at all of a wait.
[[nodiscard]] std::optional<core::Duration> session_timeout(std::string_view text);

// "DXAPI <token>": the value of the Authorization header. The caller wipes it.
[[nodiscard]] std::string authorization(const core::Secret& token);

}  // namespace broker::dxtrade::rest
