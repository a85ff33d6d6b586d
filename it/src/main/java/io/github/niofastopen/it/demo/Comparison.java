// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.JavaProgram;
import java.util.List;
import java.util.function.Supplier;

/**
 * A client before and after: without this project, and in each way to start it with it.
 *
 * @param title what the table calls it
 * @param client makes the client's command, without any way to start it
 * @param server the far end's command
 * @param ways how it is started besides without
 * @param mustGain whether each of these ways has to gain
 */
record Comparison(String title, Supplier<JavaProgram> client, JavaProgram server, List<Way> ways, boolean mustGain) {

    JavaProgram client(Way way) {
        JavaProgram started = client.get();
        way.apply(started);
        return started;
    }
}
