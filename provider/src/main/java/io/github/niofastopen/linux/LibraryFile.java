// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * The file that the JVM loads the native library from. It is loaded only if it holds, byte for byte, what the jar holds,
 * and only from where no other user could exchange it in between.
 */
final class LibraryFile {
    static final String NAME = "libniofastopen.so";

    private static final String PREFIX = "nio-fastopen-";
    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_OF_OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Path RANDOM = Path.of("/dev/urandom");
    private static final int NAME_BYTES = 16;

    private LibraryFile() {
    }

    /**
     * Loads the library that lies in a folder, if it does.
     *
     * @return whether it was loaded
     * @throws UnsatisfiedLinkError if it is there, and the system can't load it
     */
    static boolean loadFrom(Path folder, byte[] library) {
        try {
            Path file = folder.resolve(NAME).toRealPath();
            Path holder = file.getParent();
            if (holder != null && Ownership.isOursAlone(file) && Ownership.isOursAlone(holder) && Arrays.equals(Files.readAllBytes(file), library)) {
                System.load(file.toString());
                return true;
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Copies the library to a new folder that only this user may enter, loads it, and deletes both at once: Linux keeps a
     * mapped file until its last user is gone.
     *
     * @param parent of the new folder
     * @throws IOException if it can't be copied, or if another user could exchange it
     * @throws UnsatisfiedLinkError if the system can't load the copy
     */
    static void loadCopyIn(Path parent, byte[] library) throws IOException {
        Ownership.requireThatNobodyElseRenamesIn(parent);
        Path folder = newFolderIn(parent);
        Path file = folder.resolve(NAME);
        try {
            copy(library, file);
            System.load(file.toAbsolutePath().toString());
        } finally {
            Files.deleteIfExists(file);
            Files.deleteIfExists(folder);
        }
    }

    /**
     * Makes a folder that only this user may enter, under a name that nobody can guess. Files.createTempDirectory does it
     * with a SecureRandom, whose first use costs a cold JVM more than all the rest of this class.
     */
    static Path newFolderIn(Path parent) throws IOException {
        byte[] name = new byte[NAME_BYTES];
        try (InputStream random = Files.newInputStream(RANDOM)) {
            if (random.readNBytes(name, 0, NAME_BYTES) < NAME_BYTES) {
                throw new EOFException(RANDOM + " has an end");
            }
        } catch (IOException e) {
            // A bare root directory may have no devices.
            return Files.createTempDirectory(parent, PREFIX, FOLDER_OF_OWNER_ONLY);
        }
        return Files.createDirectory(parent.resolve(PREFIX + new BigInteger(1, name)), FOLDER_OF_OWNER_ONLY);
    }

    /** Writes a new file that only this user may read or write, and makes sure of what it then holds. */
    static void copy(byte[] library, Path file) throws IOException {
        Files.createFile(file, OWNER_ONLY);
        Files.write(file, library);
        if (!Arrays.equals(Files.readAllBytes(file), library)) {
            throw new IOException("the copy differs from what the jar holds");
        }
    }
}
