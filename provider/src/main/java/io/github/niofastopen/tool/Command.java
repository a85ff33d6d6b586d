// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool;

import java.io.PrintStream;
import java.util.List;

/** One of the jar's commands. */
interface Command {

    /** What {@code --help} prints. */
    String help();

    /** @return the exit status */
    int run(List<String> words, PrintStream out, PrintStream err) throws UsageException;
}
