#include "unit/net/dns_stub.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>

namespace broker::test {
namespace {

using boost::asio::ip::udp;

constexpr std::size_t kHeader = 12;  // RFC 1035, section 4.1.1
constexpr int kTypeA = 1;
constexpr int kTypeAaaa = 28;

void append_16(std::string& text, std::size_t value) {
    text += static_cast<char>(value >> 8U & 0xFFU);
    text += static_cast<char>(value & 0xFFU);
}

// The record of an address for the name that the question has.
std::string record_of(const boost::asio::ip::address& address) {
    std::string record{"\xC0\x0C", 2};  // the name: see offset 12
    append_16(record, address.is_v4() ? kTypeA : kTypeAaaa);
    append_16(record, 1);  // IN
    append_16(record, 0);  // time to live
    append_16(record, 60);
    const auto add = [&](const auto& bytes) {
        append_16(record, bytes.size());
        for (const unsigned char byte : bytes) record += static_cast<char>(byte);
    };
    if (address.is_v4()) {
        add(address.to_v4().to_bytes());
    } else {
        add(address.to_v6().to_bytes());
    }
    return record;
}

}  // namespace

DnsStub::DnsStub(Names names, int silent)
    : socket_{context_, udp::endpoint{boost::asio::ip::address_v4::loopback(), 0}},
      names_{std::move(names)},
      silent_{silent} {
    receive();
    thread_ = std::thread{[this] { context_.run(); }};
}

DnsStub::~DnsStub() {
    context_.stop();
    thread_.join();
}

std::string DnsStub::server() const {
    return "127.0.0.1:" + std::to_string(socket_.local_endpoint().port());
}

void DnsStub::receive() {
    buffer_.assign(512, '\0');
    socket_.async_receive_from(boost::asio::buffer(buffer_), from_,
                               [this](const boost::system::error_code& error, std::size_t size) {
                                   if (error) return;
                                   ++questions_;
                                   const std::string answer = answer_to(buffer_.substr(0, size));
                                   boost::system::error_code ignored;  // who asked may be gone
                                   if (!answer.empty()) {
                                       socket_.send_to(boost::asio::buffer(answer), from_, 0,
                                                       ignored);
                                   }
                                   receive();
                               });
}

std::string DnsStub::answer_to(const std::string& question) const {
    std::string name;
    std::size_t at = kHeader;
    while (at < question.size() && question[at] != 0) {
        const auto size = static_cast<unsigned char>(question[at]);
        name += (name.empty() ? "" : ".") + question.substr(at + 1, size);
        at += 1U + size;
    }
    if (at + 5 > question.size()) return {};
    const int type = static_cast<unsigned char>(question[at + 2]);
    const bool is_v6 = type == kTypeAaaa;
    const auto known = names_.find(name);
    if (known == names_.end() || silent_ == (is_v6 ? 6 : 4)) return {};

    std::string records;
    std::size_t count = 0;
    for (const std::string& text : known->second) {
        const auto address = boost::asio::ip::make_address(text);
        if (address.is_v6() != is_v6) continue;
        records += record_of(address);
        ++count;
    }
    std::string answer = question.substr(0, 2);
    append_16(answer, known->second.empty() ? 0x8183 : 0x8180);  // NXDOMAIN, or no error
    append_16(answer, 1);
    append_16(answer, count);
    append_16(answer, 0);
    append_16(answer, 0);
    return answer + question.substr(kHeader, at + 5 - kHeader) + records;
}

}  // namespace broker::test
