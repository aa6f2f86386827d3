#include "account/market_data_requests.hpp"

#include <algorithm>
#include <charconv>
#include <utility>

namespace broker::account {
namespace {

using dxtrade::MarketDataRequestKind;

// Why a bound: a thousand requests at once would fill the write queue of the session.
constexpr int kRequestsPerTurn = 100;
constexpr char kPrefix = 'M';  // of MDReqID (262); a number follows

std::string md_req_id(std::uint64_t number) { return kPrefix + std::to_string(number); }

// 0: not an id of ours.
std::uint64_t number_of(std::string_view md_req_id) {
    if (md_req_id.size() < 2 || md_req_id.front() != kPrefix) return 0;
    std::uint64_t number = 0;
    const char* const end = md_req_id.data() + md_req_id.size();
    const auto [stop, error] = std::from_chars(md_req_id.data() + 1, end, number);
    return error == std::errc{} && stop == end ? number : 0;
}

core::Result<core::MsgSeqNum> send(dxtrade::MarketDataChannel& channel, MarketDataRequestKind kind,
                                   const VenueRequest& request) {
    const std::string id = md_req_id(request.number);
    const MarketDataTopic& topic = request.topic;
    return channel.send(
        {kind, id, topic.depth, topic.has_trades, topic.candle_type.view(), request.symbols});
}

}  // namespace

bool VenueRequest::has_symbol(std::string_view symbol) const {
    return std::any_of(symbols.begin(), symbols.end(),
                       [symbol](const core::Symbol& sent) { return sent.view() == symbol; });
}

void MarketDataRequests::clear() {
    waiting_.clear();
    sent_.clear();
}

std::vector<MarketDataRequests::Refused> MarketDataRequests::send_some(
    dxtrade::MarketDataChannel& channel) {
    std::vector<Refused> refused;
    for (int i = 0; i < kRequestsPerTurn && !waiting_.empty(); ++i) {
        VenueRequest request;
        request.number = ++last_number_;
        request.lines = next_to_send();
        request.topic = request.lines.front()->topic();
        for (const auto* line : request.lines) request.symbols.push_back(line->topic().symbol);
        const auto sent = send(channel,
                               request.topic.is_snapshot_only ? MarketDataRequestKind::Snapshot
                                                              : MarketDataRequestKind::Subscribe,
                               request);
        const bool concerns_line = !sent && (sent.error().reason == core::Reason::SymbolUnknown ||
                                             sent.error().reason == core::Reason::InvalidField);
        if (!sent && !concerns_line) break;
        if (concerns_line && request.lines.size() > 1) {
            // Which of them it is shows when each is sent by itself.
            for (MarketDataLine* line : request.lines) line->ask_alone();
            continue;
        }
        for (const auto* line : request.lines) std::erase(waiting_, line);
        if (concerns_line) {
            refused.push_back({request.lines.front(), sent.error()});
            continue;
        }
        for (MarketDataLine* line : request.lines) line->asked(clock_.monotonic());
        request.msg_seq_num = *sent;
        const std::uint64_t number = request.number;
        sent_.emplace(number, std::move(request));
    }
    return refused;
}

// The first that waits, and those that may stand in one request with it.
std::vector<MarketDataLine*> MarketDataRequests::next_to_send() const {
    MarketDataLine* const first = waiting_.front();
    std::vector<MarketDataLine*> lines{first};
    if (first->asks_alone()) return lines;
    for (auto line = waiting_.begin() + 1; line != waiting_.end(); ++line) {
        if (lines.size() == max_symbols_) break;
        const bool is_twice = std::any_of(lines.begin(), lines.end(), [&](const auto* other) {
            return other->topic().symbol == (*line)->topic().symbol;
        });
        if (is_twice || (*line)->asks_alone()) continue;
        if ((*line)->topic().goes_with(first->topic())) lines.push_back(*line);
    }
    return lines;
}

VenueRequest* MarketDataRequests::find(std::string_view md_req_id, core::MsgSeqNum msg_seq_num) {
    const auto found = sent_.find(number_of(md_req_id));
    if (found != sent_.end()) return &found->second;
    if (msg_seq_num == 0) return nullptr;
    for (auto& [number, request] : sent_) {
        if (request.msg_seq_num == msg_seq_num) return &request;
    }
    return nullptr;
}

bool MarketDataRequests::is_past(std::string_view md_req_id) const {
    const std::uint64_t number = number_of(md_req_id);
    return number != 0 && number <= last_number_ && !sent_.contains(number);
}

core::Result<void> MarketDataRequests::remove(const MarketDataLine& line,
                                              dxtrade::MarketDataChannel& channel) {
    std::erase(waiting_, &line);
    const auto found = std::find_if(sent_.begin(), sent_.end(), [&line](const auto& entry) {
        const auto& lines = entry.second.lines;
        return std::find(lines.begin(), lines.end(), &line) != lines.end();
    });
    if (found == sent_.end()) return {};
    std::erase(found->second.lines, &line);
    if (!found->second.lines.empty()) return {};
    const VenueRequest request = std::move(found->second);
    sent_.erase(found);
    if (request.topic.is_snapshot_only) return {};
    const auto sent = send(channel, MarketDataRequestKind::Unsubscribe, request);
    if (!sent) return sent.error();
    return {};
}

}  // namespace broker::account
