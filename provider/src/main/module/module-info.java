// SPDX-License-Identifier: Apache-2.0
/**
 * TCP Fast Open for Java code that doesn't know about it.
 *
 * <p>The module provides no service: on the module path as on the class path, this jar alone changes nothing. The switch,
 * the agent or the services module selects the provider.
 */
module io.github.niofastopen {
    requires static java.instrument;
    requires static java.management;
    requires static jdk.jfr;

    exports io.github.niofastopen;
    exports io.github.niofastopen.monitor;
}
