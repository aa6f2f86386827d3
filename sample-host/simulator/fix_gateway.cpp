#include "simulator/fix_gateway.hpp"

#include <quickfix/Application.h>
#include <quickfix/Message.h>
#include <quickfix/Parser.h>
#include <quickfix/Responder.h>
#include <quickfix/Session.h>
#include <quickfix/SessionFactory.h>
#include <quickfix/SessionSettings.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <stdexcept>
#include <utility>

#include "simulator/fix_fields.hpp"
#include "simulator/fix_session_parts.hpp"

namespace broker {
namespace simulator {
namespace {

constexpr std::size_t kMaxUnparsed = 1024 * 1024;

// Why: QuickFIX 1.15.1 with a dictionary believes the length before a data field and reads beyond
// the message. No request that is served here has such a field.
bool has_data_length(const std::string& raw) {
    static const char* const kLengthFields[] = {
        "\00190=",  "\00193=",  "\00195=",  "\001212=", "\001348=", "\001350=",
        "\001352=", "\001354=", "\001356=", "\001358=", "\001360=", "\001362=",
        "\001364=", "\001445=", "\001618=", "\001621="};
    return std::any_of(std::begin(kLengthFields), std::end(kLengthFields),
                       [&raw](const char* field) { return raw.find(field) != std::string::npos; });
}

// One connection as a session sees it.
class Link final : public FIX::Responder {
public:
    Link(ByteConnection& connection, std::string common_name)
        : connection_(connection), common_name_(std::move(common_name)) {}

    bool send(const std::string& message) override {
        connection_.send(message);
        return true;
    }
    void disconnect() override {
        is_closing_ = true;
        connection_.close();
    }

    FIX::Session* session = nullptr;  // none before the first message
    FIX::Parser parser;
    std::size_t unparsed = 0;

    bool is_closing() const { return is_closing_; }
    const std::string& common_name() const { return common_name_; }

private:
    ByteConnection& connection_;
    std::string common_name_;
    bool is_closing_ = false;
};

struct Entry {
    FixGatewaySession options;
    FIX::Session* session;
    Link* link;  // null: offline
};

// What happened in a session, to be told when QuickFIX has returned.
struct Arrival {
    enum class Kind { Request, End } kind;
    std::string sender_comp_id;
    FixMessage message;
};

}  // namespace

// Why requests wait in an inbox until the session returns: what handles them must not throw through
// QuickFIX, whose throw() lists would end the process, and sends answers through the same session.
struct FixGateway::Impl final : FIX::Application {
    Impl(const FixGatewayOptions& options, FixGatewayEvents& gateway_events);
    ~Impl() override;
    Impl(const Impl&) = delete;
    Impl& operator=(const Impl&) = delete;

    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override {}
    void onLogout(const FIX::SessionID& id) override {
        inbox.push_back({Arrival::Kind::End, id.getTargetCompID().getValue(), {}});
    }
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) throw(FIX::DoNotSend) override {}
    void fromAdmin(const FIX::Message& message,
                   const FIX::SessionID& id) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                   FIX::IncorrectTagValue,
                                                   FIX::RejectLogon) override;
    void fromApp(const FIX::Message& message,
                 const FIX::SessionID& id) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                 FIX::IncorrectTagValue,
                                                 FIX::UnsupportedMessageType) override;

    Entry* find(const std::string& sender_comp_id);
    bool attach(Link& link, const std::string& raw);
    void take(Link& link, const std::string& raw);
    void release_closed();
    void deliver();

    FixGatewayEvents& events;
    std::string target_comp_id;
    bool is_transient;
    std::unique_ptr<FIX::MessageStoreFactory> stores;
    WireLogFactory logs;
    FIX::SessionFactory factory;
    std::map<std::string, Entry> entries;  // by the client's SenderCompID
    std::map<ByteConnection*, std::unique_ptr<Link>> links;
    std::vector<Arrival> inbox;
};

FixGateway::Impl::Impl(const FixGatewayOptions& options, FixGatewayEvents& gateway_events)
    : events(gateway_events),
      target_comp_id(options.target_comp_id),
      is_transient(options.is_transient),
      stores(make_store_factory(options)),
      logs(gateway_events),
      factory(*this, *stores, &logs) {
    const FIX::Dictionary settings = session_settings(options);
    for (const auto& session : options.sessions) {
        const FIX::SessionID id("FIX.4.4", target_comp_id, session.sender_comp_id);
        if (FIX::Session::doesSessionExist(id))
            throw std::runtime_error("the session " + id.toString() +
                                     " exists already in this process");
        entries[session.sender_comp_id] = Entry{session, factory.create(id, settings), nullptr};
    }
}

FixGateway::Impl::~Impl() {
    for (auto& entry : entries) factory.destroy(entry.second.session);
}

void FixGateway::Impl::fromAdmin(const FIX::Message& message, const FIX::SessionID& id) throw(
    FIX::FieldNotFound, FIX::IncorrectDataFormat, FIX::IncorrectTagValue, FIX::RejectLogon) {
    const auto value = [&message](int tag) {
        return message.isSetField(tag) ? message.getField(tag) : std::string();
    };
    if (message.getHeader().getField(FIX::FIELD::MsgType) != "A") return;
    const Entry* entry = find(id.getTargetCompID().getValue());
    if (entry == nullptr || entry->link == nullptr) throw FIX::RejectLogon("unknown session");
    if (is_transient && value(FIX::FIELD::ResetSeqNumFlag) != "Y")
        throw FIX::RejectLogon("ResetSeqNumFlag (141) must be Y on every Logon");
    if (entry->link->common_name() != entry->options.certificate_name)
        throw FIX::RejectLogon("the client certificate is for " + entry->link->common_name());
    if (value(FIX::FIELD::Username) != entry->options.username ||
        value(FIX::FIELD::Password) != entry->options.password)
        throw FIX::RejectLogon("unknown Username or wrong Password");
}

void FixGateway::Impl::fromApp(const FIX::Message& message,
                               const FIX::SessionID& id) throw(FIX::FieldNotFound,
                                                               FIX::IncorrectDataFormat,
                                                               FIX::IncorrectTagValue,
                                                               FIX::UnsupportedMessageType) {
    inbox.push_back(
        {Arrival::Kind::Request, id.getTargetCompID().getValue(), message_from(message)});
}

Entry* FixGateway::Impl::find(const std::string& sender_comp_id) {
    const auto found = entries.find(sender_comp_id);
    return found == entries.end() ? nullptr : &found->second;
}

// The first message names the session. As with QuickFIX's own acceptors, a session that has a
// connection keeps it: a second one is closed without a word.
bool FixGateway::Impl::attach(Link& link, const std::string& raw) {
    FIX::Session* session = FIX::Session::lookupSession(raw, true);
    if (session == nullptr) return false;
    Entry* entry = find(session->getSessionID().getTargetCompID().getValue());
    if (entry == nullptr || entry->session != session || entry->link != nullptr) return false;
    entry->link = &link;
    link.session = session;
    session->setResponder(&link);
    return true;
}

void FixGateway::Impl::take(Link& link, const std::string& raw) {
    if (has_data_length(raw)) return link.disconnect();
    try {
        if (link.session == nullptr && !attach(link, raw)) return link.disconnect();
        link.session->next(raw, FIX::UtcTimeStamp());
    } catch (const FIX::InvalidMessage&) {
        // FIX 4.4, volume 2: a garbled message is ignored; before the logon nobody need listen.
        if (link.session == nullptr)
            link.disconnect();
        else if (!link.session->isLoggedOn())
            link.session->disconnect();
    }
    release_closed();
}

// A session that has closed its connection may have another one at once.
void FixGateway::Impl::release_closed() {
    for (auto& entry : entries) {
        Link*& link = entry.second.link;
        if (link == nullptr || !link->is_closing()) continue;
        link->session = nullptr;
        link = nullptr;
    }
}

void FixGateway::Impl::deliver() {
    const auto arrivals = std::move(inbox);
    inbox.clear();
    for (const auto& arrival : arrivals) {
        if (arrival.kind == Arrival::Kind::Request)
            events.on_request(arrival.sender_comp_id, arrival.message);
        else
            events.on_end(arrival.sender_comp_id);
    }
}

FixGateway::FixGateway(const FixGatewayOptions& options, FixGatewayEvents& events) try
    : impl_(new Impl(options, events)) {
} catch (const FIX::Exception& e) {
    throw std::runtime_error(std::string("fix gateway: ") + e.what());
}

FixGateway::~FixGateway() = default;

void FixGateway::opened(ByteConnection& connection, const std::string& common_name) {
    impl_->links[&connection].reset(new Link(connection, common_name));
}

void FixGateway::received(ByteConnection& connection, const char* data, std::size_t size) {
    Link& link = *impl_->links.at(&connection);
    link.parser.addToStream(data, size);
    link.unparsed += size;
    std::string raw;
    while (!link.is_closing()) {
        try {
            if (!link.parser.readFixMessage(raw)) break;
        } catch (const FIX::MessageParseError&) {
            continue;  // the parser has dropped what it could not read
        }
        link.unparsed -= std::min(link.unparsed, raw.size());
        impl_->take(link, raw);
    }
    impl_->deliver();
    // Why a bound: the parser believes any BodyLength and would wait for its end for ever.
    if (link.unparsed > kMaxUnparsed && !link.is_closing()) connection.close();
}

void FixGateway::closed(ByteConnection& connection) {
    const auto found = impl_->links.find(&connection);
    if (found == impl_->links.end()) return;
    if (found->second->session != nullptr) found->second->session->disconnect();
    impl_->release_closed();
    impl_->links.erase(found);
    impl_->deliver();
}

void FixGateway::tick() {
    for (auto& entry : impl_->entries) entry.second.session->next();
    impl_->release_closed();
    impl_->deliver();
}

void FixGateway::send(const std::string& sender_comp_id, const FixMessage& message) {
    Entry* entry = impl_->find(sender_comp_id);
    if (entry == nullptr) return;
    VerbatimMessage fix(message);
    entry->session->send(fix);
}

void FixGateway::logout_all(const std::string& reason) {
    for (auto& entry : impl_->entries) {
        entry.second.session->logout(reason);
        entry.second.session->next();
    }
    impl_->release_closed();
    impl_->deliver();
}

bool FixGateway::has_session(const std::string& sender_comp_id) const {
    return impl_->find(sender_comp_id) != nullptr;
}

bool FixGateway::is_logged_on(const std::string& sender_comp_id) const {
    const Entry* entry = impl_->find(sender_comp_id);
    return entry != nullptr && entry->session->isLoggedOn();
}

bool FixGateway::set_next_sender_msg_seq_num(const std::string& sender_comp_id, int number) {
    Entry* entry = impl_->find(sender_comp_id);
    if (entry != nullptr) entry->session->setNextSenderMsgSeqNum(number);
    return entry != nullptr;
}

bool FixGateway::set_next_target_msg_seq_num(const std::string& sender_comp_id, int number) {
    Entry* entry = impl_->find(sender_comp_id);
    if (entry != nullptr) entry->session->setNextTargetMsgSeqNum(number);
    return entry != nullptr;
}

}  // namespace simulator
}  // namespace broker
