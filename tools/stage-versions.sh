#!/bin/sh
# stage-versions.sh WORD...: the versions of the stages as C, for gen/stage_versions.h.
#
# A version is a hash over what computes the results of these stages: their sources, what the stages share (src/base,
# src/doc, src/model, src/line), the version of the compiler, and the words, which are the flags that change code and
# the versions of the libraries. No path is in it, so that the same sources give the same version in every folder.
# What only says or writes things is left out, for it changes no result: the version of the release, the reader's language,
# JSON, CSV, and what the columns of a row are called.
set -u
cd "$(dirname "$0")/.." || exit 1

# hash FOLDER...: over the bytes of their sources, whatever the files are called
hash() {
    find "$@" \( -name '*.[ch]' -o -name '*.inc' \) \
        ! -path src/base/version.h ! -path 'src/base/tr.*' \
        ! -path 'src/base/json.*' ! -path 'src/base/csv.*' ! -path 'src/doc/fields.*' -exec sha256sum {} + | cut -d ' ' -f 1 |
        LC_ALL=C sort | sha256sum | cut -c 1-16
}

shared=$({ hash src/base src/doc src/model src/line; ${CC:-cc} --version | sed -n '1s/^[^ ]* //p'; echo "$*"; } |
    sha256sum | cut -c 1-16)
cat <<END
/* made by tools/stage-versions.sh */
#define READ_VERSION    "$shared-$(hash src/load src/clean src/layout src/ocr)"
#define RESTORE_VERSION "$shared-$(hash src/restore)"
#define EXTRACT_VERSION "$shared-$(hash src/extract)"
END
