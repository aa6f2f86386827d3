// A name server on loopback that knows a few names and is silent about all others.
#pragma once

#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/udp.hpp>
#include <map>
#include <string>
#include <thread>
#include <vector>

namespace broker::test {

// Answers on a thread of its own.
class DnsStub {
public:
    // Addresses by name. A name without addresses does not exist; one of another family has none.
    // Questions of a family in `silent` (4 or 6), and of names that are not there, get no answer.
    using Names = std::map<std::string, std::vector<std::string>>;
    explicit DnsStub(Names names, int silent = 0);
    ~DnsStub();
    DnsStub(const DnsStub&) = delete;
    DnsStub& operator=(const DnsStub&) = delete;

    [[nodiscard]] std::string server() const;  // ip:port
    [[nodiscard]] int questions() const { return questions_; }

private:
    void receive();
    [[nodiscard]] std::string answer_to(const std::string& question) const;

    boost::asio::io_context context_;
    boost::asio::ip::udp::socket socket_;
    boost::asio::ip::udp::endpoint from_;
    std::string buffer_;
    Names names_;
    int silent_;
    std::atomic<int> questions_{0};
    std::thread thread_;
};

}  // namespace broker::test
