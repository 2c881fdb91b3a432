#!/usr/bin/env bash
# Packs the built command with its completions, manual pages and licences, and
# writes the checksum beside it: pack.sh TARGET TAG
set -euo pipefail

target=$1
name=gorgias-$2-$target
built=target/$target/release
packed=target/packed
folder=$packed/$name
rm -rf "$packed"
mkdir -p "$folder/completions" "$folder/man"

program=gorgias
[ -f "$built/$program" ] || program=gorgias.exe
cp "$built/$program" LICENSE-APACHE LICENSE-MIT CHANGELOG.md "$folder"
cp crates/gorgias-cli/README.md "$folder"
for shell in bash zsh fish powershell elvish; do
    "$folder/$program" completions "$shell" >"$folder/completions/gorgias.$shell"
done
"$folder/$program" manual "$folder/man"

cd "$packed"
if [ "$program" = gorgias.exe ]; then
    archive=$name.zip
    7z a -bd "$archive" "$name" >/dev/null
else
    archive=$name.tar.gz
    tar -czf "$archive" "$name"
fi
rm -rf "$name"
# macOS has no sha256sum.
if command -v sha256sum >/dev/null; then
    sha256sum "$archive" >"$archive.sha256"
else
    shasum -a 256 "$archive" >"$archive.sha256"
fi
