#!/usr/bin/env bash
# Says what an event of GitHub Actions brought, as arguments of atomicpay-scan, one a line; nothing when it brought nothing.
# Fetches what of it a shallow checkout lacks. What cannot be fetched is left to the scanner, which then reports that it
# could not see everything.
# Reads: GITHUB_EVENT_NAME, GITHUB_EVENT_PATH, GITHUB_REF; INPUT_SCOPE = auto, range or full.
set -euo pipefail

readonly zeros=0000000000000000000000000000000000000000

say() { printf 'atomicpay-scan: %s\n' "$*" >&2; }
field() { jq -r "$1 // empty" "$GITHUB_EVENT_PATH"; }
has() { git cat-file -e "$1^{commit}" 2>/dev/null; }
is_shallow() { [ "$(git rev-parse --is-shallow-repository)" = true ]; }
fetch() { git fetch --quiet --no-tags --no-recurse-submodules origin "$@" 2>/dev/null; }

# A commit that the checkout lacks is fetched by its id, or by the ref that GitHub keeps for it.
ensure() {
    local commit=$1 ref=${2:-}
    has "$commit" || fetch "$commit" || { [ -n "$ref" ] && fetch "$ref"; } || say "could not fetch commit $commit"
}

# Whether the range reaches a commit whose parents were not fetched.
is_cut() { git rev-list "$1..$2" 2>/dev/null | grep -qxFf "$(git rev-parse --git-path shallow)"; }

# Deepens a shallow checkout until the range is whole: by steps, as a pull request is short and a history may be long.
deepen() {
    local base=$1 head=$2 depth
    for depth in 50 500 5000; do
        is_shallow || return 0
        if has "$base" && has "$head" && ! is_cut "$base" "$head" && git merge-base "$base" "$head" >/dev/null 2>&1; then return 0; fi
        fetch --deepen="$depth" "$base" "$head" || fetch --deepen="$depth" || break
    done
    is_shallow || return 0
    fetch --unshallow || say 'this checkout is shallow and could not be deepened; give actions/checkout fetch-depth: 0'
}

full() {
    if is_shallow; then
        fetch --unshallow || say 'this checkout is shallow and could not be deepened; give actions/checkout fetch-depth: 0'
    fi
    fetch '+refs/heads/*:refs/remotes/origin/*' || say 'could not fetch the other branches'
    git fetch --quiet --tags --no-recurse-submodules origin 2>/dev/null || say 'could not fetch the tags'
}

range() { printf -- '--range\n%s\n' "$1"; }

# What a branch or tag brought that no other branch of the remote has: also what a forced push replaced is left out by that.
new_on_remote() {
    local after=$1 head=$1 branch=${GITHUB_REF#refs/heads/}
    ensure "$after" "$GITHUB_REF"
    fetch '+refs/heads/*:refs/remotes/origin/*' || say 'could not fetch the other branches'
    if is_shallow; then
        fetch --unshallow || say 'this checkout is shallow and could not be deepened; give actions/checkout fetch-depth: 0'
    fi
    # By its name, so that the scanner can tell its own branch on the remote from the others.
    if [ "$branch" != "$GITHUB_REF" ] && [ "$(git rev-parse --verify --quiet "refs/heads/$branch")" = "$after" ]; then head=$branch; fi
    range "$zeros..$head"
}

pull_request() {
    local base head number
    base=$(field .pull_request.base.sha) head=$(field .pull_request.head.sha) number=$(field .pull_request.number)
    # A fork's commits lie in no branch here, but GitHub keeps a ref for every pull request.
    ensure "$base" "$(field .pull_request.base.ref)"
    ensure "$head" "refs/pull/$number/head"
    deepen "$base" "$head"
    range "$base...$head"
}

push() {
    local before after
    before=$(field .before) after=$(field .after)
    if [ "$after" = "$zeros" ]; then
        say "$GITHUB_REF was deleted: there is nothing to scan"
        return
    fi

    if [ "$before" = "$zeros" ]; then
        new_on_remote "$after"
        return
    fi

    ensure "$after" "$GITHUB_REF"
    ensure "$before"
    has "$before" && deepen "$before" "$after"
    if has "$before" && git merge-base --is-ancestor "$before" "$after" 2>/dev/null; then
        range "$before..$after"
    else
        say 'the push replaced commits: scanning all that no other branch has'
        new_on_remote "$after"
    fi
}

merge_group() {
    local base head
    base=$(field .merge_group.base_sha) head=$(field .merge_group.head_sha)
    ensure "$base" "$(field .merge_group.base_ref)"
    ensure "$head" "$(field .merge_group.head_ref)"
    deepen "$base" "$head"
    range "$base...$head"
}

command -v jq >/dev/null || { say 'needs jq'; exit 2; }
git rev-parse --git-dir >/dev/null 2>&1 || { say 'there is no checkout here: put actions/checkout before this action'; exit 2; }

event=$GITHUB_EVENT_NAME
[ "${INPUT_SCOPE:-auto}" != full ] || event=full
case $event in
pull_request | pull_request_target) pull_request ;;
push) push ;;
merge_group) merge_group ;;
*)
    if [ "${INPUT_SCOPE:-auto}" = range ]; then
        say "the event $GITHUB_EVENT_NAME brings no range of commits; leave out scope: range"
        exit 2
    fi
    full
    # The scanner's own default: everything.
    echo .
    ;;
esac
