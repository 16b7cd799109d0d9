#!/bin/sh
# Makes the fonts of searchui/static/ again: Newsreader and Libre Franklin (SIL Open Font License 1.1, no reserved
# names), cut down to the signs that news in English needs, with kerning but without hints, 60 KB in all.
# Needs npm, and pip install fonttools brotli. Run in the root of the checkout: sh docs/fonts.sh
set -eu
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
signs="U+0020-007E,U+00A0,U+00A3,U+00A7,U+00B0,U+00B7,U+00BD,U+00C9,U+00D7,U+00DF-00E5,U+00E7-00EF,U+00F1-00F6,U+00F8-00FC"
signs="$signs,U+2013,U+2014,U+2018,U+2019,U+201C,U+201D,U+2022,U+2026,U+2212"

cut() {    # family, version, weight and style, features, name of the file
    [ -d "$work/$1" ] || (cd "$work" && npm pack --silent "@fontsource/$1@$2" && mkdir "$1" && tar xzf "fontsource-$1-$2.tgz" -C "$1")
    pyftsubset "$work/$1/package/files/$1-latin-$3.woff2" --unicodes="$signs" --layout-features="$4" --no-hinting \
        --flavor=woff2 --drop-tables+=DSIG,meta,STAT --name-IDs=0,1,2,4,6,13,14 --output-file="searchui/static/$5"
    cp "$work/$1/package/LICENSE" "searchui/static/$1-licence.txt"
}

cut newsreader 5.3.0 400-normal kern,liga serif-400.woff2
cut newsreader 5.3.0 700-normal kern,liga serif-700.woff2
cut newsreader 5.3.0 400-italic liga serif-400-italic.woff2
cut libre-franklin 5.3.0 400-normal kern,tnum sans-400.woff2
cut libre-franklin 5.3.0 700-normal kern,tnum sans-700.woff2
