// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the kernel (6.18, x86-64) answered to a dump of its TCP metrics, and to questions. */
class TcpMetricsTest {
    /** After a SYN with data to 192.0.2.2 was lost and sent again, and a cookie was fetched from 2001:db8::2. */
    private static final String DUMP =
        "840000001b000200000000001d290000010100000800" + "0100c00002020800" + "0b00c00002010c00" + "03001405000000000000"
        + "2c00060008000600c2470600080001009b01000008000700dd270200080002008d000000080004000c000000"
        + "06000700b4050000" + "0600080001000000" + "0c000900e405000000000000" + "0c000a0006df52198f26a892"
        + "880000001b000200000000001d29000001010000"
        + "1400020020010db8000000000000000000000002" + "14000c0020010db8000000000000000000000001" + "0c000300e000000000000000"
        + "2c0006000800060083230600080001009201000008000700b284020008000200a5000000080004000c000000"
        + "06000700a0050000" + "0c000a0095f754747535e31b"
        + "1400000003000200000000001d29000000000000";

    @BeforeAll
    static void loadLibrary() throws NativeLibrary.UnavailableException {
        NativeLibrary.load(null);
    }

    @BeforeEach
    void theDumpIsLittleEndian() {
        assumeTrue(ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN, "netlink is in the machine's byte order, and the dump isn't");
    }

    @Test
    void aDumpTellsEachDestination() throws IOException {
        // given
        List<Netlink.Answer> answers = new ArrayList<>();

        // when
        boolean more = Netlink.read(Netlink.Protocol.GENERIC, dump(DUMP), answers);

        // then
        assertThat(more).isFalse();
        assertThat(answers).hasSize(2);
        assertThat(TcpMetrics.of(answers.get(0).attributes())).isEqualTo(new TcpMetrics(InetAddress.getByName("192.0.2.2"),
            InetAddress.getByName("192.0.2.1"), 1300, 51_448, "06df52198f26a892", 1460, 1, 1508));
        assertThat(TcpMetrics.of(answers.get(1).attributes())).isEqualTo(new TcpMetrics(InetAddress.getByName("2001:db8::2"),
            InetAddress.getByName("2001:db8::1"), 224, 50_288, "95f754747535e31b", 1440, 0, -1));
    }

    @Test
    void aPartOfADumpIsFollowedByMore() throws IOException {
        String withoutDone = DUMP.substring(0, DUMP.length() - 40);

        assertThat(Netlink.read(Netlink.Protocol.GENERIC, dump(withoutDone), new ArrayList<>())).isTrue();
    }

    @Test
    void anErrorIsThrown() {
        // given: NLMSG_ERROR with -ESRCH
        ByteBuffer answer = dump("2400000002000000000000001d290000" + "fdffffff" + "1c0000001b000100000000001d290000");

        // then
        assertThatThrownBy(() -> Netlink.read(Netlink.Protocol.GENERIC, answer, new ArrayList<>()))
            .isInstanceOfSatisfying(Netlink.RefusedException.class, refused -> assertThat(refused.is(Errno.ESRCH)).isTrue())
            .hasMessage("netlink answers ESRCH (No such process)");
    }

    @ParameterizedTest
    @EnumSource(value = Errno.class, names = {"EMFILE", "ENFILE", "ENOMEM", "ENOBUFS", "EINTR", "EAGAIN", "EINVAL", "EBADF"})
    void aWantOfDescriptorsOrMemoryPasses(Errno errno) {
        assertThat(new Netlink.FailedException("socket(AF_NETLINK)", errno.asResult()).orForGood()).isInstanceOf(Netlink.FailedException.class);
    }

    @ParameterizedTest
    @EnumSource(value = Errno.class, names = {"EPERM", "EACCES", "ENOSYS", "EAFNOSUPPORT", "EPROTONOSUPPORT", "ECONNREFUSED"})
    void aRefusalOrTheWantOfTheFamilyIsForGood(Errno errno) {
        assertThat(new Netlink.FailedException("socket(AF_NETLINK)", errno.asResult()).orForGood())
            .isInstanceOf(NetlinkUnavailableException.class).hasMessage("socket(AF_NETLINK)");
    }

    @ParameterizedTest
    @ValueSource(ints = {17, 21, 40, 64, 131})
    void anAnswerThatIsCutOffIsAnError(int length) {
        String cut = DUMP.substring(0, 2 * length);

        assertThatThrownBy(() -> Netlink.read(Netlink.Protocol.GENERIC, dump(cut), new ArrayList<>()))
            .isInstanceOf(IOException.class).hasMessage("netlink's answer is cut off");
    }

    @Test
    void noAnswerIsAnError() throws IOException {
        // given: NLMSG_DONE alone
        List<Netlink.Answer> answers = new ArrayList<>();
        Netlink.read(Netlink.Protocol.GENERIC, dump(DUMP.substring(DUMP.length() - 40)), answers);

        // then
        assertThatThrownBy(() -> Netlink.only(answers)).isInstanceOf(IOException.class).hasMessage("netlink has no answer");
    }

    @Test
    void aMessageWithoutALengthIsAnError() {
        assertThatThrownBy(() -> Netlink.read(Netlink.Protocol.GENERIC, dump("0000000003000200000000001d290000"), new ArrayList<>()))
            .isInstanceOf(IOException.class).hasMessage("netlink's answer is cut off");
    }

    @Test
    void aRequestIsOfTheFormThatTheKernelTakes() {
        byte[] request = Netlink.request(0x1b, 1, new byte[] {1, 1, 0, 0}, Map.of(1, new byte[] {(byte) 192, 0, 2, 2}));

        assertThat(HexFormat.of().formatHex(request))
            .isEqualTo("1c0000001b0001000000000000000000" + "01010000" + "08000100c0000202");
    }

    private static ByteBuffer dump(String hex) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
    }
}
