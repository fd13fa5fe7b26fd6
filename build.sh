#!/bin/sh
# Publishes the scanner as one native binary, beside its native libraries: artifacts/bin/atomicpay-scan.
# What is missing on this machine is installed where that is allowed, and named where it is not.
# ATOMICPAY_SCAN_NO_INSTALL=1 never installs.
set -eu
cd "$(dirname -- "$0")"

say() { printf 'atomicpay-scan: %s\n' "$*" >&2; }
has() { command -v "$1" >/dev/null 2>&1; }

has_ocr() {
    case $(uname -s) in
    Darwin) ls /opt/homebrew/lib/libtesseract.*dylib /usr/local/lib/libtesseract.*dylib >/dev/null 2>&1 ;;
    *)
        { /sbin/ldconfig -p 2>/dev/null || ldconfig -p 2>/dev/null; } | grep -q 'libtesseract\.so\.5' &&
            find /usr/share/tesseract-ocr /usr/share/tessdata /usr/local/share/tessdata "${TESSDATA_PREFIX:-/nonexistent}" \
                -name eng.traineddata 2>/dev/null | grep -q .
        ;;
    esac
}

# The linker that ahead-of-time compilation calls, and what it links.
has_linker() { { has clang || has gcc; } && { [ "$(uname -s)" != Linux ] || [ -e /usr/include/zlib.h ]; }; }

install_missing() {
    debian=''
    brew=''
    has_ocr || { debian='libtesseract5 tesseract-ocr-eng'; brew='tesseract'; }
    has_linker || debian="$debian clang zlib1g-dev"
    [ -n "$debian$brew" ] || return 0

    if [ "${ATOMICPAY_SCAN_NO_INSTALL:-}" ]; then
        say "missing, and ATOMICPAY_SCAN_NO_INSTALL is set. On Debian or Ubuntu: apt-get install $debian"
    elif has brew && [ -n "$brew" ]; then
        say "installing with brew: $brew"
        brew install "$brew" >&2 || say "brew could not install: $brew"
    elif has apt-get; then
        as_root=''
        if [ "$(id -u)" != 0 ]; then
            if has sudo && sudo -n true 2>/dev/null; then as_root=sudo; else
                say "missing, and this user may not install. Please run: sudo apt-get install $debian"
                return 0
            fi
        fi
        say "installing with apt-get: $debian"
        # shellcheck disable=SC2086 # the lists are words on purpose
        { $as_root apt-get update -qq && DEBIAN_FRONTEND=noninteractive $as_root apt-get install -y -qq --no-install-recommends $debian; } >/dev/null ||
            say "apt-get could not install: $debian"
    else
        say "missing: Tesseract 5 with English data, and clang with zlib's headers; please install them with this system's package manager"
    fi
}

has dotnet || { say 'needs the .NET 10 SDK on PATH: https://dotnet.microsoft.com/download'; exit 2; }
install_missing
has_linker || { say 'cannot be compiled without clang (or gcc) and the headers of zlib'; exit 2; }
has_ocr || say 'Tesseract is missing: TIFF pictures will be reported as not scanned, and text in photographs may be missed'

say 'building the native binary (about a minute, once) ...'
# Published beside and then moved into place, so that an interrupted build leaves no half-made tool behind.
staging=artifacts/publish
rm -rf "$staging"
log=$(dotnet publish src/AtomicPay.Scanner -c Release -o "$staging" --nologo -v quiet 2>&1) || { printf '%s\n' "$log" >&2; exit 2; }
rm -rf "$staging"/*.dbg "$staging"/*.pdb "$staging"/*onnxruntime_providers_shared* artifacts/bin
mv "$staging" artifacts/bin
say 'built artifacts/bin/atomicpay-scan'
