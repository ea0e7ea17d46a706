#!/usr/bin/env bash
# One step of the action: review, apply or drift.
set -euo pipefail
here=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=lib.sh
source "$here/lib.sh"
# shellcheck source=comment.sh
source "$here/comment.sh"

check_environment
output report "$REPORT"
case ${STEP:-} in
  review | apply | drift)
    install_tool
    # shellcheck source=/dev/null
    source "$here/$STEP.sh"
    ;;
  *) fail 'the step is one of review, apply and drift' 64 ;;
esac
