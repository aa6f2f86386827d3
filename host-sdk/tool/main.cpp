// broker-adapter-check: tells the developer of an adapter whether hosts can load it.
#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "adapter_check.hpp"

int main(int argc, char** argv) {
    CLI::App app{
        "Loads a broker adapter and checks its entry symbol, versions, lifecycle table, exported\n"
        "symbols and, with a configuration, its extensions. Ends with 0 if all is well, else 1.\n"
        "Loading runs the library's code: check only what you trust."};
    std::string library;
    std::string config;
    app.add_option("library", library, "The adapter's shared library")->required()->type_name("SO");
    app.add_option("--config", config,
                   "A configuration to create an adapter from; nothing is connected")
        ->type_name("FILE");
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 1;  // 0: --help
    }
    return broker::tool::check_adapter({library, config}, std::cout) ? 0 : 1;
}
