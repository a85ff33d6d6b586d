// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import java.io.EOFException;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.Set;

/**
 * The file that the JVM loads the native library from. It is loaded only if it holds, byte for byte, what the jar holds,
 * and only from where no other user could exchange it in between. Streams of {@code java.io} read and write it: those of
 * {@link Files} are channels, which cost a cold JVM with an archive of classes a millisecond more. So does an EnumSet, which finds
 * the constants by reflection.
 */
final class LibraryFile {
    static final String NAME = "libniofastopen.so";

    private static final String PREFIX = "nio-fastopen-";
    private static final Set<PosixFilePermission> OWNER_ONLY = Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_OF_OWNER_ONLY =
        PosixFilePermissions.asFileAttribute(
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));
    private static final String RANDOM = "/dev/urandom";

    private LibraryFile() {
    }

    /**
     * Loads the library that lies in a folder, if it does.
     *
     * @return whether it was loaded
     * @throws UnsatisfiedLinkError if it is there, and the system can't load it
     */
    static boolean loadFrom(Path folder, byte[] library) {
        if (!folder.resolve(NAME).toFile().exists()) {
            // As it is nearly always: an exception would cost a cold JVM a millisecond.
            return false;
        }
        try {
            Path file = folder.resolve(NAME).toRealPath();
            if (isOurs(file, library)) {
                System.load(file.toString());
                return true;
            }
            return false;
        } catch (IOException e) {
            return false;
        }
    }

    /** Whether a folder has a library that {@link #loadFrom} doesn't load, since another user could exchange it or it is another one. */
    static boolean isPassedOver(Path folder, byte[] library) {
        try {
            return folder.resolve(NAME).toFile().exists() && !isOurs(folder.resolve(NAME).toRealPath(), library);
        } catch (IOException e) {
            return true;
        }
    }

    private static boolean isOurs(Path file, byte[] library) throws IOException {
        Path holder = file.getParent();
        return holder != null && Ownership.isOursAlone(file) && Ownership.isOursAlone(holder) && Arrays.equals(contentOf(file), library);
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
        String name;
        try (InputStream random = new FileInputStream(RANDOM)) {
            name = PREFIX + number(random) + number(random);
        } catch (IOException e) {
            // A bare root directory may have no devices.
            return Files.createTempDirectory(parent, PREFIX, FOLDER_OF_OWNER_ONLY);
        }
        return Files.createDirectory(parent.resolve(name), FOLDER_OF_OWNER_ONLY);
    }

    private static String number(InputStream random) throws IOException {
        byte[] bytes = new byte[Long.BYTES];
        if (random.readNBytes(bytes, 0, Long.BYTES) < Long.BYTES) {
            throw new EOFException(RANDOM + " has an end");
        }
        long number = 0;
        for (byte each : bytes) {
            number = number << Byte.SIZE | each & 0xff;
        }
        return Long.toUnsignedString(number);
    }

    /** Writes a new file that only this user may read or write, and makes sure of what it then holds. */
    static void copy(byte[] library, Path file) throws IOException {
        if (!file.toFile().createNewFile()) {
            throw new FileAlreadyExistsException(file.toString());
        }
        Files.setPosixFilePermissions(file, OWNER_ONLY);
        try (OutputStream out = new FileOutputStream(file.toFile())) {
            out.write(library);
        }
        if (!Arrays.equals(contentOf(file), library)) {
            throw new IOException("the copy differs from what the jar holds");
        }
    }

    private static byte[] contentOf(Path file) throws IOException {
        try (InputStream in = new FileInputStream(file.toFile())) {
            return in.readAllBytes();
        }
    }
}
