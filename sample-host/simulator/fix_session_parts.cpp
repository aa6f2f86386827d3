#include "simulator/fix_session_parts.hpp"

#include <quickfix/FileStore.h>
#include <quickfix/SessionSettings.h>

#include <string>
#include <utility>

namespace broker {
namespace simulator {
namespace {

class WireLog final : public FIX::Log {
public:
    WireLog(FixGatewayEvents& events, std::string sender_comp_id)
        : events_(events), sender_comp_id_(std::move(sender_comp_id)) {}
    void clear() override {}
    void backup() override {}
    void onIncoming(const std::string& raw) override {
        events_.on_wire(sender_comp_id_, true, raw);
    }
    void onOutgoing(const std::string& raw) override {
        events_.on_wire(sender_comp_id_, false, raw);
    }
    void onEvent(const std::string&) override {}

private:
    FixGatewayEvents& events_;
    std::string sender_comp_id_;
};

}  // namespace

std::unique_ptr<FIX::MessageStoreFactory> make_store_factory(const FixGatewayOptions& options) {
    std::unique_ptr<FIX::MessageStoreFactory> factory;
    if (options.is_transient)
        factory.reset(new FIX::MemoryStoreFactory);
    else
        factory.reset(new FIX::FileStoreFactory(options.store_directory));
    return factory;
}

FIX::Dictionary session_settings(const FixGatewayOptions& options) {
    FIX::Dictionary settings;
    settings.setString(FIX::CONNECTION_TYPE, "acceptor");
    settings.setString(FIX::START_DAY, "sunday");
    settings.setString(FIX::START_TIME, "00:00:00");
    settings.setString(FIX::END_DAY, "saturday");
    settings.setString(FIX::END_TIME, "23:59:59");
    settings.setString(FIX::USE_DATA_DICTIONARY, options.data_dictionary.empty() ? "N" : "Y");
    if (!options.data_dictionary.empty()) {
        settings.setString(FIX::DATA_DICTIONARY, options.data_dictionary);
        settings.setString(FIX::VALIDATE_USER_DEFINED_FIELDS, "N");
    }
    settings.setString(FIX::RESET_ON_LOGON, options.is_transient ? "Y" : "N");
    settings.setString(FIX::PERSIST_MESSAGES, options.is_transient ? "N" : "Y");
    return settings;
}

FIX::Log* WireLogFactory::create() { return new WireLog(events_, ""); }

FIX::Log* WireLogFactory::create(const FIX::SessionID& id) {
    return new WireLog(events_, id.getTargetCompID().getValue());
}

void WireLogFactory::destroy(FIX::Log* log) { delete log; }

}  // namespace simulator
}  // namespace broker
