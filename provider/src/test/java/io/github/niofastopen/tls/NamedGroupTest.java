// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamedGroupTest {

    @ParameterizedTest
    @CsvSource(textBlock = """
        11ec, X25519MLKEM768,        true
        11eb, SecP256r1MLKEM768,     true
        11ed, SecP384r1MLKEM1024,    true
        0201, MLKEM768,              true
        6399, X25519Kyber768Draft00, true
        001d, x25519,                false
        0017, secp256r1,             false
        0019, secp521r1,             false
        0100, ffdhe2048,             false
        0a0a, GREASE,                false
        fafa, GREASE,                false
        0a1a, 0x0a1a,                false
        1234, 0x1234,                false
        """)
    void aGroupHasItsNameOfTheRegistryAndIsPostQuantumOrNot(String number, String name, boolean postQuantum) {
        int group = Integer.parseInt(number, 16);

        assertThat(NamedGroup.nameOf(group)).isEqualTo(name);
        assertThat(NamedGroup.isPostQuantum(group)).isEqualTo(postQuantum);
        assertThat(NamedGroup.isGrease(group)).isEqualTo(name.equals("GREASE"));
    }
}
