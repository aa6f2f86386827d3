#include "simulator/rest_sessions.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <charconv>
#include <cstdlib>
#include <stdexcept>

#include "simulator/rest_signature.hpp"

namespace broker::simulator {
namespace {

constexpr std::string_view kScheme = "DXAPI ";

std::string random_token() {
    std::array<unsigned char, 24> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("no random bytes for a session token");
    std::string token;
    for (const unsigned char byte : bytes) {
        token += "0123456789abcdefghijklmnopqrstuv"[byte >> 4];
        token += "0123456789abcdefghijklmnopqrstuv"[byte & 31];
    }
    return token;
}

}  // namespace

bool RateWindow::admit(const RateLimit& limit, core::MonotonicTime now) {
    if (limit.count == 0) return true;
    while (!admitted_.empty() && admitted_.front() + limit.window <= now) admitted_.pop_front();
    if (admitted_.size() >= limit.count) return false;
    admitted_.push_back(now);
    return true;
}

RestSessions::RestSessions(const SimulatorOptions& options, const core::Clock& clock)
    : options_{options}, clock_{clock} {}

const AccountOptions* RestSessions::user(const std::string& username) const {
    const auto found =
        std::find_if(options_.accounts.begin(), options_.accounts.end(),
                     [&](const AccountOptions& account) { return account.username == username; });
    return found == options_.accounts.end() ? nullptr : &*found;
}

RestSession* RestSessions::log_in(const std::string& username, const std::string& domain,
                                  const std::string& password) {
    const AccountOptions* account = user(username);
    if (account == nullptr || domain != options_.rest.domain || password != account->password)
        return nullptr;
    return open(username);
}

RestSession* RestSessions::log_in_by_token(const std::string& username, const std::string& domain,
                                           const std::string& token) {
    const AccountOptions* account = user(username);
    if (account == nullptr || domain != options_.rest.domain || account->login_token.empty() ||
        token != account->login_token)
        return nullptr;
    return open(username);
}

RestSession* RestSessions::open(const std::string& username) {
    if (options_.rest.second_login_ends_first)
        std::erase_if(sessions_,
                      [&](const auto& each) { return each.second.username == username; });
    if (sessions_.size() >= kMaxSessions) sessions_.erase(sessions_.begin());
    const std::string token = random_token();
    RestSession& session = sessions_[token];
    session.token = token;
    session.username = username;
    session.used = clock_.monotonic();
    return &session;
}

RestSession* RestSessions::find(const std::string& token) {
    const auto found = sessions_.find(token);
    if (found == sessions_.end()) return nullptr;
    const auto now = clock_.monotonic();
    if (found->second.used + options_.rest.session_timeout <= now) {
        sessions_.erase(found);
        return nullptr;
    }
    found->second.used = now;
    return &found->second;
}

bool RestSessions::is_live(const std::string& token) const {
    const auto found = sessions_.find(token);
    return found != sessions_.end() &&
           found->second.used + options_.rest.session_timeout > clock_.monotonic();
}

RestSession* RestSessions::authorised(const RestRequest& request) {
    const std::string authorization = request.header("authorization");
    if (!authorization.starts_with(kScheme)) return nullptr;
    const auto credentials = std::string_view{authorization}.substr(kScheme.size());
    if (credentials.starts_with("principal=")) return signed_by(request, credentials);
    return find(std::string{credentials});
}

RestSession* RestSessions::signed_by(const RestRequest& request, std::string_view credentials) {
    const auto signature = signature_from(credentials);
    if (!signature || signature->principal.empty()) return nullptr;
    const auto account = std::find_if(
        options_.accounts.begin(), options_.accounts.end(),
        [&](const AccountOptions& each) { return each.public_token == signature->principal; });
    if (account == options_.accounts.end() || account->private_token.empty()) return nullptr;
    const auto now = std::chrono::floor<std::chrono::milliseconds>(clock_.utc().time_since_epoch());
    const auto skew = std::chrono::milliseconds{std::llabs(now.count() - signature->timestamp)};
    if (skew > options_.rest.hmac.skew) return nullptr;
    if (signature->hash !=
        signature_hash(account->private_token,
                       signed_text(request, signature->timestamp, options_.rest.hmac)))
        return nullptr;
    RestSession& session = signers_[signature->principal];
    session.username = account->username;
    return &session;
}

void RestSessions::renew(RestSession& session) {
    auto node = sessions_.extract(session.token);
    if (node.empty()) return;
    node.key() = random_token();
    node.mapped().token = node.key();
    sessions_.insert(std::move(node));
}

void RestSessions::end(const std::string& token) { sessions_.erase(token); }

bool RestSessions::admit_login() {
    return logins_.admit(options_.rest.rate_limits.login, clock_.monotonic());
}

bool RestSessions::admit(RestSession& session, RateBucket bucket) {
    const auto& limits = options_.rest.rate_limits;
    const std::array<const RateLimit*, kRateBucketCount> by_bucket{
        &limits.login, &limits.read, &limits.trade, &limits.bulk, &limits.push_all};
    const auto index = static_cast<std::size_t>(bucket);
    return session.windows[index].admit(*by_bucket[index], clock_.monotonic());
}

std::vector<std::string> RestSessions::accounts_of(const std::string& username) const {
    std::vector<std::string> result;
    for (const auto& account : options_.accounts)
        if (account.username == username) result.push_back(account.sender_comp_id);
    return result;
}

std::optional<std::string> RestSessions::account_of(const std::string& username,
                                                    std::string_view name) const {
    for (const auto& account : options_.accounts) {
        const std::string_view full = account.account;
        const auto colon = full.find(':');
        const bool is_named =
            full == name || (name.find(':') == std::string_view::npos &&
                             colon != std::string_view::npos && full.substr(colon + 1) == name);
        if (account.username == username && is_named) return account.sender_comp_id;
    }
    return std::nullopt;
}

std::string RestSessions::timeout_text() const {
    const auto seconds =
        std::chrono::floor<std::chrono::seconds>(options_.rest.session_timeout).count();
    const auto two_digits = [](std::int64_t value) {
        return (value < 10 ? "0" : "") + std::to_string(value);
    };
    switch (options_.rest.timeout_format) {
        case TimeoutFormat::Iso8601:
            return seconds % 60 == 0 ? "\"PT" + std::to_string(seconds / 60) + "M\""
                                     : "\"PT" + std::to_string(seconds) + "S\"";
        case TimeoutFormat::Seconds:
            return std::to_string(seconds);
        case TimeoutFormat::Milliseconds:
            return "\"" + std::to_string(seconds * 1000) + "\"";
        case TimeoutFormat::Clock:
            break;
    }
    return "\"" + two_digits(seconds / 3600) + ":" + two_digits(seconds / 60 % 60) + ":" +
           two_digits(seconds % 60) + "\"";
}

}  // namespace broker::simulator
