#include "bench/quickfix_client.hpp"

#include <quickfix/Application.h>
#include <quickfix/FileStore.h>
#include <quickfix/MessageStore.h>
#include <quickfix/SSLSocketInitiator.h>
#include <quickfix/Session.h>
#include <quickfix/SessionSettings.h>
#include <quickfix/fix44/NewOrderSingle.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <mutex>
#include <sstream>
#include <stdexcept>
#include <thread>
#include <utility>

namespace broker {
namespace bench {
namespace {

constexpr std::chrono::seconds kLogonTimeout{10};
constexpr std::chrono::milliseconds kStopPoll{1};

// QuickFIX's defaults as far as they go. Without a CA file it checks no certificate, which saves it
// nothing that is measured, and a line on standard output for each handshake.
FIX::SessionSettings settings_of(const QuickFixOptions& options) {
    std::ostringstream text;
    text << "[DEFAULT]\nConnectionType=initiator\nStartTime=00:00:00\nEndTime=00:00:00\n"
         << "HeartBtInt=30\nReconnectInterval=1\nSocketNodelay=Y\n"
         << "SocketConnectHost=127.0.0.1\nSocketConnectPort=" << options.port
         << "\nUseDataDictionary=Y\nDataDictionary=" << options.data_dictionary << '\n';
    if (!options.store_directory.empty())
        text << "FileStorePath=" << options.store_directory << '\n';
    text << "[SESSION]\nBeginString=FIX.4.4\nSenderCompID=BENCH-Q\nTargetCompID=DXTRADE\n";
    std::istringstream stream{text.str()};
    return FIX::SessionSettings{stream};
}

std::unique_ptr<FIX::MessageStoreFactory> store_factory_of(const QuickFixOptions& options,
                                                           const FIX::SessionSettings& settings) {
    if (options.store_directory.empty()) {
        return std::unique_ptr<FIX::MessageStoreFactory>{new FIX::MemoryStoreFactory};
    }
    return std::unique_ptr<FIX::MessageStoreFactory>{new FIX::FileStoreFactory{settings}};
}

}  // namespace

class QuickFixClient::Impl final : public FIX::Application {
public:
    Impl(QuickFixOptions options, AnswerListener& listener)
        : options_{std::move(options)},
          listener_(listener),
          settings_{settings_of(options_)},
          stores_{store_factory_of(options_, settings_)},
          session_id_{"FIX.4.4", "BENCH-Q", "DXTRADE"} {}

    void start();
    void submit(std::uint64_t order_number);
    void stop();

private:
    void poll();
    void stop_own_thread();

    void onCreate(const FIX::SessionID&) override {}
    void onLogon(const FIX::SessionID&) override;
    void onLogout(const FIX::SessionID&) override;
    void toAdmin(FIX::Message&, const FIX::SessionID&) override {}
    void toApp(FIX::Message&, const FIX::SessionID&) throw(FIX::DoNotSend) override {}
    void fromAdmin(const FIX::Message&,
                   const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                                FIX::IncorrectTagValue, FIX::RejectLogon) override {
    }
    void fromApp(const FIX::Message& message,
                 const FIX::SessionID&) throw(FIX::FieldNotFound, FIX::IncorrectDataFormat,
                                              FIX::IncorrectTagValue,
                                              FIX::UnsupportedMessageType) override;

    const QuickFixOptions options_;
    AnswerListener& listener_;
    const FIX::SessionSettings settings_;
    const std::unique_ptr<FIX::MessageStoreFactory> stores_;
    const FIX::SessionID session_id_;
    std::unique_ptr<FIX::SSLSocketInitiator> initiator_;
    std::atomic<bool> is_stopping_{false};
    std::mutex mutex_;  // guards is_logged_on_
    std::condition_variable changed_;
    bool is_logged_on_ = false;
    std::thread poller_;
};

void QuickFixClient::Impl::start() {
    initiator_.reset(new FIX::SSLSocketInitiator{*this, *stores_, settings_});
    if (options_.is_spinning) {
        poller_ = std::thread{[this] { poll(); }};
    } else {
        initiator_->start();
    }
    std::unique_lock<std::mutex> lock{mutex_};
    if (!changed_.wait_for(lock, kLogonTimeout, [this] { return is_logged_on_; })) {
        throw std::runtime_error{"QuickFIX did not log on"};
    }
}

void QuickFixClient::Impl::poll() {
    try {
        while (!is_stopping_.load(std::memory_order_relaxed)) initiator_->poll(0.0);
    } catch (const std::exception& e) {
        listener_.on_failure(std::string{"QuickFIX: "} + e.what());
    }
}

void QuickFixClient::Impl::submit(std::uint64_t order_number) {
    const OrderId id{order_number};
    FIX44::NewOrderSingle order{FIX::ClOrdID{std::string(id.data(), OrderId::kSize)},
                                FIX::Side{FIX::Side_BUY}, FIX::TransactTime{FIX::UtcTimeStamp{}, 3},
                                FIX::OrdType{FIX::OrdType_LIMIT}};
    order.set(FIX::Account{"default:BENCH"});
    order.set(FIX::Symbol{"EURUSD"});
    order.set(FIX::TimeInForce{FIX::TimeInForce_DAY});
    // As text, as the adapter sends them: quicker than QuickFIX's conversion from double.
    order.setField(FIX::FIELD::OrderQty, "1000");
    order.setField(FIX::FIELD::Price, "1.10000");
    try {
        FIX::Session::sendToTarget(order, session_id_);
    } catch (const std::exception& e) {
        listener_.on_failure(std::string{"sendToTarget: "} + e.what());
    }
}

// Reads what a host needs of a report; the adapter's callback is given more.
void QuickFixClient::Impl::fromApp(const FIX::Message& message,
                                   const FIX::SessionID&) throw(FIX::FieldNotFound,
                                                                FIX::IncorrectDataFormat,
                                                                FIX::IncorrectTagValue,
                                                                FIX::UnsupportedMessageType) {
    FIX::ClOrdID cl_ord_id;
    FIX::OrderID order_id;
    FIX::ExecID exec_id;
    FIX::ExecType exec_type;
    FIX::OrdStatus ord_status;
    FIX::Symbol symbol;
    FIX::Side side;
    FIX::OrderQty order_qty;
    FIX::CumQty cum_qty;
    FIX::LeavesQty leaves_qty;
    FIX::AvgPx avg_px;
    message.getField(cl_ord_id);
    message.getField(order_id);
    message.getField(exec_id);
    message.getField(exec_type);
    message.getField(ord_status);
    message.getField(symbol);
    message.getField(side);
    message.getField(order_qty);
    message.getField(cum_qty);
    message.getField(leaves_qty);
    message.getField(avg_px);
    Answer answer;
    answer.order_number =
        OrderId::number_of(cl_ord_id.getValue().data(), cl_ord_id.getValue().size());
    answer.received_at = monotonic_now();
    if (exec_type.getValue() != FIX::ExecType_NEW) {
        return listener_.on_failure("ExecutionReport instead of New");
    }
    listener_.on_answer(answer);
}

void QuickFixClient::Impl::onLogon(const FIX::SessionID&) {
    const std::lock_guard<std::mutex> lock{mutex_};
    is_logged_on_ = true;
    changed_.notify_one();
}

void QuickFixClient::Impl::onLogout(const FIX::SessionID&) {
    if (!is_stopping_) listener_.on_failure("QuickFIX lost its session");
}

void QuickFixClient::Impl::stop() {
    if (!initiator_) return;
    is_stopping_ = true;
    if (poller_.joinable()) {
        poller_.join();
        initiator_->stop(true);
    } else {
        stop_own_thread();
    }
    initiator_.reset();
}

void QuickFixClient::Impl::stop_own_thread() {
    std::thread stopper{[this] { initiator_->stop(true); }};
    while (!initiator_->isStopped()) std::this_thread::sleep_for(kStopPoll);
    options_.hang_up();
    stopper.join();
}

QuickFixClient::QuickFixClient(QuickFixOptions options, AnswerListener& listener)
    : impl_{new Impl{std::move(options), listener}} {}

QuickFixClient::~QuickFixClient() { stop(); }

void QuickFixClient::start() { impl_->start(); }

void QuickFixClient::submit(std::uint64_t order_number) { impl_->submit(order_number); }

void QuickFixClient::stop() { impl_->stop(); }

}  // namespace bench
}  // namespace broker
