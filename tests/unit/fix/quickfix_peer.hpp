// A venue's side of a session: stock QuickFIX's FIX::Session as acceptor, behind std types alone.
#pragma once

#include <memory>
#include <string>
#include <vector>

namespace broker {
namespace test {

// Without socket, thread and file; it reads the wall clock, see support/wall_clock.hpp. Its
// numbers and messages outlive a connection.
class QuickfixPeer {
public:
    explicit QuickfixPeer(const std::string& dictionary_path);
    ~QuickfixPeer();

    void connected();
    void disconnected();
    void receive(const std::string& message);
    void poll();  // heartbeats, test requests, timeouts

    // An ExecutionReport with this ExecID; without a connection it waits for a ResendRequest.
    void send_report(const std::string& exec_id);

    bool is_logged_on() const;
    int expected_number() const;  // MsgSeqNum of the next message that it takes in its turn
    bool has_closed() const;      // it wants the connection closed
    std::vector<std::string> take_sent();            // whole messages, since the last call
    const std::vector<std::string>& orders() const;  // ClOrdIDs that came, in order

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace test
}  // namespace broker
