#!/usr/bin/env bash
# build-twice.sh OUT: builds and packs what is committed here in two fresh clones, under two paths, time zones and
# languages. Only where both tarballs are the same, byte for byte, OUT gets the tarball, the bill of materials of what is
# bundled into it, the licences, and their digests.
set -euo pipefail
out=${1:?which folder?}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

build() { # FOLDER TIMEZONE LANGUAGE
  git clone --quiet . "$1"
  (
    cd "$1"
    export TZ=$2 LC_ALL=$3
    npm ci --ignore-scripts
    npm run -s build
    npm pack --ignore-scripts
  )
}
build "$work/one" UTC C
build "$work/some where/else" Asia/Kolkata tr_TR.UTF-8

mkdir -p "$out"
for tarball in "$work"/one/*.tgz; do
  cmp "$tarball" "$work/some where/else/$(basename "$tarball")"
  cp "$tarball" "$out"
done
(cd "$work/one" && npm sbom --sbom-format cyclonedx | npx --no-install tsx scripts/sbom.ts) >"$out/zoho-fields.cdx.json"
cp "$work/one/dist/THIRD_PARTY_LICENSES.txt" "$out"
(cd "$out" && sha256sum -- *.tgz *.json *.txt >SHA256SUMS && cat SHA256SUMS)
