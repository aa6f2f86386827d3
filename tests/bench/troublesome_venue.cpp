#include "bench/troublesome_venue.hpp"

#include <array>
#include <charconv>
#include <stdexcept>
#include <utility>

#include "bench/core_placement.hpp"
#include "core/clock.hpp"
#include "fix/codec/message_encoder.hpp"
#include "support/fix_message.hpp"

namespace broker::bench {
namespace {

using std::chrono::milliseconds;

constexpr std::uint64_t kLiveQty = 1'000'000'000;
constexpr std::size_t kBlock = 64 * 1024;  // written at once of a replay

std::string_view value_of(std::string_view message, std::string_view tag) {
    const std::string key = '\x01' + std::string{tag} + '=';
    const std::size_t found = message.find(key);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + key.size();
    return message.substr(begin, message.find('\x01', begin) - begin);
}

std::uint64_t number_of(std::string_view message, std::string_view tag) {
    const std::string_view text = value_of(message, tag);
    std::uint64_t number = 0;
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

std::string now_text() {
    std::array<char, fix::kUtcTimestampSize> time{};
    fix::write_utc_timestamp(core::SystemClock{}.utc(), time);
    return {time.data(), time.size()};
}

}  // namespace

TroublesomeVenue::TroublesomeVenue(simulator::CertificateAuthority& authority,
                                   std::string sender_comp_id, std::uint64_t replayed)
    : sender_comp_id_{std::move(sender_comp_id)}, replayed_{replayed}, peer_{authority} {
    thread_ = std::thread{[this] { serve(); }};
}

TroublesomeVenue::~TroublesomeVenue() {
    is_over_ = true;
    thread_.join();
}

void TroublesomeVenue::set_trouble(Trouble trouble) {
    wanted_ = trouble;
    const auto deadline = Clock::now() + std::chrono::minutes{1};
    while (under_way_ != trouble) {
        if (Clock::now() > deadline) throw std::runtime_error{"the venue's trouble does not end"};
        std::this_thread::sleep_for(milliseconds{1});
    }
}

void TroublesomeVenue::serve() {
    run_behind_others();  // a venue has a machine of its own
    while (!is_over_ && !peer_.accept(milliseconds{100})) {
    }
    while (!is_over_) {
        const Trouble wanted = wanted_;
        if (under_way_ == Trouble::None && wanted != Trouble::None) begin_trouble(wanted);
        if (const auto message = peer_.read_message(milliseconds{5})) handle(*message);
    }
}

void TroublesomeVenue::begin_trouble(Trouble trouble) {
    under_way_ = trouble;
    begun_ = Clock::now();
    resent_ = 0;
    if (trouble == Trouble::Storm) {
        asked_to_ = highest_;
        return send("2", "7=1|16=0|");
    }
    gap_begin_ = number_ + 1;
    number_ += replayed_;
    send("0", "");  // behind the gap
}

// One answer or replay; the next one follows while the trouble is wanted.
void TroublesomeVenue::end_trouble() {
    messages_ += under_way_ == Trouble::Storm ? resent_ : replayed_;
    time_ns_ += (Clock::now() - begun_).count();
    const Trouble wanted = wanted_;
    if (wanted == Trouble::None) {
        under_way_ = Trouble::None;
    } else {
        begin_trouble(wanted);
    }
}

void TroublesomeVenue::handle(const std::string& message) {
    const std::string_view type = value_of(message, "35");
    const bool is_again = value_of(message, "43") == "Y";
    const std::uint64_t number = number_of(message, "34");
    if (is_again) {
        if (type != "4") ++resent_;
        const std::uint64_t done = type == "4" ? number_of(message, "36") - 1 : number;
        if (under_way_ == Trouble::Storm && done >= asked_to_) end_trouble();
        return;
    }
    highest_ = number;
    if (type == "A") {
        send("A", "98=0|108=30|");
    } else if (type == "D") {
        handle_order(message);
    } else if (type == "1") {
        send("0", "112=" + std::string{value_of(message, "112")} + "|");
    } else if (type == "2") {
        handle_resend_request(number_of(message, "7"), number_of(message, "16"));
    } else if (type == "5") {
        send("5", "");
    } else if (type == "0" && value_of(message, "112") == "REPLAYED") {
        end_trouble();
    }
}

void TroublesomeVenue::handle_order(const std::string& message) {
    const std::string id{value_of(message, "11")};
    const std::string what = "37=O" + id + "|11=" + id + "|17=E" + id +
                             "|55=EUR/USD|54=1|38=" + std::string{value_of(message, "38")} +
                             "|14=0|6=0|";
    if (id.rfind("LIVE", 0) == 0) return send("8", what + "150=0|39=0|151=1000000000|");
    send("8", what + "150=8|39=8|151=0|103=0|");
    ++refused_;
}

// What is asked for of the gap, as fast as the account takes it. Its end is known by the answer to
// a TestRequest, which comes when all before it is delivered.
void TroublesomeVenue::handle_resend_request(std::uint64_t first, std::uint64_t last) {
    const std::string time = now_text();
    const std::uint64_t gap_end = gap_begin_ + replayed_;  // behind it
    last = last == 0 ? gap_end - 1 : last;
    const std::uint64_t newest = std::exchange(number_, first - 1);
    std::string block;
    while (number_ < last && number_ + 1 < gap_end) {
        const std::string count = std::to_string(++filled_);
        block += numbered(
            "8", "43=Y|122=" + time + "|37=OLIVE-1|11=LIVE-1|17=F" + count +
                     "|150=F|39=1|55=EUR/USD|54=1|38=1000000000|32=1|31=1.1|14=" + count +
                     "|151=" + std::to_string(kLiveQty - filled_) + "|6=1.1|60=" + time + "|");
        if (block.size() < kBlock) continue;
        (void)peer_.write(block, std::chrono::minutes{1});
        block.clear();
    }
    (void)peer_.write(block, std::chrono::minutes{1});
    number_ = newest;
    if (last + 1 >= gap_end) send("1", "112=REPLAYED|");
}

void TroublesomeVenue::send(std::string_view msg_type, const std::string& body) {
    (void)peer_.write(numbered(msg_type, body));
}

std::string TroublesomeVenue::numbered(std::string_view msg_type, const std::string& body) {
    return test::fix_message("35=" + std::string{msg_type} + "|34=" + std::to_string(++number_) +
                             "|49=DXTRADE|56=" + sender_comp_id_ + "|52=" + now_text() + "|" +
                             body);
}

}  // namespace broker::bench
