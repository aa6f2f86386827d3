// Loads profiles from text.
#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>

#include "config/settings_yaml.hpp"
#include "support/temporary_directory.hpp"

namespace broker::config {

class ProfileYamlFixture : public testing::Test {
protected:
    // The shortest orders section, which each profile needs.
    static constexpr std::string_view kOrders =
        "orders: {sides: [Buy, Sell], ord_types: [Market, Limit], times_in_force: [Day]}\n";

    dxtrade::Profile load(const std::string& text) {
        std::ofstream{directory_.path() / "p.yaml"} << text;
        return load_profile(directory_.path() / "p.yaml");
    }
    dxtrade::Profile load_with(const std::string& sections) {
        return load("name: p\n" + std::string{kOrders} + sections);
    }

    // The text of the error without the folder.
    std::string error_of(const std::string& text) {
        try {
            (void)load(text);
        } catch (const ConfigError& e) {
            std::string what = e.what();
            const std::string folder = directory_.path().string() + "/";
            if (what.starts_with(folder)) what.erase(0, folder.size());
            return what;
        }
        return "no error";
    }
    std::string error_with(const std::string& sections) {
        return error_of("name: p\n" + std::string{kOrders} + sections);
    }
    // Of an orders section with more keys.
    std::string error_with_orders(const std::string& keys) {
        return error_of(
            "name: p\norders: {sides: [Buy, Sell], ord_types: [Market, Limit, TrailingStop], "
            "times_in_force: [Day, FillOrKill], " +
            keys + "}\n");
    }
    // Of one named field with these keys.
    std::string error_with_field(const std::string& keys) {
        return error_with("fields: [{" + keys + "}]\n");
    }

    static dxtrade::Profile shipped(const std::string& name) {
        return load_profile(DXTRADE_CONFIG_DIR "/profiles/" + name + ".yaml");
    }

    test::TemporaryDirectory directory_;
};

}  // namespace broker::config
