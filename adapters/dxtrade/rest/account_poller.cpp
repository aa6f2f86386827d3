#include "dxtrade/rest/account_poller.hpp"

#include <utility>

#include "dxtrade/rest/record_reader.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {

void AccountPoller::read_portfolio(Done done) {
    if (is_reading_) {
        is_wanted_again_ = true;
        if (done) for_next_.push_back(std::move(done));
        return;
    }
    if (done) waiting_.push_back(std::move(done));
    ask_portfolio();
}

void AccountPoller::on_tick() {
    const core::MonotonicTime now = parts_.now();
    if (!is_running_) return;
    if (!is_push_live_ && now >= next_portfolio_ && !is_reading_) read_portfolio({});
    const bool has_metrics = parts_.rules().queries.contains(core::QueryKind::AccountSummary);
    const bool are_pushed = is_push_live_ && parts_.settings.profile.push.has_metrics;
    if (has_metrics && !are_pushed && now >= next_metrics_ && !is_reading_metrics_) ask_metrics();
}

void AccountPoller::reset() {
    etag_.clear();
    is_reading_ = false;
    is_reading_metrics_ = false;
    is_wanted_again_ = false;
    waiting_.clear();
    for_next_.clear();
}

// ---- portfolio

void AccountPoller::ask_portfolio() {
    next_portfolio_ = parts_.now() + parts_.settings.poll_interval;
    RestCall call;
    call.request.target =
        "/accounts/" + net::encode_segment(parts_.settings.account) + "/portfolio";
    call.not_after = parts_.now() + parts_.settings.query_timeout;
    call.if_none_match = etag_;
    call.done = [this, alive = parts_.alive()](net::HttpOutcome outcome) {
        if (!alive.expired()) on_portfolio(std::move(outcome));
    };
    is_reading_ = true;
    const auto sent = parts_.client.send(std::move(call));
    if (sent) return;
    parts_.host.transport().call_at(parts_.now(),
                                    [this, error = sent.error(), alive = parts_.alive()] {
                                        if (!alive.expired()) on_portfolio({false, {}, error});
                                    });
}

void AccountPoller::on_portfolio(net::HttpOutcome outcome) {
    if (!is_reading_) return;  // of a session that has ended
    is_reading_ = false;
    const std::vector<Done> waiting = std::exchange(waiting_, {});
    ReadAnswer answer = read_answer(std::move(outcome), "portfolio");
    if (answer.response) {
        portfolio_failure_.clear();
        if (answer.is_unchanged) {
            parts_.tracker.on_portfolio_unchanged();
        } else {
            take_portfolio(*answer.response);
        }
    } else {
        tell_failed(answer.response.error(), portfolio_failure_);
    }
    for (const Done& done : waiting) done(answer);
    if (!std::exchange(is_wanted_again_, false)) return;
    for (Done& done : for_next_) waiting_.push_back(std::move(done));
    for_next_.clear();
    if (!is_reading_) ask_portfolio();
}

void AccountPoller::take_portfolio(const net::HttpResponse& response) {
    json::ReadFaults faults;
    const auto portfolios = portfolios_from_json(response.body, faults);
    parts_.tell_faults(faults, "portfolio");
    if (!portfolios) return tell_failed(portfolios.error(), portfolio_failure_);
    etag_ = response.header("ETag");
    for (const Portfolio& portfolio : *portfolios) {
        const auto news =
            parts_.tracker.on_portfolio(portfolio, core::Channel::Rest, response.received);
        // What was not taken must not be left out of the next answer as unchanged.
        if (news == push::PortfolioNews::Stale) etag_.clear();
    }
}

// ---- metrics

void AccountPoller::ask_metrics() {
    next_metrics_ = parts_.now() + parts_.settings.poll_interval;
    RestCall call;
    call.request.target = "/accounts/" + net::encode_segment(parts_.settings.account) + "/metrics";
    call.not_after = parts_.now() + parts_.settings.query_timeout;
    call.done = [this, alive = parts_.alive()](net::HttpOutcome outcome) {
        if (!alive.expired()) on_metrics(std::move(outcome));
    };
    is_reading_metrics_ = parts_.client.send(std::move(call)).has_value();
}

void AccountPoller::on_metrics(net::HttpOutcome outcome) {
    is_reading_metrics_ = false;
    const ReadAnswer answer = read_answer(std::move(outcome), "metrics");
    if (!answer.response) return tell_failed(answer.response.error(), metrics_failure_);
    json::ReadFaults faults;
    const auto metrics = metrics_from_json(answer.response->body, faults);
    parts_.tell_faults(faults, "metrics");
    if (!metrics) return tell_failed(metrics.error(), metrics_failure_);
    metrics_failure_.clear();
    for (const AccountMetrics& each : *metrics) {
        parts_.tracker.on_metrics(each, core::Channel::Rest, answer.response->received);
    }
}

// Once for as long as it stays the same: it comes with every poll.
void AccountPoller::tell_failed(const core::Error& error, std::string& told) {
    if (told == error.detail) return;
    told = error.detail;
    parts_.listener.on_notice(core::Channel::Rest, error.detail);
}

}  // namespace broker::dxtrade::rest
