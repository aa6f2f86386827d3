// Storage of the order ledger: its orders, the requests about them, and every id that names one.
#pragma once

#include <cstdint>
#include <list>
#include <memory_resource>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/order_ledger.hpp"

namespace broker::core {

struct OrderRecord;

// A ClOrdID that names an order: of a request of ours, or one the venue reported (another session's
// or a dealer's request about the order).
struct IdRecord {
    OrderRecord* order = nullptr;
    bool is_ours = false;
    bool took_effect = false;  // a replace that the venue has put in force
    std::uint64_t age = 0;     // ids recorded later have a larger one
    Request request;           // of ours; for others only the id
    std::list<IdRecord*, std::pmr::polymorphic_allocator<IdRecord*>>::iterator awaiting;
    bool is_awaiting = false;

    [[nodiscard]] bool is_open() const;  // ours, and neither acknowledged nor rejected
};

// One bit for each channel.
using ChannelMask = std::uint32_t;
[[nodiscard]] constexpr ChannelMask bit_of(Channel channel) {
    return ChannelMask{1} << static_cast<unsigned>(channel);
}

// Those of the REST and push API: they tell of whole accounts, by the venue's own ids.
inline constexpr ChannelMask kRestChannels = bit_of(Channel::Rest) | bit_of(Channel::Push);
[[nodiscard]] constexpr bool is_rest(Channel channel) {
    return (bit_of(channel) & kRestChannels) != 0;
}

struct OrderRecord {
    explicit OrderRecord(std::pmr::memory_resource* memory) : ids{memory}, order_ids{memory} {}

    // Not sent by us, and only channels beside the trading session have told of it.
    [[nodiscard]] bool is_copy_only() const {
        return order.is_unsolicited && channels != 0 &&
               (channels & ~(bit_of(Channel::FixDropCopy) | kRestChannels)) == 0;
    }

    Order order;
    std::uint64_t serial = 0;           // never used twice, unlike the venue's ids; grows
    std::uint64_t mentioned_at = 0;     // the newest serial when a status answer named the order
    ChannelMask channels = 0;           // that have reported about it
    ChannelMask trade_channels = 0;     // that have reported fills of it
    std::uint64_t first_execution = 0;  // number of the execution that would have been its first
    OrderID orig_order_id;              // OrigOrdId (9945), if a drop copy has told it
    bool is_in_live_list = true;        // as opposed to the finished list
    // Rejected because the venue said that it knows no such order. Any later sign of life of the
    // order proves that answer premature.
    bool is_presumed_absent = false;
    std::uint64_t in_force_age = 0;       // age of the id in force: an older one never returns
    Decimal unseen_qty;                   // filled before the ledger knew the order
    std::pmr::vector<IdRecord*> ids;      // oldest first; the first made the order
    std::pmr::vector<OrderID> order_ids;  // a venue may give a new one with each replace
    std::pmr::list<OrderRecord>::iterator self;
};

// Owned by OrderLedger. Memory is pooled, so that a ledger that has grown to its load allocates
// nothing. Records stay where they are until their order is evicted.
// [event-thread]
class OrderIndex {
public:
    // More ids of one order than this, and the oldest settled ones are forgotten.
    static constexpr std::size_t kMaxIdsPerOrder = 64;
    static constexpr std::size_t kMaxOrderIdsPerOrder = 16;
    // Of a list that the venue reports more orders of, the later ones are not found by ListID.
    static constexpr std::size_t kMaxOrdersPerList = 16;

    explicit OrderIndex(OrderLedgerLimits limits);

    [[nodiscard]] std::pmr::memory_resource* memory() { return &pool_; }

    [[nodiscard]] OrderRecord* find_by_order_id(std::string_view order_id) const;
    [[nodiscard]] IdRecord* find_id(std::string_view cl_ord_id);
    [[nodiscard]] const IdRecord* find_id(std::string_view cl_ord_id) const;
    [[nodiscard]] OrderRecord* find_by_orig_order_id(std::string_view orig_order_id) const;

    // The sent requests of one message that still wait for their answer or are in doubt, oldest
    // first.
    using Ids = std::pmr::vector<IdRecord*>;
    void find_by_msg_seq_num(MsgSeqNum number, Ids& found) const;

    // The orders of a list that are remembered, in its order; null if there is no such list.
    using Orders = std::pmr::vector<OrderRecord*>;
    [[nodiscard]] const Orders* find_list(std::string_view list_id) const;

    [[nodiscard]] OrderRecord& add_order();                           // live
    void add_to_list(OrderRecord& record, std::string_view list_id);  // unless it is in one
    // False if the order has as many unsettled requests as it may have.
    [[nodiscard]] static bool has_room_for_request(const OrderRecord& record);
    IdRecord& add_request(OrderRecord& record, const Request& request);
    void add_foreign_id(OrderRecord& record, std::string_view cl_ord_id);  // unless known
    // Makes it current, unless it is another channel's name for an order that has one.
    void add_order_id(OrderRecord& record, std::string_view order_id, bool is_current = true);
    void add_orig_order_id(OrderRecord& record, std::string_view orig_order_id);  // unless known

    // `from` turns out to be the order `into`: its ids become those of `into` and it is forgotten.
    void absorb(OrderRecord& into, OrderRecord& from);

    // No earlier request has this number: a new message goes out with it.
    void release_msg_seq_num(MsgSeqNum number);
    void set_msg_seq_num(IdRecord& id, MsgSeqNum number);
    void forget_msg_seq_nums();

    // Changes what is known of a request and everything that is counted from it.
    void set_certainty(IdRecord& id, Certainty certainty, Reason reason);

    // Puts the order into the live or the finished list, as it is by now.
    void refile(OrderRecord& record);
    // Forgets finished orders beyond the limit. Records of these become invalid.
    void evict();

    // Serials up to the one returned are those of orders that are there.
    [[nodiscard]] std::uint64_t newest_serial() const { return last_serial_; }
    // A serial that no order has, greater than those of the orders that are there.
    [[nodiscard]] std::uint64_t next_mark() { return ++last_serial_; }

    // Sent or not: requests without an answer that are not in doubt, oldest first.
    using Awaiting = std::pmr::list<IdRecord*>;
    [[nodiscard]] const Awaiting& awaiting() const { return awaiting_; }
    [[nodiscard]] const std::pmr::list<OrderRecord>& live() const { return live_; }
    [[nodiscard]] std::size_t unknown_count() const { return unknown_count_; }

private:
    // Lets maps of ids be searched by text, without making an id of it.
    struct TextHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const noexcept {
            return std::hash<std::string_view>{}(text);
        }
        std::size_t operator()(const ClOrdID& id) const noexcept { return (*this)(id.view()); }
    };
    struct TextEqual {
        using is_transparent = void;
        static std::string_view text(std::string_view text) { return text; }
        static std::string_view text(const ClOrdID& id) { return id.view(); }
        bool operator()(const auto& a, const auto& b) const { return text(a) == text(b); }
    };
    template <class Value>
    using TextMap = std::pmr::unordered_map<FixedString<64>, Value, TextHash, TextEqual>;

    IdRecord& add_id(OrderRecord& record, const ClOrdID& id);
    void forget_oldest_id(OrderRecord& record);
    void forget_id(IdRecord* id);
    void forget_order(std::pmr::list<OrderRecord>& from, OrderRecord& record);
    void leave_list(OrderRecord& record);
    void forget_msg_seq_num(const IdRecord& id);
    void stop_awaiting(IdRecord& id);

    OrderLedgerLimits limits_;
    std::pmr::unsynchronized_pool_resource pool_;
    std::pmr::list<OrderRecord> live_{&pool_};
    std::pmr::list<OrderRecord> finished_{&pool_};  // first finished first
    TextMap<IdRecord> ids_{&pool_};
    TextMap<OrderRecord*> order_ids_{&pool_};
    TextMap<OrderRecord*> orig_order_ids_{&pool_};
    TextMap<Orders> lists_{&pool_};
    std::pmr::unordered_multimap<MsgSeqNum, IdRecord*> msg_seq_nums_{&pool_};
    Awaiting awaiting_{&pool_};
    std::uint64_t last_serial_ = 0;
    std::uint64_t last_age_ = 0;
    std::size_t unknown_count_ = 0;
};

}  // namespace broker::core
