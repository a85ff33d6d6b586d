// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.util.stream.Stream;

/**
 * Whether exceptions name the peer, by the security property {@code jdk.includeInExceptions}, which a system property of
 * that name overrides (sun.security.util.SecurityProperties).
 */
final class HostInfo {
    private static final String PROPERTY = "jdk.includeInExceptions";
    private static final String CATEGORY = "hostInfo";

    private HostInfo() {
    }

    static boolean isWanted() {
        String system = JvmProperty.ofSystem(PROPERTY);
        String categories = system == null ? JvmProperty.ofSecurity(PROPERTY) : system;
        return categories != null && Stream.of(categories.split(",")).map(String::trim).anyMatch(CATEGORY::equalsIgnoreCase);
    }
}
