// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import io.github.niofastopen.it.lab.PathFaults;
import java.io.IOException;
import java.util.List;

/** Runs a command on the path as it is, and again each time the path has changed. */
public final class ChangingPath {

    private ChangingPath() {
    }

    /** Arguments: the faults that the path is to have for each further run ("" for none), then {@code --} and the command. */
    public static void main(String[] args) throws IOException, InterruptedException {
        int end = List.of(args).indexOf("--");
        ProcessBuilder command = new ProcessBuilder(List.of(args).subList(end + 1, args.length)).inheritIO();
        command.start().waitFor();
        for (int i = 0; i < end; i++) {
            PathFaults.here().become(args[i]);
            command.start().waitFor();
        }
    }
}
