#include "dxtrade/rest/channel_parts.hpp"

#include <string>
#include <utility>

namespace broker::dxtrade::rest {

void ChannelParts::tell_faults(const json::ReadFaults& faults, std::string_view what) const {
    for (const json::ReadFault& each : faults.kept()) {
        core::VenueFault fault;
        fault.reason = each.reason;
        fault.channel = core::Channel::Rest;
        fault.msg_type = what;
        fault.text = each.text;
        listener.on_venue_fault(fault);
    }
    if (faults.count() <= faults.kept().size()) return;
    core::VenueFault others;
    others.reason = core::Reason::MessageUnusable;
    others.channel = core::Channel::Rest;
    others.msg_type = what;
    others.text = "more of the same";
    others.count = faults.count() - faults.kept().size();
    listener.on_venue_fault(others);
}

ReadAnswer read_answer(net::HttpOutcome outcome, std::string_view what) {
    const std::string step = std::string{what} + ": ";
    if (!outcome.response) {
        core::Error error = outcome.response.error();
        error.detail.insert(0, step);
        return {std::move(error), Proof::Nothing, false};
    }
    const net::HttpResponse& response = *outcome.response;
    if (response.status == 304) return {std::move(*outcome.response), Proof::Nothing, true};
    if (response.status / 100 == 2) return {std::move(*outcome.response), Proof::Nothing, false};
    const RestError error =
        rest_error(response.status, response.header("Content-Type"), response.body);
    const Verdict said = verdict(error, RequestClass::Read);
    return {core::fail(said.reason, step + text_of(error)), said.proof, false};
}

}  // namespace broker::dxtrade::rest
