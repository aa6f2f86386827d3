#include "fix/codec/framer.hpp"

#include <algorithm>
#include <charconv>
#include <stdexcept>

namespace broker::fix {
namespace {

constexpr std::size_t kFirstBuffer = 16 * 1024;
constexpr std::size_t kMinRoom = 4 * 1024;   // for one read
constexpr std::size_t kMaxBeginString = 16;  // "FIX.4.4" and what else a peer may call its version
constexpr std::size_t kMaxBodyLengthDigits = 9;
constexpr std::size_t kMinBody = 5;  // 35=0 SOH
constexpr std::size_t kTrailer = 7;  // 10=ddd SOH
constexpr std::string_view kNextMessage =
    "\x01"
    "8=FIX";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_length_field(std::int32_t tag) {
    return tag == 93 || length_tag_of_data_field(tag + 1) == tag;
}

// The shape alone; MessageView compares the sum.
bool is_trailer(std::string_view text) {
    return text.size() == kTrailer && text.starts_with("10=") && is_digit(text[3]) &&
           is_digit(text[4]) && is_digit(text[5]) && text[6] == kSoh;
}

// If `field` is the length field of a data field: how much of the next field may contain SOH. Its
// tag has as many digits as that of its length. If no data field comes, only finds_end() is led
// astray: MessageView has the say on whole messages.
std::size_t size_of_data_after(std::string_view field, std::size_t max_size) {
    std::int32_t tag = 0;
    std::size_t length = 0;
    const char* const end = field.data() + field.size();
    const auto [equals, error] = std::from_chars(field.data(), end, tag);
    if (error != std::errc{} || equals == end || !is_length_field(tag)) return 0;
    if (std::from_chars(equals + 1, end, length).ec != std::errc{}) return 0;
    return static_cast<std::size_t>(equals + 1 - field.data()) + std::min(length, max_size);
}

}  // namespace

// What the first two fields say about the message at the front.
struct Framer::Envelope {
    std::size_t body = 0;          // where MsgType begins; 0: the two fields are not whole yet
    std::size_t size = 0;          // of the whole message
    const char* broken = nullptr;  // the rule that they break

    static Envelope read(std::string_view bytes, std::size_t max_size);

private:
    static Envelope waiting() { return {}; }
    static Envelope breaking(const char* rule) { return {0, 0, rule}; }
};

// Looks at no more than the longest possible two fields, so that asking again after every byte
// costs little.
Framer::Envelope Framer::Envelope::read(std::string_view bytes, std::size_t max_size) {
    constexpr std::string_view kBegin = "8=";
    constexpr std::string_view kLength = "9=";
    const auto begins_with = [](std::string_view text, std::string_view start) {
        return text.starts_with(start.substr(0, text.size()));
    };
    if (!begins_with(bytes, kBegin))
        return breaking("broken rule: a message begins with BeginString");
    const std::size_t version_end = bytes.substr(0, kBegin.size() + kMaxBeginString + 1).find(kSoh);
    if (version_end == std::string_view::npos) {
        if (bytes.size() > kBegin.size() + kMaxBeginString)
            return breaking("broken rule: BeginString is short");
        return waiting();
    }
    const std::string_view rest = bytes.substr(version_end + 1);
    if (!begins_with(rest, kLength)) return breaking("broken rule: BodyLength follows BeginString");
    if (rest.size() <= kLength.size()) return waiting();

    const std::string_view digits = rest.substr(kLength.size(), kMaxBodyLengthDigits + 1);
    std::size_t body_size = 0;
    const char* const stop =
        std::from_chars(digits.data(), digits.data() + digits.size(), body_size).ptr;
    const auto count = static_cast<std::size_t>(stop - digits.data());
    if (count == 0 || count > kMaxBodyLengthDigits)
        return breaking("broken rule: BodyLength is a number");
    if (count == digits.size()) return waiting();
    if (*stop != kSoh) return breaking("broken rule: BodyLength is a number");

    const std::size_t body = version_end + 1 + kLength.size() + count + 1;
    if (body_size < kMinBody) return breaking("broken rule: BodyLength has room for MsgType");
    if (body + body_size + kTrailer > max_size)
        return breaking("broken rule: BodyLength is within the limit");
    return {body, body + body_size + kTrailer, nullptr};
}

Framer::Framer(FramerLimits limits) : limits_{limits}, buffer_(kFirstBuffer) {}

std::span<char> Framer::writable() {
    // Why twice: with an unfinished message of the largest size, at least as many bytes were read
    // before the buffer is moved to the front. So a byte is moved at most once on average.
    const std::size_t max_size = 2 * limits_.max_message_size + kFirstBuffer;
    if (buffer_.size() - end_ < kMinRoom) {
        if (begin_ >= buffer_.size() / 2 || buffer_.size() == max_size) {
            std::copy(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                      buffer_.begin() + static_cast<std::ptrdiff_t>(end_), buffer_.begin());
            end_ -= begin_;
            begin_ = 0;
        } else {
            buffer_.resize(std::min(2 * buffer_.size(), max_size));
        }
    }
    if (end_ == buffer_.size()) throw std::logic_error("the framer's messages are not read");
    return std::span{buffer_}.subspan(end_);
}

void Framer::commit(std::size_t size) { end_ += std::min(size, buffer_.size() - end_); }

Framer::Outcome Framer::next(MessageView& view, std::string& text) {
    if (is_resynchronising_) resynchronise();
    if (is_resynchronising_ || unread().empty()) return Outcome::NeedMore;

    const Envelope envelope = Envelope::read(unread(), limits_.max_message_size);
    if (envelope.broken != nullptr) {
        text = envelope.broken;
        resynchronise();
        return Outcome::Garbled;
    }
    if (envelope.body == 0) return Outcome::NeedMore;

    const std::string_view message = unread().substr(0, envelope.size);
    const bool is_whole = message.size() == envelope.size;
    const bool is_framed = is_whole && is_trailer(message.substr(message.size() - kTrailer));
    if (is_framed) {
        const auto parsed = view.parse(message);
        if (parsed) {
            take(message.size());
            return Outcome::Message;
        }
        text = parsed.error().detail;
    }
    const bool ends_early = finds_end(message, envelope.body) && field_ < envelope.size;
    if (!is_whole && !ends_early) return Outcome::NeedMore;
    if (is_framed && !ends_early) {
        pass_over(message.size());
        return Outcome::Garbled;
    }
    text = "broken rule: CheckSum stands where BodyLength says";
    pass_over(field_ - 1);  // not the SOH, which may stand before the next message
    resynchronise();
    return Outcome::Garbled;
}

void Framer::reset() {
    begin_ = 0;
    end_ = 0;
    garbled_bytes_ = 0;
    is_resynchronising_ = false;
    field_ = 0;
    scan_ = 0;
}

std::string_view Framer::unread() const { return {buffer_.data() + begin_, end_ - begin_}; }

// Drops bytes up to the next SOH and 8=FIX, or all but the beginning of such.
void Framer::resynchronise() {
    const std::size_t found = unread().find(kNextMessage);
    is_resynchronising_ = found == std::string_view::npos;
    if (is_resynchronising_)
        pass_over(unread().size() - std::min(unread().size(), kNextMessage.size() - 1));
    else
        pass_over(found + 1);
}

// Walks the fields of `message`, as far as it has come, up to CheckSum or another BeginString;
// field_ is then behind the one or before the other. Why: with a BodyLength that is too long, the
// framer would otherwise swallow the messages after it until the session times out. As it drops
// what it has walked, it walks no byte twice.
bool Framer::finds_end(std::string_view message, std::size_t body) {
    field_ = std::max(field_, body);
    scan_ = std::max(scan_, field_);
    while (true) {
        const std::size_t end = message.find(kSoh, scan_);
        if (end == std::string_view::npos) {
            scan_ = std::max(scan_, message.size());
            return false;
        }
        const std::string_view field = message.substr(field_, end - field_);
        if (field.starts_with("8=")) return true;
        field_ = end + 1;
        scan_ = field_ + size_of_data_after(field, limits_.max_message_size);
        if (field.starts_with("10=")) return true;
    }
}

void Framer::take(std::size_t size) {
    begin_ += size;
    field_ = 0;
    scan_ = 0;
    if (begin_ == end_) begin_ = end_ = 0;
}

void Framer::pass_over(std::size_t size) {
    take(size);
    garbled_bytes_ += size;
}

}  // namespace broker::fix
