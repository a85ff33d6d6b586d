// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.destinations;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.destinations.Proofs.Loss;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ProofsTest {
    private static final InetAddress LOCAL = PathMemoryTest.address("198.51.100.7");
    private static final InetAddress OTHER_LOCAL = PathMemoryTest.address("198.51.100.8");
    private static final InetAddress REMOTE = PathMemoryTest.address("192.0.2.1");

    /** Close to the overflow that System.nanoTime may have. */
    private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final Proofs proofs = new Proofs(clock::get);

    @Test
    void nothingIsProvenAtFirst() {
        assertThat(proofs.has(LOCAL, REMOTE)).isFalse();
    }

    @Test
    void aProofIsOneOfItsPathAlone() {
        proofs.prove(LOCAL, REMOTE);

        assertThat(proofs.has(LOCAL, REMOTE)).isTrue();
        assertThat(proofs.has(null, REMOTE)).as("where the kernel doesn't tell the route").isTrue();
        assertThat(proofs.has(OTHER_LOCAL, REMOTE)).isFalse();
        assertThat(proofs.has(LOCAL, OTHER_LOCAL)).isFalse();
    }

    @Test
    void itHoldsForAWhileSinceRoutesChange() {
        proofs.prove(LOCAL, REMOTE);

        clock.addAndGet(Proofs.KEEP_NANOS - 1);
        boolean justBefore = proofs.has(LOCAL, REMOTE);
        clock.addAndGet(1);
        boolean then = proofs.has(LOCAL, REMOTE);

        assertThat(justBefore).isTrue();
        assertThat(then).isFalse();
    }

    @Test
    void aLostSynShakesItUntilThePathIsProvenAnew() {
        proofs.prove(LOCAL, REMOTE);

        Loss loss = proofs.shake(LOCAL, REMOTE, clock.get());
        boolean hasThen = proofs.has(LOCAL, REMOTE);
        proofs.prove(LOCAL, REMOTE);
        boolean hasAgain = proofs.has(LOCAL, REMOTE);
        IntStream.range(0, 8).forEach(i -> proofs.count(REMOTE));
        Loss anew = proofs.shake(LOCAL, REMOTE, clock.get());

        assertThat(loss).isEqualTo(Loss.FIRST);
        assertThat(hasThen).isFalse();
        assertThat(hasAgain).isTrue();
        assertThat(anew).isEqualTo(Loss.FIRST);
    }

    @Test
    void whatBeginsAfterALossAndIsLostTooRecurs() {
        proofs.prove(LOCAL, REMOTE);
        long before = clock.getAndAdd(100);
        proofs.shake(LOCAL, REMOTE, before);

        Loss together = proofs.shake(LOCAL, REMOTE, before + 99);
        Loss after = proofs.shake(LOCAL, REMOTE, before + 100);

        assertThat(together).isEqualTo(Loss.FIRST);
        assertThat(after).isEqualTo(Loss.RECURRING);
    }

    /** It loses SYNs of some size, or to some port, and the others prove it between. */
    @Test
    void whereEverySecondIsLostThatRecursThoughThePathIsProvenBetween() {
        List<Loss> losses = losses(2, 1);

        assertThat(losses).containsExactly(Loss.FIRST, Loss.RECURRING);
    }

    @Test
    void whereFewAreLostAmongManyEachIsChance() {
        List<Loss> losses = losses(200, 20);

        assertThat(losses).hasSize(200).containsOnly(Loss.FIRST);
    }

    /** Some in a row, each after so many whose data was taken. */
    private List<Loss> losses(int count, int takenBetween) {
        List<Loss> losses = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            proofs.prove(LOCAL, REMOTE);
            for (int j = 0; j < takenBetween; j++) {
                proofs.count(REMOTE);
            }
            losses.add(proofs.shake(LOCAL, REMOTE, clock.getAndAdd(100)));
        }
        return losses;
    }

    @Test
    void thoseFromAnAddressThatIsGoneAreForgotten() {
        proofs.prove(LOCAL, REMOTE);
        proofs.prove(OTHER_LOCAL, LOCAL);

        proofs.forgetFrom(LOCAL);

        assertThat(proofs.has(LOCAL, REMOTE)).isFalse();
        assertThat(proofs.has(OTHER_LOCAL, LOCAL)).isTrue();
    }

    @Test
    void whatIsNoProofOfAPathCantBeShaken() {
        Loss ofNone = proofs.shake(LOCAL, REMOTE, clock.get());
        proofs.prove(LOCAL, REMOTE);

        Loss ofAnother = proofs.shake(OTHER_LOCAL, REMOTE, clock.get());
        boolean hasStill = proofs.has(LOCAL, REMOTE);
        clock.addAndGet(Proofs.KEEP_NANOS);
        Loss ofAnOldOne = proofs.shake(LOCAL, REMOTE, clock.get());

        assertThat(List.of(ofNone, ofAnother, ofAnOldOne)).containsOnly(Loss.UNPROVEN);
        assertThat(hasStill).isTrue();
    }

    @Test
    void itIsForgotten() {
        proofs.prove(LOCAL, REMOTE);

        proofs.forget(REMOTE);

        assertThat(proofs.has(LOCAL, REMOTE)).isFalse();
    }
}
