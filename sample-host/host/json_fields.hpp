// How the ABI's records are written as JSON: a table of keys and members for each.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "broker/abi/broker.h"
#include "host/json_object.hpp"

namespace broker::sample_host {

// The name of a value of an enum, as in broker/sdk/names.hpp.
using NameOf = std::string_view (*)(std::int32_t value);
// The names of a set of such values.
using NamesOf = std::string (*)(std::uint64_t bits);

// What the members of a record are, where their type does not say it.
template <class Record>
struct JsonMember {
    struct Name {
        std::int32_t Record::*value;
        NameOf name;
    };
    struct NameSet {
        std::uint64_t Record::*bits;
        NamesOf names;
    };
    struct Flag {
        std::int32_t Record::*value;
    };
    struct Number {
        std::int64_t Record::*value;
    };
    // Absent at 0 only if it says so, or if its flag, where it has one, is 0.
    struct Count {
        std::uint64_t Record::*value;
        bool is_absent_at_zero = false;
        std::int32_t Record::*is_known = nullptr;
    };
    struct Time {
        std::int64_t Record::*value;
    };
    struct Reason {
        std::int32_t Record::*value;
    };
    struct NamedFields {
        broker_str_t Record::*value;
    };
    using Value =
        std::variant<broker_str_t Record::*, broker_decimal_t Record::*, Name, NameSet, Flag,
                     Number, Count, Time, Reason, NamedFields, broker_stage_times_t Record::*>;
};

template <class Record>
struct JsonField {
    std::string_view key;
    typename JsonMember<Record>::Value value;
};

// ---- what tables are written with

template <class Record>
constexpr auto name(std::int32_t Record::*value, NameOf name_of) {
    return typename JsonMember<Record>::Name{value, name_of};
}
template <class Record>
constexpr auto names(std::uint64_t Record::*bits, NamesOf names_of) {
    return typename JsonMember<Record>::NameSet{bits, names_of};
}
template <class Record>
constexpr auto flag(std::int32_t Record::*value) {
    return typename JsonMember<Record>::Flag{value};
}
template <class Record>
constexpr auto number(std::int64_t Record::*value) {
    return typename JsonMember<Record>::Number{value};
}
template <class Record>
constexpr auto count(std::uint64_t Record::*value) {
    return typename JsonMember<Record>::Count{value};
}
template <class Record>
constexpr auto count_unless_zero(std::uint64_t Record::*value) {
    return typename JsonMember<Record>::Count{value, true};
}
template <class Record>
constexpr auto count_if(std::int32_t Record::*is_known, std::uint64_t Record::*value) {
    return typename JsonMember<Record>::Count{value, false, is_known};
}
template <class Record>
constexpr auto time(std::int64_t Record::*value) {
    return typename JsonMember<Record>::Time{value};
}
// The keys are `reason` and `reason_code`.
template <class Record>
constexpr JsonField<Record> reason(std::int32_t Record::*value) {
    return {"reason", typename JsonMember<Record>::Reason{value}};
}
template <class Record>
constexpr JsonField<Record> named_fields(broker_str_t Record::*value) {
    return {"fields", typename JsonMember<Record>::NamedFields{value}};
}

// ---- how they are read

// Adds one member of `record`.
template <class Record>
class JsonFieldWriter {
public:
    using Member = JsonMember<Record>;

    JsonFieldWriter(JsonObject& object, std::string_view key, const Record& record)
        : object_{object}, key_{key}, record_{record} {}

    template <class Value>
    void operator()(Value Record::*member) const {
        object_.add(key_, record_.*member);
    }
    void operator()(broker_stage_times_t Record::*member) const {
        object_.add_stages(record_.*member);
    }
    void operator()(const typename Member::Name& member) const {
        object_.add(key_, member.name(record_.*member.value));
    }
    void operator()(const typename Member::NameSet& member) const {
        object_.add(key_, member.names(record_.*member.bits));
    }
    void operator()(const typename Member::Flag& member) const {
        object_.add_flag(key_, record_.*member.value);
    }
    void operator()(const typename Member::Number& member) const {
        object_.add_number(key_, record_.*member.value);
    }
    void operator()(const typename Member::Count& member) const {
        const std::uint64_t value = record_.*member.value;
        const bool is_known = member.is_known == nullptr || record_.*member.is_known != 0;
        object_.add_count_if(key_, value, is_known && !(member.is_absent_at_zero && value == 0));
    }
    void operator()(const typename Member::Time& member) const {
        object_.add_time(key_, record_.*member.value);
    }
    void operator()(const typename Member::Reason& member) const {
        object_.add_reason(record_.*member.value);
    }
    void operator()(const typename Member::NamedFields& member) const {
        object_.add_fields(record_.*member.value);
    }

private:
    JsonObject& object_;
    std::string_view key_;
    const Record& record_;
};

template <class Record>
void add_fields_of(JsonObject& object, const Record& record,
                   std::span<const JsonField<Record>> fields) {
    for (const JsonField<Record>& field : fields) {
        std::visit(JsonFieldWriter<Record>{object, field.key, record}, field.value);
    }
}

}  // namespace broker::sample_host
