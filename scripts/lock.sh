#!/bin/sh
# Renew the lock files: every package of the environment with its hashes, without the address of any index.
# Needs uv (pip install uv). Usage: scripts/lock.sh
set -eu
cd "$(dirname "$0")/.."
compile() { uv pip compile -q --generate-hashes --universal --python-version 3.11 --no-header --upgrade pyproject.toml "$@"; }
compile --extra build -o requirements.lock
compile --extra build --extra dev -o requirements-dev.lock
