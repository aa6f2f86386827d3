#include "quickfix_store.hpp"

#include <quickfix/Message.h>

#include <algorithm>

namespace broker {
namespace fix {
namespace {

// Older messages are gap-filled unseen. Why: QuickFIX loads at once what it resends and blocks
// until it is sent, and orders older than a few seconds are gap-filled anyway.
const int kMaxResent = 2000;

void check(bool is_done) throw(FIX::IOException) {
    if (!is_done) throw FIX::IOException{"the message store failed"};
}

bool is_admin(const std::string& message) {
    const std::string type_field =
        "\001"
        "35=";
    const std::string::size_type type = message.find(type_field) + type_field.size();
    const std::string::size_type end = message.find('\001', type);
    return FIX::Message::isAdminMsgType(FIX::MsgType{message.substr(type, end - type)});
}

}  // namespace

bool QuickfixStore::set(int number, const std::string& message) throw(FIX::IOException) {
    bool is_session_message = false;
    try {
        is_session_message = is_admin(message);
    } catch (...) {
        check(false);
    }
    check(is_session_message ? hooks_.add_session_message(number, message)
                             : hooks_.add(number, message));
    return true;
}

void QuickfixStore::get(int begin, int end, std::vector<std::string>& messages) const
    throw(FIX::IOException) {
    const int last = hooks_.read(std::max(begin, end - kMaxResent + 1), end, messages);
    check(last >= 0);
    if (begin > end || last == end) return;
    // Why: QuickFIX gap-fills what is missing between two messages, but gives its SequenceReset a
    // wrong number if the last one is missing.
    try {
        messages.push_back(placeholder(end));
    } catch (...) {
        check(false);
    }
}

int QuickfixStore::getNextSenderMsgSeqNum() const noexcept {
    return hooks_.next_sender_msg_seq_num();
}

int QuickfixStore::getNextTargetMsgSeqNum() const noexcept {
    return hooks_.next_target_msg_seq_num();
}

void QuickfixStore::setNextSenderMsgSeqNum(int next) throw(FIX::IOException) {
    check(hooks_.set_next_sender_msg_seq_num(next));
}

void QuickfixStore::setNextTargetMsgSeqNum(int next) throw(FIX::IOException) {
    check(hooks_.set_next_target_msg_seq_num(next));
}

void QuickfixStore::incrNextSenderMsgSeqNum() throw(FIX::IOException) {
    setNextSenderMsgSeqNum(getNextSenderMsgSeqNum() + 1);
}

void QuickfixStore::incrNextTargetMsgSeqNum() throw(FIX::IOException) {
    setNextTargetMsgSeqNum(getNextTargetMsgSeqNum() + 1);
}

void QuickfixStore::reset() throw(FIX::IOException) { check(hooks_.reset()); }

// A session message in place of one that is not stored: QuickFIX gap-fills it.
std::string QuickfixStore::placeholder(int number) const {
    FIX::Message heartbeat;
    heartbeat.setSessionID(session_);
    heartbeat.getHeader().setField(FIX::MsgType{FIX::MsgType_Heartbeat});
    heartbeat.getHeader().setField(FIX::MsgSeqNum{number});
    heartbeat.getHeader().setField(FIX::SendingTime{});
    return heartbeat.toString();
}

}  // namespace fix
}  // namespace broker
