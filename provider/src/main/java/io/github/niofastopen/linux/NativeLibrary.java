// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Loads the native library that travels in the jar: from a private copy, or where it lies on disk already (see
 * {@link LibraryFile}).
 */
public final class NativeLibrary {
    /** Where a copy is tried if no folder was named and {@code java.io.tmpdir} won't do. */
    private static final List<String> OTHER_FOLDERS = List.of("/var/tmp", "/dev/shm");

    /** Protected by the class's monitor. */
    private static boolean loaded;

    private NativeLibrary() {
    }

    /**
     * Loads the library if this hasn't done so before.
     *
     * @throws UnavailableException as {@link #load}
     */
    public static synchronized void loadOnce(Path folder) throws UnavailableException {
        if (!loaded) {
            load(folder);
            loaded = true;
        }
    }

    /**
     * Loads the library.
     *
     * @param folder where the library lies or to which it is copied, or null for beside the jar and {@code java.io.tmpdir}
     * @throws UnavailableException if it can't be had here; the message says why, and how to mend it
     */
    public static void load(Path folder) throws UnavailableException {
        byte[] library = shipped();
        List<String> failures = new ArrayList<>();
        try {
            Path place = folder == null ? besideTheJar() : folder;
            if (!isLoadedInPlace(place, library, failures)
                    && !isLoadedFromCopy(folder == null ? temporaryFolders() : List.of(folder), library, failures)) {
                if (place != null && LibraryFile.isPassedOver(place, library)) {
                    failures.add("lies in " + place + " but isn't taken from there, since others may write to the file or its folder, or it"
                        + " is of another version");
                }
                throw new UnavailableException("the native library " + String.join("; it ", failures)
                    + "; name a folder that can be written to and isn't mounted noexec with -Dniofastopen.native.dir=DIR",
                    null);
            }
            bind();
        } catch (IllegalCallerException e) {
            Module own = NativeLibrary.class.getModule();
            throw new UnavailableException("this JVM denies native access (" + e.getMessage()
                + "); start it with --enable-native-access=" + (own.isNamed() ? own.getName() : "ALL-UNNAMED"), e);
        }
    }

    /** Not by the JVM, as it loads the library: JDK 17 has a lock of the whole JVM then (JDK-8266310), and this loads classes. */
    private static void bind() {
        bindOwnClasses();
        OwnClasses.defineForLibrary();
        bindOthers();
    }

    private static native void bindOwnClasses();

    private static native void bindOthers();

    private static byte[] shipped() throws UnavailableException {
        String platform = platform();
        try {
            if (OwnJar.isExchanged()) {
                throw new UnavailableException("the jar was exchanged for another under the running JVM; start the JVM again", null);
            }
            byte[] library = OwnJar.read("META-INF/native/" + platform + "/" + LibraryFile.NAME);
            if (library == null) {
                throw new UnavailableException(platform.startsWith("linux-")
                    ? "this jar was built without a native library for " + platform + "; build it on such a machine, or take one that was"
                    : "there is no native library for " + platform + " in the jar; TCP Fast Open is supported on Linux only",
                    null);
            }
            return library;
        } catch (IOException e) {
            throw new UnavailableException("the native library can't be read from the jar (" + e
                + "); was the jar exchanged under the running JVM?", e);
        }
    }

    private static boolean isLoadedInPlace(Path folder, byte[] library, List<String> failures) {
        try {
            return folder != null && LibraryFile.loadFrom(folder, library);
        } catch (UnsatisfiedLinkError e) {
            failures.add("lies in " + folder + " but can't be loaded there (" + e.getMessage() + ")");
            return false;
        }
    }

    private static boolean isLoadedFromCopy(List<Path> folders, byte[] library, List<String> failures) {
        for (Path folder : folders) {
            try {
                LibraryFile.loadCopyIn(folder, library);
                return true;
            } catch (UnsatisfiedLinkError e) {
                failures.add("can't be loaded from " + folder + " (" + e.getMessage() + ")");
            } catch (IOException e) {
                failures.add("can't be copied to " + folder + " (" + e + ")");
            }
        }
        return false;
    }

    /** The folder of the jar, or null if these classes come from somewhere else. */
    private static Path besideTheJar() {
        Path jar = OwnJar.location();
        return jar == null ? null : jar.getParent();
    }

    private static List<Path> temporaryFolders() {
        List<Path> folders = new ArrayList<>();
        folders.add(Path.of(System.getProperty("java.io.tmpdir")));
        for (String name : OTHER_FOLDERS) {
            folders.add(Path.of(name));
        }
        return folders;
    }

    /**
     * Tries the system calls that everything depends on, harmlessly: a sandbox that filters them answers before the
     * kernel looks at the descriptor.
     *
     * @throws UnavailableException if one is refused to this process, or another library's is called in its place
     */
    public static void checkSystemCalls() throws UnavailableException {
        checkConnect();
        check("sendto(2)", new NativeTcpSocket(-1).sendBareSyn());
        check("getsockopt(2) of TCP_INFO", NativeTcpSocket.errorOfInfoWithoutSocket());
    }

    /**
     * A library that leads connections elsewhere, to a proxy, may not be called twice for a socket, and leaves nothing to defer:
     * the socket is connected when its connect(2) returns.
     */
    private static void checkConnect() throws UnavailableException {
        if (hasOtherConnect()) {
            throw new UnavailableException("a preloaded library has a connect(2) of its own, and may lead connections elsewhere; take"
                + " it out of LD_PRELOAD or /etc/ld.so.preload, or leave nio-fastopen out", null);
        }
    }

    private static native boolean hasOtherConnect();

    private static void check(String call, int result) throws UnavailableException {
        if (!Errno.EBADF.is(result)) {
            throw new UnavailableException("a sandbox refuses " + call + ": " + Errno.describe(result)
                + "; allow it in the seccomp profile", null);
        }
    }

    /** The folder name of this platform's library, such as {@code linux-x86_64}. */
    static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replace(" ", "");
        String arch = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return os + "-" + (arch.equals("amd64") ? "x86_64" : arch);
    }

    /** Why the native library isn't there, in words for the person who runs the JVM. */
    public static final class UnavailableException extends Exception {
        private static final long serialVersionUID = 1L;

        UnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
