# shellcheck shell=bash
# A pull request: is the manifest valid, what does it change, and what would Zoho get? Sourced by run.sh.

# What merging starts from: the first parent of GitHub's merge commit, otherwise the tip of the base branch.
find_base() {
  if git rev-parse --verify --quiet 'HEAD^2' >/dev/null; then
    git rev-parse --verify 'HEAD^1'
    return
  fi
  [[ ${BASE_SHA:-} =~ ^[0-9a-f]{40,64}$ ]] || fail 'the commit that the change starts from is not known' 64
  if ! git cat-file -e "$BASE_SHA^{commit}" 2>/dev/null; then
    git fetch --quiet --no-tags --depth=1 origin "$BASE_SHA" >&2
  fi
  echo "$BASE_SHA"
}

# A version of the manifest, or nothing at all where that commit has none.
version_at() {
  if git cat-file -e "$1:./$MANIFEST" 2>/dev/null; then echo "$1:./$MANIFEST"; else echo /dev/null; fi
}

verdict=0
quiet=no
comment=$REPORT/validate.md

"${TOOL[@]}" validate -f "$MANIFEST" --format github --format "markdown=$REPORT/validate.md" \
  --format "sarif=$REPORT/validate.sarif" || verdict=$?

if ((verdict == 0)); then
  base=$(find_base)
  before=$(version_at "$base")
  comment=$REPORT/diff.md
  # What the base says is no fault of this change: where it cannot be compared, the comment says why.
  "${TOOL[@]}" diff "$before" "$MANIFEST" --format github --format "markdown=$REPORT/diff.md" \
    --format "html=$REPORT/diff.html" --format "json=$REPORT/diff.json" --format "patch=$REPORT/diff.patch" || true
  if [[ -s $REPORT/diff.json ]] && jq --exit-status '.changes == []' "$REPORT/diff.json" >/dev/null; then quiet=yes; fi
fi

if ((verdict == 0)) && have_credentials; then
  comment=$REPORT/plan.md
  live plan -f "$MANIFEST" --base "$base" --out "$REPORT/reviewed.plan" --format github \
    --format "markdown=$REPORT/plan.md" --format "html=$REPORT/plan.html" --format "json=$REPORT/plan.json" || verdict=$?
  quiet=no
  if [[ -s $REPORT/plan.json ]] && jq --exit-status '.kind == "plan"' "$REPORT/plan.json" >/dev/null; then
    output plan-id "$(jq --raw-output .plan_id "$REPORT/plan.json")"
    if jq --exit-status '.summary | .create + .drift + .conflict == 0' "$REPORT/plan.json" >/dev/null; then quiet=yes; fi
  fi
  if [[ -s $REPORT/reviewed.plan && ${PR_NUMBER:-} =~ ^[0-9]+$ ]]; then
    output artifact "zoho-fields-plan-$PR_NUMBER-$SLUG"
  fi
fi

summary "$comment"
if [[ -s $comment ]]; then keep_comment "$comment" '["plan", "diff", "validate"]' "$quiet"; fi
output verdict "$verdict"
