// The labels that a script's steps have named so far, account by account.
#pragma once

#include <set>
#include <string>
#include <utility>
#include <variant>

#include "host/script_steps.hpp"
#include "host/script_value.hpp"

namespace broker::sample_host::script {

// Why several kinds: a cancel_all names requests that the adapter makes, so nothing can be expected
// of its prefix; and only a list can be canceled as one.
class Labels {
public:
    // Notes the labels of `step`; throws ScriptError at `value` if one is used twice, or refers to
    // nothing above.
    void check(const Step& step, const Value& value) {
        std::visit([&](const auto& action) { check_action(action, value); }, step.action);
    }

private:
    using Label = std::pair<std::string, std::string>;  // account and id

    template <class Action>
    void check_action(const Action& action, const Value& value) {
        if constexpr (requires { action.orig; }) {
            add_request(action.account, action.id, value);
        } else if constexpr (requires { action.prefix; }) {
            add({action.account, action.prefix}, value);
        }
    }
    void check_action(const Submit& step, const Value& value) {
        add_request(step.account, step.id, value);
    }
    void check_action(const SubmitList& step, const Value& value) {
        add({step.account, step.id}, value);
        lists_.insert({step.account, step.id});
        for (const OrderTerms& order : step.orders) add_request(step.account, order.id, value);
    }
    void check_action(const CancelList& step, const Value& value) {
        require(lists_, {step.account, step.list}, "cancel_list.list", "a submit_list", value);
        add({step.account, step.prefix}, value);
    }
    void check_action(const Query& step, const Value& value) {
        if (step.id.empty()) return;
        add({step.account, step.id}, value);
        questions_.insert({step.account, step.id});
    }
    void check_action(const Subscribe& step, const Value& value) {
        add({step.account, step.id}, value);
        questions_.insert({step.account, step.id});
        subscriptions_.insert({step.account, step.id});
    }
    void check_action(const Unsubscribe& step, const Value& value) {
        require(subscriptions_, {step.account, step.subscription}, "unsubscribe.subscription",
                "a subscribe", value);
    }
    void check_action(const Expect& step, const Value& value) {
        require(requests_, {step.account, step.id}, "expect.id", "a request", value);
    }
    void check_action(const ExpectEvent& step, const Value& value) {
        if (step.of.empty()) return;
        require(questions_, {step.account, step.of}, "expect_event.of",
                "a question or subscription", value);
    }

    void add(const Label& label, const Value& value) {
        if (used_.insert(label).second) return;
        value.fail("expected a new id, found \"" + label.second + "\", which " + label.first +
                   " has used already");
    }
    void add_request(const std::string& account, const std::string& id, const Value& value) {
        add({account, id}, value);
        requests_.insert({account, id});
    }
    static void require(const std::set<Label>& known, const Label& label, const std::string& key,
                        const std::string& what, const Value& value) {
        if (known.contains(label)) return;
        value.fail(key + ": expected the id of " + what + " above, found \"" + label.second +
                   "\", which " + label.first + " has not sent");
    }

    std::set<Label> used_;
    std::set<Label> requests_;
    std::set<Label> lists_;
    std::set<Label> questions_;
    std::set<Label> subscriptions_;
};

}  // namespace broker::sample_host::script
