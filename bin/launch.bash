# SPDX-License-Identifier: Apache-2.0
# What the commands of a checkout share; sourced by them. Finds a JDK, and builds what has changed.
# shellcheck shell=bash

fail() {
  echo "$1" >&2
  exit "${2:-1}"
}

# Sets java, release (such as 17.0.15) and version (such as 17).
find_java() {
  java="java"
  if [ -n "${JAVA_HOME:-}" ]; then
    java="$JAVA_HOME/bin/java"
  fi
  command -v "$java" >/dev/null || fail "There is no $java: install a JDK, 17 or newer, or set JAVA_HOME to one."
  release="$("$java" -version 2>&1 | sed -n 's/.*version "\([^"]*\)".*/\1/p' | head -n 1)"
  version="${release%%[!0-9]*}"
  [ "${version:-0}" -ge 17 ] || fail "Millrace needs Java 17 or newer; $java is version ${release:-unknown}."
}

# Sets options to what every JVM of Millrace needs; needs find_java and root.
find_options() {
  options=("-Dmillrace.home=$root" -XX:+ExitOnOutOfMemoryError)
  if [ "$version" -ge 23 ]; then
    # Libraries of Pekko use what these JDKs warn about.
    options+=(--sun-misc-unsafe-memory-access=allow --enable-native-access=ALL-UNNAMED)
  fi
  # A chain of operators is compiled as one loop only if methods that were compiled before may be inlined, too.
  options+=(-XX:InlineSmallCode=10000)
}

# Sets module, such as modules/cli, dist and class_path; the other arguments are the folders that it is made from.
use_module() {
  module="$1"
  shift
  sources=("$@")
  dist="$root/$module/target/dist"
  class_path="$dist/*:$dist/lib/*"
}

stale() {
  [ -e "$dist/built" ] || return 0
  [ -n "$(cd "$root" && find pom.xml "${sources[@]}" \
    \( -name target -o -path '*/src/test' -o -path examples/data \) -prune -o \
    -type f -newer "$dist/built" \( -name pom.xml -o -path '*/src/main/*' \) -print -quit)" ]
}

build() {
  local log="$root/$module/target/build.log"
  command -v mvn >/dev/null || fail "Building Millrace needs Maven 3.8 or newer: there is no mvn on the PATH."
  echo "Building Millrace (first use, or sources have changed) ..." >&2
  rm -rf "$dist"
  mkdir -p "$dist"
  # Older than every file that changes while the build runs.
  touch "$dist/began"
  # Tests are neither compiled nor run: that is what mvn verify is for.
  if (cd "$root" && mvn -B -Dmaven.test.skip=true -Dstyle.color=never -pl "$module" -am package </dev/null 2>&1) |
    tee "$log" | sed -nu 's/^\[INFO\] Building \(Millrace.*\) 0[^ ]* *\(\[[0-9/]*\]\).*/  \2 \1/p' >&2; then
    mv "$dist/began" "$dist/built"
  else
    grep '^\[ERROR\]' "$log" | head -n 30 >&2 || true
    fail "The build failed; all of its output is in $log."
  fi
}

# Calls the given function, which builds what it finds missing, while no other command of this checkout builds.
alone() {
  mkdir -p "$root/target"
  if command -v flock >/dev/null; then
    # Who comes second waits, and then finds the work done.
    exec 9>"$root/target/build.lock"
    flock -n 9 || { echo "Waiting for another build of Millrace ..." >&2 && flock 9; }
    "$1" 9>&-
    exec 9>&-
  else
    "$1"
  fi
}
