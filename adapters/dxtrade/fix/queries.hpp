// The questions of a trading session and their answers, without the connection.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "dxtrade/fix/message_faults.hpp"
#include "dxtrade/fix/query_table.hpp"
#include "dxtrade/trading_channel.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

struct QueriesParts {
    const Dialect& dialect;
    TradingChannelListener& listener;
    MessageFaults& faults;
    Inbound& inbound;
};

// Encodes questions, tells answers to the listener as they come, and says when no more will come.
// Answers that name no question of ours are told with request_id 0. The listener may ask again from
// inside any of its calls.
//
// Owned by a trading session. [event-thread]
class Queries {
public:
    Queries(QueriesParts parts, std::string id_prefix, core::Duration timeout);

    // Opens the question and writes its message. NotSupported if the profile does not offer it,
    // TooManyRequests, or what the translator says; then nothing is open.
    [[nodiscard]] core::Result<core::FixedString<32>> begin(const core::Query& query,
                                                            core::Instant now,
                                                            broker::fix::MessageEncoder& encoder);
    void sent(std::string_view id, core::MsgSeqNum msg_seq_num);
    void not_sent(std::string_view id);  // closes it; nobody is told

    // False if the message is none that answers a question.
    [[nodiscard]] bool on_message(const broker::fix::MessageView& message);

    // Tells the report, as the answer that it may be, and what is wrong with it.
    void on_report(const broker::fix::MessageView& message, core::ExecutionReport& report);

    // True if the venue's refusal was about a question, which has ended by it. `ref_id` is
    // BusinessRejectRefID (379).
    [[nodiscard]] bool on_reject(const core::MessageReject& reject, std::string_view ref_id);

    void on_disconnected(std::string_view text);
    void on_tick(core::MonotonicTime now);
    void on_sequence_reset() { table_.forget_msg_seq_nums(); }

    [[nodiscard]] std::size_t open_count() const { return table_.size(); }

private:
    // What a message says of the question's progress besides being an answer.
    struct Progress {
        std::uint64_t answers = 0;
        std::optional<std::uint64_t> expected;
        bool is_ended = false;
        core::Reason reason = core::Reason::None;  // other than None: it has ended by that
        std::string_view text;
    };

    [[nodiscard]] static core::FixedString<32> id_of(const OpenQuery* open);
    [[nodiscard]] OpenQuery* find_answered(const broker::fix::MessageView& message,
                                           const core::ExecutionReport& report);

    void on_positions_ack(const broker::fix::MessageView& message);
    void on_position(const broker::fix::MessageView& message);
    void on_account_summary(const broker::fix::MessageView& message);
    void on_trades_ack(const broker::fix::MessageView& message);
    void on_trade(const broker::fix::MessageView& message);
    void on_security_list(const broker::fix::MessageView& message);
    void on_security_definition(const broker::fix::MessageView& message);
    void on_trading_session_status(const broker::fix::MessageView& message);

    void advance(std::string_view id, const Progress& progress);
    void end(const OpenQuery& query, core::Reason reason, std::string_view text);

    const Dialect& dialect_;
    TradingChannelListener& listener_;
    MessageFaults& faults_;
    Inbound& inbound_;
    QueryTable table_;
};

}  // namespace broker::dxtrade::fix
