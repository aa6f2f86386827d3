#!/bin/sh
# docs/fix-coverage.md against the project: each test and each key that it names exists, and each
# enumerator of what it has a section for has a row there. In that page a code span is a test if it
# begins with a capital letter, else a key of config/README.md.
# Usage: fix_coverage_test.sh SOURCE_DIR BINARY_DIR
set -eu

source_dir=$1
binary_dir=$2
page=$source_dir/docs/fix-coverage.md
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
failures=0

fail() {
    echo "docs/fix-coverage.md: $*" >&2
    failures=$((failures + 1))
}

grep -o '`[^`]*`' "$page" | tr -d '`' | sort -u >"$work/spans"
grep '^[A-Z]' "$work/spans" >"$work/named_tests"
grep -v '^[A-Z]' "$work/spans" >"$work/named_keys"

# "  Test  #12: Simulator/EachListEncoding.SaysBracket/ListExecInst" is EachListEncoding.SaysBracket.
ctest --test-dir "$binary_dir" -N |
    sed -n 's/^ *Test *#[0-9]*: //p' |
    sed 's|^[A-Za-z0-9_]*/\([A-Za-z0-9_]*\.\)|\1|; s|/.*||' | sort -u >"$work/tests"
comm -23 "$work/named_tests" "$work/tests" >"$work/no_tests"
while read -r name; do fail "no such test: $name"; done <"$work/no_tests"

# The keys of the first cells of config/README.md, each below the keys that its heading names.
awk '
    function spans(text, list,    n) {
        n = 0
        while (match(text, /`[^`]+`/)) {
            list[++n] = substr(text, RSTART + 1, RLENGTH - 2)
            text = substr(text, RSTART + RLENGTH)
        }
        return n
    }
    /^#/ { parents = spans($0, parent) }
    /^\|/ {
        split($0, cells, "|")
        count = spans(cells[2], key)
        for (k = 1; k <= count; ++k) {
            if (parents == 0) print key[k]
            for (p = 1; p <= parents; ++p) print parent[p] "." key[k]
        }
    }' "$source_dir/config/README.md" | sort -u >"$work/keys"
comm -23 "$work/named_keys" "$work/keys" >"$work/no_keys"
while read -r key; do fail "no such key: $key"; done <"$work/no_keys"

# check_enum HEADER ENUM: a row of the section with the enum's name begins with each enumerator.
check_enum() {
    sed -n "/^enum class $2 /,/^};/p" "$source_dir/adapters/core/$1" |
        sed -n 's/^ *\([A-Z][A-Za-z]*\) = [0-9]*,.*/\1/p' | grep -v '^Unspecified$' >"$work/enum"
    [ -s "$work/enum" ] || fail "adapters/core/$1 has no enum $2"
    sed -n "/^## $2\$/,/^## /p" "$page" >"$work/section"
    while read -r name; do
        grep -Eq "^\| $name( |\$)" "$work/section" || fail "section $2 has no row for $name"
    done <"$work/enum"
}
check_enum order.hpp OrdType
check_enum order.hpp TimeInForce
check_enum execution_report.hpp ExecType
check_enum query.hpp QueryKind
check_enum order.hpp Contingency

[ -s "$work/named_tests" ] && [ -s "$work/named_keys" ] || fail "it names nothing"
[ "$failures" -eq 0 ] || exit 1
echo "$(wc -l <"$work/named_tests") tests and $(wc -l <"$work/named_keys") keys are there"
