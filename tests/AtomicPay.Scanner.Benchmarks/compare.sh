#!/usr/bin/env bash
# Compares the scanner with what reads the same bytes, on a repository or folder of your choice: every tool in turn, round
# after round, so that a machine that slows down slows all of them; medians, and ratios to the first tool of the table.
#
#   compare.sh history REPOSITORY [ROUNDS]   full history, against git itself and the scanners found on PATH
#   compare.sh staged  REPOSITORY [ROUNDS]   what is staged there now, against git diff --cached
#   compare.sh range   REPOSITORY [ROUNDS]   the commits of RANGE (default HEAD~100..HEAD), against git log -p
#   compare.sh cache   REPOSITORY [ROUNDS]   full history again, against the first time
#   compare.sh files   FOLDER     [ROUNDS]   working files without pictures, against ripgrep
#   compare.sh file    FOLDER     [ROUNDS]   one text file of 500 MB, made of what is in the folder, against ripgrep
#   compare.sh linear  FOLDER     [ROUNDS]   files of SIZE MB (default 100) of nothing but anchors, made in the folder, against half of that
#
# ONLY='cat-file|atomicpay' leaves out tools whose names do not match. Needs GNU time. The scanner is the published binary (./build.sh), with its cache off.
set -euo pipefail

usage() { sed -n '2,/^set/p' "$0" | sed -n 's/^# \{0,1\}//p'; exit 2; }
[ $# -ge 2 ] || usage
what=$1
target=$(cd -- "$2" && pwd)
rounds=${3:-5}
here=$(cd -- "$(dirname -- "$0")/../.." && pwd)
scanner=$here/artifacts/bin/atomicpay-scan
time=$(type -P time) || { echo 'compare.sh: needs GNU time (apt-get install time)' >&2; exit 2; }
[ -x "$scanner" ] || { echo 'compare.sh: run ./build.sh first' >&2; exit 2; }

names=()
commands=()
add() { if [[ $1 =~ ${ONLY:-} ]]; then names+=("$1"); commands+=("$2"); fi; }
quoted=$(printf %q "$target")
no_cache=''
if "$scanner" scan --help | grep -q -- --no-cache; then no_cache=--no-cache; fi

case $what in
history)
    add 'git cat-file (all objects)' "git -C $quoted cat-file --batch-all-objects --batch --unordered --buffer"
    add 'atomicpay-scan' "$scanner $quoted --no-worktree --no-images --quiet $no_cache"
    add 'atomicpay-scan, one thread' "$scanner $quoted --no-worktree --no-images --quiet $no_cache --jobs 1"
    add 'git log -p --all' "git -C $quoted log -p --all"
    command -v gitleaks >/dev/null && add gitleaks "gitleaks git --no-banner --exit-code 0 $quoted"
    command -v betterleaks >/dev/null && add betterleaks "betterleaks git --no-banner --exit-code 0 $quoted"
    command -v trufflehog >/dev/null && add trufflehog "trufflehog git --no-update --no-verification file://$quoted"
    ;;
staged)
    add 'git diff --cached' "git -C $quoted diff --cached"
    add 'atomicpay-scan --staged' "$scanner $quoted --staged --quiet"
    ;;
range)
    range=$(printf %q "${RANGE:-HEAD~100..HEAD}")
    add 'git log -p' "git -C $quoted log -p $range"
    add 'atomicpay-scan --range' "$scanner $quoted --range $range --no-images --quiet"
    ;;
cache)
    made=$(mktemp -d)
    add 'first scan' "$scanner $quoted --no-worktree --no-images --quiet --no-cache"
    add 'second scan' "env XDG_CACHE_HOME=$made $scanner $quoted --no-worktree --no-images --quiet"
    ;;
files)
    command -v rg >/dev/null || { echo 'compare.sh: needs ripgrep (apt-get install ripgrep)' >&2; exit 2; }
    add 'rg -uuu -a (without .git/objects)' "rg -uuu -a --glob '!**/.git/objects/**' atpay_ $quoted"
    add 'atomicpay-scan' "$scanner $quoted --no-history --no-images --quiet"
    ;;
file | linear)
    made=$(mktemp -d "$target/.compare.XXXXXX")
    trap 'rm -rf "$made"' EXIT
    ;;&
file)
    command -v rg >/dev/null || { echo 'compare.sh: needs ripgrep (apt-get install ripgrep)' >&2; exit 2; }
    # Text as it is, over and over; pictures and archives are left out by what ripgrep takes for text.
    while [ "$(stat -c %s "$made/text" 2>/dev/null || echo 0)" -lt 500000000 ]; do
        rg -uu --no-filename --no-line-number '' "$target" --glob '!.compare.*' >>"$made/text"
    done
    truncate -s 500000000 "$made/text"
    add 'rg -a' "rg -uuu -a atpay_ $(printf %q "$made/text")"
    add 'atomicpay-scan' "$scanner $(printf %q "$made/text") --quiet"
    ;;
linear)
    size=$((${SIZE:-100} * 1000000))
    make() { # NAME TEXT: half of the size and all of it, of nothing but the text
        yes "$2" | tr -d '\n' | head -c $((size / 2)) >"$made/$1-half" || true
        cat "$made/$1-half" "$made/$1-half" >"$made/$1"
        add "$1, half" "$scanner $(printf %q "$made/$1-half") --quiet"
        add "$1" "$scanner $(printf %q "$made/$1") --quiet"
    }
    make anchors atpay_
    make separate ' atpay_'
    make near-keys ' atpay_customer_subscription_lookup_id'
    make base64 YXRwYXlf
    make hex 61747061795f
    make percent %61%74%70%61%79%5f
    make pieces '"atpay_" + '
    make words ' wechatpay_customer'
    ;;
*) usage ;;
esac

runs=$(mktemp -d)
trap 'rm -rf "$runs" "${made:-$runs}"' EXIT
for round in $(seq 0 "$rounds"); do
    for i in "${!commands[@]}"; do
        # The exit code says what a tool found, not whether it ran.
        # Round 0 warms the caches, then gives the memory, which GNU time knows; its own start would be a third of what a hook takes.
        if [ "$round" = 0 ]; then
            bash -c "${commands[$i]}" >/dev/null 2>&1 || true
            bash -c "exec $time -q -o $runs/$i.memory -f %M ${commands[$i]}" >/dev/null 2>&1 || true
        else
            bash -c "TIMEFORMAT='%R %U %S'; { time ${commands[$i]} >/dev/null 2>&1; } 2>$runs/now" || true
            awk '{ print $1, $2 + $3 }' "$runs/now" >>"$runs/$i"
        fi
    done
done

median() { cut -d' ' -f"$2" "$runs/$1" | sort -n | awk '{ v[NR] = $1 } END { print NR % 2 ? v[(NR + 1) / 2] : (v[NR / 2] + v[NR / 2 + 1]) / 2 }'; }

echo "$what of $(basename "$target"), medians of $rounds interleaved runs, $(nproc) cores, $(uname -sm)"
[[ $what != history && $what != range && $what != cache && $what != staged ]] || echo "$(git -C "$target" rev-list --all --count) commits, $(git -C "$target" count-objects -v | awk '/^(count|in-pack):/ { n += $2 } END { print n }') objects"
echo
echo '| tool | wall | ratio | CPU | ratio | peak memory |'
echo '| --- | --- | --- | --- | --- | --- |'
for i in "${!names[@]}"; do
    first=0
    [ "$what" = linear ] && first=$((i - i % 2))
    printf '%s %s %s %s %s %s\n' "$(median "$i" 1)" "$(median "$first" 1)" "$(median "$i" 2)" "$(median "$first" 2)" "$(awk 'END { print $1 / 1024 }' "$runs/$i.memory")" "${names[$i]}"
done | awk '{
    name = $6; for (i = 7; i <= NF; i++) name = name " " $i
    printf "| %s | %s | %.2f | %s | %.2f | %.0f MB |\n", name, seconds($1), $2 ? $1 / $2 : 0, seconds($3), $4 ? $3 / $4 : 0, $5
}
function seconds(s) { return s < 1 ? sprintf("%.0f ms", s * 1000) : sprintf("%.2f s", s) }'
