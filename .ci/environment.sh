# Read by ./run and ./test: makes .venv from a hash-locked list, again only when that list changed.

fail() {
    echo "$1" >&2
    exit 1
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1 &&
            "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            command -v "$name"
            return
        fi
    done
    fail "Matchmaker needs Python 3.11 or newer. On Debian and Ubuntu: apt install python3 python3-venv"
}

make_venv() {
    system=$(find_python) || exit 1
    "$system" -c 'import venv, ensurepip' 2>/dev/null || fail \
        "Python's venv module is missing. On Debian and Ubuntu: apt install $("$system" -c \
            'import sys; print("python%d.%d-venv" % sys.version_info[:2])')"
    echo "Creating the environment in .venv …"
    "$system" -m venv .venv
}

# prepare_environment LOCK: a lock that was installed stays installed; the longer list holds the
# shorter. What the engine compiles is compiled here, so that no run has to wait for it.
prepare_environment() {
    BIN=.venv/bin
    PYTHON=$BIN/python
    [ -x "$PYTHON" ] && "$PYTHON" -c '' 2>/dev/null || make_venv
    mark=".venv/$1.installed"
    if ! cmp -s "$1" "$mark"; then
        echo "Installing what $1 names (once; a minute or two) …"
        "$PYTHON" -m pip install --quiet --disable-pip-version-check --require-hashes -r "$1"
        cp "$1" "$mark"
    fi
    "$PYTHON" -m solver prepare
}
