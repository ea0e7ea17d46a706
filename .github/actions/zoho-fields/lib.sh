# shellcheck shell=bash
# What all steps share: the tool, GitHub's API, outputs. Sourced, never run.

fail() {
  echo "zoho-fields: $1" >&2
  exit "${2:-1}"
}

# Every value below is checked once, here: what cannot be told from an option or from two values is refused.
check_environment() {
  : "${GITHUB_REPOSITORY:?}" "${GITHUB_OUTPUT:?}" "${GITHUB_STEP_SUMMARY:?}" "${RUNNER_TEMP:?}"
  : "${GITHUB_API_URL:=https://api.github.com}" "${AUTHOR:=github-actions[bot]}" "${MANIFEST:=fields.yaml}"
  [[ $GITHUB_REPOSITORY =~ ^[A-Za-z0-9._-]+/[A-Za-z0-9._-]+$ ]] || fail 'the repository has an unusual name' 64
  [[ $MANIFEST != -* && $MANIFEST != *$'\n'* ]] || fail 'the path of the manifest starts like an option' 64
  [[ ${REVIEW_NAME:=} =~ ^[A-Za-z0-9._-]{0,40}$ ]] || fail 'the name has other signs than letters, digits, dots, dashes and underscores' 64
  REPORT=$RUNNER_TEMP/zoho-fields-report
  WORK=$RUNNER_TEMP/zoho-fields-work
  rm -rf -- "$REPORT" "$WORK"
  mkdir -p -- "$REPORT" "$WORK"
  chmod 700 -- "$REPORT" "$WORK"
  # One artifact per manifest and organisation: several of them may be reviewed in one pull request.
  export SLUG
  SLUG=$(printf '%s' "$MANIFEST${REVIEW_NAME:+-$REVIEW_NAME}" | tr -c 'A-Za-z0-9._-' '-')
}

# The tool is installed outside the checkout, whose own settings of npm are a stranger's in a pull request.
install_tool() {
  if [[ -n ${ZOHO_FIELDS_CLI:-} ]]; then
    read -r -a TOOL <<<"$ZOHO_FIELDS_CLI"
    return
  fi
  [[ ${TOOL_VERSION:-} =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.]+)?$ ]] || fail 'give an exact version' 64
  (cd -- "$RUNNER_TEMP" && npm install --silent --no-save --ignore-scripts --no-audit --no-fund \
    --prefix "$RUNNER_TEMP/zoho-fields-tool" "zoho-fields@$TOOL_VERSION") >&2
  TOOL=(node "$RUNNER_TEMP/zoho-fields-tool/node_modules/zoho-fields/dist/bin.js")
}

# Settings come from the environment alone: a .env of the checkout could send the credentials to another host.
live() {
  "${TOOL[@]}" "$@" --env-file /dev/null
}

have_credentials() {
  [[ -n ${ZOHO_CLIENT_ID:-} && -n ${ZOHO_CLIENT_SECRET:-} && -n ${ZOHO_REFRESH_TOKEN:-} ]]
}

# api METHOD PATH [BODY-FILE]: the answer in $WORK/answer, its status in $STATUS; fails unless it is a success.
# The token goes through standard input, because the words of a command can be read by every process.
api() {
  local -a words=(--silent --max-time 60 --request "$1" --output "$WORK/answer" --write-out '%{http_code}'
    --header 'Accept: application/vnd.github+json' --header 'X-GitHub-Api-Version: 2022-11-28' --config -)
  [[ $1 != GET ]] || words+=(--location --retry 2)
  [[ -z ${3:-} ]] || words+=(--header 'Content-Type: application/json' --data-binary "@$3")
  [[ ${GITHUB_TOKEN:-} =~ ^[A-Za-z0-9_.-]+$ ]] || fail 'there is no usable token for GitHub' 78
  STATUS=$(curl "${words[@]}" "$GITHUB_API_URL$2" <<<"header = \"Authorization: Bearer $GITHUB_TOKEN\"") || STATUS=000
  [[ $STATUS == 2* ]]
}

# api_pages PATH FILTER: every page through a filter of jq, one result a line.
api_pages() {
  local page=1
  while api GET "$1&per_page=100&page=$page"; do
    jq --compact-output --arg author "$AUTHOR" --arg key "${KEY:-}" "$2" "$WORK/answer"
    [[ $(jq length "$WORK/answer") == 100 && $page -lt 50 ]] || return 0
    page=$((page + 1))
  done
  fail "GitHub answered $STATUS to $1"
}

# output NAME VALUE: for later steps. The delimiter cannot be known to whoever wrote the value.
output() {
  local mark
  mark=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
  printf '%s<<%s\n%s\n%s\n' "$1" "$mark" "$2" "$mark" >>"$GITHUB_OUTPUT"
}

# summary FILE: onto the page of the run, which takes 1 MiB a step.
summary() {
  [[ ! -s $1 ]] || cat -- "$1" >>"$GITHUB_STEP_SUMMARY"
}

# name_report FILE: puts the name of the organisation into the report's first line, the hidden marker.
name_report() {
  [[ -n $REVIEW_NAME && -s $1 ]] || return 0
  sed "1s/^<!-- zoho-fields [a-z]* /&name=\"$REVIEW_NAME\" /" "$1" >"$WORK/named"
  cat -- "$WORK/named" >"$1"
}

# The part of a report's first line that says which manifest, and which organisation, it is about.
key_of() {
  head -n 1 -- "$1" | grep -oE '(name="[^"]*" )?manifest="[^"]*"'
}

body_of() {
  jq --null-input --rawfile body "$1" '{body: $body}'
}
