// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path.near;

import java.util.List;

/**
 * What the near end has to say, a document of JSON.
 *
 * @param exchanges all that were made, those of one contender in their order
 * @param failures of contenders that may fail
 */
public record Report(List<Exchange> exchanges, List<Failure> failures) {

    /**
     * A contender that has failed; from then on it had no more turns.
     *
     * @param contender its name
     * @param words when it failed, and how it says that itself
     */
    public record Failure(String contender, String words) {
    }
}
