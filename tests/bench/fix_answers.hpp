// The FIX side of the venue that every client trades with: bytes in, bytes out, no I/O.
#pragma once

#include <cstddef>
#include <cstdint>
#include <ctime>
#include <optional>
#include <string>
#include <string_view>

#include "bench/client.hpp"
#include "bench/venue_answers.hpp"

namespace broker::bench {

// UTCTimestamp of now with milliseconds, cheap to ask for again.
class TimestampText {
public:
    [[nodiscard]] std::string_view now();

private:
    std::string text_ = "00000000-00:00:00.000";
    std::time_t second_ = 0;
};

// An ExecutionReport (150=0) that is built once; an answer patches what differs.
class ReportTemplate {
public:
    explicit ReportTemplate(std::string_view target_comp_id);

    // Valid until the next call. `cl_ord_id` has the size of an OrderId.
    [[nodiscard]] std::string_view fill(std::uint64_t msg_seq_num, std::string_view cl_ord_id,
                                        std::string_view timestamp);

private:
    void patch(std::size_t position, std::string_view text);

    std::string bytes_;
    std::size_t seq_num_ = 0, sending_time_ = 0, transact_time_ = 0;
    std::size_t order_id_ = 0, cl_ord_id_ = 0, exec_id_ = 0;
};

// One FIX session of the venue, from its Logon on; both sides begin at MsgSeqNum 1.
class FixAnswers final : public VenueAnswers {
public:
    // An order is answered with an ExecutionReport.
    [[nodiscard]] Step answer(std::string_view bytes) override;

private:
    Step session_message(std::string_view msg_type, std::string_view message);
    std::string_view send(std::string_view msg_type, std::string_view rest);

    std::string target_comp_id_;
    std::optional<ReportTemplate> report_;  // from the Logon on
    std::string reply_;
    TimestampText timestamp_;
    std::uint64_t msg_seq_num_ = 0;
};

}  // namespace broker::bench
