#!/usr/bin/env bash
# Runs the scripts of config/examples that show the extensions, one after the other, against one
# simulator, with this build's binaries:
#   example_scripts_test.sh <source dir> <build dir>
set -euo pipefail
examples=$1/config/examples
build_dir=$2

work=$(mktemp -d)
simulator=
cleanup() {
    [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"

"$build_dir/sample-host/dxtrade-simulator" --dir sim --config "$examples/extensions_venue.yaml" \
    >simulator.log 2>&1 &
simulator=$!
for _ in $(seq 600); do
    grep -q '^ready ' simulator.log && break
    kill -0 "$simulator" || { cat simulator.log; exit 1; }
    read -r -t 0.05 <> <(:) || true
done
grep '^ready ' simulator.log

failed=
for script in order_types order_list mass_status positions trades reference_data market_data \
    history conversion risk; do
    echo "== $script"
    "$build_dir/sample-host/sample-host" run --plugin "$build_dir/plugin/dxtrade_adapter.so" \
        --config sim/adapter.yaml --script "$examples/$script.yaml" || failed="$failed $script"
done
[ -z "$failed" ] || { echo "failed:$failed"; exit 1; }
