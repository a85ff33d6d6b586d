// SPDX-License-Identifier: Apache-2.0
/**
 * What the provider costs and gains, measured by JMH. Each provider is selected as an application selects it, by the
 * switch, in JVMs of its own that differ in nothing else.
 */
package io.github.niofastopen.jmh;
