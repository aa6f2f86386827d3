#include "simulator/push_hub.hpp"

#include <algorithm>

namespace broker::simulator {
namespace {

constexpr unsigned kNormalClosure = 1000;
constexpr unsigned kTryAgainLater = 1013;
constexpr std::size_t kMaxIdSize = 64;

bool is_told_of_changes(std::string_view topic) {
    return topic == "AccountPortfolios" || topic == "AccountEvents" || topic == "CashTransfers";
}

}  // namespace

void PushHub::on_opened(PushClient& client, RestEndpoint endpoint) {
    ++api_.counters().requests[static_cast<std::size_t>(endpoint)];
    clients_[&client].endpoint = endpoint;
    reschedule(clients_[&client]);
    if (on_new_deadline_) on_new_deadline_();
}

void PushHub::reschedule(Client& client) const {
    const auto& options = api_.options().push;
    const auto now = clock_.monotonic();
    client.next_ping = now + options.ping_interval;
    client.next_metrics = now + options.metrics_interval;
}

void PushHub::reschedule() {
    for (auto& [to, client] : clients_) reschedule(client);
    if (on_new_deadline_) on_new_deadline_();
}

void PushHub::on_closed(PushClient& client) { clients_.erase(&client); }

void PushHub::on_message(PushClient& to, const std::string& text) {
    const auto found = clients_.find(&to);
    if (found == clients_.end() || found->second.is_closing) return;
    Client& client = found->second;
    const auto json = json_from(text);
    const std::string id = json ? json->scalar_of("requestId") : std::string{};
    if (!json || json->scalar_of("type").empty())
        return reject(to, client, id, rest_error::kBadParameter, "<type>");
    const std::string token = json->scalar_of("session");
    if (api_.sessions().find(token) == nullptr)
        return reject(to, client, id, rest_error::kUnauthorised, "authorization required");
    client.token = token;
    if (api_.options().push.requires_timestamp && json->find("timestamp") == nullptr)
        return reject(to, client, id, rest_error::kBadParameter, "<timestamp>");
    const Message message{json->scalar_of("type"), id, json->scalar_of("refRequestId"),
                          json->find("payload")};
    if (message.type == "Ping") {
        client.unanswered = 0;
        return;
    }
    if (id.empty() || id.size() > kMaxIdSize || client.subscriptions.contains(id))
        return reject(to, client, id, rest_error::kBadParameter, "<requestId>");
    if (message.type.ends_with("CloseSubscriptionRequest")) return unsubscribe(to, client, message);
    subscribe(to, client, message);
}

void PushHub::unsubscribe(PushClient& to, Client& client, const Message& message) {
    constexpr std::string_view kEnd = "CloseSubscriptionRequest";
    const auto topic = message.type.substr(0, message.type.size() - kEnd.size());
    if (client.subscriptions.erase(message.reference) == 0)
        return reject(to, client, message.request_id, rest_error::kNotFound, "no subscription");
    post(to, client, topic + "SubscriptionClosed", message.request_id, "{}");
}

void PushHub::flush() {
    const auto changed = std::exchange(changed_, {});
    for (auto& [to, client] : clients_)
        for (auto& [id, about] : client.subscriptions)
            for (const auto& account : about.accounts)
                if (changed.contains(account) && is_told_of_changes(about.topic))
                    tell_account(*to, client, id, about, account);
}

void PushHub::market_moved() {
    for (auto& [to, client] : clients_)
        for (auto& [id, about] : client.subscriptions)
            if (about.topic == "MarketData") tell_market(*to, client, id, about, false);
}

void PushHub::run_due() {
    const auto now = clock_.monotonic();
    for (auto& [to, client] : clients_) run_due(*to, client, now);
}

void PushHub::run_due(PushClient& to, Client& client, core::MonotonicTime now) {
    if (client.is_closing) return;
    const auto& options = api_.options().push;
    if (!client.token.empty() && !api_.sessions().is_live(client.token)) return end(to, client);
    if (client.next_metrics <= now) {
        client.next_metrics = now + options.metrics_interval;
        tell_metrics(to, client);
    }
    if (client.next_ping > now) return;
    client.next_ping = now + options.ping_interval;
    if (client.unanswered++ >= options.unanswered_pings) return end(to, client);
    JsonWriter json{JsonStyle{}};
    json.begin_object().text("type", "PingRequest");
    json.text_if("session", options.sends_ping_session ? client.token : std::string{});
    json.time("timestamp", clock_.utc()).end_object();
    deliver(to, client, json.str());
}

std::optional<core::MonotonicTime> PushHub::next_due() const {
    std::optional<core::MonotonicTime> next;
    for (const auto& [to, client] : clients_) {
        const auto due = std::min(client.next_ping, client.next_metrics);
        next = next ? std::min(*next, due) : due;
    }
    return next;
}

void PushHub::end(PushClient& to, Client& client) {
    post(to, client, "SessionClosed", {}, "{}");
    client.is_closing = true;
    to.close(kNormalClosure);
}

void PushHub::end_sessions() {
    for (auto& [to, client] : clients_) end(*to, client);
}

void PushHub::close_all(unsigned code) {
    for (auto& [to, client] : clients_) {
        client.is_closing = true;
        to->close(code);
    }
}

std::size_t PushHub::client_count(RestEndpoint endpoint) const {
    return static_cast<std::size_t>(
        std::count_if(clients_.begin(), clients_.end(),
                      [&](const auto& each) { return each.second.endpoint == endpoint; }));
}

void PushHub::reject(PushClient& to, Client& client, const std::string& id, int code,
                     const std::string& text) {
    JsonWriter json{JsonStyle{}};
    json.begin_object().text("errorCode", std::to_string(code)).text("description", text);
    json.end_object();
    post(to, client, "Reject", id, json.str());
}

void PushHub::post(PushClient& to, Client& client, const std::string& type, const std::string& id,
                   const std::string& payload) {
    JsonWriter json{JsonStyle{}};
    json.begin_object().text("type", type).text_if("inReplyTo", id);
    json.text_if("session", client.token).time("timestamp", clock_.utc());
    json.key("payload").raw(payload).end_object();
    deliver(to, client, json.str());
}

void PushHub::deliver(PushClient& to, Client& client, const std::string& text) {
    if (client.is_silent || client.is_closing) return;
    std::string message = text;
    int copies = 1;
    bool is_held = false;
    for (const auto& rule : api_.faults().take_push(client.endpoint)) {
        if (rule.fault == RestFault::PushLose) copies = 0;
        if (rule.fault == RestFault::PushDuplicate) copies = 2;
        if (rule.fault == RestFault::PushReorder) is_held = true;
        if (rule.fault == RestFault::PushWrongJson) message = "{\"type\":\"Account";
        if (rule.fault == RestFault::PushSilent) client.is_silent = true;
        if (rule.fault == RestFault::PushCut) client.is_closing = true;
        if (rule.fault == RestFault::PushSlowConsumer) {
            client.is_closing = true;
            return to.close(kTryAgainLater);
        }
    }
    if (client.is_closing) return to.cut();
    if (client.is_silent) return;
    if (to.queued() >= api_.options().push.max_queued_messages) {
        client.is_closing = true;
        return to.close(kTryAgainLater);
    }
    if (is_held && !client.held) {
        client.held = message;
        return;
    }
    for (int i = 0; i < copies; ++i) to.send(message);
    if (client.held) to.send(*std::exchange(client.held, std::nullopt));
}

}  // namespace broker::simulator
