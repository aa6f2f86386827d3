// How the venue trades and answers where real venues differ, or where it is not known what DXtrade
// does.
#pragma once

#include <string>

#include "core/decimal.hpp"

namespace broker::simulator {

// What a NewOrderList (E) says its contingency with; ContingencyType is of later versions of FIX.
enum class ListEncoding {
    None,          // lists are refused
    Tag,           // the field `tag` of the list has one of the values below
    ListExecInst,  // ListExecInst (69) is one of them
    ClOrdLinkID    // by ClOrdLinkID (583): see OrderLists
};

// By default as config/profiles/simulator.yaml has it.
struct ListOptions {
    ListEncoding encoding = ListEncoding::Tag;
    int tag = 5010;
    std::string oco = "1";
    std::string oto = "2";
    std::string bracket = "3";
    bool answers_with_list_status = false;  // else with an ExecutionReport for each member
    bool children_are_pending = false;      // 39=A until the entry fills, else 39=0 at once
};

// Which requests are served; others get a BusinessMessageReject with 380=3.
struct AnswerOptions {
    bool order_status = true;     // H
    bool mass_status = true;      // AF
    bool mass_cancel = false;     // q
    bool list_cancel = false;     // K
    bool list_status = false;     // M
    bool positions = true;        // AN
    bool collateral = true;       // BB
    bool trades = true;           // AD
    bool securities = true;       // x, c
    bool trading_session = true;  // g, and unsolicited h
};

enum class CanceledAs { Canceled, Expired, DoneForDay };
enum class LocateRule { NotChecked, Given, GivenAsNo };

struct TradingOptions {
    bool new_order_id_on_replace = false;
    bool rejects_changes_by_report = false;  // 35=8 with 150=8, else OrderCancelReject
    CanceledAs cancels_partially_filled_as = CanceledAs::Canceled;
    bool numbers_exec_ids_per_order = false;  // ExecIDs are unique within their order only
    bool reports_triggers = false;            // 150=L when a stop order wakes
    bool reopens_busted_orders = false;       // a filled order works again when a trade is canceled
    bool ends_day_as_done_for_day = false;    // 150=3, else 150=C
    bool requires_position_effect = false;    // of sell orders
    LocateRule locate = LocateRule::NotChecked;  // LocateReqd (114) of short sales
    int position_code_tag = 0;               // names positions one by one; 0: positions are netted
    bool rejects_empty_mass_status = false;  // BusinessMessageReject, else one report with 103=5
    int securities_per_page = 50;
    core::Decimal margin_rate = *core::Decimal::from(5, 2);  // of what positions are worth
    std::string trading_session_id = "1";
    ListOptions lists{};
    AnswerOptions answers{};
};

}  // namespace broker::simulator
