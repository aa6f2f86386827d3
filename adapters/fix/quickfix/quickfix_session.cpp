#include "quickfix_session.hpp"

#include <quickfix/Application.h>
#include <quickfix/DataDictionary.h>
#include <quickfix/Log.h>
#include <quickfix/Message.h>
#include <quickfix/Responder.h>
#include <quickfix/Session.h>

#include <cstdint>
#include <cstdlib>
#include <stdexcept>

#include "quickfix_store.hpp"

namespace broker {
namespace fix {
namespace {

// Under this user-defined MsgType QuickFIX sees every application message of the peer; RawData is
// the message itself. It never goes over the wire.
const char* const kEnvelope = "UE";

const int kNever =
    1000 * 1000 * 1000;  // seconds; the engine keeps the deadlines of Logon and Logout

// A day that begins one nanosecond after it ends. With equal ends QuickFIX would reset the session
// if midnight fell between two of its readings of the clock.
FIX::TimeRange non_stop() {
    return FIX::TimeRange{FIX::UtcTimeOnly{0, 0, 0, 1, 9}, FIX::UtcTimeOnly{0, 0, 0}};
}

std::shared_ptr<FIX::DataDictionary> load_dictionary(const std::string& path) {
    try {
        std::shared_ptr<FIX::DataDictionary> dictionary{new FIX::DataDictionary{path}};
        dictionary->addMsgType(kEnvelope);
        dictionary->addFieldValue(FIX::FIELD::MsgType, kEnvelope);
        dictionary->addMsgField(kEnvelope, FIX::FIELD::RawData);
        return dictionary;
    } catch (const FIX::ConfigError& error) {
        throw std::runtime_error{error.what()};
    }
}

// QuickFIX ends a repeating group at a tag that its entries do not have in the dictionary, and
// moves what follows. The orders of a NewOrderList may have tags of a broker's own: the dictionary
// learns them. What stands behind the group's count belongs to its entries, as our encoder writes
// lists.
void learn_list_tags(const std::string& text, FIX::DataDictionary& dictionary) {
    const std::string list = FIX::MsgType_NewOrderList;
    if (text.find("\00135=" + list + "\001") == std::string::npos) return;
    const FIX::DataDictionary* entries = nullptr;
    int first_tag = 0;
    if (!dictionary.getGroup(list, FIX::FIELD::NoOrders, first_tag, entries)) return;
    std::size_t at = text.find("\00173=");
    while (at != std::string::npos && (at = text.find('\001', at + 1)) != std::string::npos) {
        const int tag = std::atoi(text.c_str() + at + 1);
        if (tag == 0 || tag == FIX::FIELD::CheckSum || entries->isField(tag)) continue;
        // The tags of groups inside the entries are the dictionary's, and not the list's.
        const bool is_new = !dictionary.isField(tag) || dictionary.isMsgField(list, tag);
        if (is_new) const_cast<FIX::DataDictionary*>(entries)->addField(tag);
    }
}

FIX::DataDictionaryProvider provide(const std::string& begin_string,
                                    const std::shared_ptr<FIX::DataDictionary>& dictionary) {
    FIX::DataDictionaryProvider provider;
    provider.addTransportDataDictionary(FIX::BeginString{begin_string}, dictionary);
    return provider;
}

int number_of(const FIX::Message& message) {
    FIX::MsgSeqNum number{0};
    message.getHeader().getFieldIfSet(number);
    return number;
}

}  // namespace

// All that FIX::Session calls.
class QuickfixSession::Impl final : private FIX::Application,
                                    private FIX::Responder,
                                    private FIX::LogFactory,
                                    private FIX::Log {
public:
    Impl(const QuickfixSettings& settings, QuickfixHooks& hooks);

    // Nothing that QuickFIX throws goes further.
    template <class Body>
    void guarded(Body body) {
        try {
            body();
        } catch (const std::exception& error) {
            hooks_.failed(error.what());
        } catch (...) {
            hooks_.failed("an unknown exception");
        }
    }
    void attach() { session.setResponder(this); }
    void receive(const QuickfixFields& fields, const std::string* application_message);
    bool send_application_message(const std::string& message);

private:
    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override { hooks_.logged_on(); }
    void onLogout(const FIX::SessionID&) override {}
    void toAdmin(FIX::Message& message, const FIX::SessionID&) override;
    void toApp(FIX::Message& message, const FIX::SessionID&) throw(FIX::DoNotSend) override;
    void fromAdmin(const FIX::Message& message,
                   const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                FIX::IncorrectTagValue, FIX::RejectLogon) override;
    void fromApp(const FIX::Message& message, const FIX::SessionID&) noexcept override;

    bool send(const std::string& message) override {
        hooks_.send(message);
        return true;
    }
    void disconnect() override { hooks_.disconnect(); }

    FIX::Log* create() override { return this; }
    FIX::Log* create(const FIX::SessionID&) override { return this; }
    void destroy(FIX::Log*) override {}
    void clear() override {}
    void backup() override {}
    // Why not: whoever owns the connection has the messages, and Logon has the password.
    void onIncoming(const std::string&) override {}
    void onOutgoing(const std::string&) override {}
    void onEvent(const std::string& text) override { hooks_.event(text); }

    void add_sub_ids(FIX::Message& message) const;
    void name_rejected_type(FIX::Message& reject) const;

    const QuickfixSettings settings_;
    QuickfixHooks& hooks_;
    const FIX::SessionID id_;
    const std::shared_ptr<FIX::DataDictionary> dictionary_;
    QuickfixStore store_;
    QuickfixStoreFactory store_factory_;
    std::string received_type_;  // MsgType of the message that is being received

public:
    FIX::Session session;
};

QuickfixSession::Impl::Impl(const QuickfixSettings& settings, QuickfixHooks& hooks)
    : settings_(settings),
      hooks_(hooks),
      // Why a qualifier: QuickFIX registers its sessions for the whole process, and the same
      // CompIDs may be there twice, in this plugin or in another copy of it.
      id_(settings.begin_string, settings.sender_comp_id, settings.target_comp_id,
          std::to_string(reinterpret_cast<std::uintptr_t>(this))),
      dictionary_(load_dictionary(settings.dictionary_path)),
      store_(id_, hooks),
      store_factory_(store_),
      session(*this, store_factory_, id_, provide(settings.begin_string, dictionary_), non_stop(),
              settings.heart_bt_int, this) {
    session.setMaxLatency(settings.max_latency);
    session.setLogonTimeout(kNever);
    session.setLogoutTimeout(kNever);
}

void QuickfixSession::Impl::receive(const QuickfixFields& fields,
                                    const std::string* application_message) {
    FIX::Message message;
    for (const auto& field : fields) {
        if (field.first == FIX::FIELD::MsgType) received_type_ = field.second;
        if (FIX::Message::isHeaderField(field.first))
            message.getHeader().setField(field.first, field.second);
        else
            message.setField(field.first, field.second);
    }
    if (application_message != nullptr) {
        message.getHeader().setField(FIX::MsgType{kEnvelope});
        message.setField(FIX::FIELD::RawData, *application_message);
    }
    // Why ours: when the peer resets the session in its Logon, QuickFIX adopts its HeartBtInt, and
    // zero would end the heartbeats.
    if (received_type_ == FIX::MsgType_Logon && message.isSetField(FIX::FIELD::HeartBtInt))
        message.setField(FIX::HeartBtInt{settings_.heart_bt_int});
    session.next(message, FIX::UtcTimeStamp{});
}

bool QuickfixSession::Impl::send_application_message(const std::string& text) {
    try {
        // Why by the dictionary: without it QuickFIX would sort the fields of repeating groups.
        learn_list_tags(text, *dictionary_);
        FIX::Message message{text, *dictionary_, false};
        return session.send(message);
    } catch (const FIX::InvalidMessage&) {
        return false;
    }
}

void QuickfixSession::Impl::toAdmin(FIX::Message& message, const FIX::SessionID&) {
    guarded([&] {
        FIX::MsgType type;
        message.getHeader().getField(type);
        add_sub_ids(message);
        if (type == FIX::MsgType_Reject) name_rejected_type(message);
        if (type != FIX::MsgType_Logon) return;
        if (!settings_.username.empty()) message.setField(FIX::Username{settings_.username});
        const std::string password = hooks_.password();
        if (!password.empty()) message.setField(FIX::Password{password});
    });
}

void QuickfixSession::Impl::toApp(FIX::Message& message,
                                  const FIX::SessionID&) throw(FIX::DoNotSend) {
    bool may_send = true;
    guarded([&] {
        add_sub_ids(message);
        if (message.getHeader().isSetField(FIX::FIELD::PossDupFlag))
            may_send = hooks_.may_resend(number_of(message), message.toString());
    });
    if (!may_send) throw FIX::DoNotSend{};
}

void QuickfixSession::Impl::fromAdmin(const FIX::Message& message, const FIX::SessionID&) throw(
    FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) {
    bool is_range_sound = true;
    guarded([&] {
        FIX::MsgType type;
        message.getHeader().getField(type);
        if (type == FIX::MsgType_Reject) hooks_.session_reject();
        if (type != FIX::MsgType_ResendRequest) return;
        FIX::BeginSeqNo begin;
        FIX::EndSeqNo end;
        message.getField(begin);
        message.getField(end);
        // QuickFIX answers a range of messages that were never sent with nonsense.
        is_range_sound =
            begin >= 1 && begin < session.getExpectedSenderNum() && (end == 0 || end >= begin);
    });
    if (!is_range_sound) throw FIX::IncorrectTagValue{FIX::FIELD::BeginSeqNo};
}

void QuickfixSession::Impl::fromApp(const FIX::Message& message, const FIX::SessionID&) noexcept {
    guarded([&] {
        hooks_.application_message(number_of(message), message.getField(FIX::FIELD::RawData));
    });
}

void QuickfixSession::Impl::add_sub_ids(FIX::Message& message) const {
    if (!settings_.sender_sub_id.empty())
        message.getHeader().setField(FIX::SenderSubID{settings_.sender_sub_id});
    if (!settings_.target_sub_id.empty())
        message.getHeader().setField(FIX::TargetSubID{settings_.target_sub_id});
}

// QuickFIX rejects envelopes; the peer wants to know what was in them.
void QuickfixSession::Impl::name_rejected_type(FIX::Message& reject) const {
    FIX::RefMsgType type;
    if (reject.getFieldIfSet(type) && type == std::string{kEnvelope})
        reject.setField(FIX::RefMsgType{received_type_});
}

QuickfixSession::QuickfixSession(const QuickfixSettings& settings, QuickfixHooks& hooks)
    : impl_(new Impl{settings, hooks}) {}

QuickfixSession::~QuickfixSession() = default;

void QuickfixSession::connect(bool resets) {
    impl_->guarded([&] {
        impl_->session.setResetOnLogon(resets);
        impl_->attach();
        impl_->session.logon();
        impl_->session.next();
    });
}

void QuickfixSession::disconnect() {
    impl_->guarded([&] {
        impl_->session.setResponder(nullptr);
        impl_->session.disconnect();
    });
}

void QuickfixSession::receive(const QuickfixFields& fields) {
    impl_->guarded([&] { impl_->receive(fields, nullptr); });
}

void QuickfixSession::receive(const QuickfixFields& header, const std::string& message) {
    impl_->guarded([&] { impl_->receive(header, &message); });
}

bool QuickfixSession::send(const std::string& message) {
    bool is_sent = false;
    impl_->guarded([&] { is_sent = impl_->send_application_message(message); });
    return is_sent;
}

void QuickfixSession::logout(const std::string& text) {
    impl_->guarded([&] {
        impl_->session.logout(text);
        impl_->session.next();
    });
}

void QuickfixSession::poll() {
    impl_->guarded([&] { impl_->session.next(); });
}

bool QuickfixSession::is_logged_on() const { return impl_->session.isLoggedOn(); }

bool QuickfixSession::has_sent_logout() const { return impl_->session.sentLogout(); }

}  // namespace fix
}  // namespace broker
