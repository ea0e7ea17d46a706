# shellcheck shell=bash
# After a merge: exactly the plan that was reviewed in the pull request, or nothing. Sourced by run.sh.

# refuse WORDS: nothing was applied, and everybody who looks learns why.
refuse() {
  # shellcheck disable=SC2016 # the variable is jq's
  jq --null-input --raw-output --arg manifest "$MANIFEST" --arg why "$1" '($manifest | @uri | gsub("%2F"; "/")) as $name
    | "<!-- zoho-fields apply manifest=\"\($name)\" -->\n\n**Nothing was applied to Zoho:** \($why)"' >"$REPORT/apply.md"
  echo "zoho-fields: nothing was applied to Zoho: $1" >&2
  summary "$REPORT/apply.md"
  keep_comment "$REPORT/apply.md" '["apply"]' no
  output verdict 75
  exit 0
}

# The merged pull request that this commit is, and the commit that was reviewed last.
find_merge() {
  [[ ${GITHUB_SHA:-} =~ ^[0-9a-f]{40,64}$ ]] || fail 'the commit is not known' 64
  api GET "/repos/$GITHUB_REPOSITORY/commits/$GITHUB_SHA/pulls" || fail "GitHub answered $STATUS to the question for the pull request"
  # shellcheck disable=SC2016 # the variable is jq's
  jq --raw-output --arg sha "$GITHUB_SHA" \
    '[.[] | select(.merged_at != null and .merge_commit_sha == $sha)][0] // empty | "\(.number) \(.head.sha)"' "$WORK/answer"
}

# The plan of that commit, kept by a run of this repository: a fork could keep anything under the same name.
find_artifact() {
  api GET "/repos/$GITHUB_REPOSITORY/actions/artifacts?name=zoho-fields-plan-$PR_NUMBER-$SLUG&per_page=100" ||
    fail "GitHub answered $STATUS to the question for the reviewed plan"
  # shellcheck disable=SC2016 # the variable is jq's
  jq --raw-output --arg sha "$1" '[.artifacts[] | select(.expired == false and .workflow_run.head_sha == $sha
    and .workflow_run.repository_id == .workflow_run.head_repository_id)] | max_by(.created_at) // empty | .id' "$WORK/answer"
}

read -r PR_NUMBER reviewed <<<"$(find_merge)" || true
[[ ${PR_NUMBER:-} =~ ^[0-9]+$ ]] || refuse 'this commit is no merge of a pull request, so nobody reviewed a plan for it.'
artifact=$(find_artifact "$reviewed")
[[ $artifact =~ ^[0-9]+$ ]] || refuse "no plan was kept for pull request $PR_NUMBER at its last commit. It came from a fork, or the plan expired: plan and apply by hand."

api GET "/repos/$GITHUB_REPOSITORY/actions/artifacts/$artifact/zip" || fail "GitHub answered $STATUS to the download of the plan"
mv -- "$WORK/answer" "$WORK/plan.zip"
unzip -p "$WORK/plan.zip" reviewed.plan >"$WORK/reviewed.plan" || fail 'the kept plan cannot be read'

# What people looked at is the comment: the plan has to be the one that it names.
unzip -p "$WORK/plan.zip" plan.md >"$WORK/plan.md" || fail 'the kept plan has no report'
export KEY
KEY=$(key_of "$WORK/plan.md")
shown=$(find_comment '["plan"]' | jq --raw-output '.body | capture("^<!-- zoho-fields plan [^\n]*digest=\"(?<id>[0-9a-f]{64})\"").id')
digest=$(jq --raw-output .digest "$WORK/reviewed.plan")
creates=$(jq '[.modules[].entries[] | select(.action == "create")] | length' "$WORK/reviewed.plan")
if [[ $shown != "$digest" ]] && { [[ -n $shown ]] || ((creates > 0)); }; then
  refuse "the plan that was kept is not the one that the comment shows."
fi
output plan-id "$(jq --raw-output .plan_id "$WORK/reviewed.plan")"

# With -f the merged manifest has to be the one that was planned; another merge in between makes the plan stale.
verdict=0
live apply "$WORK/reviewed.plan" -f "$MANIFEST" --yes --format github --format "markdown=$REPORT/apply.md" \
  --format "html=$REPORT/apply.html" --format "json=$REPORT/apply.json" || verdict=$?
summary "$REPORT/apply.md"
if [[ -s $REPORT/apply.md ]]; then keep_comment "$REPORT/apply.md" '["apply"]' no; fi
output verdict "$verdict"
