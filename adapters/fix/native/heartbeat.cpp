#include "fix/native/heartbeat.hpp"

#include <algorithm>

namespace broker::fix::native {

void Heartbeat::start(core::MonotonicTime now) {
    sent_ = now;
    received_ = now;
    tested_.reset();
    asked_.reset();
}

void Heartbeat::received(core::MonotonicTime now) {
    received_ = now;
    tested_.reset();
}

Heartbeat::Due Heartbeat::due(core::MonotonicTime now) const {
    if (tested_ && now >= *tested_ + patience()) return Due::PeerIsGone;
    if (!tested_ && now >= received_ + patience()) return Due::TestRequest;
    return now >= sent_ + interval_ ? Due::Heartbeat : Due::Nothing;
}

core::MonotonicTime Heartbeat::next() const {
    return std::min(sent_ + interval_, tested_.value_or(received_) + patience());
}

std::string_view Heartbeat::new_test_request(core::MonotonicTime now) {
    tested_ = now;
    asked_ = now;
    test_req_id_ = "T" + std::to_string(++requests_);
    return test_req_id_;
}

std::optional<core::Duration> Heartbeat::answered(std::string_view test_req_id,
                                                  core::MonotonicTime now) {
    if (!asked_ || test_req_id != test_req_id_) return std::nullopt;
    const core::Duration time = now - *asked_;
    asked_.reset();
    return time;
}

}  // namespace broker::fix::native
