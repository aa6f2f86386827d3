// How each kind of question is asked over REST and what of its answers the host is told.
#pragma once

#include <cstdint>
#include <memory>

#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_requests.hpp"
#include "dxtrade/rest_rules.hpp"
#include "net/http.hpp"

namespace broker::dxtrade::rest {

// One question: some requests, one after the other. [event-thread]
class QueryReader {
public:
    QueryReader(ChannelParts& parts, const core::Query& query) : parts_{parts}, query_{query} {}
    virtual ~QueryReader() = default;
    QueryReader(const QueryReader&) = delete;
    QueryReader& operator=(const QueryReader&) = delete;

    // The next request.
    [[nodiscard]] virtual RestRequest request() const = 0;
    [[nodiscard]] virtual RateClass rate_class() const { return RateClass::Read; }
    // Tells what there is in the answer. True: another request is to be sent.
    [[nodiscard]] virtual core::Result<bool> take(const net::HttpResponse& response) = 0;

    [[nodiscard]] std::uint64_t count() const { return count_; }  // of answers told
    // Why there may be more than was told; empty: nothing is missing.
    [[nodiscard]] virtual std::string_view cut_short() const { return {}; }

protected:
    // Counts an answer; false if the host wants no more.
    [[nodiscard]] bool count_one() {
        if (is_full()) return false;
        ++count_;
        return true;
    }
    [[nodiscard]] bool is_full() const {
        return query_.max_answers != 0 && count_ >= query_.max_answers;
    }

    ChannelParts& parts_;
    core::Query query_;

private:
    std::uint64_t count_ = 0;
};

// NotSupported (the profile's rest.queries), InvalidField (what the question lacks), SymbolUnknown.
[[nodiscard]] core::Result<std::unique_ptr<QueryReader>> make_query_reader(
    ChannelParts& parts, const core::Query& query);

// The readers, by what they read. The same errors.
[[nodiscard]] std::unique_ptr<QueryReader> make_mass_status_reader(ChannelParts& parts,
                                                                   const core::Query& query);
[[nodiscard]] std::unique_ptr<QueryReader> make_history_reader(ChannelParts& parts,
                                                               const core::Query& query);
[[nodiscard]] std::unique_ptr<QueryReader> make_positions_reader(ChannelParts& parts,
                                                                 const core::Query& query);
[[nodiscard]] std::unique_ptr<QueryReader> make_metrics_reader(ChannelParts& parts,
                                                               const core::Query& query);
[[nodiscard]] std::unique_ptr<QueryReader> make_account_list_reader(ChannelParts& parts,
                                                                    const core::Query& query);
[[nodiscard]] std::unique_ptr<QueryReader> make_instruments_reader(ChannelParts& parts,
                                                                   const core::Query& query);
[[nodiscard]] core::Result<std::unique_ptr<QueryReader>> make_candles_reader(
    ChannelParts& parts, const core::Query& query);
[[nodiscard]] core::Result<std::unique_ptr<QueryReader>> make_conversion_reader(
    ChannelParts& parts, const core::Query& query);

// The venue's name of the question's symbol; empty if it names none.
[[nodiscard]] core::Result<std::string> venue_symbol_of(const ChannelParts& parts,
                                                        const core::Query& query);
[[nodiscard]] std::string account_path(const ChannelParts& parts, std::string_view rest);
[[nodiscard]] RestRequest get(std::string target);

}  // namespace broker::dxtrade::rest
