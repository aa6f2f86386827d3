#!/usr/bin/env bash
# Compares docs/fix-coverage.md with what it speaks of:
#   fix_coverage_test.sh <source dir> <build dir> <ctest>
# What stands in backticks there is a test (Suite.Name, in any instantiation) or a key of
# config/README.md (with its section, in small letters); a test must be one of this build's, a key
# one of that page's. A section whose heading begins with an enum's name has a row for each of its
# enumerators, no other row, and a test in each.
set -euo pipefail
export LC_ALL=C
source_dir=$1
build_dir=$2
ctest=$3
page=$source_dir/docs/fix-coverage.md

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failed=
fail() {
    echo "docs/fix-coverage.md: $*"
    failed=yes
}

# ---- what there is

"$ctest" --test-dir "$build_dir" -N >"$work/ctest"
awk '/^ *Test +#[0-9]+: / {
    sub(/^ *Test +#[0-9]+: /, "")
    sub(/ .*/, "")
    if (match($0, /^[A-Za-z0-9]+\/[A-Za-z]/)) sub(/^[^\/]*\//, "")  # the instantiation
    sub(/\/.*/, "")                                                 # the parameter
    print
}' "$work/ctest" | sort -u >"$work/tests"

# The sections of accounts and of profiles, and the keys of their tables behind their section.
awk '
function names(text, prefix,   key) {
    while (match(text, /`[^`]+`/)) {
        key = substr(text, RSTART + 1, RLENGTH - 2)
        text = substr(text, RSTART + RLENGTH)
        print prefix key
    }
}
/^#/ {
    is_profile = is_profile || /^## Profiles/
    count = 0
    heading = $0
    while (match(heading, /`[^`]+`/)) {
        sections[++count] = substr(heading, RSTART + 1, RLENGTH - 2)
        print sections[count]
        heading = substr(heading, RSTART + RLENGTH)
    }
    next
}
/^\| *`/ {
    split($0, cells, "|")
    for (i = 1; i <= count; ++i) names(cells[2], sections[i] ".")
    if (count == 0 && is_profile) names(cells[2], "")
}' "$source_dir/config/README.md" | sort -u >"$work/keys"

[ -s "$work/tests" ] && [ -s "$work/keys" ] || fail "there are no tests or no keys to compare with"

# ---- what the page names

grep -o '`[^`]*`' "$page" | tr -d '`' | sort -u >"$work/names"
grep -E '^[A-Z][A-Za-z0-9]*\.[A-Z][A-Za-z0-9]*$' "$work/names" >"$work/named_tests" || true
grep -E '^[a-z]' "$work/names" >"$work/named_keys" || true
[ -s "$work/named_tests" ] && [ -s "$work/named_keys" ] || fail "it names no tests or no keys"

while read -r name; do
    fail "\`$name\` is neither a test nor a key"
done < <(sort "$work/named_tests" "$work/named_keys" | comm -23 "$work/names" -)
while read -r name; do
    fail "there is no test $name"
done < <(comm -23 "$work/named_tests" "$work/tests")
while read -r name; do
    fail "config/README.md has no key $name"
done < <(comm -23 "$work/named_keys" "$work/keys")
if [ -n "$failed" ] && grep -q '_NOT_BUILT$' "$work/tests"; then
    echo "not built: $(grep '_NOT_BUILT$' "$work/tests" | tr '\n' ' ')"
fi

# ---- enumerators

enumerators() {  # of enum $2 in header $1
    awk -v start="^enum class $2 " '
        $0 ~ start {inside = 1; next}
        inside && /};/ {exit}
        inside && match($0, /[A-Z][A-Za-z0-9]*/) {print substr($0, RSTART, RLENGTH)}' \
        "$source_dir/adapters/core/$1" | { grep -v '^Unspecified$' || true; } | sort
}
rows() {  # of the section of enum $1: the first cell, and whether a test stands behind it
    awk -v start="^## $1( |\$)" '
        /^## / {inside = $0 ~ start; next}
        inside && /^\| *[A-Z]/ {
            split($0, cells, "|")
            gsub(/ /, "", cells[2])
            print cells[2], ($0 ~ /`[A-Z][A-Za-z0-9]*\.[A-Z]/ ? "tested" : "untested")
        }' "$page"
}
check_enum() {  # <header> <enum>
    enumerators "$1" "$2" >"$work/enumerators"
    rows "$2" | sort >"$work/rows"
    cut -d' ' -f1 "$work/rows" >"$work/first_cells"
    [ -s "$work/enumerators" ] || fail "adapters/core/$1 has no enum $2"
    while read -r name; do
        fail "section $2 has no row for $name"
    done < <(comm -23 "$work/enumerators" "$work/first_cells")
    while read -r name; do
        fail "section $2 has a row for $name, which is no enumerator or stands there twice"
    done < <(comm -13 "$work/enumerators" "$work/first_cells")
    while read -r name _; do
        fail "section $2 names no test of $name"
    done < <(grep ' untested$' "$work/rows" || true)
}
check_enum order.hpp Side
check_enum order.hpp OrdType
check_enum order.hpp TimeInForce
check_enum order.hpp ExecInst
check_enum order.hpp Contingency
check_enum execution_report.hpp ExecType
check_enum query.hpp QueryKind

[ -z "$failed" ] || exit 1
echo "$(wc -l <"$work/named_tests") tests and $(wc -l <"$work/named_keys") keys are there"
