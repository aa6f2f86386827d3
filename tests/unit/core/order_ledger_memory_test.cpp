// What the ledger costs: no allocation once warm, bounded memory against any input.
#include <array>
#include <cstdio>
#include <random>

#include "order_ledger_fixture.hpp"
#include "support/allocation_count.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;
using test::allocation_count;

class OrderLedgerMemory : public OrderLedgerTest {
protected:
    // The whole life of one order: new, fill, replace, cancel refused, fill, bust, cancel.
    void live_and_die(OrderLedger& ledger, int number) {
        std::array<char, 16> digits{};
        const auto name = [&](char prefix) {
            const int size = std::snprintf(digits.data(), digits.size(), "%c-%d", prefix, number);
            return ClOrdID::from({digits.data(), static_cast<std::size_t>(size)}).value();
        };
        const ClOrdID a = name('A'), r = name('R'), c = name('C'), d = name('D'), o = name('O');
        NewOrder order = limit_order("x");
        order.cl_ord_id = a;
        static_cast<void>(ledger.add(order, deadline()));
        const auto sent = [&](const ClOrdID& cl) {
            ledger.sent(cl, ++seq_num_, clock_.monotonic(), clock_.monotonic());
        };
        sent(a);
        const auto report = [&](ExecType type, OrdStatus status, const ClOrdID& cl,
                                std::string_view exec, std::string_view ref = {}) {
            Report text{type, status};
            text.ids(cl.view(), {}, o.view()).exec(exec, ref).last("10");
            static_cast<void>(ledger.apply(text));
        };
        report(ExecType::New, OrdStatus::New, a, "E-1");
        report(ExecType::Trade, OrdStatus::PartiallyFilled, a, "E-2");
        ReplaceOrder replace;
        replace.cl_ord_id = r;
        replace.orig_cl_ord_id = a;
        replace.price = dec("1.3");
        static_cast<void>(ledger.add(replace, deadline()));
        sent(r);
        report(ExecType::Replaced, OrdStatus::PartiallyFilled, r, "E-3");
        CancelOrder cancel;
        cancel.cl_ord_id = c;
        cancel.orig_cl_ord_id = a;
        static_cast<void>(ledger.add(cancel, deadline()));
        sent(c);
        OrderCancelReject reject;
        reject.cl_ord_id = c.view();
        static_cast<void>(ledger.apply(reject));
        report(ExecType::TradeCancel, OrdStatus::New, r, "E-4", "E-2");
        cancel.cl_ord_id = d;
        cancel.orig_cl_ord_id = r;
        static_cast<void>(ledger.add(cancel, deadline()));
        sent(d);
        report(ExecType::Canceled, OrdStatus::Canceled, d, "E-5");
    }

    // A list that is canceled, of whose first order a drop copy tells before the venue answers.
    void list_and_copy(OrderLedger& ledger, int number) {
        std::array<char, 16> digits{};
        const auto name = [&](const char* prefix) {
            const int size = std::snprintf(digits.data(), digits.size(), "%s-%d", prefix, number);
            return ClOrdID::from({digits.data(), static_cast<std::size_t>(size)}).value();
        };
        const std::array members{name("L1"), name("L2")};
        NewOrderList list;
        list.list_id = name("L");
        list.order_count = 2;
        for (std::size_t i = 0; i < members.size(); ++i) {
            list.orders[i] = limit_order("x");
            list.orders[i].cl_ord_id = members[i];
        }
        static_cast<void>(ledger.add(list, deadline()));
        ledger.list_sent(list.list_id, ++seq_num_, clock_.monotonic(), clock_.monotonic());
        const OrderID order_id = name("LO");
        Report copy{ExecType::Trade, OrdStatus::PartiallyFilled};
        copy.ids({}, {}, order_id.view()).exec("c-1").last("10").cum("10");
        copy.channel = Channel::FixDropCopy;
        static_cast<void>(ledger.apply(copy));
        copy.channel = Channel::FixTrading;
        copy.ids(members[0].view(), {}, order_id.view()).exec("E-1");
        EXPECT_TRUE(ledger.apply(copy).is_merged);
        EXPECT_EQ(ledger.find(members[0])->filled_qty, dec("10"));
        CancelOrderList cancel;
        cancel.list_id = list.list_id;
        cancel.cl_ord_id_prefix = *FixedString<48>::from(name("LC").view());
        static_cast<void>(ledger.add(cancel, deadline()));
        ledger.list_sent(list.list_id, ++seq_num_, clock_.monotonic(), clock_.monotonic());
        for (const ClOrdID& member : members) {
            Report canceled{ExecType::Canceled, OrdStatus::Canceled};
            canceled.ids(member.view(), {}, {}).exec("E-2");
            static_cast<void>(ledger.apply(canceled));
        }
    }
};

TEST_F(OrderLedgerMemory, DoesNotAllocateOnceItsPoolsHaveGrown) {
    OrderLedger ledger{
        {.max_live_orders = 100, .max_finished_orders = 200, .max_executions = 1000}};
    int number = 0;
    const auto play = [&](int end) {
        for (; number < end; ++number) {
            live_and_die(ledger, number);
            list_and_copy(ledger, number);
        }
    };
    play(2000);
    const std::size_t before = allocation_count();
    play(5000);
    EXPECT_EQ(allocation_count() - before, 0U);
}

TEST_F(OrderLedgerMemory, StaysBoundedAgainstReportsWithEverNewIds) {
    OrderLedger ledger{{.max_live_orders = 50, .max_finished_orders = 50, .max_executions = 500}};
    std::mt19937 random{7};
    const auto pick = [&](unsigned count) { return static_cast<int>(random() % count); };
    std::size_t at_half = 0;
    const std::size_t before = allocation_count();
    for (int i = 0; i < 60'000; ++i) {
        std::array<char, 32> text{};
        const int size = std::snprintf(text.data(), text.size(), "id-%d", i);
        const std::string_view fresh{text.data(), static_cast<std::size_t>(size)};
        const bool is_known = pick(2) == 0;
        const std::string_view known = "K";
        Report report{static_cast<ExecType>(pick(19)), static_cast<OrdStatus>(pick(16))};
        report.ids(pick(3) == 0 ? known : fresh, is_known ? known : std::string_view{},
                   pick(3) == 0 ? known : fresh);
        report.exec(fresh, pick(2) == 0 ? fresh : known).last("1");
        static_cast<void>(ledger.apply(report));
        if (i == 30'000) at_half = allocation_count();
    }
    EXPECT_LE(ledger.live_count(), 151U);
    EXPECT_GT(at_half, before);
    EXPECT_EQ(allocation_count(), at_half);
}

// Whatever arrives, in any order: no crash, and the invariants of an order hold.
TEST_F(OrderLedgerMemory, KeepsItsInvariantsAgainstRandomTraffic) {
    for (unsigned seed = 0; seed < 40; ++seed) {
        OrderLedger ledger{{.max_live_orders = 8, .max_finished_orders = 4, .max_executions = 16}};
        std::mt19937 random{seed};
        const auto pick = [&](unsigned count) { return static_cast<int>(random() % count); };
        const std::array<std::string, 8> names{"a", "b", "c", "d", "e", "f", "g", ""};
        const auto any = [&] { return std::string_view{names[static_cast<std::size_t>(pick(8))]}; };
        for (int step = 0; step < 2000; ++step) {
            const ClOrdID cl = id(names[static_cast<std::size_t>(pick(7))]);
            switch (pick(11)) {
                case 0: {
                    NewOrder order = limit_order("x");
                    order.cl_ord_id = cl;
                    static_cast<void>(ledger.add(order, deadline()));
                    break;
                }
                case 1: {
                    ReplaceOrder replace;
                    replace.cl_ord_id = cl;
                    replace.orig_cl_ord_id = id(any());
                    static_cast<void>(ledger.add(replace, deadline()));
                    break;
                }
                case 2: {
                    CancelOrder cancel;
                    cancel.cl_ord_id = cl;
                    cancel.orig_cl_ord_id = id(any());
                    static_cast<void>(ledger.add(cancel, deadline()));
                    break;
                }
                case 3:
                    ledger.sent(cl, static_cast<MsgSeqNum>(pick(20)), {}, clock_.monotonic());
                    break;
                case 4:
                    static_cast<void>(ledger.not_sent(cl, Reason::OrderTooOld));
                    break;
                case 5:
                    ledger.disconnected([](const Order&, const Request&) {});
                    break;
                case 6: {
                    MessageReject reject;
                    reject.ref_seq_num = static_cast<MsgSeqNum>(pick(20));
                    static_cast<void>(ledger.apply(reject));
                    break;
                }
                case 7: {
                    OrderCancelReject reject;
                    reject.cl_ord_id = any();
                    reject.orig_cl_ord_id = any();
                    reject.ord_status = static_cast<OrdStatus>(pick(16));
                    reject.is_order_unknown = pick(2) == 0;
                    static_cast<void>(ledger.apply(reject));
                    break;
                }
                case 8: {
                    NewOrderList list;
                    list.list_id = cl;
                    list.order_count = 2;
                    for (NewOrder& order : list.orders) {
                        order = limit_order(names[static_cast<std::size_t>(pick(7))]);
                    }
                    if (ledger.add(list, deadline())) ledger.list_sent(cl, 7, {}, {});
                    break;
                }
                case 9: {
                    CancelOrderList cancel;
                    cancel.list_id = cl;
                    static_cast<void>(ledger.add(cancel, deadline()));
                    ledger.list_sent(cl, static_cast<MsgSeqNum>(pick(20)), {}, clock_.monotonic());
                    break;
                }
                default: {
                    Report report{static_cast<ExecType>(pick(19)),
                                  static_cast<OrdStatus>(pick(16))};
                    report.ids(any(), any(), any()).exec(any(), any());
                    if (pick(2) == 0) report.channel = Channel::FixDropCopy;
                    report.orig_order_id = any();
                    report.list_id = any();
                    if (pick(2) == 0) report.cum(std::to_string(pick(200)));
                    if (pick(2) == 0) report.last(std::to_string(pick(50)));
                    const Applied applied = ledger.apply(report);
                    if (applied.order != nullptr) {
                        EXPECT_GE(applied.order->cum_qty, applied.order->filled_qty);
                        EXPECT_GE(applied.order->leaves_qty, Decimal{});
                    }
                }
            }
            std::size_t live = 0;
            ledger.for_each_live([&](const Order& order) {
                ++live;
                EXPECT_TRUE(order.is_live());
                EXPECT_LE(order.open_requests, 64U);
            });
            ASSERT_EQ(live, ledger.live_count());
            ASSERT_LE(live, 21U);
        }
    }
}

}  // namespace
}  // namespace broker::core
