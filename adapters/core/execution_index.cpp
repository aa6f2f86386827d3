#include "core/execution_index.hpp"

#include <algorithm>
#include <utility>

namespace broker::core {
namespace {

// Equal values have equal hashes, whatever their scale.
std::size_t hash_of(const std::optional<Decimal>& value) {
    if (!value) return 0;
    std::int64_t coefficient = value->coefficient();
    int scale = value->scale();
    while (scale > 0 && coefficient % 10 == 0) {
        coefficient /= 10;
        --scale;
    }
    return std::hash<std::int64_t>{}(coefficient)*31 + static_cast<std::size_t>(scale) + 1;
}

}  // namespace

Execution& last_of(Execution& execution) {
    Execution* last = &execution;
    while (last->replaced_by != nullptr) last = last->replaced_by;
    return *last;
}

std::size_t ExecutionIndex::Hash::operator()(const ExecutionKey& key) const noexcept {
    const std::size_t ids =
        std::hash<OrderID>{}(key.order_id) * 31 + std::hash<ExecID>{}(key.exec_id);
    return ids * 31 + key.order_serial * 4 + static_cast<std::size_t>(key.kind);
}

std::size_t ExecutionIndex::Hash::operator()(const ExecutionContent& content) const noexcept {
    const std::size_t quantities = hash_of(content.qty) * 31 + hash_of(content.cum_qty);
    return quantities * 31 + content.order_serial * 32 +
           static_cast<std::size_t>(content.exec_type);
}

ExecutionIndex::ExecutionIndex(std::size_t max_executions, std::pmr::memory_resource* memory)
    : max_executions_{std::max<std::size_t>(max_executions, 2)},
      executions_{memory},
      contents_{memory} {}

Execution* ExecutionIndex::find(const ExecutionKey& key) {
    const auto found = executions_.find(key);
    return found == executions_.end() ? nullptr : &found->second;
}

Execution* ExecutionIndex::find_copied(const ExecutionContent& content, ChannelMask own,
                                       ChannelMask sharing) {
    const auto found = contents_.find(content);
    if (found == contents_.end()) return nullptr;
    Execution* first = nullptr;
    for (Execution* at = found->second; at != nullptr; at = at->older_alike) {
        if ((at->channels & own) != 0) break;
        if ((at->channels & sharing) == 0) first = at;
    }
    return first;
}

Execution& ExecutionIndex::add(const ExecutionKey& key) {
    if (Execution* known = find(key)) return *known;
    if (executions_.size() >= max_executions_) {
        forget(*oldest_);
        has_forgotten_ = true;
    }
    const auto at = executions_.try_emplace(key).first;
    Execution& execution = at->second;
    execution.key = &at->first;
    execution.number = next_number_++;
    execution.older = newest_;
    (newest_ != nullptr ? newest_->newer : oldest_) = &execution;
    newest_ = &execution;
    return execution;
}

void ExecutionIndex::set_content(Execution& execution, const ExecutionContent& content,
                                 bool is_filed) {
    forget_content(execution);
    execution.content = content;
    if (!is_filed) return;
    execution.is_filed = true;
    Execution*& newest = contents_.try_emplace(content).first->second;
    execution.older_alike = newest;
    if (newest != nullptr) newest->newer_alike = &execution;
    newest = &execution;
}

void ExecutionIndex::forget_content(Execution& execution) {
    if (!execution.is_filed) return;
    Execution* newer = execution.newer_alike;
    Execution* older = execution.older_alike;
    if (older != nullptr) older->newer_alike = newer;
    if (newer != nullptr) {
        newer->older_alike = older;
    } else if (older != nullptr) {
        contents_.find(execution.content)->second = older;
    } else {
        contents_.erase(execution.content);
    }
    execution.newer_alike = nullptr;
    execution.older_alike = nullptr;
    execution.is_filed = false;
}

void ExecutionIndex::rename(Execution& execution, const ExecutionKey& key) {
    auto node = executions_.extract(*execution.key);
    node.key() = key;
    executions_.insert(std::move(node));
    ExecutionContent content = execution.content;
    content.order_serial = key.order_serial;
    set_content(execution, content, execution.is_filed);
}

void ExecutionIndex::forget(Execution& execution) {
    forget_content(execution);
    (execution.newer != nullptr ? execution.newer->older : newest_) = execution.older;
    (execution.older != nullptr ? execution.older->newer : oldest_) = execution.newer;
    // Why a copy: the key must not be part of what is erased.
    const ExecutionKey key = *execution.key;
    executions_.erase(key);
}

}  // namespace broker::core
