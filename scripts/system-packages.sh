#!/bin/sh
# What the system must have: looks first, and installs with apt only what is missing.
# Usage: scripts/system-packages.sh build|test
set -eu

build="python3-venv git graphviz fontconfig libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
       fonts-morisawa-bizud-gothic fonts-noto-cjk"
test="chromium poppler-utils qpdf default-jre-headless libpdfbox2-java libactivation-java libjaxb-api-java jq"

case "${1:-build}" in
  build) wanted=$build ;;
  test) wanted="$build $test" ;;
  *) echo "使い方: $0 build|test" >&2; exit 2 ;;
esac

missing=""
if command -v dpkg-query >/dev/null 2>&1; then
  for package in $wanted; do
    # A Python of one's own brings venv with it; Debian's needs the package.
    if [ "$package" = python3-venv ] && "${PYTHON:-python3}" -c 'import ensurepip, venv' 2>/dev/null; then continue; fi
    # Any Java does; Debian's is only the one that is installed when there is none.
    if [ "$package" = default-jre-headless ] && command -v java >/dev/null 2>&1; then continue; fi
    if [ "$package" = git ] && command -v git >/dev/null 2>&1; then continue; fi
    dpkg-query -W -f '${Status}' "$package" 2>/dev/null | grep -q 'install ok installed' || missing="$missing $package"
  done
else
  command -v dot >/dev/null 2>&1 || missing="$missing graphviz"
  command -v git >/dev/null 2>&1 || missing="$missing git"
  command -v fc-match >/dev/null 2>&1 || missing="$missing fontconfig"
  fc-list 2>/dev/null | grep -q 'BIZ UDPGothic' || missing="$missing BIZ-UDGothic(フォント)"
  if [ "${1:-build}" = test ]; then
    for command in chromium pdftotext qpdf java jq; do
      command -v "$command" >/dev/null 2>&1 || missing="$missing $command"
    done
  fi
fi

[ -n "$missing" ] || exit 0

if ! command -v apt-get >/dev/null 2>&1; then
  {
    echo "次のものがありません。お使いの環境の方法で入れてから、もう一度実行してください:"
    for package in $missing; do echo "  - $package"; done
    echo "（Debian での名前の一覧:$(echo $wanted | tr '\n' ' ')）"
  } >&2
  exit 2
fi

if [ "$(id -u)" = 0 ]; then as_root=""; elif command -v sudo >/dev/null 2>&1; then as_root=sudo; else
  echo "管理者の権限がありません。次を実行してください: apt-get install$missing" >&2
  exit 2
fi
echo "入れるもの:$missing" >&2
$as_root env DEBIAN_FRONTEND=noninteractive apt-get update -q
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
