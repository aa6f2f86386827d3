// FIX acceptor sessions of stock QuickFIX, those of one listener. The files of the simulator that
// see QuickFIX stand behind this header, which has std types alone: they are C++14.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "simulator/byte_connection.hpp"
#include "simulator/fix_message.hpp"

namespace broker {
namespace simulator {

// What the gateway tells. [event-thread]
class FixGatewayEvents {
public:
    virtual ~FixGatewayEvents() = default;
    // An application message that its session has accepted, of any type the dictionary has.
    virtual void on_request(const std::string& sender_comp_id, const FixMessage& message) = 0;
    // A session that was logged on is so no longer; comes after its last on_request.
    virtual void on_end(const std::string& sender_comp_id) = 0;
    // Bytes of one message as they were received or handed to the connection, secrets included.
    virtual void on_wire(const std::string& sender_comp_id, bool is_from_client,
                         const std::string& raw) = 0;
};

struct FixGatewaySession {
    std::string sender_comp_id;    // the client's
    std::string certificate_name;  // common name that the client's certificate must have
    std::string username;
    std::string password;
};

struct FixGatewayOptions {
    std::string target_comp_id;
    std::string store_directory;  // sequence numbers and sent messages, for restarts and resends
    std::string data_dictionary;  // empty: messages are not validated against one
    std::vector<FixGatewaySession> sessions;
    // Sessions start anew with each Logon, which must have ResetSeqNumFlag (141) = Y, and nothing
    // is kept: every ResendRequest is answered with a GapFill.
    bool is_transient = false;
};

// QuickFIX's FIX::Session on connections that are accepted elsewhere.
// Why not its SocketAcceptor: it listens on every network interface, waits with select(), which
// ends the process at descriptor 1024, and wants a port number that is known to be free.
// Sessions are reset weekly, at midnight UTC from Saturday to Sunday, as QuickFIX has no session
// without end.
class FixGateway final : public ByteConnectionHandler {
public:
    // Throws std::runtime_error: a bad dictionary, no store, or a session with the same CompIDs
    // elsewhere in this process.
    FixGateway(const FixGatewayOptions& options, FixGatewayEvents& events);
    ~FixGateway() override;

    void opened(ByteConnection& connection, const std::string& common_name) override;
    void received(ByteConnection& connection, const char* data, std::size_t size) override;
    void closed(ByteConnection& connection) override;

    // Heartbeats and timeouts; to be called every second.
    void tick();
    // The fields go out as they are, in their order, whatever they are: only the session's own
    // (BeginString, BodyLength, MsgType, MsgSeqNum, CompIDs, SendingTime, CheckSum) are replaced. A
    // resend reads the stored message with the dictionary, which may bring its fields into another
    // order. To a session that is offline the message goes when the client asks for a resend.
    void send(const std::string& sender_comp_id, const FixMessage& message);
    // Sends Logout to whoever is logged on.
    void logout_all(const std::string& reason);

    bool has_session(const std::string& sender_comp_id) const;
    bool is_logged_on(const std::string& sender_comp_id) const;
    // False: no such session.
    bool set_next_sender_msg_seq_num(const std::string& sender_comp_id, int number);
    bool set_next_target_msg_seq_num(const std::string& sender_comp_id, int number);

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace simulator
}  // namespace broker
