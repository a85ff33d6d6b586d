// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import io.github.niofastopen.config.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/** What is wrong with this JVM's settings, which are the application's if it was started with the same options. */
final class SettingsFindings {
    private static final String SUBJECT = "settings";
    private static final String PREFIX = "niofastopen.";
    private static final String ENABLED = PREFIX + "enabled";

    private final Configuration configuration;
    private final Set<String> given = new TreeSet<>();

    SettingsFindings(Properties properties) {
        configuration = Configuration.from(properties);
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                given.add(name);
            }
        }
    }

    /** None where nothing is set. */
    List<Finding> all() {
        List<Finding> findings = new ArrayList<>();
        Set<String> known = configuration.inForce().keySet();
        for (String name : given) {
            if (!known.contains(name)) {
                findings.add(Finding.note(SUBJECT, name + " isn't known, and is ignored", "known are " + String.join(", ", known)));
            }
        }
        configuration.warnings().forEach(warning -> findings.add(Finding.note(SUBJECT, warning)));
        if (!configuration.enabled()) {
            findings.add(Finding.stops(SUBJECT, ENABLED + "=false: connections are the JDK's own", "leave " + ENABLED + " out"));
        }
        if (findings.isEmpty() && !given.isEmpty()) {
            findings.add(Finding.ok(SUBJECT, String.join(", ", given.stream().map(this::inForce).toList())));
        }
        return findings;
    }

    private String inForce(String name) {
        return name + "=" + configuration.inForce().get(name);
    }
}
