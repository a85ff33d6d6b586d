// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In which folders a library that is about to be loaded is safe from other users. */
class OwnershipTest {
    private static final int SOMEONE = 12_345;

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0700, 0755, 01777, 01770, 0500})
    void nobodyElseRenamesWhereOnlyTheOwnerMayWriteOrTheStickyBitIsSet(int mode) throws IOException {
        Files.setAttribute(folder, "unix:mode", mode);

        assertThatCode(() -> Ownership.requireThatNobodyElseRenamesIn(folder)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(ints = {0777, 0770, 0702, 0720})
    void othersRenameWhereTheyMayWriteAndTheStickyBitIsNotSet(int mode) throws IOException {
        Files.setAttribute(folder, "unix:mode", mode);

        assertThatThrownBy(() -> Ownership.requireThatNobodyElseRenamesIn(folder)).isInstanceOf(FileSystemException.class)
            .hasMessage(folder + ": other users may write to it, and rename what lies there, as it has no sticky bit");
    }

    @Test
    void aFolderIsAsUnsafeAsTheOnesAboveIt() throws IOException {
        Path above = Files.createDirectory(folder.resolve("above"));
        Path below = Files.createDirectory(above.resolve("below"));
        Files.setAttribute(above, "unix:mode", 0777);

        assertThatThrownBy(() -> Ownership.requireThatNobodyElseRenamesIn(below)).hasMessageStartingWith(above.toString());
    }

    @Test
    void aLinkIsFollowed() throws IOException {
        Path open = Files.createDirectory(folder.resolve("open"));
        Files.setAttribute(open, "unix:mode", 0777);
        Path link = Files.createSymbolicLink(folder.resolve("link"), open);

        assertThatThrownBy(() -> Ownership.requireThatNobodyElseRenamesIn(link)).hasMessageStartingWith(open.toString());
    }

    @Test
    void theOwnerOfAFolderMayRenameInItThoughTheStickyBitIsSet() throws IOException {
        Files.setAttribute(folder, "unix:mode", 01777);
        giveToSomeone(folder);

        assertThatThrownBy(() -> Ownership.requireThatNobodyElseRenamesIn(folder)).isInstanceOf(FileSystemException.class)
            .hasMessage(folder + ": another user owns it, who may rename what lies there");
    }

    private static void giveToSomeone(Path path) throws IOException {
        try {
            Files.setAttribute(path, "unix:uid", SOMEONE);
        } catch (FileSystemException e) {
            assumeTrue(false, "only root may give a folder away: " + e.getMessage());
        }
    }
}
