# shellcheck shell=bash
# On a schedule: one issue is open while Zoho is not as declared. Sourced by run.sh.

# The open issue of this action about the same manifest, as JSON.
find_issue() {
  # shellcheck disable=SC2016 # the variables are jq's
  api_pages "/repos/$GITHUB_REPOSITORY/issues?state=open" '.[]
    | select(.pull_request == null and .user.login == $author)
    | ((.body // "") | split("\n")[0] | rtrimstr("\r")) as $first
    | select($first | startswith("<!-- zoho-fields plan \($key)"))
    | {number, body}' | head -n 1
}

open_issue() {
  # shellcheck disable=SC2016 # the variables are jq's
  jq --null-input --rawfile body "$REPORT/drift.md" --arg manifest "$MANIFEST" --arg name "${REVIEW_NAME:+ ($REVIEW_NAME)}" \
    '{title: "Zoho\($name) is not as \($manifest) declares", body: $body}' >"$WORK/body"
  api POST "/repos/$GITHUB_REPOSITORY/issues" "$WORK/body" || fail "the issue could not be opened: GitHub answered $STATUS"
}

update_issue() {
  [[ $(jq --raw-output .body <<<"$1") != "$(cat -- "$REPORT/drift.md")" ]] || return 0
  body_of "$REPORT/drift.md" >"$WORK/body"
  api PATCH "/repos/$GITHUB_REPOSITORY/issues/$2" "$WORK/body" || fail "the issue could not be updated: GitHub answered $STATUS"
}

close_issue() {
  echo '{"body": "Zoho is as declared again."}' >"$WORK/body"
  api POST "/repos/$GITHUB_REPOSITORY/issues/$1/comments" "$WORK/body" || fail "GitHub answered $STATUS to the last comment"
  echo '{"state": "closed", "state_reason": "completed"}' >"$WORK/body"
  api PATCH "/repos/$GITHUB_REPOSITORY/issues/$1" "$WORK/body" || fail "the issue could not be closed: GitHub answered $STATUS"
}

found=0
live plan -f "$MANIFEST" --detailed-exitcode --format github --format "markdown=$REPORT/drift.md" \
  --format "json=$REPORT/drift.json" || found=$?
summary "$REPORT/drift.md"

case $found in
  0 | 2 | 3)
    name_report "$REPORT/drift.md"
    export KEY
    KEY=$(key_of "$REPORT/drift.md")
    issue=$(find_issue)
    number=$(jq --raw-output '.number // empty' <<<"${issue:-null}")
    if ((found == 0)); then
      [[ -z $number ]] || close_issue "$number"
    elif [[ -z $number ]]; then
      open_issue
    else
      update_issue "$issue" "$number"
    fi
    output verdict 0
    ;;
  # Whoever cannot be asked tells nothing about drift: the issue stays as it is, and the job fails.
  *) output verdict "$found" ;;
esac
