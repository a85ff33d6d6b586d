// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Finds out whether TCP Fast Open can work on this machine, and what stops it. */
public final class Doctor {

    private Doctor() {
    }

    /** What there is to say, from the kernel up. Opens the door into the JDK, which can be done once in a JVM. */
    public static List<Finding> examine() {
        SystemFiles files = new SystemFiles(Path.of("/"));
        List<Finding> findings = new ArrayList<>(new KernelFindings(files, System.getenv()).all());
        boolean sysctlOff = findings.stream().anyMatch(finding -> finding.subject().equals(KernelFindings.SYSCTL_SUBJECT)
            && finding.state() == Finding.State.STOPS);
        findings.addAll(new ProviderFindings(files, sysctlOff).all(System.getProperties()));
        findings.addAll(new SettingsFindings(System.getProperties()).all());
        findings.add(HelloFinding.ofThisJvm());
        return findings;
    }
}
