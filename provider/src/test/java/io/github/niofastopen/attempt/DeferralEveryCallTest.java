// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.attempt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.niofastopen.outcome.Outcome;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method in every phase. */
class DeferralEveryCallTest extends DeferralFixture {
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
        return Stream.of(Deferral.class.getDeclaredMethods())
            .filter(method -> !Modifier.isPrivate(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()) && !method.isSynthetic())
            .sorted(Comparator.comparing(Method::getName))
            .flatMap(method -> Stream.of(Phase.values()).map(phase -> Arguments.of(method, phase)));
    }

    private List<Object[]> arguments(Method method) {
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

    private List<Object> values(Class<?> type) {
        if (type == boolean.class) {
            return List.of(false, true);
        } else if (type == byte[].class) {
            return List.of(FLIGHT);
        } else if (type == int.class) {
            return List.of(0, 1);
        } else if (type == long.class) {
            return List.of(0L, 1L);
        } else if (type == Outcome.class) {
            return List.<Object>of((Object[]) Outcome.values());
        } else if (type == Supplier.class) {
            return List.of((Supplier<?>) socket::info);
        }
        throw new AssertionError("this test must learn what to pass for " + type);
    }
}
