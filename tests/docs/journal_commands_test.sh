#!/usr/bin/env bash
# Runs the commands of docs/journal.md as they stand there on a journal made for it, and looks for the
# lines that it shows in what they print:
#   journal_commands_test.sh <source dir> <build dir> <make_sample_journal>
set -euo pipefail
source_dir=$1
build_dir=$2
make_sample_journal=$3

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
mkdir build
ln -s "$build_dir" build/release
mkdir -p var/journal
"$make_sample_journal" var/journal

# The code blocks behind the heading, one file each.
awk '/^## Reading it/ {section = 1} section && /^```/ {inside = !inside; count += inside; next}
     section && inside {print > ("block" count)}' "$source_dir/docs/journal.md"
[ "$(wc -l <block1)" -ge 5 ] && [ -s block2 ] && [ ! -e block3 ] ||
    { echo "docs/journal.md: expected one block of commands and one of output"; exit 1; }

while IFS= read -r command; do
    bash -euo pipefail -c "$command" >output </dev/null ||
        { echo "docs/journal.md: exit code $? of: $command"; cat output; exit 1; }
    [ -s output ] || { echo "docs/journal.md: nothing printed by: $command"; exit 1; }
    cat output >>printed
done <block1
while IFS= read -r line; do
    grep -qxF -- "$line" printed || { echo "docs/journal.md: not printed: $line"; exit 1; }
done <block2
echo "$(wc -l <block1) commands ran, $(wc -l <block2) lines are as they are shown"
