// The whole simulator on real sockets.
#include "simulator/simulator.hpp"

#include <gtest/gtest.h>
#include <sys/stat.h>
#include <yaml-cpp/yaml.h>

#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

namespace fs = std::filesystem;

unsigned mode_of(const fs::path& path) {
    struct stat status {};
    return stat(path.c_str(), &status) == 0 ? status.st_mode & 0777U : 0U;
}

using SimulatorTest = SimulatorFixture;

TEST_F(SimulatorTest, LogsOnAndFillsAnOrderThroughTls) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({150, 39, 11, 151}), "8 150=0 39=0 11=C1 151=1000");
    EXPECT_EQ(client.receive_line({150, 39, 32, 31}), "8 150=F 39=2 32=1000 31=1.10002");
    EXPECT_TRUE(simulator_->is_logged_on("ACC1"));
    ASSERT_EQ(simulator_->positions("ACC1").size(), 1U);
    client.send({"5", {}});
    EXPECT_EQ(client.receive_line({}), "5");
    EXPECT_EQ(client.receive_line({}), "end");
}

TEST_F(SimulatorTest, RefusesUnsupportedMessagesWithABusinessReject) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send(
        {"V",
         {{262, "1"}, {263, "0"}, {264, "1"}, {267, "1"}, {269, "0"}, {146, "1"}, {55, "EURUSD"}}});
    EXPECT_EQ(client.receive_line({45, 372, 380}), "j 45=2 372=V 380=3");
}

TEST_F(SimulatorTest, RefusesALogonWithAWrongPassword) {
    FixTestClient client{client_options()};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", "wrong");
    EXPECT_EQ(client.receive_line({58}),
              "5 58=Rejected Logon Attempt: unknown Username or wrong Password");
    EXPECT_EQ(client.receive_line({}), "end");
}

TEST_F(SimulatorTest, RefusesALogonWithTheCertificateOfAnotherSession) {
    auto options = client_options();
    const auto other = simulator_->issue({.common_name = "ACC2", .is_client = true});
    options.certificate_pem = other.certificate_pem;
    options.key_pem = other.key_pem;
    FixTestClient client{options};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", password());
    EXPECT_EQ(client.receive_line({58}),
              "5 58=Rejected Logon Attempt: the client certificate is for ACC2");
}

TEST_F(SimulatorTest, RefusesClientsWithoutACertificateOfItsCa) {
    auto options = client_options();
    CertificateAuthority stranger{"Another CA"};
    const auto strange = stranger.issue({.common_name = "ACC1", .is_client = true});
    options.certificate_pem = strange.certificate_pem;
    options.key_pem = strange.key_pem;
    FixTestClient client{options};
    // In TLS 1.3 the client learns of it with its first read only.
    if (client.connect().empty()) {
        client.log_on("acc1", password());
        EXPECT_EQ(client.receive_line({}), "end");
    }
    EXPECT_TRUE(simulator_->messages().all().empty());
}

TEST_F(SimulatorTest, DeliversFillsOfAnAbsentClientByResend) {
    simulator_->add_rule({.action = Action::LeaveWorking});
    FixTestClient first{client_options()};
    log_on(first);
    first.send(order("C1", "1.0"));
    ASSERT_EQ(first.receive_line({150, 34}), "8 150=0 34=2");
    simulator_->drop_connections(Listener::FixTrading);
    EXPECT_EQ(first.receive_line({}), "end");
    ASSERT_TRUE(simulator_->fill("ACC1", "C1", decimal("400"), decimal("1.0")));

    FixTestClient second{client_options(first.seq_num())};
    ASSERT_EQ(second.connect(), "");
    second.log_on("acc1", password());
    EXPECT_EQ(second.receive_line({34}), "A 34=4") << "3 was sent to nobody";
    second.send({"2", {{7, "3"}, {16, "0"}}});
    EXPECT_EQ(second.receive_line({34, 43, 150, 39, 14}), "8 34=3 43=Y 150=F 39=1 14=400");
}

TEST_F(SimulatorTest, KeepsSequenceNumbersAndOrdersThroughAStop) {
    FixTestClient first{client_options()};
    log_on(first);
    first.send(order("C1", "1.0"));
    ASSERT_EQ(first.receive_line({150}), "8 150=0");
    const auto port = simulator_->port(Listener::FixTrading);
    simulator_->stop();
    EXPECT_EQ(first.receive_line({58}), "5 58=the simulator stops");
    simulator_->start();
    EXPECT_EQ(simulator_->port(Listener::FixTrading), port);

    FixTestClient second{client_options(first.seq_num())};
    ASSERT_EQ(second.connect(), "");
    second.log_on("acc1", password());
    EXPECT_EQ(second.receive_line({34}), "A 34=4");
    second.send({"H", {{11, "C1"}, {55, "EURUSD"}, {54, "1"}}});
    EXPECT_EQ(second.receive_line({150, 39, 11}), "8 150=I 39=0 11=C1");
}

TEST_F(SimulatorTest, KeepsCredentialsAndSequenceNumbersInItsDirectory) {
    const auto ca = read_file(directory_ / "ca.pem");
    const auto old_password = password();
    FixTestClient first{client_options()};
    log_on(first);
    first.send(order("C1", ""));
    const auto first_id = first.receive_line({37});
    make_simulator();
    simulator_->start();
    EXPECT_EQ(read_file(directory_ / "ca.pem"), ca);
    EXPECT_EQ(password(), old_password);

    FixTestClient second{client_options(first.seq_num())};
    ASSERT_EQ(second.connect(), "");
    second.log_on("acc1", password());
    EXPECT_EQ(second.receive_line({34}), "A 34=5") << "after Logon, two reports and Logout";
    second.send(order("C1", ""));
    EXPECT_NE(second.receive_line({37}), first_id) << "OrderIDs are not used again";
}

TEST_F(SimulatorTest, WritesAConfigurationForTheAdapter) {
    const auto yaml = YAML::LoadFile(simulator_->adapter_config().string());
    EXPECT_EQ(yaml["adapter"]["journal_dir"].as<std::string>(), "journal");
    const auto account = yaml["accounts"][0];
    EXPECT_EQ(account["id"].as<std::string>(), "ACC-1");
    EXPECT_EQ(account["tls"]["trust"].as<std::string>(), "file:ca.pem");
    const auto trading = account["fix"]["trading"];
    EXPECT_EQ(trading["hosts"][0].as<std::string>(),
              "127.0.0.1:" + std::to_string(simulator_->port(Listener::FixTrading)));
    EXPECT_EQ(trading["password"].as<std::string>(), "file:ACC-1.password");
    EXPECT_FALSE(trading["reset_on_logon"].as<bool>());
    EXPECT_EQ(account["fix"].size(), 3U) << "trading, market data, drop copy";
    EXPECT_EQ(account["limits"]["max_order_qty"].as<std::string>(), "1000000");
}

TEST_F(SimulatorTest, KeepsItsDirectoryPrivate) {
    EXPECT_EQ(mode_of(directory_), 0700U);
    for (const char* name : {"ca.key", "client-ACC-1.key", "ACC-1.password", "adapter.yaml"})
        EXPECT_EQ(mode_of(directory_ / name), 0600U) << name;
}

TEST_F(SimulatorTest, LogsEveryMessageWithoutThePassword) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", "1.0"));
    ASSERT_EQ(client.receive_line({150}), "8 150=0");
    std::string seen;
    for (const LoggedMessage& logged : simulator_->messages().all()) {
        const bool is_from_client = logged.direction == LoggedMessage::Direction::FromClient;
        seen +=
            logged.sender_comp_id + (is_from_client ? ">" : "<") + logged.message.msg_type + " ";
        for (const auto& field : logged.message.fields) EXPECT_NE(field.value, password());
    }
    EXPECT_EQ(seen, "ACC1>A ACC1<A ACC1>D ACC1<8 ");
}

TEST_F(SimulatorTest, RefusesToRunBesideAnotherWithTheSameSessions) {
    Simulator other{SimulatorOptions{.directory = directory_ / "other"}};
    EXPECT_THROW(other.start(), std::runtime_error);
    simulator_->stop();
    EXPECT_NO_THROW(other.start());
}

TEST_F(SimulatorTest, FailsTheHandshakeAsItsCertificateFaultsSay) {
    const auto result_under = [this](Fault fault) {
        simulator_->set_fault(Listener::FixTrading, fault, true);
        FixTestClient client{client_options()};
        auto result = client.connect();
        simulator_->set_fault(Listener::FixTrading, fault, false);
        return result;
    };
    EXPECT_EQ(result_under(Fault::ExpiredCertificate), "certificate has expired");
    EXPECT_EQ(result_under(Fault::WrongHostCertificate), "hostname mismatch");
    // Both CAs present leaves whose issuer the client cannot find among its anchors.
    EXPECT_EQ(result_under(Fault::WrongCaCertificate), "unable to get local issuer certificate");
    EXPECT_NE(result_under(Fault::TlsOneOneOnly), "");
    EXPECT_EQ(result_under(Fault::RefuseConnections), "Connection refused");
    FixTestClient client{client_options()};
    log_on(client);
}

TEST_F(SimulatorTest, LeavesTheHandshakeUnansweredWhileSilent) {
    simulator_->set_fault(Listener::FixTrading, Fault::Silent, true);
    auto impatient = client_options();
    impatient.timeout_ms = 200;
    EXPECT_EQ(FixTestClient{impatient}.connect(), "connection lost");
    simulator_->set_fault(Listener::FixTrading, Fault::Silent, false);
    FixTestClient client{client_options()};
    log_on(client);
}

TEST_F(SimulatorTest, LosesWhatItSendsWhileMuteToClient) {
    simulator_->set_fault(Listener::FixTrading, Fault::MuteToClient, true);
    FixTestClient client{client_options()};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", password());
    ASSERT_TRUE(simulator_->messages().wait_until([](const auto& all) { return all.size() == 2; },
                                                  std::chrono::seconds{10}))
        << "the Logon arrived and was answered into the void";
    simulator_->set_fault(Listener::FixTrading, Fault::MuteToClient, false);
    client.send({"1", {{112, "x"}}});
    const auto message = client.receive();
    ASSERT_TRUE(message);
    EXPECT_EQ(message->msg_type, "0") << "the Logon was lost for good";
}

TEST_F(SimulatorTest, LosesWhatTheClientSendsWhileMuteToServer) {
    FixTestClient client{client_options()};
    log_on(client);
    simulator_->set_fault(Listener::FixTrading, Fault::MuteToServer, true);
    client.send(order("C1", ""));
    client.disconnect();
    ASSERT_TRUE(is_logged_off()) << "the order came before the end of the connection";
    EXPECT_EQ(simulator_->messages().all().size(), 2U) << "the Logon and its answer";
    EXPECT_TRUE(simulator_->orders().empty());
}

TEST_F(SimulatorTest, SendsGarbageAndWrongChecksumsOnDemand) {
    FixTestClient client{client_options()};
    ASSERT_EQ(client.connect(), "");
    simulator_->set_fault(Listener::FixTrading, Fault::Garbage, true);
    client.log_on("acc1", password());
    EXPECT_EQ(client.receive_raw().substr(0, 4), "\xA5\xA5\xA5\xA5");
    simulator_->set_fault(Listener::FixTrading, Fault::Garbage, false);
    simulator_->set_fault(Listener::FixTrading, Fault::WrongChecksum, true);
    client.send({"1", {{112, "x"}}});
    const auto raw = client.receive_raw();
    unsigned sum = 0;
    for (const unsigned char byte : raw.substr(0, raw.size() - 7)) sum += byte;
    EXPECT_EQ(raw.substr(0, 10), "8=FIX.4.4\x01");
    EXPECT_NE(std::stoul(raw.substr(raw.size() - 4, 3)), sum % 256);
}

TEST_F(SimulatorTest, CutsAClientWhoseMessageNeverEnds) {
    FixTestClient client{client_options()};
    ASSERT_EQ(client.connect(), "");
    client.send_raw(
        "8=FIX.4.4\x01"
        "9=999999999\x01"
        "35=A\x01");
    for (int i = 0; i < 80; ++i) client.send_raw(std::string(16 * 1024, 'x'));
    EXPECT_EQ(client.receive_line({}), "end") << "after a megabyte";
}

TEST_F(SimulatorTest, CutsAClientThatSendsADataField) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send({"D", {{95, "2000000000"}, {96, "x"}}});
    EXPECT_EQ(client.receive_line({}), "end");
}

TEST_F(SimulatorTest, SurvivesAClientThatSendsNoFix) {
    const std::string lying_length =
        "8=FIX.4.4\x01"
        "9=999999999\x01"
        "35=A\x01";
    for (const auto& bytes : {std::string{"GET / HTTP/1.1\r\n\r\n"}, lying_length}) {
        FixTestClient client{client_options()};
        ASSERT_EQ(client.connect(), "");
        client.send_raw(bytes);
    }
    FixTestClient client{client_options()};
    log_on(client);
}

}  // namespace
}  // namespace broker::simulator
