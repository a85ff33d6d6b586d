package io.github.niofastopen.linux;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Loads the native library that travels in the jar. It is copied into a folder of its own that only this user may enter,
 * loaded, and deleted at once: Linux keeps a mapped file until its last user is gone.
 */
public final class NativeLibrary {
    private static final String FILE_NAME = "libniofastopen.so";

    private NativeLibrary() {
    }

    /**
     * Loads the library.
     *
     * @param folder where to copy the library to, or null for {@code java.io.tmpdir}
     * @throws UnavailableException if it can't be had here; the message says why, and how to mend it
     */
    public static void load(Path folder) throws UnavailableException {
        String platform = platform();
        String resource = "/META-INF/native/" + platform + "/" + FILE_NAME;
        try (InputStream library = NativeLibrary.class.getResourceAsStream(resource)) {
            if (library == null) {
                throw new UnavailableException("there is no native library for " + platform
                    + " in the jar; TCP Fast Open is supported on Linux only", null);
            }
            loadFrom(library, folder);
        } catch (IOException e) {
            throw new UnavailableException("the native library can't be copied to "
                + (folder == null ? "java.io.tmpdir" : folder) + " (" + e
                + "); name a folder that can be written to with -Dniofastopen.native.dir=DIR", e);
        }
    }

    private static void loadFrom(InputStream library, Path folder) throws IOException, UnavailableException {
        String prefix = "nio-fastopen-";
        Path own = folder == null ? Files.createTempDirectory(prefix) : Files.createTempDirectory(folder, prefix);
        Path file = own.resolve(FILE_NAME);
        try {
            Files.copy(library, file);
            System.load(file.toAbsolutePath().toString());
        } catch (UnsatisfiedLinkError e) {
            throw new UnavailableException("the native library can't be loaded from " + own.toAbsolutePath().getParent() + " ("
                + e.getMessage() + "); if that folder is mounted noexec, name another with -Dniofastopen.native.dir=DIR", e);
        } catch (IllegalCallerException e) {
            throw new UnavailableException("this JVM denies native access (" + e.getMessage()
                + "); start it with --enable-native-access=ALL-UNNAMED", e);
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(own);
        }
    }

    /**
     * Tries the system calls that everything depends on, harmlessly: a sandbox that filters them answers before the
     * kernel looks at the descriptor.
     *
     * @throws UnavailableException if one is refused to this process
     */
    public static void checkSystemCalls() throws UnavailableException {
        check("sendto(2)", new NativeTcpSocket(-1).sendBareSyn());
        check("getsockopt(2) of TCP_INFO", NativeTcpSocket.errorOfInfoWithoutSocket());
    }

    private static void check(String call, int result) throws UnavailableException {
        if (!Errno.EBADF.is(result)) {
            throw new UnavailableException("a sandbox refuses " + call + ": " + Errno.describe(result)
                + "; allow it in the seccomp profile", null);
        }
    }

    /** The folder name of this platform's library, such as {@code linux-x86_64}. */
    static String platform() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "");
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
