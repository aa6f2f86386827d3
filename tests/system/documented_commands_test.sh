#!/usr/bin/env bash
# Runs the commands of README's section "Using it" as they stand there, with this build's binaries:
#   documented_commands_test.sh <source dir> <build dir>
set -euo pipefail
source_dir=$1
build_dir=$2

work=$(mktemp -d)
simulator=
cleanup() {
    [ -z "$simulator" ] || kill "$simulator" 2>/dev/null || true
    rm -rf "$work"
}
trap cleanup EXIT
cd "$work"
ln -s "$source_dir/config" config
mkdir build
ln -s "$build_dir" build/release

# The first code block behind the heading; a line that ends in & goes to the background.
awk '/^## Using it/ {section = 1} section && /^```/ {if (inside) exit; inside = 1; next} inside' \
    "$source_dir/README.md" >commands
background=$(grep '&$' commands | sed 's/ *&$//')
grep -v '&$' commands >foreground
[ -n "$background" ] && [ -s foreground ] || { echo "README has no such commands"; exit 1; }

# shellcheck disable=SC2086  # the words of the command are its arguments
$background >simulator.log 2>&1 &
simulator=$!
for _ in $(seq 600); do
    grep -q '^ready ' simulator.log && break
    kill -0 "$simulator" || { cat simulator.log; exit 1; }
    read -r -t 0.05 <> <(:) || true
done
grep '^ready ' simulator.log
bash -euo pipefail foreground
