#!/usr/bin/env bash
# Scans what an event of GitHub Actions brought: annotations on standard output, a summary of the step, SARIF, outputs.
# Exits 0 whatever was found, so that the report can be uploaded; the exit code is an output, and a later step ends with it.
# Reads: SCANNER, what scope.sh reads, GITHUB_OUTPUT, GITHUB_STEP_SUMMARY, RUNNER_TEMP, and the action's inputs as INPUT_*.
set -euo pipefail

here=$(cd "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
sarif=${INPUT_SARIF_FILE:-atomicpay.sarif}
work=$(mktemp -d "${RUNNER_TEMP:-/tmp}/atomicpay-scan.XXXXXX")
trap 'rm -rf "$work"' EXIT

output() { printf '%s=%s\n' "$1" "$2" >>"$GITHUB_OUTPUT"; }

finish() {
    output exit-code "$1"
    output findings "${2:-0}"
    output live "${3:-0}"
    output incomplete "${4:-false}"
    output sarif-file "${5:-}"
    exit 0
}

is_true() { [ "${1:-false}" = true ]; }

# From a fork's pull request nothing is asked of anybody: its author chose what is scanned.
is_fork() { [ "$(jq -r 'if .pull_request then .pull_request.head.repo.full_name != .pull_request.base.repo.full_name else false end' "$GITHUB_EVENT_PATH")" = true ]; }

if ! "$here/scope.sh" >"$work/scope"; then
    finish 2 0 0 true
fi
mapfile -t scope <"$work/scope"
if [ "${#scope[@]}" = 0 ]; then
    finish 0
fi

options=(--fail-on "${INPUT_FAIL_ON:-any}")
[ -z "${INPUT_CONFIG:-}" ] || options+=(--config "$INPUT_CONFIG")
[ -z "${INPUT_BASELINE:-}" ] || options+=(--baseline "$INPUT_BASELINE")
[ "${INPUT_IMAGES:-true}" = true ] || options+=(--no-images)
# Code scanning would open an alert for what is allowed.
! is_true "${INPUT_UPLOAD_SARIF:-}" || options+=(--no-suppressed)
! is_true "${INPUT_ALLOW_INCOMPLETE:-}" || options+=(--allow-incomplete)
if is_true "${INPUT_VERIFY:-}"; then
    if is_fork; then
        echo '::notice title=atomicpay-scan::Keys of a pull request from a fork are not verified.'
    else
        options+=(--verify)
    fi
fi

code=0
"$SCANNER" scan "${scope[@]}" "${options[@]}" \
    --report github --report sarif="$sarif" --report markdown="$work/summary.md" --report json="$work/findings.jsonl" || code=$?

[ ! -e "$work/summary.md" ] || cat "$work/summary.md" >>"$GITHUB_STEP_SUMMARY"
findings=0 live=0 incomplete=true
if [ -s "$work/findings.jsonl" ]; then
    findings=$(jq -s 'map(select(.type == "finding")) | length' "$work/findings.jsonl")
    live=$(jq -s 'map(select(.type == "finding" and (.verification.state // "" | startswith("live")))) | map(.secretSha256) | unique | length' "$work/findings.jsonl")
    incomplete=$(jq -s 'map(select(.type == "summary")) | if length == 1 then .[0].complete | not else true end' "$work/findings.jsonl")
fi
[ -e "$sarif" ] || sarif=''
finish "$code" "$findings" "$live" "$incomplete" "$sarif"
