#include "dxtrade/rest/rest_queries.hpp"

#include <string>
#include <utility>
#include <vector>

namespace broker::dxtrade::rest {
namespace {

using core::Reason;

// The venue's own refusal is the question's; what happened to the network is not.
Reason reason_of(const ReadAnswer& answer) {
    return answer.proof == Proof::Refused ? Reason::RequestRejected
                                          : answer.response.error().reason;
}

}  // namespace

core::Result<void> RestQueries::ask(const core::Query& query) {
    if (open_.size() >= kMaxOpen) {
        return core::fail(Reason::TooManyRequests,
                          std::to_string(kMaxOpen) + " questions are open already");
    }
    auto reader = make_query_reader(parts_, query);
    if (!reader) return reader.error();
    Open open{query, parts_.now() + parts_.settings.query_timeout, std::move(*reader)};
    const std::uint64_t number = ++last_number_;
    if (auto asked = ask_next(number, open); !asked) return asked;
    open_.emplace(number, std::move(open));
    return {};
}

core::Result<void> RestQueries::ask_next(std::uint64_t number, const Open& open) {
    RestCall call;
    call.request = open.reader->request();
    call.rate_class = open.reader->rate_class();
    call.not_after = open.deadline;
    call.done = [this, number, alive = parts_.alive()](net::HttpOutcome outcome) {
        if (!alive.expired()) on_outcome(number, std::move(outcome));
    };
    const auto sent = parts_.client.send(std::move(call));
    if (!sent) return sent.error();
    return {};
}

void RestQueries::on_outcome(std::uint64_t number, net::HttpOutcome outcome) {
    const auto at = open_.find(number);
    if (at == open_.end()) return;  // out of time
    const ReadAnswer answer = read_answer(std::move(outcome), "question");
    if (!answer.response) {
        return end(number, reason_of(answer), answer.response.error().detail);
    }
    QueryReader& reader = *at->second.reader;
    const auto is_more = reader.take(*answer.response);
    if (!is_more) return end(number, is_more.error().reason, is_more.error().detail);
    if (*is_more) {
        const auto asked = ask_next(number, at->second);
        if (!asked) end(number, asked.error().reason, asked.error().detail);
        return;
    }
    const std::string text{reader.cut_short()};
    end(number, text.empty() ? Reason::None : Reason::TooManyRequests, text);
}

void RestQueries::end(std::uint64_t number, Reason reason, std::string_view text) {
    const auto at = open_.find(number);
    if (at == open_.end()) return;
    const Open open = std::move(at->second);
    open_.erase(at);
    parts_.listener.on_query_done(
        {open.query.kind, open.query.request_id, open.reader->count(), reason, text});
}

void RestQueries::on_tick() {
    std::vector<std::uint64_t> overdue;
    for (const auto& [number, open] : open_) {
        if (open.deadline <= parts_.now()) overdue.push_back(number);
    }
    for (const std::uint64_t number : overdue) {
        end(number, Reason::OutcomeTimeout, "no complete answer in time");
    }
}

void RestQueries::drop(Reason reason, std::string_view text) {
    while (!open_.empty()) end(open_.begin()->first, reason, text);
}

}  // namespace broker::dxtrade::rest
