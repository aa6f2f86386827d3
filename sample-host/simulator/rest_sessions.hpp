// Who may ask what over REST: logins, tokens, signatures, and how often.
#pragma once

#include <array>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/rest_message.hpp"
#include "simulator/rest_options.hpp"
#include "simulator/simulator_options.hpp"

namespace broker::simulator {

// What limits count apart.
enum class RateBucket { Login, Read, Trade, Bulk, PushAll };
inline constexpr std::size_t kRateBucketCount = 5;

// The instants at which something was let pass, no more of them than the limit counts.
class RateWindow {
public:
    // False, and nothing is counted: the window is full.
    [[nodiscard]] bool admit(const RateLimit& limit, core::MonotonicTime now);

private:
    std::deque<core::MonotonicTime> admitted_;
};

struct RestSession {
    std::string token;
    std::string username;
    core::MonotonicTime used;
    std::array<RateWindow, kRateBucketCount> windows;
};

// Sessions end after the time without a request that the options give. [event-thread]
class RestSessions {
public:
    static constexpr std::size_t kMaxSessions = 100'000;

    RestSessions(const SimulatorOptions& options, const core::Clock& clock);

    // Null: unknown user, domain or password.
    [[nodiscard]] RestSession* log_in(const std::string& username, const std::string& domain,
                                      const std::string& password);
    [[nodiscard]] RestSession* log_in_by_token(const std::string& username,
                                               const std::string& domain, const std::string& token);
    // By the Authorization header, whose session it keeps alive. Null: not authorised.
    [[nodiscard]] RestSession* authorised(const RestRequest& request);
    // By its token, as push messages name it.
    [[nodiscard]] RestSession* find(const std::string& token);
    [[nodiscard]] bool is_live(const std::string& token) const;  // not kept alive by asking
    // Another token for the same session.
    void renew(RestSession& session);
    void end(const std::string& token);
    void end_all() { sessions_.clear(); }
    [[nodiscard]] std::size_t count() const { return sessions_.size(); }

    [[nodiscard]] bool admit_login();
    [[nodiscard]] bool admit(RestSession& session, RateBucket bucket);

    // SenderCompIDs of the user's accounts.
    [[nodiscard]] std::vector<std::string> accounts_of(const std::string& username) const;
    // SenderCompID of an account of the user, by its name with or without clearing code. Null:
    // none, or another's.
    [[nodiscard]] std::optional<std::string> account_of(const std::string& username,
                                                        std::string_view name) const;
    [[nodiscard]] std::string timeout_text() const;  // as JSON

private:
    [[nodiscard]] const AccountOptions* user(const std::string& username) const;
    [[nodiscard]] RestSession* open(const std::string& username);
    [[nodiscard]] RestSession* signed_by(const RestRequest& request,
                                         std::string_view authorization);

    const SimulatorOptions& options_;
    const core::Clock& clock_;
    std::map<std::string, RestSession, std::less<>> sessions_;  // by token
    std::map<std::string, RestSession, std::less<>> signers_;   // by public token
    RateWindow logins_;
};

}  // namespace broker::simulator
