#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints, as Java properties, which JDK compiles and which one runs the tests: jdks.sh MAVENS_JDK [TEST_JDK]
#   compile.jdk.range=[17,18)   test.java=/path/to/bin/java   test.jdk=27   ...
# Java 17's own compiler is taken where it is installed, else that of the JDK that Maven runs on. The tests run on the newest
# JDK that the project supports, or on TEST_JDK (a folder). The folders searched are those that Maven Toolchains searches on
# Linux, and those that CI services announce in JAVA_HOME_VERSION_ARCHITECTURE.
set -eu
oldest=17
newest=27
# Newer class files than this one's are unknown to the tool; a compiler newer than that, to the plugin.
spotbugs_knows=24
error_prone_knows=26

home_of() {
    for home in "$mavens" ${JAVA_HOME:-} $(env | sed -n "s/^JAVA_HOME_$1_[A-Za-z0-9]*=//p") \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* "$HOME"/.jabba/jdk/*; do
        if [ -x "$home/bin/javac" ] && [ "$(version_of "$home")" = "$1" ]; then
            echo "$home"
            return
        fi
    done
}

version_of() {
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release" 2>/dev/null
}

newest_home() {
    version=$newest
    while [ "$version" -ge "$oldest" ]; do
        home=$(home_of "$version")
        [ -z "$home" ] || { echo "$home"; return; }
        version=$((version - 1))
    done
}

mavens=$1
compiling=$(home_of "$oldest")
[ -n "$compiling" ] || compiling=$mavens
compiler=$(version_of "$compiling")
testing=${2:-}
[ -n "$testing" ] || testing=$(newest_home)
[ -x "$testing/bin/java" ] || { echo "There is no JDK in $testing" >&2; exit 1; }
tester=$(version_of "$testing")

echo "compile.jdk=$compiler"
echo "compile.jdk.range=[$compiler,$((compiler + 1)))"
# An option of javac: the plugin, or nothing that javac knows.
if [ "$compiler" -le "$error_prone_knows" ]; then
    echo "error.prone=-Xplugin:ErrorProne"
else
    echo "error.prone=-XDwithoutErrorProne"
fi
if [ "$(version_of "$mavens")" -le "$spotbugs_knows" ]; then
    echo "spotbugs.skip=false"
else
    echo "spotbugs.skip=true"
fi
echo "test.jdk.version=$tester"
echo "test.java=$testing/bin/java"
# Every other JDK that is there, for tests that use several: 17=/path/to/home,21=...
others=
version=$oldest
while [ "$version" -le "$newest" ]; do
    home=$(home_of "$version")
    [ -z "$home" ] || others="$others${others:+,}$version=$home"
    version=$((version + 1))
done
echo "installed.jdks=$others"
