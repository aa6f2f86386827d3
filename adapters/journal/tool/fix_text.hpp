// A FIX message out of a journal, as people and programs read it.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "fix/codec/message_view.hpp"
#include "journal_tool/fix_names.hpp"

namespace broker::journal_tool {

// Why not MessageView: a record may have lost its secrets and so its CheckSum, and what a peer sent
// is shown however malformed it is.
class FixText {
public:
    explicit FixText(std::string_view message);

    [[nodiscard]] std::string_view msg_type() const { return get(35); }
    [[nodiscard]] std::string_view get(std::int32_t tag) const;  // empty if it is not there
    [[nodiscard]] std::uint64_t msg_seq_num() const;             // 0: none
    [[nodiscard]] bool is_poss_dup() const { return get(43) == "Y"; }

    // "NewOrderSingle(D) ClOrdID=A-1 Side=1(BUY) …", without what every message has for transport.
    [[nodiscard]] std::string line(const FixNames& names) const;
    // The message as it is, with | for SOH.
    [[nodiscard]] std::string raw() const;
    void add_to(boost::json::object& object, const FixNames& names) const;

private:
    // Passwords and their like never leave the tool, should a record have one.
    [[nodiscard]] std::string_view shown_value(const fix::Field& field) const;
    [[nodiscard]] std::string_view shown_rest() const;

    std::vector<fix::Field> fields_;
    std::string_view rest_;  // from where on it is not tag=value
};

}  // namespace broker::journal_tool
