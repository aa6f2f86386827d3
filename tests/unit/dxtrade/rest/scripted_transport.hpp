// A REST host without a network: requests are answered by a script, time passes when told to.
#pragma once

#include <algorithm>
#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <ostream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dxtrade/rest/rest_transport.hpp"
#include "support/manual_clock.hpp"

namespace broker::dxtrade::rest {

struct Scripted {
    unsigned status = 200;
    std::string body;
    std::vector<net::HttpHeader> headers{};
    std::optional<core::Reason> failure{};  // instead of an answer
    bool was_written = true;                // of a failure
};

// For the names of tests.
inline void PrintTo(const Scripted& scripted, std::ostream* out) {
    if (scripted.failure) {
        *out << core::reason_name(*scripted.failure);
    } else {
        *out << "HTTP " << scripted.status;
    }
}

inline Scripted answered(unsigned status, std::string body = {}) {
    return {status, std::move(body)};
}
inline Scripted failed(core::Reason reason, bool was_written) {
    return {0, {}, {}, reason, was_written};
}

class ScriptedTransport final : public RestTransport {
public:
    using Script = std::function<std::optional<Scripted>(const net::HttpRequest&)>;

    explicit ScriptedTransport(test::ManualClock& clock) : clock_{clock} {}

    Script script;                       // null answer: the request stays open
    std::vector<net::HttpRequest> sent;  // all, in order
    std::vector<core::MonotonicTime> sent_at;
    bool is_closed = false;

    void send(net::HttpRequest request, net::HttpLane /*lane*/, core::MonotonicTime /*not_after*/,
              Done done) override {
        sent.push_back(request);
        sent_at.push_back(clock_.monotonic());
        open_.push_back({std::move(request), std::move(done)});
    }
    void call_at(core::MonotonicTime when, std::function<void()> call) override {
        calls_.emplace(when, std::move(call));
    }
    void warm_up() override {}
    void close() override { is_closed = true; }
    [[nodiscard]] std::string_view peer() const override { return "venue:443"; }

    // Everything that is due, until nothing is.
    void run() {
        while (call_one() || answer_one()) {
        }
    }

    // Answers the oldest open request whose "METHOD target" has this in it; false if there is none.
    bool answer(std::string_view part, const Scripted& with) {
        const auto found = std::find_if(open_.begin(), open_.end(), [&](const Open& each) {
            return line_of(each.request).find(part) != std::string::npos;
        });
        if (found == open_.end()) return false;
        Open open = std::move(*found);
        open_.erase(found);
        open.done(outcome_of(with));
        run();
        return true;
    }

    [[nodiscard]] std::size_t count(std::string_view part) const {
        return static_cast<std::size_t>(
            std::count_if(sent.begin(), sent.end(), [&](const net::HttpRequest& each) {
                return line_of(each).find(part) != std::string::npos;
            }));
    }
    [[nodiscard]] const net::HttpRequest* last(std::string_view part) const {
        const auto found = std::find_if(sent.rbegin(), sent.rend(), [&](const auto& each) {
            return line_of(each).find(part) != std::string::npos;
        });
        return found == sent.rend() ? nullptr : &*found;
    }
    [[nodiscard]] std::optional<core::MonotonicTime> next_call() const {
        if (calls_.empty()) return std::nullopt;
        return calls_.begin()->first;
    }

    [[nodiscard]] static std::string line_of(const net::HttpRequest& request) {
        return std::string{net::http_method_name(request.method)} + ' ' + request.target;
    }
    [[nodiscard]] static std::string header(const net::HttpRequest& request,
                                            std::string_view name) {
        for (const net::HttpHeader& each : request.headers) {
            if (each.name == name) return each.value;
        }
        return {};
    }

private:
    struct Open {
        net::HttpRequest request;
        Done done;
    };

    bool call_one() {
        if (calls_.empty() || calls_.begin()->first > clock_.monotonic()) return false;
        const auto call = std::move(calls_.begin()->second);
        calls_.erase(calls_.begin());
        call();
        return true;
    }

    bool answer_one() {
        if (!script) return false;
        for (auto at = open_.begin(); at != open_.end(); ++at) {
            const auto with = script(at->request);
            if (!with) continue;
            Open open = std::move(*at);
            open_.erase(at);
            open.done(outcome_of(*with));
            return true;
        }
        return false;
    }

    [[nodiscard]] net::HttpOutcome outcome_of(const Scripted& with) const {
        if (with.failure) {
            net::HttpOutcome outcome{with.was_written, {}, core::fail(*with.failure, "scripted")};
            if (with.was_written) outcome.written = clock_.monotonic();
            return outcome;
        }
        net::HttpResponse response;
        response.status = with.status;
        response.headers = with.headers;
        response.headers.push_back({"Content-Type", "application/json"});
        response.body = with.body;
        response.received = clock_.monotonic();
        return {true, clock_.monotonic(), std::move(response)};
    }

    test::ManualClock& clock_;
    std::deque<Open> open_;
    std::multimap<core::MonotonicTime, std::function<void()>> calls_;
};

}  // namespace broker::dxtrade::rest
