#include "simulator/trading_options_yaml.hpp"

namespace broker::simulator {
namespace {

void read(const Entry& entry, const char* name, std::string& into) {
    entry.at(name, [&](const Entry& below) { into = below.text(); });
}

void read(const Entry& entry, const char* name, bool& into) {
    entry.at(name, [&](const Entry& below) { into = below.boolean(); });
}

template <class Value>
void read(const Entry& entry, const char* name, Value& into,
          std::initializer_list<std::pair<std::string_view, Value>> names) {
    entry.at(name, [&](const Entry& below) { into = below.one_of<Value>(names); });
}

void read_tag(const Entry& entry, const char* name, int& into) {
    constexpr int kMaxTag = 99'999;
    entry.at(name, [&](const Entry& tag) { into = tag.integer(0, kMaxTag); });
}

void read_lists(const Entry& entry, ListOptions& options) {
    entry.allow({"encoding", "tag", "values", "answers_with", "children"});
    read(entry, "encoding", options.encoding,
         {{"none", ListEncoding::None},
          {"tag", ListEncoding::Tag},
          {"list_exec_inst", ListEncoding::ListExecInst},
          {"cl_ord_link_id", ListEncoding::ClOrdLinkID}});
    read_tag(entry, "tag", options.tag);
    if (options.encoding == ListEncoding::Tag && options.tag == 0)
        entry.fail("the encoding by a tag needs the tag");
    entry.at("values", [&](const Entry& values) {
        values.allow({"oco", "oto", "bracket"});
        read(values, "oco", options.oco);
        read(values, "oto", options.oto);
        read(values, "bracket", options.bracket);
    });
    read(entry, "answers_with", options.answers_with_list_status,
         {{"execution_reports", false}, {"list_status", true}});
    read(entry, "children", options.children_are_pending, {{"new", false}, {"pending_new", true}});
}

void read_answers(const Entry& entry, AnswerOptions& options) {
    entry.allow({"order_status", "mass_status", "mass_cancel", "list_cancel", "list_status",
                 "positions", "collateral", "trades", "securities", "trading_session"});
    read(entry, "order_status", options.order_status);
    read(entry, "mass_status", options.mass_status);
    read(entry, "mass_cancel", options.mass_cancel);
    read(entry, "list_cancel", options.list_cancel);
    read(entry, "list_status", options.list_status);
    read(entry, "positions", options.positions);
    read(entry, "collateral", options.collateral);
    read(entry, "trades", options.trades);
    read(entry, "securities", options.securities);
    read(entry, "trading_session", options.trading_session);
}

void read_order_checks(const Entry& root, TradingOptions& options) {
    read(root, "requires_position_effect", options.requires_position_effect);
    read(root, "locate", options.locate,
         {{"not_checked", LocateRule::NotChecked},
          {"given", LocateRule::Given},
          {"given_as_no", LocateRule::GivenAsNo}});
    read_tag(root, "position_code_tag", options.position_code_tag);
    root.at("margin_rate", [&](const Entry& rate) {
        options.margin_rate = rate.decimal();
        const auto one = core::Decimal::from(1, 0).value();
        if (options.margin_rate.sign() < 0 || options.margin_rate > one)
            rate.fail("\"" + rate.text() + "\" is not from 0 to 1");
    });
}

}  // namespace

void read_trading_options(const Entry& root, TradingOptions& options) {
    constexpr int kMaxPage = 1000;
    read(root, "new_order_id_on_replace", options.new_order_id_on_replace);
    read(root, "rejects_changes_by", options.rejects_changes_by_report,
         {{"cancel_reject", false}, {"execution_report", true}});
    read(root, "cancels_partially_filled_as", options.cancels_partially_filled_as,
         {{"canceled", CanceledAs::Canceled},
          {"expired", CanceledAs::Expired},
          {"done_for_day", CanceledAs::DoneForDay}});
    read(root, "exec_ids", options.numbers_exec_ids_per_order,
         {{"unique", false}, {"per_order", true}});
    read(root, "reports_triggers", options.reports_triggers);
    read(root, "reopens_busted_orders", options.reopens_busted_orders);
    read(root, "day_ends_as", options.ends_day_as_done_for_day,
         {{"expired", false}, {"done_for_day", true}});
    read(root, "empty_mass_status", options.rejects_empty_mass_status,
         {{"execution_report", false}, {"business_reject", true}});
    root.at("securities_per_page",
            [&](const Entry& page) { options.securities_per_page = page.integer(1, kMaxPage); });
    read(root, "trading_session_id", options.trading_session_id);
    read_order_checks(root, options);
    root.at("order_lists", [&](const Entry& lists) { read_lists(lists, options.lists); });
    root.at("answers", [&](const Entry& answers) { read_answers(answers, options.answers); });
}

}  // namespace broker::simulator
