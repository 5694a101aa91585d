#!/bin/sh
# Takes out of the libraries what no running Hub reads: other languages than English, tests, sources of packed static
# files, what draws fonts when static files are made, and pip. Half of their size.
set -eu
cd "$1"

find . -path '*/locale/*' -mindepth 3 -maxdepth 6 -type d -path '*/locale/[a-z]*' ! -name LC_MESSAGES \
  ! -path '*/locale/en' ! -path '*/locale/en_GB' ! -path '*/locale/en/*' ! -path '*/locale/en_GB/*' -prune -exec rm -r {} +
find . -type d \( -name tests -o -name test -o -name testing \) -path '*wagtail*' -prune -exec rm -r {} +
rm -r django/contrib/gis django/contrib/admin/static 2>/dev/null || true
find wagtail -path "*/static/*" -type f ! -name core.css -delete  # that one Wagtail looks for when it starts
rm -r allauth/socialaccount/providers/*/static allauth/*/locale 2>/dev/null || true
rm -r fontTools fonttools-*.dist-info pip pip-*.dist-info setuptools setuptools-*.dist-info pkg_resources 2>/dev/null || true
find . -name '*.map' -delete
find . -name '*.pyi' -delete
find . -name __pycache__ -type d -prune -exec rm -r {} +
