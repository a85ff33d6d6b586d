// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the door checks beforehand, against what the class files really link to. */
class BridgeTest {

    @Test
    void whatTheChannelsNeedIsWhatTheyAndTheirBridgeLinkTo() throws Exception {
        // given
        Bridge bridge = Bridge.ofChannels();
        List<byte[]> classFiles = classFilesOf("channel");
        classFiles.add(bridge.classFile());

        // when
        List<String> linked = LinkedMembers.of(classFiles);

        // then
        assertThat(Arrays.stream(bridge.requirements()).map(Requirement::toString)).containsExactlyInAnyOrderElementsOf(linked);
    }

    @Test
    void whatKeySharesNeedIsWhatTheirBridgeLinksTo() throws Exception {
        // given
        Bridge bridge = Bridge.ofKeyShares();
        List<byte[]> classFiles = classFilesOf("keyshare");
        classFiles.add(bridge.classFile());

        // when
        List<String> linked = LinkedMembers.of(classFiles);

        // then
        assertThat(Arrays.stream(bridge.requirements()).map(Requirement::toString)).containsExactlyInAnyOrderElementsOf(linked);
    }

    @Test
    void whatTheSocketsNeedIsWhatTheyAndTheirBridgeLinkTo() throws Exception {
        // given
        Bridge bridge = Bridge.ofSockets();
        List<byte[]> classFiles = classFilesOf("socket");
        classFiles.add(bridge.classFile());

        // when
        List<String> linked = LinkedMembers.of(classFiles);

        // then
        assertThat(Arrays.stream(bridge.requirements()).map(Requirement::toString)).containsExactlyInAnyOrderElementsOf(linked);
    }

    @Test
    void thisJdkHasWhatTheSocketsNeed() throws Exception {
        Bridge.ofSockets().check();
    }

    @Test
    void thisJdkHasWhatTheChannelsNeed() throws Exception {
        Bridge.ofChannels().check();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        java.lang.StringBuilder | reverse2     | ()Ljava/lang/StringBuilder; | is missing
        java.lang.StringBuilder | reverse      | ()V                         | is missing
        java.lang.StringBuilder | <init>       | (J)V                        | is missing
        java.lang.String        | isLatin1     | ()Z                         | ''
        java.lang.String        | rangeCheck   | ([CII)Ljava/lang/Void;      | can't be used
        java.lang.Nothing       | any          | ()V                         | Nothing
        """)
    void aMethodThatIsCalledHasToBeThereAndNotPrivate(String type, String name, String descriptor, String complaint) {
        assertComplaint(Requirement.called(type, name, descriptor), complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        java.lang.Object        | finalize     | ()V                   | ''
        java.lang.Object        | notify       | ()V                   | can't be used
        java.lang.Thread        | yield        | ()V                   | can't be used
        java.lang.Thread        | exit         | ()V                   | can't be used
        """)
    void aMethodThatIsOverriddenIsNeitherFinalNorStaticNorPrivate(String type, String name, String descriptor, String complaint) {
        assertComplaint(Requirement.overridden(type, name, descriptor), complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        java.lang.Integer       | MAX_VALUE    | I                     | ''
        java.lang.Integer       | MAX_VALUE    | S                     | is missing
        java.lang.Integer       | value        | I                     | can't be used
        """)
    void aFieldHasToBeThereAndNotPrivate(String type, String name, String descriptor, String complaint) {
        assertComplaint(Requirement.field(type, name, descriptor), complaint);
    }

    private static void assertComplaint(Requirement requirement, String complaint) {
        if (complaint.isEmpty()) {
            assertThatCode(() -> Requirement.checkAll(requirement)).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(() -> Requirement.checkAll(requirement)).isInstanceOf(ReflectiveOperationException.class).hasMessageContaining(complaint);
        }
    }

    private static List<byte[]> classFilesOf(String packageName) throws Exception {
        Path classes = Path.of(Bridge.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<byte[]> classFiles = new ArrayList<>();
        try (Stream<Path> files = Files.list(classes.resolve("io/github/niofastopen").resolve(packageName))) {
            for (Path file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                classFiles.add(Files.readAllBytes(file));
            }
        }
        return classFiles;
    }
}
