#include "bench/fix_answers.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <system_error>

namespace broker::bench {
namespace {

constexpr char kDelimiter = '\x01';
constexpr std::string_view kBegin =
    "8=FIX.4.4\x01"
    "9=";
constexpr std::string_view kVenue = "DXTRADE";
constexpr std::size_t kTrailerSize = 7;  // 10=nnn and its delimiter

// The value of a field behind the first one, or empty.
std::string_view value_of(std::string_view message, std::string_view tag) {
    const std::string key = kDelimiter + std::string{tag} + '=';
    const std::size_t found = message.find(key);
    if (found == std::string_view::npos) return {};
    const std::size_t begin = found + key.size();
    return message.substr(begin, message.find(kDelimiter, begin) - begin);
}

// Size of the whole message at the front of `bytes`; 0 if more bytes are needed to tell, npos if it
// is none.
std::size_t message_size(std::string_view bytes) {
    const std::size_t known = std::min(bytes.size(), kBegin.size());
    if (bytes.substr(0, known) != kBegin.substr(0, known)) return std::string_view::npos;
    const std::size_t end = bytes.find(kDelimiter, kBegin.size());
    if (end == std::string_view::npos) return 0;
    std::size_t body = 0;
    const auto [stopped, error] =
        std::from_chars(bytes.data() + kBegin.size(), bytes.data() + end, body);
    if (error != std::errc{} || stopped != bytes.data() + end) return std::string_view::npos;
    const std::size_t size = end + 1 + body + kTrailerSize;
    return size <= bytes.size() ? size : 0;
}

void write_digits(char* end, std::size_t count, std::uint64_t number) {
    for (; count > 0; --count, number /= 10) *--end = static_cast<char>('0' + number % 10);
}

// Sum of all bytes before the trailer, modulo 256 (FIX 4.4 vol. 1, CheckSum).
void write_checksum(std::string& message) {
    unsigned sum = 0;
    const std::size_t covered = message.size() - kTrailerSize;
    for (std::size_t i = 0; i < covered; ++i) sum += static_cast<unsigned char>(message[i]);
    write_digits(message.data() + message.size() - 1, 3, sum % 256);
}

// MsgSeqNum has nine digits (FIX allows leading zeros), so that a template can be patched.
std::string complete(std::string_view msg_type, std::string_view target_comp_id,
                     std::string_view timestamp, std::string_view rest) {
    std::string body{"35="};
    body.append(msg_type)
        .append(
            "\x01"
            "34=000000000\x01"
            "49=")
        .append(kVenue);
    body.append(
            "\x01"
            "56=")
        .append(target_comp_id)
        .append(
            "\x01"
            "52=")
        .append(timestamp);
    body.append("\x01").append(rest);
    std::string message{kBegin};
    message.append(std::to_string(body.size())).append("\x01").append(body);
    return message.append("10=000\x01");
}

void write_seq_num(std::string& message, std::size_t position, std::uint64_t number) {
    write_digits(message.data() + position + 9, 9, number);
}

}  // namespace

std::string_view TimestampText::now() {
    timespec now{};
    ::clock_gettime(CLOCK_REALTIME, &now);
    if (now.tv_sec != second_) {
        second_ = now.tv_sec;
        std::tm parts{};
        ::gmtime_r(&second_, &parts);
        std::array<char, 32> text{};
        const std::size_t size =
            std::strftime(text.data(), text.size(), "%Y%m%d-%H:%M:%S.000", &parts);
        text_.assign(text.data(), size);
    }
    write_digits(text_.data() + text_.size(), 3, static_cast<std::uint64_t>(now.tv_nsec / 1000000));
    return text_;
}

ReportTemplate::ReportTemplate(std::string_view target_comp_id) {
    const std::string id(OrderId::kSize, '0');
    const std::string timestamp = "00000000-00:00:00.000";
    const std::string rest = "37=V" + id +
                             "\x01"
                             "11=" +
                             id +
                             "\x01"
                             "17=E" +
                             id +
                             "\x01"
                             "150=0\x01"
                             "39=0\x01"
                             "1=default:BENCH\x01"
                             "55=EURUSD\x01"
                             "54=1\x01"
                             "38=1000\x01"
                             "40=2\x01"
                             "44=1.10000\x01"
                             "59=0\x01"
                             "151=1000\x01"
                             "14=0\x01"
                             "6=0\x01"
                             "60=" +
                             timestamp + "\x01";
    bytes_ = complete("8", target_comp_id, timestamp, rest);
    const auto value_at = [this](std::string_view key) { return bytes_.find(key) + key.size(); };
    seq_num_ = value_at(
        "\x01"
        "34=");
    sending_time_ = value_at(
        "\x01"
        "52=");
    transact_time_ = value_at(
        "\x01"
        "60=");
    order_id_ = value_at(
        "\x01"
        "37=V");
    cl_ord_id_ = value_at(
        "\x01"
        "11=");
    exec_id_ = value_at(
        "\x01"
        "17=E");
}

void ReportTemplate::patch(std::size_t position, std::string_view text) {
    text.copy(bytes_.data() + position, text.size());
}

std::string_view ReportTemplate::fill(std::uint64_t msg_seq_num, std::string_view cl_ord_id,
                                      std::string_view timestamp) {
    write_seq_num(bytes_, seq_num_, msg_seq_num);
    for (const std::size_t position : {sending_time_, transact_time_}) patch(position, timestamp);
    for (const std::size_t position : {order_id_, cl_ord_id_, exec_id_}) patch(position, cl_ord_id);
    write_checksum(bytes_);
    return bytes_;
}

FixAnswers::Step FixAnswers::answer(std::string_view bytes) {
    const std::size_t size = message_size(bytes);
    if (size == 0) return {};
    if (size == std::string_view::npos) return {Kind::Unexpected, bytes.size(), {}};
    const std::string_view message = bytes.substr(0, size);
    const std::string_view msg_type = value_of(message, "35");
    if (msg_type != "D") return session_message(msg_type, message);

    const std::string_view cl_ord_id = value_of(message, "11");
    if (!report_ || cl_ord_id.size() != OrderId::kSize) return {Kind::Unexpected, size, {}};
    return {Kind::Order, size, report_->fill(++msg_seq_num_, cl_ord_id, timestamp_.now())};
}

FixAnswers::Step FixAnswers::session_message(std::string_view msg_type, std::string_view message) {
    Step step{Kind::Session, message.size(), {}};
    if (msg_type == "A") {
        target_comp_id_ = value_of(message, "49");
        report_.emplace(target_comp_id_);
        std::string rest =
            "98=0\x01"
            "108=";
        rest.append(value_of(message, "108")).append("\x01");
        if (value_of(message, "141") == "Y") rest.append("141=Y\x01");
        step.reply = send("A", rest);
    } else if (msg_type == "1") {
        std::string rest = "112=";
        step.reply = send("0", rest.append(value_of(message, "112")).append("\x01"));
    } else if (msg_type == "5") {
        step.reply = send("5", "");
    } else if (msg_type != "0") {
        step.kind = Kind::Unexpected;
    }
    return step;
}

std::string_view FixAnswers::send(std::string_view msg_type, std::string_view rest) {
    reply_ = complete(msg_type, target_comp_id_, timestamp_.now(), rest);
    write_seq_num(reply_,
                  reply_.find("\x01"
                              "34=") +
                      4,
                  ++msg_seq_num_);
    write_checksum(reply_);
    return reply_;
}

}  // namespace broker::bench
