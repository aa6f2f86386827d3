// The token of a REST session, as others use it who talk to the same venue: push, market data.
#pragma once

#include <string_view>

namespace broker::dxtrade::rest {

// Called on the event thread, never from inside a call into the token source.
class TokenListener {
public:
    virtual ~TokenListener() = default;
    // There is another token than before, or none.
    virtual void on_token_changed() = 0;
};

// [event-thread]
class TokenSource {
public:
    virtual ~TokenSource() = default;

    // A secret, for the wire alone; valid until the event thread's next turn. Empty: not logged in,
    // or signatures are used instead.
    [[nodiscard]] virtual std::string_view token() const = 0;
    // The venue has refused this token. If it is still the current one a new one is fetched, once
    // for all who ask; on_token_changed tells.
    virtual void expired(std::string_view token) = 0;
    // The venue has seen the token in use: its inactivity timer has begun anew.
    virtual void touch() = 0;

    virtual void add_listener(TokenListener& listener) = 0;
    virtual void remove_listener(TokenListener& listener) = 0;
};

}  // namespace broker::dxtrade::rest
