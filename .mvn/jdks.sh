#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints, as Java properties, where each LTS JDK newer than the one that builds is installed:
#   jdk.21.java=/path/to/bin/java   jdk.21.missing=false   jdk.21.superseded=true
# The last says that it is missing, or that a newer one is there: it is told of 17 too.
# The folders are those that Maven Toolchains searches on Linux, and the JDK folders that CI services announce.
set -eu

installed_java() {
    for home in ${JAVA_HOME:-} $(env | sed -n "s/^JAVA_HOME_$1_[A-Za-z0-9]*=//p") \
        /usr/lib/jvm/* /usr/java/* /opt/java/* /opt/jdk* \
        "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* "$HOME"/.m2/jdks/* "$HOME"/.jabba/jdk/*; do
        if [ -x "$home/bin/javac" ] && grep -q "^JAVA_VERSION=\"$1[.\"]" "$home/release" 2>/dev/null; then
            echo "$home/bin/java"
            return
        fi
    done
}

newest=17
for version in "$@"; do
    java=$(installed_java "$version")
    if [ -n "$java" ]; then
        newest=$version
        echo "jdk.$version.java=$java"
        echo "jdk.$version.missing=false"
        echo "jdk.$version.note=JDK $version: $java"
    else
        echo "jdk.$version.java=java-$version-is-not-installed"
        echo "jdk.$version.missing=true"
        echo "jdk.$version.note=JDK $version is not installed: the tests are skipped on it"
    fi
done
for version in 17 "$@"; do
    if [ "$version" = "$newest" ]; then
        echo "jdk.$version.superseded=false"
    else
        echo "jdk.$version.superseded=true"
    fi
done
