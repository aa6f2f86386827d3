// Who an account is to a REST host: its login, its token, its signature.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "core/reason.hpp"
#include "core/secret.hpp"
#include "dxtrade/rest/rest_host.hpp"
#include "dxtrade/rest/token_source.hpp"
#include "dxtrade/rest_rules.hpp"
#include "net/http.hpp"

namespace broker::dxtrade::rest {

enum class Authentication { Password, Token, Hmac };

struct RestCredentials {
    Authentication authentication = Authentication::Password;
    std::string username;
    std::string domain = "default";
    core::Secret password;
    core::Secret login_token;    // of loginByToken
    std::string public_token;    // of HMAC
    core::Secret private_token;  // of HMAC
};

struct RestSessionSettings {
    RestCredentials credentials;
    RestRules rules;
    core::BackoffRules reconnect;
    core::Duration logout_timeout = std::chrono::seconds{2};
    std::uint64_t seed = 0;  // of the jitter
};

// What a session tells its channel. Called on the event thread, never from inside a call.
class RestSessionListener {
public:
    virtual ~RestSessionListener() = default;
    virtual void on_session_connecting() = 0;
    // There is a token (or a signature) to ask with. After a lost token again.
    virtual void on_session_up() = 0;
    // An attempt to log in has failed. `next_attempt`: the wait before the next one; negative:
    // none.
    virtual void on_session_down(core::Reason reason, std::string_view text,
                                 core::Duration next_attempt) = 0;
    virtual void on_session_notice(std::string_view text) = 0;
};

// Logs in when started, one attempt at a time, each in its slot among all logins to the host; keeps
// the token alive by a ping at a third of its timeout when nothing else does; adopts the token that
// a ping brings; logs in again when the token is refused; backs off after a failed attempt. Owned
// by RestChannel. [event-thread]
class RestSession final : public TokenSource {
public:
    RestSession(RestSessionSettings settings, RestHost& host, RestSessionListener& listener);
    ~RestSession() override;
    RestSession(const RestSession&) = delete;
    RestSession& operator=(const RestSession&) = delete;

    void start();
    // Logs out, in bounded time, then `done`. The session is of no use from the call on.
    void stop(std::function<void()> done);
    // Gives the login up and begins again after a backoff: what came after it has failed.
    void restart(core::Reason reason, std::string_view text);
    void on_tick();

    // Requests can be made.
    [[nodiscard]] bool is_up() const;
    // Adds the Authorization header; `number` names the credentials that it is made of. False: not
    // logged in.
    [[nodiscard]] bool authorize(net::HttpRequest& request, std::uint64_t& number) const;
    // A request with these credentials was refused as not authenticated.
    void refused(std::uint64_t number);
    // Credentials that are newer than these are there.
    [[nodiscard]] bool has_newer(std::uint64_t number) const;
    // A login is under way or planned at once: newer credentials may come.
    [[nodiscard]] bool is_logging_in() const;

    [[nodiscard]] std::string_view token() const override;
    void expired(std::string_view token) override;
    void touch() override;
    void add_listener(TokenListener& listener) override;
    void remove_listener(TokenListener& listener) override;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with its exchanges: one may end after the session
};

}  // namespace broker::dxtrade::rest
