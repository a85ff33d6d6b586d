// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.lab;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.TimeUnit;

/**
 * The faults of a path that is in use, for a program at one of its ends or whoever runs the lab with
 * {@link Lab#changingFaults}.
 */
public final class PathFaults {
    private static final long PATIENCE_SECONDS = 30;

    private final Path file;
    private final long lab;

    PathFaults(Path file, long lab) {
        this.file = file;
        this.lab = lab;
    }

    /** Those of the path that this program is at an end of. */
    public static PathFaults here() {
        return new PathFaults(Path.of(System.getenv("LAB_FAULTS")), Long.parseLong(System.getenv("LAB_PID")));
    }

    /** Returns when the path has these faults and no others; none are a good path. */
    public void become(String... names) throws IOException {
        try (WatchService renamed = file.getFileSystem().newWatchService()) {
            file.getParent().register(renamed, StandardWatchEventKinds.ENTRY_DELETE);
            write(file, names);
            signal();
            while (Files.exists(file)) {
                await(renamed);
            }
        }
    }

    static void write(Path file, String... names) throws IOException {
        Files.writeString(file, String.join("\n", names));
    }

    /** By the shell, since Java has no words for this signal. */
    private void signal() throws IOException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -HUP " + lab).inheritIO().start();
        try {
            if (kill.waitFor() != 0) {
                throw new IOException("the lab, process " + lab + ", can't be signalled");
            }
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private void await(WatchService renamed) throws IOException {
        try {
            WatchKey key = renamed.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
            if (key == null) {
                throw new IOException("the lab took no notice of " + file);
            }
            key.reset();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IOException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return (IOException) new InterruptedIOException("while the path's faults changed").initCause(e);
    }
}
