#!/bin/sh
# Takes out of the libraries what no running Hub reads: other languages than English, tests, sources of packed static
# files, what draws fonts when static files are made, what writes HEIC (pi_heif reads it), services of Amazon's but S3,
# pip, and the names of functions in compiled ones. Half of their size. What comes from where, and how large it is: docs/adr/057-*.md.
set -eu
cd "$1"

find . -path '*/locale/*' -mindepth 3 -maxdepth 6 -type d -path '*/locale/[a-z]*' ! -name LC_MESSAGES \
  ! -path '*/locale/en' ! -path '*/locale/en_GB' ! -path '*/locale/en/*' ! -path '*/locale/en_GB/*' \
  ! -path './django/conf/locale/gd' ! -path './django/conf/locale/gd/*' -prune -exec rm -r {} +
find . -type d \( -name tests -o -name test -o -name testing \) -path '*wagtail*' -prune -exec rm -r {} +
find . -type d \( -name tests -o -name benchmarks \) ! -path './django/*' -prune -exec rm -r {} +
find wagtail -path "*/static/*" -type f ! -name core.css -delete  # that one Wagtail looks for when it starts
find pyphen/dictionaries -type f ! -name 'hyph_en*' -delete
find spellchecker/resources -type f ! -name 'en.*' -delete
find botocore/data -mindepth 1 -maxdepth 1 -type d ! -name s3 ! -name sts -exec rm -r {} +
rm -f storages/backends/[!_s]* botocore/data/s3/*/examples-1.json
python3 - botocore/data/endpoints.json <<'TRIM' # where each of Amazon's other services is
import json, sys
known = json.load(open(sys.argv[1]))
for part in known["partitions"]:
    part["services"] = {name: part["services"][name] for name in ("s3", "sts") if name in part["services"]}
json.dump(known, open(sys.argv[1], "w"))
TRIM
find boto3/data -mindepth 1 -maxdepth 1 -type d ! -name s3 -exec rm -r {} +
find allauth/socialaccount/providers -mindepth 1 -maxdepth 1 -type d ! -name base -exec rm -r {} +
rm -rf django/contrib/gis django/contrib/admin/static allauth/*/locale ninja/static rest_framework/static \
  lxml/includes lxml/isoschematron lxml/html lxml/objectify* boto3/examples pydantic/v1 modelsearch/test \
  fontTools fonttools-*.dist-info pillow_heif pillow_heif.libs _pillow_heif* pillow_heif-*.dist-info \
  pip pip-*.dist-info setuptools setuptools-*.dist-info pkg_resources
find . \( -name '*.map' -o -name '*.pyi' -o -name '*.po' -o -name '*.pxd' -o -name '*.h' -o -name RECORD \) -delete
find . -name __pycache__ -type d -prune -exec rm -r {} +
find . -name '*.so*' -type f -exec strip --strip-unneeded {} +
