#!/bin/sh
# Installs the packages of one locked list into .venv, and the system libraries that are missing.
# As root on Debian it installs those itself; otherwise it prints the one line to run and goes on.
set -eu

lock=$1
say() { printf '%s\n' "$*" >&2; }

find_python() {
    for candidate in "${PYTHON:-python3}" python3.13 python3.12 python3.11; do
        if "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    say "TRACE needs Python 3.11 or newer; this machine offers $("${PYTHON:-python3}" --version 2>&1 || echo none)."
    say "Install one, or name it: make setup PYTHON=/path/to/python3.11"
    exit 1
}

has_library() { "$python" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))"; }
has_fonts() { find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" -name '*.[to]tf' 2>/dev/null | grep -q .; }

missing_packages() {
    "$python" -c 'import ensurepip' 2>/dev/null || command -v uv >/dev/null || printf 'python3-venv '
    has_library pango-1.0 || printf 'libpango-1.0-0 '
    has_library pangoft2-1.0 || printf 'libpangoft2-1.0-0 '
    has_library harfbuzz-subset || printf 'libharfbuzz-subset0 '
    has_fonts || printf 'fonts-dejavu-core '
    has_font_like 'Noto*CJK*' 'wqy-microhei*' || printf 'fonts-wqy-microhei '
    has_font_like 'NotoSansThai*' 'FreeSerif*' || printf 'fonts-freefont-ttf '
    has_font_like 'NotoColorEmoji*' 'Symbola*' || printf 'fonts-symbola '
}

# Names in every script in PDFs and pictures: small fonts, unless fuller ones are there.
has_font_like() { find /usr/share/fonts /usr/local/share/fonts "$HOME/.fonts" \( -name "$1" -o -name "$2" \) 2>/dev/null | grep -q .; }

install_libraries() {
    missing=$(missing_packages)
    [ -n "$missing" ] || return 0
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        say "Installing system libraries: $missing"
        # shellcheck disable=SC2086  # a list of packages
        { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing; } >&2 && return 0
        say "They could not be installed; going on without."
    elif command -v apt-get >/dev/null; then
        say "Missing for PDF documents. Install with:  sudo apt-get install -y $missing"
    elif command -v brew >/dev/null; then
        say "Missing for PDF documents. Install with:  brew install pango"
    else
        say "Missing for PDF documents: Pango, HarfBuzz and a font, from your system's packages."
    fi
}

make_venv() {
    .venv/bin/python -c '' 2>/dev/null && return 0
    if "$python" -c 'import ensurepip' 2>/dev/null; then
        "$python" -m venv --clear .venv
    elif command -v uv >/dev/null; then
        uv venv --quiet --clear --seed --python "$python" .venv
    else
        say "Python's venv module is missing. Install it with:  sudo apt-get install -y python3-venv"
        exit 1
    fi
}

install_packages() {
    if command -v uv >/dev/null && uv pip install --quiet --python .venv/bin/python --require-hashes -r "$lock"; then
        return 0
    fi
    .venv/bin/python -m pip --version >/dev/null 2>&1 || .venv/bin/python -m ensurepip >/dev/null
    .venv/bin/python -m pip install --quiet --quiet --disable-pip-version-check --require-hashes -r "$lock"
}

python=$(find_python)
install_libraries
make_venv
say "Installing the Python packages of $lock (about a minute the first time)"
install_packages
