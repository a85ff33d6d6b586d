// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Whether another user could put a file of theirs in the place of one of ours, by its owners and modes (path_resolution(7)). */
final class Ownership {
    private static final int GROUP_OR_OTHERS_MAY_WRITE = 022;
    private static final int STICKY = 01000;
    private static final int ROOT = 0;

    private Ownership() {
    }

    /** Whether a file or folder is of root or of this user, who alone may write to it. */
    static boolean isOursAlone(Path path) throws IOException {
        Map<String, Object> attributes = attributes(path);
        return isTrusted(attributes) && !isWritableByOthers(attributes);
    }

    /**
     * Makes sure that nobody else can rename what we make in a folder, nor the folder itself or one above it.
     *
     * @throws FileSystemException which says who could
     */
    static void requireThatNobodyElseRenamesIn(Path folder) throws IOException {
        for (Path above = folder.toRealPath(); above != null; above = above.getParent()) {
            Map<String, Object> attributes = attributes(above);
            if (!isTrusted(attributes)) {
                throw new FileSystemException(above.toString(), null, "another user owns it, who may rename what lies there");
            }
            if (isWritableByOthers(attributes) && ((int) attributes.get("mode") & STICKY) == 0) {
                throw new FileSystemException(above.toString(), null,
                    "other users may write to it, and rename what lies there, as it has no sticky bit");
            }
        }
    }

    /** Whoever owns the root folder rules here: in a user namespace that isn't root, who has no number there. */
    private static boolean isTrusted(Map<String, Object> attributes) throws IOException {
        Object owner = attributes.get("uid");
        return owner.equals(ROOT) || owner.equals(uid(Path.of("/proc/self"))) || owner.equals(uid(Path.of("/")));
    }

    private static boolean isWritableByOthers(Map<String, Object> attributes) {
        return ((int) attributes.get("mode") & GROUP_OR_OTHERS_MAY_WRITE) != 0;
    }

    private static Object uid(Path path) throws IOException {
        return attributes(path).get("uid");
    }

    private static Map<String, Object> attributes(Path path) throws IOException {
        return Files.readAttributes(path, "unix:uid,mode");
    }
}
