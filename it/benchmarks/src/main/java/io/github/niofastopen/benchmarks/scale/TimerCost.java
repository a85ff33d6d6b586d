// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.niofastopen.time.DeferralTimer;
import java.util.ArrayList;
import java.util.List;

/** What it takes to give the provider's timer a task, and to take it back, when it has as many as each argument says. */
public final class TimerCost {
    private static final int WARM_UP_ROUNDS = 10;
    private static final int ROUNDS = 5;
    private static final long WINDOW_MILLIS = 60_000;

    private TimerCost() {
    }

    public static void main(String[] arguments) {
        ObjectNode result = new ObjectMapper().createObjectNode();
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            round(10_000, new ObjectMapper().createObjectNode());
        }
        for (String tasks : arguments) {
            ObjectNode one = result.withArray("timer").addObject().put("tasks", Integer.parseInt(tasks));
            for (int i = 0; i < ROUNDS; i++) {
                round(Integer.parseInt(tasks), one);
            }
        }
        System.out.println(result);
    }

    private static void round(int count, ObjectNode figures) {
        List<DeferralTimer.Task> tasks = new ArrayList<>(count);
        long begin = System.nanoTime();
        for (int i = 0; i < count; i++) {
            tasks.add(DeferralTimer.after(WINDOW_MILLIS, () -> { }));
        }
        long filled = System.nanoTime();
        tasks.forEach(task -> task.cancel());
        figures.withArray("insertNanos").add((filled - begin) / (double) count);
        figures.withArray("cancelNanos").add((System.nanoTime() - filled) / (double) count);
    }
}
