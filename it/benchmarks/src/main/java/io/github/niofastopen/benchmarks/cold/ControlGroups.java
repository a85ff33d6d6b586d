// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.cold;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Control groups of the kernel's, one for each bound, in whichever hierarchy has the controller of processors. */
final class ControlGroups implements Throttling {
    /** Version 2, where it is mounted alone, and version 1. */
    private static final List<Path> HIERARCHIES = List.of(Path.of("/sys/fs/cgroup"), Path.of("/sys/fs/cgroup/cpu"));
    private static final String QUOTA = "cpu.cfs_quota_us";
    private static final String MAXIMUM = "cpu.max";

    private final Path parent;
    private final List<Path> made = new ArrayList<>();

    private ControlGroups(Path parent) {
        this.parent = parent;
    }

    /** Null where none can be made, or they have no such bound. */
    static ControlGroups orNull() {
        for (Path hierarchy : HIERARCHIES) {
            ControlGroups groups = new ControlGroups(hierarchy);
            try {
                groups.make(Throttle.QUARTER);
                groups.close();
                return groups;
            } catch (IOException e) {
                groups.closeQuietly();
            }
        }
        return null;
    }

    private Path group(Throttle throttle) {
        return parent.resolve("nio-fastopen-benchmark-" + ProcessHandle.current().pid() + "-" + throttle.percent());
    }

    private void make(Throttle throttle) throws IOException {
        Path group = group(throttle);
        Files.createDirectory(group);
        made.add(group);
        int quota = PERIOD_MICROS / 100 * throttle.percent();
        if (Files.exists(group.resolve(QUOTA))) {
            Files.writeString(group.resolve(QUOTA), Integer.toString(quota));
        } else if (Files.exists(group.resolve(MAXIMUM))) {
            Files.writeString(group.resolve(MAXIMUM), quota + " " + PERIOD_MICROS);
        } else {
            throw new IOException("the groups of " + parent + " have no bound of processor time");
        }
    }

    @Override
    public List<String> around(Throttle throttle, List<String> command) throws IOException {
        if (throttle == Throttle.NONE) {
            return command;
        }
        Path group = group(throttle);
        if (!made.contains(group)) {
            make(throttle);
        }
        List<String> within = new ArrayList<>(List.of("sh", "-c", "echo $$ > \"$0\" && exec \"$@\"", group.resolve("cgroup.procs").toString()));
        within.addAll(command);
        return within;
    }

    @Override
    public String inWords() {
        return "by a control group (" + (parent.equals(HIERARCHIES.get(0)) ? MAXIMUM : QUOTA) + ")";
    }

    @Override
    public void close() throws IOException {
        for (Path group : made) {
            Files.deleteIfExists(group);
        }
        made.clear();
    }

    private void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            // It is empty, and does nobody harm.
        }
    }
}
