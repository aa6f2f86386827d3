// When to send Heartbeat and TestRequest, and when a peer counts as gone (cases 4 to 6).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace broker::fix::native {

// Times are monotonic: a step of the wall clock neither ends a session nor floods the peer.
// Owned by the engine. [event-thread]
class Heartbeat {
public:
    enum class Due : std::uint8_t {
        Nothing,
        Heartbeat,    // 4.a: we sent nothing for HeartBtInt
        TestRequest,  // 6: the peer sent nothing for HeartBtInt and a fifth of it
        PeerIsGone,   // 6: nor in the same time after the TestRequest
    };

    explicit Heartbeat(core::Duration heart_bt_int) : interval_{heart_bt_int} {}

    void start(core::MonotonicTime now);  // logged on
    void sent(core::MonotonicTime now) { sent_ = now; }
    void received(core::MonotonicTime now);  // anything at all

    [[nodiscard]] Due due(core::MonotonicTime now) const;
    [[nodiscard]] core::MonotonicTime next() const;  // when due() will change, if nothing happens

    // A TestRequest is about to be sent. Its TestReqID is unique in the life of the engine, so that
    // a late answer is not taken for that of another request.
    [[nodiscard]] std::string_view new_test_request(core::MonotonicTime now);
    // A Heartbeat came with this TestReqID (112): the time since our request, if it answers one.
    [[nodiscard]] std::optional<core::Duration> answered(std::string_view test_req_id,
                                                         core::MonotonicTime now);

private:
    [[nodiscard]] core::Duration patience() const { return interval_ + interval_ / 5; }

    core::Duration interval_;
    core::MonotonicTime sent_;
    core::MonotonicTime received_;
    std::optional<core::MonotonicTime> tested_;  // a TestRequest is out, and nothing came since
    std::optional<core::MonotonicTime> asked_;   // when the last TestRequest went out
    std::uint64_t requests_ = 0;
    std::string test_req_id_;
};

}  // namespace broker::fix::native
