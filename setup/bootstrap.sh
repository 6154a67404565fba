# shellcheck shell=sh
# Sets up what ./run and ./test need; both source this file from the project's folder and then call `set_up run`,
# `set_up test-fast` or `set_up test-all`. POSIX sh, no GNU-only options. What is already there is skipped without any network.
#
#   .venv/    Python packages as locked and hashed in requirements.lock or, once ./test was used, requirements-dev.lock
#   .boot/uv  the installer, where the machine has none
#   .build/   front-end files (setup/frontend.py), collected static files, the log of this set-up
#
# A step is finished when its mark is there: a copy of what it was made from, written last. Without the mark it is done
# again from the start. Ends with 2 after one German sentence when something is missing.
#
# Tried on Debian 12, as root and not, with and without pip, venv, npm and uv. Not tried: macOS, for which it is written
# too.

LOG=.build/setup.log
LOCKED=
CHILD=
NEW_ENVIRONMENT=

say() { printf '%s\n' "$*"; }

stop() {
    printf '%s\n' "$*" >&2
    exit 2
}

set_up() {
    LOCK=requirements.lock
    if [ "$1" != run ] || [ -f .venv/requirements-dev.lock ]; then LOCK=requirements-dev.lock; fi
    environment_ready && frontend_ready && programs_ready "$1" && return 0

    { mkdir -p .build && : >"$LOG"; } 2>/dev/null ||
        stop "In diesen Ordner lässt sich nicht schreiben: $(pwd). Legen Sie das Projekt an einen Ort, der Ihnen gehört."
    trap clean_up EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM HUP
    take_lock
    programs_ready "$1" || install_programs
    environment_ready || install_environment
    frontend_ready || install_frontend
    clean_up
    trap - EXIT INT TERM HUP
}

environment_ready() {
    cmp -s "$LOCK" ".venv/$LOCK" && .venv/bin/python -c 'import django' 2>/dev/null
}

frontend_ready() {
    cmp -s package-lock.json .build/made-from/package-lock.json &&
        cmp -s setup/frontend.py .build/made-from/frontend.py
}

# -- one set-up at a time -------------------------------------------------------------------------------------------
take_lock() {
    waited=
    until mkdir .build/lock 2>/dev/null; do
        owner=$(cat .build/lock/pid 2>/dev/null)
        if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
            rm -rf .build/lock # its owner was killed
        elif [ -z "$owner" ] && [ "${waited:-0}" -ge 10 ]; then
            rm -rf .build/lock # its owner was killed before it could write its number
        else
            [ -n "$waited" ] || say "Eine andere Einrichtung läuft gerade; ich warte …"
            waited=$((${waited:-0} + 1))
            sleep 1
        fi
    done
    LOCKED=yes
    echo $$ >.build/lock/pid
}

clean_up() {
    [ -z "$CHILD" ] || kill "$CHILD" 2>/dev/null
    [ -z "$LOCKED" ] || rm -rf .build/boot .build/new-* # a cancelled front end
    [ -z "$NEW_ENVIRONMENT" ] || rm -rf .venv
    [ -z "$LOCKED" ] || rm -rf .build/lock
    CHILD='' NEW_ENVIRONMENT='' LOCKED=''
}

# Runs a command with its output in the log; in the background, so that a signal ends it at once.
attempt() {
    "$@" >>"$LOG" 2>&1 </dev/null &
    CHILD=$!
    wait "$CHILD"
    set -- $?
    CHILD=
    return "$1"
}

failed() {
    if grep -qi 'no space left\|quota exceeded' "$LOG"; then
        stop "Der Datenträger ist voll. Schaffen Sie Platz (etwa 1 GB) und starten Sie denselben Befehl noch einmal."
    fi
    tail -n 15 "$LOG" | cut -c 1-400 >&2
    stop "$1 (siehe oben; alles steht in $LOG). Danach starten Sie denselben Befehl noch einmal."
}

# -- Python packages ------------------------------------------------------------------------------------------------
install_environment() {
    find_python
    enough_space
    find_uv
    say "Python-Pakete werden eingerichtet …"
    # A finished environment is brought up to date in place, an unfinished one begins anew.
    if [ -f .venv/requirements.lock ] || [ -f .venv/requirements-dev.lock ]; then
        .venv/bin/python -c '' 2>/dev/null || rm -rf .venv
        rm -f .venv/requirements.lock .venv/requirements-dev.lock
    else
        rm -rf .venv
    fi
    [ -d .venv ] || NEW_ENVIRONMENT=yes
    if [ -n "$UV" ]; then
        { [ -d .venv ] || attempt "$UV" venv --no-python-downloads --python "$PYTHON" .venv; } &&
            attempt "$UV" pip sync --python .venv/bin/python --require-hashes --no-build "$LOCK"
    else
        { [ -d .venv ] || attempt "$PYTHON" -m venv .venv; } &&
            attempt .venv/bin/python -m pip install --require-hashes --only-binary :all: -r "$LOCK"
    fi || failed "Die Python-Pakete ließen sich nicht einrichten"
    cp "$LOCK" ".venv/$LOCK" || failed "Die Python-Pakete ließen sich nicht einrichten"
    NEW_ENVIRONMENT=
}

find_python() {
    for name in python3 python3.14 python3.13 python3.12 python3.11; do
        PYTHON=$("$name" -c 'import sys; sys.version_info >= (3, 11) and print(sys.executable)' 2>/dev/null)
        if [ -n "$PYTHON" ]; then
            PYTHON_NAME=$name
            return 0
        fi
    done
    stop "Python 3.11 oder neuer fehlt. Debian und Ubuntu: apt-get install python3. macOS: brew install python3."
}

enough_space() {
    "$PYTHON" -c 'import shutil, sys; sys.exit(shutil.disk_usage(".").free < 10**9)' ||
        stop "Der Datenträger ist fast voll: Für die Einrichtung muss 1 GB frei sein."
}

# Sets UV to the installer: the machine's, or one of our own; or to nothing, then pip does it, more slowly.
find_uv() {
    if command -v uv >/dev/null 2>&1 && uv --version >/dev/null 2>&1; then
        UV=$(command -v uv)
    elif [ -x .boot/uv ] || fetch_uv; then
        UV=$(pwd)/.boot/uv
    else
        UV=
    fi
    export UV
}

fetch_uv() {
    say "Das Installationswerkzeug uv wird geholt …"
    rm -rf .build/boot
    if ! attempt "$PYTHON" -m venv .build/boot; then
        if attempt "$PYTHON" -m pip --version; then
            rm -rf .build/boot
            attempt "$PYTHON" -m pip install --target .build/boot --require-hashes --only-binary :all: \
                -r setup/requirements-uv.lock || failed "Das Installationswerkzeug uv ließ sich nicht holen"
        else
            package=$PYTHON_NAME-venv
            install_debian "$package" ||
                stop "Es fehlt das Debian-Paket $package. Bitte ausführen: sudo apt-get install -y $package"
            rm -rf .build/boot
            attempt "$PYTHON" -m venv .build/boot || failed "Die Python-Umgebung ließ sich nicht anlegen"
        fi
    fi
    if [ -x .build/boot/bin/python ]; then
        attempt .build/boot/bin/python -m pip install --require-hashes --only-binary :all: \
            -r setup/requirements-uv.lock || {
            rm -rf .build/boot
            return 1 # no uv for this kind of machine: pip goes on
        }
    fi
    mkdir -p .boot && cp .build/boot/bin/uv .boot/uv.new && mv .boot/uv.new .boot/uv ||
        failed "Das Installationswerkzeug uv ließ sich nicht ablegen"
    rm -rf .build/boot
}

# Installs Debian packages where we may: as root, with apt-get.
install_debian() {
    [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1 || return 1
    say "Debian-Pakete werden installiert: $* …"
    for again in no yes; do
        [ "$again" = no ] || attempt apt-get update || return 1
        attempt env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" && return 0
    done
    tail -n 5 "$LOG" >&2
    return 1
}

# -- front end ------------------------------------------------------------------------------------------------------
install_frontend() {
    [ -n "${UV+set}" ] || {
        [ -x .boot/uv ] && UV=$(pwd)/.boot/uv || UV=$(command -v uv)
        export UV
    }
    say "Schriften und Gestaltung werden eingerichtet …"
    attempt .venv/bin/python setup/frontend.py || failed "Schriften und Gestaltung ließen sich nicht einrichten"
}

# -- what the whole of the tests needs besides ----------------------------------------------------------------------
programs_ready() {
    [ "$1" != test-all ] || { find_postgres && find_chromium && find_dovecot && find_libreoffice; }
}

install_programs() {
    for package in postgresql chromium dovecot-imapd libreoffice-writer-nogui; do
        case $package in
        postgresql) find_postgres ;;
        chromium) find_chromium ;;
        dovecot-imapd) find_dovecot ;;
        *) find_libreoffice ;;
        esac ||
            install_debian "$package" ||
            stop "Für die Tests fehlt das Debian-Paket $package. Bitte ausführen: sudo apt-get install -y $package"
    done
    find_postgres && find_chromium && find_dovecot && find_libreoffice ||
        stop "PostgreSQL (initdb), Chromium, Dovecot oder LibreOffice ist installiert, lässt sich aber nicht finden."
}

find_postgres() {
    for POSTGRES in "$(dirname "$(command -v initdb || echo /none/initdb)")" /usr/lib/postgresql/*/bin; do
        if [ -x "$POSTGRES/initdb" ] && [ -x "$POSTGRES/postgres" ] && [ -x "$POSTGRES/pg_isready" ]; then
            export POSTGRES
            return 0
        fi
    done
    return 1
}

find_chromium() {
    CHROMIUM=${CHROMIUM:-$(command -v chromium || command -v chromium-browser || command -v google-chrome)}
    export CHROMIUM
    [ -x "$CHROMIUM" ]
}

# The tests read refused mails from a real mailbox.
find_dovecot() {
    DOVECOT=${DOVECOT:-$(command -v dovecot || echo /usr/sbin/dovecot)}
    export DOVECOT
    [ -x "$DOVECOT" ]
}

# Our Word files are laid out by it: one page each.
find_libreoffice() {
    SOFFICE=${SOFFICE:-$(command -v soffice || echo /Applications/LibreOffice.app/Contents/MacOS/soffice)}
    export SOFFICE
    [ -x "$SOFFICE" ]
}
