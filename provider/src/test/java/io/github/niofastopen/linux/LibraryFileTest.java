// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LibraryFileTest {
    /** A program, which the system's loader refuses as a library. */
    private static byte[] noLibrary;

    @TempDir
    Path folder;

    @BeforeAll
    static void readProgram() throws IOException {
        noLibrary = Files.readAllBytes(Path.of(System.getProperty("java.home"), "bin", "java"));
    }

    @Test
    void aCopyIsItsOwnersAlone() throws IOException {
        Path file = folder.resolve("copy");

        LibraryFile.copy(noLibrary, file);

        assertThat(file).hasBinaryContent(noLibrary);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file))).isEqualTo("rw-------");
    }

    @Test
    void aCopyDoesNotFollowALinkThatSomebodyHasLaid() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("link"), folder.resolve("elsewhere"));

        assertThatThrownBy(() -> LibraryFile.copy(noLibrary, link)).isInstanceOf(FileAlreadyExistsException.class);

        assertThat(folder.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void theFolderOfACopyIsItsOwnersAloneAndHasANameThatNobodyCanGuess() throws IOException {
        Path one = LibraryFile.newFolderIn(folder);
        Path another = LibraryFile.newFolderIn(folder);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(one))).isEqualTo("rwx------");
        assertThat(one.getFileName().toString()).matches("nio-fastopen-\\d{20,40}").isNotEqualTo(another.getFileName().toString());
    }

    @Test
    void nothingIsLeftOfACopyThatCannotBeLoaded() {
        assertThatThrownBy(() -> LibraryFile.loadCopyIn(folder, noLibrary)).isInstanceOf(UnsatisfiedLinkError.class);

        assertThat(folder).isEmptyDirectory();
    }

    /** The system's loader is asked only for a file that is safe and holds the right bytes; here it would refuse it. */
    @ParameterizedTest
    @CsvSource({"rwxr-xr-x, rw-r--r--, true", "rwxrwxr-x, rw-r--r--, false", "rwxr-xrwx, rw-r--r--, false",
        "rwxr-xr-x, rw-rw-r--, false", "rwxr-xr-x, rw-r--rw-, false"})
    void aLibraryThatOthersMayWriteIsNotLoadedFromWhereItLies(String ofFolder, String ofFile, boolean asked) throws IOException {
        Path place = Files.createDirectory(folder.resolve("place"));
        Path file = Files.write(place.resolve(LibraryFile.NAME), noLibrary);
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString(ofFolder));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(ofFile));

        if (asked) {
            assertThatThrownBy(() -> LibraryFile.loadFrom(place, noLibrary)).isInstanceOf(UnsatisfiedLinkError.class);
        } else {
            assertThat(LibraryFile.loadFrom(place, noLibrary)).isFalse();
        }
        assertThat(LibraryFile.isPassedOver(place, noLibrary)).isEqualTo(!asked);
    }

    @Test
    void aLibraryThatHoldsOtherBytesIsNotLoaded() throws IOException {
        Files.write(folder.resolve(LibraryFile.NAME), Arrays.copyOf(noLibrary, noLibrary.length + 1));

        assertThat(LibraryFile.loadFrom(folder, noLibrary)).isFalse();
        assertThat(LibraryFile.isPassedOver(folder, noLibrary)).isTrue();
    }

    @Test
    void aFolderWithoutTheLibraryOrNoneAtAllIsNoFailure() {
        for (Path place : List.of(folder, Path.of("/nowhere/at/all"))) {
            assertThat(LibraryFile.loadFrom(place, noLibrary)).isFalse();
            assertThat(LibraryFile.isPassedOver(place, noLibrary)).isFalse();
        }
    }
}
