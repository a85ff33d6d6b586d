// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupOrderTest {

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        11ec 1d 17 18 19 1e 100 > x25519,secp256r1,X25519MLKEM768,secp384r1,secp521r1,x448,ffdhe2048
        11ec 1e 1d 18 17        > x448,secp384r1,X25519MLKEM768,x25519,secp256r1
        1d 17 18                > x25519,secp256r1,secp384r1
        11ec 1d                 > x25519,X25519MLKEM768
        11ec                    > X25519MLKEM768
        ''                      > ''
        """)
    void theSharesBecomeClassicalAndNoGroupIsLeftOut(String groups, String ordered) {
        int[] numbers = Arrays.stream(groups.split(" ")).filter(word -> !word.isEmpty()).mapToInt(word -> Integer.parseInt(word, 16)).toArray();

        assertThat(GroupOrder.asProperty(GroupOrder.classicalFirst(numbers))).isEqualTo(ordered);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '>', textBlock = """
        1d | 11ec 1d 17 18  > x25519,secp256r1,X25519MLKEM768,secp384r1
        18 | 11ec 1d 17 18  > secp384r1,x25519,X25519MLKEM768,secp256r1
        99 | 11ec 1d 17 18  > x25519,secp256r1,X25519MLKEM768,secp384r1
        """)
    void whatAServerHasChosenGetsAShare(String given, String ordered) {
        String[] words = given.split(" \\| ");
        int[] numbers = Arrays.stream(words[1].split(" ")).mapToInt(word -> Integer.parseInt(word, 16)).toArray();

        assertThat(GroupOrder.asProperty(GroupOrder.chosenFirst(Integer.parseInt(words[0], 16), numbers))).isEqualTo(ordered);
    }
}
