# Sourced by the other scripts: cd to the project, find a Python, make .venv from the lock named in $LOCK, set $PYTHON.
set -eu
export XINYIJIAN_BEGAN="$(date +%s)"
cd "$(dirname "$0")/.."
for name in python3 python3.13 python3.12 python3.11 python; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        BASE_PYTHON=$name
        break
    fi
done
if [ -z "${BASE_PYTHON:-}" ]; then
    echo "Python 3.11 or newer is needed and was not found." >&2
    exit 1
fi
"$BASE_PYTHON" script/install.py "${LOCK:-requirements.lock}"
PYTHON=.venv/bin/python
