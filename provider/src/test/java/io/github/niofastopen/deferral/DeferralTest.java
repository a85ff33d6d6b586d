package io.github.niofastopen.deferral;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.niofastopen.deferral.FakeTcpSocket.Call;
import io.github.niofastopen.linux.Errno;
import io.github.niofastopen.linux.TcpSocket;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeferralTest {
    private static final byte[] FLIGHT = {22, 3, 1, 0, 6, 1, 0, 0, 2, 3, 3};

    private final FakeTcpSocket socket = new FakeTcpSocket();

    // -- connect

    @Test
    void anOrdinaryAttemptAsksNothingOfTheKernel() {
        Deferral deferral = Deferral.ordinary(socket);

        int armed = deferral.arm();

        assertThat(armed).isNegative();
        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void armingSetsTheOption() {
        Deferral deferral = Deferral.deferrable(socket, true);

        int armed = deferral.arm();

        assertThat(armed).isZero();
        assertThat(deferral.phase()).isEqualTo(Phase.ARMED);
        assertThat(deferral.isConcealed()).isTrue();
        assertThat(socket.takeCalls()).containsExactly(Call.SET_OPTION);
    }

    @ParameterizedTest
    @EnumSource(names = {"EOPNOTSUPP", "ENOPROTOOPT", "EPERM"})
    void aRefusedOptionMakesTheAttemptOrdinaryAndUnconcealed(Errno refusal) {
        socket.answering(Call.SET_OPTION, refusal.asResult());
        Deferral deferral = Deferral.deferrable(socket, true);

        int armed = deferral.arm();

        assertThat(armed).isEqualTo(refusal.asResult());
        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
    }

    @Test
    void disarmingTakesTheOptionBack() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.disarm();

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).containsExactly(Call.CLEAR_OPTION);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ARMED")
    void disarmingLaterThanConnectDoesNothing(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.disarm();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aPendingConnectIsAnOrdinaryOne() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.notHeld();

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aConnectThatReturnsAtOnceInNonBlockingModeIsHeldAndStaysConcealed() {
        Deferral deferral = in(Phase.ARMED, socket);

        deferral.held();

        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
        assertThat(deferral.isConcealed()).isTrue();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void whatFinishConnectRevealsIsNoLongerConcealed() {
        Deferral deferral = in(Phase.HELD, socket);

        deferral.reveal();

        assertThat(deferral.isConcealed()).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
    }

    @Test
    void aBlockingConnectIsHeldWhereTheKernelIsInSynSent() {
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished();

        assertThat(deferral.phase()).isEqualTo(Phase.HELD);
        assertThat(deferral.isConcealed()).isFalse();
        assertThat(socket.takeCalls()).containsExactly(Call.STATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpSocket.STATE_ESTABLISHED, TcpSocket.STATE_CLOSE, 8 /* CLOSE_WAIT */, -9 /* EBADF */})
    void aBlockingConnectIsOrdinaryInEveryOtherState(int state) {
        socket.answering(Call.STATE, state);
        Deferral deferral = armedInBlockingMode();

        deferral.heldUnlessEstablished();

        assertThat(deferral.phase()).isEqualTo(Phase.ORDINARY);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "ARMED")
    void theResultOfConnectIsIgnoredOnceItIsKnown(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.held();
        deferral.heldUnlessEstablished();
        deferral.notHeld();

        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- the SYN's departure

    @Test
    void theFirstFlightIsSentWhole() {
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isEqualTo(FLIGHT.length);
        assertThat(socket.sent()).isEqualTo(FLIGHT);
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
        assertThat(socket.takeCalls()).containsExactly(Call.SEND);
    }

    @Test
    void theFirstFlightIsSentOnceOnly() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeCalls();

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void aSynThatTakesAPartTellsHowMuch() {
        socket.answering(Call.SEND, 5);
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isEqualTo(5);
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"EINPROGRESS", "EAGAIN"})
    void aCookieThatIsGoneMeansNoBytesAndNoError(Errno answer) {
        socket.answering(Call.SEND, answer.asResult());
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isZero();
        assertThat(deferral.poll()).isEqualTo(Phase.SYN_SENT);
    }

    @ParameterizedTest
    @EnumSource(names = {"ENETUNREACH", "EHOSTUNREACH", "EPERM", "EACCES", "ENOBUFS"})
    void aFirstFlightThatCannotLeaveIsToldAtOnceAndStaysTheReason(Errno error) {
        socket.answering(Call.SEND, error.asResult());
        Deferral deferral = in(Phase.HELD, socket);

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isEqualTo(error.asResult());
        assertThat(deferral.poll()).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(error.asResult());
        assertThat(socket.takeCalls()).doesNotContain(Call.TAKE_ERROR);
    }

    @Test
    void aReleaseSendsOneBareSyn() {
        Deferral deferral = in(Phase.HELD, socket);

        boolean first = deferral.release();
        boolean second = deferral.release();

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(deferral.phase()).isEqualTo(Phase.SYN_SENT);
        assertThat(socket.takeCalls()).containsExactly(Call.SEND_BARE_SYN);
    }

    @Test
    void aReleaseThatCannotLeaveIsAFailureOnThePoll() {
        socket.answering(Call.SEND_BARE_SYN, Errno.ENETUNREACH.asResult());
        Deferral deferral = in(Phase.HELD, socket);

        boolean released = deferral.release();

        assertThat(released).isTrue();
        assertThat(deferral.poll()).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ENETUNREACH.asResult());
    }

    @Test
    void nothingIsReleasedBehindAFirstFlight() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.sendFirstFlight(FLIGHT);
        socket.takeCalls();

        boolean released = deferral.release();

        assertThat(released).isFalse();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void noFirstFlightLeavesBehindARelease() {
        Deferral deferral = in(Phase.HELD, socket);
        deferral.release();
        socket.takeCalls();

        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(taken).isZero();
        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "HELD")
    void onlyAHeldSynIsSent(Phase phase) {
        Deferral deferral = in(phase, socket);

        boolean released = deferral.release();
        int taken = deferral.sendFirstFlight(FLIGHT);

        assertThat(released).isFalse();
        assertThat(taken).isZero();
        assertThat(deferral.phase()).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- the peer's answer

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SYN_SENT")
    void aPollAsksTheKernelOnlyWhileTheAnswerIsOpen(Phase phase) {
        Deferral deferral = in(phase, socket);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(phase);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void anUnansweredSynStaysSent() {
        Deferral deferral = in(Phase.SYN_SENT, socket);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.SYN_SENT);
        assertThat(socket.takeCalls()).containsExactly(Call.STATE);
    }

    @ParameterizedTest
    @ValueSource(ints = {TcpSocket.STATE_ESTABLISHED, 4 /* FIN_WAIT1 */, 8 /* CLOSE_WAIT */})
    void anAnsweredSynIsEstablished(int state) {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(Call.STATE, state);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.ESTABLISHED);
        assertThat(deferral.phase()).isEqualTo(Phase.ESTABLISHED);
    }

    @Test
    void aSynThatTheKernelGaveUpHasFailedForTheSocketsReason() {
        Deferral deferral = in(Phase.SYN_SENT, socket);
        socket.answering(Call.STATE, TcpSocket.STATE_CLOSE);
        socket.answering(Call.TAKE_ERROR, -110);

        Phase polled = deferral.poll();

        assertThat(polled).isEqualTo(Phase.FAILED);
        assertThat(deferral.failure()).isEqualTo(Errno.ETIMEDOUT.asResult());
    }

    @Test
    void theReasonIsTakenFromTheSocketOnceAndKept() {
        socket.answering(Call.TAKE_ERROR, -113);
        Deferral deferral = in(Phase.FAILED, socket);

        int first = deferral.failure();
        int second = deferral.failure();

        assertThat(first).isEqualTo(Errno.EHOSTUNREACH.asResult());
        assertThat(second).isEqualTo(first);
        assertThat(socket.takeCalls()).containsExactly(Call.TAKE_ERROR);
    }

    @Test
    void aReasonThatSomeoneElseTookIsARefusal() {
        Deferral deferral = in(Phase.FAILED, socket);

        int failure = deferral.failure();

        assertThat(failure).isEqualTo(Errno.ECONNREFUSED.asResult());
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "FAILED")
    void theSocketsErrorIsLeftAloneUnlessTheConnectionHasFailed(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.failure();

        assertThat(socket.takeCalls()).isEmpty();
    }

    // -- close

    @ParameterizedTest
    @EnumSource
    void closeTellsThePhaseBefore(Phase phase) {
        Deferral deferral = in(phase, socket);

        Phase before = deferral.close(false);

        assertThat(before).isEqualTo(phase);
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
        assertThat(socket.takeCalls()).isEmpty();
    }

    @Test
    void closeWakesPollersOfAnUnansweredSyn() {
        Deferral deferral = in(Phase.SYN_SENT, socket);

        deferral.close(true);

        assertThat(socket.takeCalls()).containsExactly(Call.SHUT_DOWN);
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SYN_SENT")
    void closeLeavesThePeerAloneInEveryOtherPhase(Phase phase) {
        Deferral deferral = in(phase, socket);

        deferral.close(true);

        assertThat(socket.takeCalls()).isEmpty();
    }

    @ParameterizedTest(name = "{1} closed, then {0}")
    @MethodSource("everyMethodInEveryPhase")
    void nothingReachesTheDescriptorAfterClose(Method method, Phase phase) throws Exception {
        Deferral deferral = in(phase, socket);
        deferral.close(true);
        socket.takeCalls();

        for (Object[] arguments : arguments(method)) {
            method.invoke(deferral, arguments);
        }

        assertThat(socket.takeCalls()).isEmpty();
        assertThat(deferral.phase()).isEqualTo(Phase.CLOSED);
    }

    @ParameterizedTest(name = "{1}, then {0}")
    @MethodSource("everyMethodInEveryPhase")
    void everyMethodMayBeCalledInEveryPhase(Method method, Phase phase) {
        for (Object[] arguments : arguments(method)) {
            Deferral deferral = in(phase, socket);

            assertThatNoException().isThrownBy(() -> method.invoke(deferral, arguments));
        }
    }

    /** Methods that are still to be written are tested, too. */
    static Stream<Arguments> everyMethodInEveryPhase() {
        return Stream.of(Deferral.class.getMethods())
            .filter(method -> method.getDeclaringClass() == Deferral.class && !Modifier.isStatic(method.getModifiers()))
            .sorted(Comparator.comparing(Method::getName))
            .flatMap(method -> Stream.of(Phase.values()).map(phase -> Arguments.of(method, phase)));
    }

    private static List<Object[]> arguments(Method method) {
        List<Object[]> lists = new ArrayList<>(List.<Object[]>of(new Object[method.getParameterCount()]));
        for (int i = 0; i < method.getParameterCount(); i++) {
            List<Object[]> longer = new ArrayList<>();
            for (Object[] list : lists) {
                for (Object value : values(method.getParameterTypes()[i])) {
                    Object[] extended = list.clone();
                    extended[i] = value;
                    longer.add(extended);
                }
            }
            lists = longer;
        }
        return lists;
    }

    private static List<Object> values(Class<?> type) {
        if (type == boolean.class) {
            return List.of(false, true);
        } else if (type == byte[].class) {
            return List.of(FLIGHT);
        } else if (type == int.class) {
            return List.of(0, 1);
        } else if (type == long.class) {
            return List.of(0L, 1L);
        }
        throw new AssertionError("this test must learn what to pass for " + type);
    }

    private Deferral armedInBlockingMode() {
        Deferral deferral = Deferral.deferrable(socket, false);
        deferral.arm();
        socket.takeCalls();
        return deferral;
    }

    /** An attempt of a non-blocking channel in a phase; the calls that led there are forgotten. */
    private static Deferral in(Phase phase, FakeTcpSocket socket) {
        Deferral deferral = phase == Phase.ORDINARY ? Deferral.ordinary(socket) : Deferral.deferrable(socket, true);
        switch (phase) {
            case ORDINARY:
                break;
            case ARMED:
                deferral.arm();
                break;
            case CLOSED:
                deferral.close(false);
                break;
            default:
                deferral.arm();
                deferral.held();
                leaveHeld(deferral, phase, socket);
        }
        socket.takeCalls();
        assertThat(deferral.phase()).isEqualTo(phase);
        return deferral;
    }

    private static void leaveHeld(Deferral deferral, Phase phase, FakeTcpSocket socket) {
        if (phase == Phase.HELD) {
            return;
        }
        deferral.release();
        if (phase != Phase.SYN_SENT) {
            socket.answering(Call.STATE, phase == Phase.FAILED ? TcpSocket.STATE_CLOSE : TcpSocket.STATE_ESTABLISHED);
            deferral.poll();
            socket.answering(Call.STATE, TcpSocket.STATE_SYN_SENT);
        }
    }
}
