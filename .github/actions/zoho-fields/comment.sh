# shellcheck shell=bash
# One comment that is updated, found by its hidden marker. Sourced, never run.

# find_comment KINDS: the newest comment of this action about the same manifest, as JSON; KINDS is an array of jq.
find_comment() {
  # shellcheck disable=SC2016 # the variables are jq's
  api_pages "/repos/$GITHUB_REPOSITORY/issues/$PR_NUMBER/comments?sort=created" '.[]
    | select(.user.login == $author)
    | (.body | split("\n")[0] | rtrimstr("\r")) as $first
    | select(any('"$1"'[]; . as $kind | $first | startswith("<!-- zoho-fields \($kind) \($key)")))
    | {id, body}' | tail -n 1
}

# keep_comment FILE KINDS QUIET: updates the comment, or writes the first one. With QUIET=yes a first one is not written:
# where there is nothing to say, only an older comment has to be corrected.
keep_comment() {
  local old id
  [[ ${PR_NUMBER:-} =~ ^[0-9]+$ ]] || return 0
  name_report "$1"
  export KEY
  KEY=$(key_of "$1")
  old=$(find_comment "$2") || return 0
  body_of "$1" >"$WORK/body"
  if [[ -z $old ]]; then
    [[ $3 != yes ]] || return 0
    api POST "/repos/$GITHUB_REPOSITORY/issues/$PR_NUMBER/comments" "$WORK/body" || no_comment
    return 0
  fi
  [[ $(jq --raw-output .body <<<"$old") != "$(jq --raw-output .body "$WORK/body")" ]] || return 0
  id=$(jq --raw-output .id <<<"$old")
  api PATCH "/repos/$GITHUB_REPOSITORY/issues/comments/$id" "$WORK/body" || no_comment
}

# A pull request from a fork gets a token that may only read; the page of the run has the report all the same.
no_comment() {
  [[ $STATUS == 403 || $STATUS == 404 ]] || fail "the comment could not be written: GitHub answered $STATUS"
  echo 'zoho-fields: the token may not comment here, so the report is only on the page of this run.' >&2
}
