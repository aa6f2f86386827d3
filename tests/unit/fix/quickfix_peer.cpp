// C++14: includes QuickFIX.
#include "unit/fix/quickfix_peer.hpp"

#include <quickfix/Application.h>
#include <quickfix/DataDictionary.h>
#include <quickfix/Message.h>
#include <quickfix/MessageStore.h>
#include <quickfix/Responder.h>
#include <quickfix/Session.h>

#include <cstdint>

namespace broker {
namespace test {
namespace {

// Loaded once: a schedule is over before a dictionary is read.
FIX::DataDictionaryProvider provider(const std::string& path) {
    static const std::shared_ptr<FIX::DataDictionary> dictionary{new FIX::DataDictionary{path}};
    FIX::DataDictionaryProvider result;
    result.addTransportDataDictionary(FIX::BeginString{"FIX.4.4"}, dictionary);
    return result;
}

// A day that begins one nanosecond after it ends: QuickFIX never resets it.
FIX::TimeRange non_stop() {
    return FIX::TimeRange{FIX::UtcTimeOnly{0, 0, 0, 1, 9}, FIX::UtcTimeOnly{0, 0, 0}};
}

}  // namespace

class QuickfixPeer::Impl final : private FIX::Application, private FIX::Responder {
public:
    explicit Impl(const std::string& dictionary_path)
        : id_{"FIX.4.4", "PEER", "US", std::to_string(reinterpret_cast<std::uintptr_t>(this))},
          session{*this, stores_, id_, provider(dictionary_path), non_stop(), 0, nullptr} {
        session.setMaxLatency(120);
    }

    void attach() {
        is_closed = false;
        session.setResponder(this);
        session.logon();
    }
    void detach() {
        session.disconnect();
        session.setResponder(nullptr);
    }

    std::vector<std::string> sent;
    std::vector<std::string> orders;
    bool is_closed = false;

private:
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override {}
    void onLogout(const FIX::SessionID&) override {}
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) throw(FIX::DoNotSend) override {}
    void fromAdmin(const FIX::Message&,
                   const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                FIX::IncorrectTagValue, FIX::RejectLogon) override {
    }
    void fromApp(const FIX::Message& message,
                 const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                              FIX::IncorrectTagValue,
                                              FIX::UnsupportedMessageType) override {
        orders.push_back(message.getField(FIX::FIELD::ClOrdID));
    }

    bool send(const std::string& message) override {
        if (!is_closed) sent.push_back(message);
        return true;
    }
    void disconnect() override { is_closed = true; }

    FIX::MemoryStoreFactory stores_;
    FIX::SessionID id_;

public:
    FIX::Session session;
};

QuickfixPeer::QuickfixPeer(const std::string& dictionary_path) : impl_{new Impl{dictionary_path}} {}

QuickfixPeer::~QuickfixPeer() = default;

void QuickfixPeer::connected() { impl_->attach(); }

void QuickfixPeer::disconnected() { impl_->detach(); }

void QuickfixPeer::receive(const std::string& message) {
    if (!impl_->is_closed) impl_->session.next(message, FIX::UtcTimeStamp{});
}

void QuickfixPeer::poll() {
    if (!impl_->is_closed) impl_->session.next();
}

void QuickfixPeer::send_report(const std::string& exec_id) {
    FIX::Message report;
    report.getHeader().setField(FIX::BeginString{"FIX.4.4"});
    report.getHeader().setField(FIX::MsgType{"8"});
    report.setField(37, "O1");
    report.setField(17, exec_id);
    report.setField(150, "F");
    report.setField(39, "1");
    report.setField(55, "EUR/USD");
    report.setField(54, "1");
    report.setField(151, "5");
    report.setField(14, "5");
    report.setField(6, "1.1");
    impl_->session.send(report);
}

bool QuickfixPeer::is_logged_on() const { return impl_->session.isLoggedOn(); }

int QuickfixPeer::expected_number() const { return impl_->session.getExpectedTargetNum(); }

bool QuickfixPeer::has_closed() const { return impl_->is_closed; }

std::vector<std::string> QuickfixPeer::take_sent() {
    std::vector<std::string> sent;
    sent.swap(impl_->sent);
    return sent;
}

const std::vector<std::string>& QuickfixPeer::orders() const { return impl_->orders; }

}  // namespace test
}  // namespace broker
