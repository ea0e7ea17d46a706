#!/usr/bin/env bash
# Ends the job as the step before it ended, once its comment and its reports are safe.
set -euo pipefail
[[ ${VERDICT:-1} =~ ^[0-9]{1,3}$ ]] || VERDICT=1
exit "$VERDICT"
