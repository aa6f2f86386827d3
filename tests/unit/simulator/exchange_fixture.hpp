// An exchange without sockets. Whatever it sends must be valid by the dictionary.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "dictionary_check.hpp"
#include "simulator/exchange.hpp"
#include "support/manual_clock.hpp"

namespace broker::simulator {

inline core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

// An exchange for account ACC1, where EURUSD is 1.10000 bid, 1.10002 asked, a million on each side.
class ExchangeFixture : public testing::Test {
protected:
    ExchangeFixture() { make_exchange(); }

    void place(const std::string& cl_ord_id, const std::string& quantity, const std::string& price,
               std::vector<FixField> more = {}) {
        FixMessage fix{"D", {{11, cl_ord_id}, {55, "EURUSD"}, {54, "1"}, {38, quantity}}};
        fix.add(40, price.empty() ? "1" : "2");
        if (!price.empty()) fix.add(44, price);
        for (auto& field : more) fix.fields.push_back(std::move(field));
        exchange_->receive("ACC1", fix);
    }
    void cancel(const std::string& cl_ord_id, const std::string& orig_cl_ord_id) {
        exchange_->receive(
            "ACC1",
            {"F", {{11, cl_ord_id}, {41, orig_cl_ord_id}, {55, "EURUSD"}, {54, "1"}, {38, "1"}}});
    }
    void replace(const std::string& cl_ord_id, const std::string& orig_cl_ord_id,
                 const std::string& quantity, const std::string& price) {
        exchange_->receive("ACC1", {"G",
                                    {{11, cl_ord_id},
                                     {41, orig_cl_ord_id},
                                     {55, "EURUSD"},
                                     {54, "1"},
                                     {38, quantity},
                                     {40, "2"},
                                     {44, price}}});
    }
    void ask_status(const std::string& cl_ord_id) {
        exchange_->receive("ACC1", {"H", {{11, cl_ord_id}, {55, "EURUSD"}, {54, "1"}}});
    }
    void pass(core::Duration time) {
        clock_.advance(time);
        exchange_->run_due();
    }
    void rule(Rule rule) { exchange_->behaviour().add(std::move(rule)); }

    // What was sent since the last call, as "MsgType tag=value ..." for the tags given.
    std::vector<std::string> sent(std::initializer_list<int> tags = {150, 39, 11, 41, 14, 151}) {
        std::vector<std::string> lines;
        for (const auto& fix : std::exchange(sent_, {})) {
            std::string line = fix.msg_type;
            for (const int tag : tags)
                if (const auto* value = fix.find(tag))
                    line += ' ' + std::to_string(tag) + '=' + *value;
            lines.push_back(line);
        }
        return lines;
    }
    using Lines = std::vector<std::string>;

    // Anew, with options_.
    void make_exchange() {
        exchange_ = std::make_unique<Exchange>(
            options_, "1", clock_, [this](const std::string& session, const FixMessage& fix) {
                EXPECT_EQ(complaint_about(fix), "") << "sent to " << session;
                sent_.push_back(fix);
            });
    }
    // An order for EURUSD of these fields and no others.
    void order(const std::string& cl_ord_id, std::vector<FixField> fields) {
        FixMessage fix{"D", {{11, cl_ord_id}, {55, "EURUSD"}}};
        for (auto& field : fields) fix.fields.push_back(std::move(field));
        exchange_->receive("ACC1", fix);
    }
    void quote(std::string_view bid, std::string_view ask) {
        ASSERT_TRUE(exchange_->market().set_quote("EURUSD", decimal(bid), decimal(ask)));
        exchange_->match_all();
    }
    [[nodiscard]] std::string held() const {
        std::string text;
        for (const auto& position : exchange_->account("ACC1")->positions())
            text += position.symbol + ' ' + position.quantity.to_string() + '@' +
                    position.avg_px.to_string() + ' ';
        return text + exchange_->account("ACC1")->cash().to_string();
    }
    // The ExecID of the last report that was sent.
    [[nodiscard]] std::string last_exec_id() const { return sent_.back().value(17); }

    test::ManualClock clock_;
    std::vector<FixMessage> sent_;
    SimulatorOptions options_;
    std::unique_ptr<Exchange> exchange_;
};

}  // namespace broker::simulator
