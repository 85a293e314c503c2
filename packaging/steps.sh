# SPDX-License-Identifier: GPL-3.0-or-later
# Shared by packaging/run, tests/run and .ci/run; sourced, never run. Needs bash.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)

step() { printf '\n==> %s\n' "$*"; }
fail() { printf '\n%s: %s\n' "$(basename "$0")" "$*" >&2; exit 1; }

# What it takes to build Weir and to run its window.
build_packages=(g++ cmake ninja-build qt6-base-dev qt6-svg-dev qt6-tools-dev qt6-tools-dev-tools qt6-l10n-tools
  zlib1g-dev libssl-dev libbrotli-dev libzstd-dev libpcre2-dev libsimdjson-dev libgl-dev libcli11-dev libexpected-dev
  qtkeychain-qt6-dev fonts-dejavu-core)
# A window without a screen.
display_packages=(xvfb)
# What the tests ask of the packaging files, and a linker that makes building them bearable.
test_packages=(desktop-file-utils appstream mold)
# Real peers of the interop tests. nodejs and npm are added only if there is no node at all: other sources of node exist.
peer_packages=(chromium firefox-esr curl nginx-light libnginx-mod-nchan tinyproxy microsocks php-cli golang-go python3-aiohttp
  python3-zstandard)
# The sanitizers and the fuzzers: clang takes half the time and a tenth of the disk that GCC takes with sanitizers, and a
# second compiler sees what the first lets pass.
clang_packages=(clang libclang-rt-dev)

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"
  elif command -v sudo >/dev/null; then sudo "$@"
  else fail "this needs root and there is no sudo: $*"
  fi
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

# llhttp is a library from Debian 13 on; before that its C sources come with node-llhttp.
llhttp_package() {
  if [ -e /usr/share/llhttp/llhttp.c ]; then echo node-llhttp
  elif [ -e /usr/include/llhttp.h ]; then echo libllhttp-dev
  elif apt-cache show libllhttp-dev >/dev/null 2>&1; then echo libllhttp-dev
  else echo node-llhttp
  fi
}

# Installs the packages that are missing, and nothing if none is. A package's service is not started: the tests run
# their own copies from a folder of the build.
install_missing() {
  local package missing=()
  for package in "$@"; do is_installed "$package" || missing+=("$package"); done
  if [ ${#missing[@]} = 0 ]; then echo "Nothing is missing."; return; fi
  echo "Installing: ${missing[*]}"
  as_root apt-get update -q
  local policy=/usr/sbin/policy-rc.d made_policy=
  if [ ! -e "$policy" ]; then
    printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
    as_root chmod +x "$policy"
    made_policy=yes
  fi
  local status=0
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${missing[@]}" || status=$?
  [ -z "$made_policy" ] || as_root rm -f "$policy"
  [ "$status" = 0 ] || fail "apt-get could not install: ${missing[*]}"
}

install_build_packages() {
  # The package lists of a bare system may be empty, and the choice of llhttp needs them.
  if [ ! -e /usr/share/llhttp/llhttp.c ] && [ ! -e /usr/include/llhttp.h ]; then as_root apt-get update -q; fi
  install_missing "${build_packages[@]}" "$(llhttp_package)" "$@"
}

# build PRESET [TARGET…]
build() {
  local preset=$1; shift
  local launcher=()
  if command -v ccache >/dev/null; then
    launcher=(-DCMAKE_CXX_COMPILER_LAUNCHER=ccache)
    # Other checkouts of the same sources may share what is cached; precompiled headers need the sloppiness.
    export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1
    export CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime
  fi
  (cd "$root" && cmake --preset "$preset" "${launcher[@]}" && cmake --build --preset "$preset" ${1:+--target "$@"})
}

# with_display COMMAND…: runs it on the screen there is, or on an Xvfb of its own that ends with it.
with_display() {
  if [ -n "${DISPLAY:-}${WAYLAND_DISPLAY:-}" ]; then "$@"; return; fi
  local number_file xvfb status=0
  number_file=$(mktemp)
  Xvfb -displayfd 3 -screen 0 1280x800x24 -nolisten tcp 3>"$number_file" >/dev/null 2>&1 &
  xvfb=$!
  for _ in $(seq 100); do [ -s "$number_file" ] && break; sleep 0.1; done
  [ -s "$number_file" ] || { kill "$xvfb" 2>/dev/null; rm -f "$number_file"; fail "Xvfb did not start"; }
  DISPLAY=:$(cat "$number_file") "$@" || status=$?
  kill "$xvfb" 2>/dev/null || true
  wait "$xvfb" 2>/dev/null || true
  rm -f "$number_file"
  return "$status"
}
