// QuickFIX's message store over ours. C++14: includes QuickFIX.
#pragma once

#include <quickfix/MessageStore.h>
#include <quickfix/SessionID.h>

#include <string>
#include <vector>

#include "quickfix_session.hpp"

namespace broker {
namespace fix {

// Gives application messages alone: QuickFIX gap-fills the others, which are stored for the record.
// A failure of our store is FIX::IOException, and already known to the hooks.
class QuickfixStore final : public FIX::MessageStore {
public:
    QuickfixStore(const FIX::SessionID& session, QuickfixHooks& hooks)
        : session_(session), hooks_(hooks) {}

    bool set(int number, const std::string& message) throw(FIX::IOException) override;
    void get(int begin, int end, std::vector<std::string>& messages) const
        throw(FIX::IOException) override;

    int getNextSenderMsgSeqNum() const noexcept override;
    int getNextTargetMsgSeqNum() const noexcept override;
    void setNextSenderMsgSeqNum(int next) throw(FIX::IOException) override;
    void setNextTargetMsgSeqNum(int next) throw(FIX::IOException) override;
    void incrNextSenderMsgSeqNum() throw(FIX::IOException) override;
    void incrNextTargetMsgSeqNum() throw(FIX::IOException) override;

    // Now, so that it is never in another session than the time QuickFIX compares it with.
    FIX::UtcTimeStamp getCreationTime() const noexcept override { return FIX::UtcTimeStamp{}; }
    void reset() throw(FIX::IOException) override;
    void refresh() noexcept override {}

private:
    std::string placeholder(int number) const;

    const FIX::SessionID& session_;
    QuickfixHooks& hooks_;
};

// Hands out the one store, which it does not own.
class QuickfixStoreFactory final : public FIX::MessageStoreFactory {
public:
    explicit QuickfixStoreFactory(QuickfixStore& store) : store_(store) {}
    FIX::MessageStore* create(const FIX::SessionID&) override { return &store_; }
    void destroy(FIX::MessageStore*) override {}

private:
    QuickfixStore& store_;
};

}  // namespace fix
}  // namespace broker
