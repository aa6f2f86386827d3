// What a QuickFIX session of the gateway is made with. C++14: only files that see QuickFIX may
// include this.
#pragma once

#include <quickfix/Dictionary.h>
#include <quickfix/Log.h>
#include <quickfix/MessageStore.h>

#include <memory>

#include "simulator/fix_gateway.hpp"

namespace broker {
namespace simulator {

FIX::Dictionary session_settings(const FixGatewayOptions& options);

// Files in the store directory; memory for transient sessions.
std::unique_ptr<FIX::MessageStoreFactory> make_store_factory(const FixGatewayOptions& options);

// Logs that hand QuickFIX's view of the wire to the events.
class WireLogFactory final : public FIX::LogFactory {
public:
    explicit WireLogFactory(FixGatewayEvents& events) : events_(events) {}
    FIX::Log* create() override;
    FIX::Log* create(const FIX::SessionID& id) override;
    void destroy(FIX::Log* log) override;

private:
    FixGatewayEvents& events_;
};

}  // namespace simulator
}  // namespace broker
