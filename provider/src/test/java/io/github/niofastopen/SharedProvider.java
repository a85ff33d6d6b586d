// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen;

/** The bridge can be defined once in a JVM: the tests of this JVM share the provider that did it. */
final class SharedProvider {
    static final FastOpenSelectorProvider INSTANCE = new FastOpenSelectorProvider();

    private SharedProvider() {
    }
}
