// FIX::Session of QuickFIX behind std types alone, so that C++20 code can use it: QuickFIX's own
// headers are C++14 and stay in quickfix_session.cpp.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace broker {
namespace fix {

struct QuickfixSettings {
    std::string begin_string;
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string sender_sub_id;
    std::string target_sub_id;
    std::string username;
    std::string dictionary_path;
    int heart_bt_int = 30;
    int max_latency = 120;  // seconds that SendingTime may differ from the wall clock
};

// What FIX::Session needs around it. Called from inside QuickfixSession's functions. Nothing is
// thrown: most of QuickFIX's callbacks end the process if anything unexpected leaves them.
class QuickfixHooks {
public:
    virtual ~QuickfixHooks() = default;

    virtual void send(const std::string& message) noexcept = 0;
    virtual void disconnect() noexcept = 0;  // QuickFIX ends the session
    virtual void logged_on() noexcept = 0;
    virtual void application_message(int number, const std::string& message) noexcept = 0;
    virtual void session_reject() noexcept = 0;  // what is being received is a Reject in its turn
    virtual bool may_resend(int number, const std::string& message) noexcept = 0;
    virtual void event(const std::string& text) noexcept = 0;   // QuickFIX's log, without messages
    virtual void failed(const std::string& text) noexcept = 0;  // something unexpected was thrown
    virtual std::string password() noexcept = 0;

    // The message store; false or -1 if it fails. read() appends the application messages that are
    // there and returns the number of the last one, 0 if there is none.
    virtual int next_sender_msg_seq_num() noexcept = 0;
    virtual int next_target_msg_seq_num() noexcept = 0;
    virtual bool set_next_sender_msg_seq_num(int next) noexcept = 0;
    virtual bool set_next_target_msg_seq_num(int next) noexcept = 0;
    virtual bool add(int number, const std::string& message) noexcept = 0;
    virtual bool add_session_message(int number, const std::string& message) noexcept = 0;
    virtual int read(int begin, int end, std::vector<std::string>& messages) noexcept = 0;
    virtual bool reset() noexcept = 0;
};

using QuickfixFields = std::vector<std::pair<int, std::string>>;

// One FIX::Session of the initiator's kind, without socket, thread or file. Its heartbeat timers,
// its SendingTime and the check of the peer's read the wall clock: 1.15.1 has no way to give it
// another. It runs non-stop: no schedule of QuickFIX's resets it.
// [event-thread]
class QuickfixSession {
public:
    // Throws std::runtime_error if the dictionary does not load.
    QuickfixSession(const QuickfixSettings& settings, QuickfixHooks& hooks);
    ~QuickfixSession();

    // A connection is up: sends Logon. `resets`: the numbers begin at 1, and the Logon says so.
    void connect(bool resets);
    void disconnect();

    // A session message: the fields that the session's rules look at.
    void receive(const QuickfixFields& fields);
    // An application message: header fields, and the whole message as it came. QuickFIX sees to its
    // number, and hands the message to application_message() when its turn comes. It neither parses
    // nor validates it: a fill is not lost over an unknown enum value, and nothing that a peer
    // wrote reaches QuickFIX's parser, which trusts lengths.
    void receive(const QuickfixFields& header, const std::string& message);

    // Numbers, stores and sends; `message` has MsgType and body between any header and trailer.
    // False: QuickFIX cannot read it, or the store failed.
    bool send(const std::string& message);
    void logout(const std::string& text);  // sends Logout, and waits for the answer
    void poll();                           // heartbeats, test requests and their timeout

    bool is_logged_on() const;
    bool has_sent_logout() const;

private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace fix
}  // namespace broker
