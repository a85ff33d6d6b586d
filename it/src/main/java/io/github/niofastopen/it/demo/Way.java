// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.JavaProgram;

/** How a client is started. */
enum Way {
    WITHOUT("without"),
    SWITCH("by the switch"),
    AGENT("by the agent");

    private final String inWords;

    Way(String inWords) {
        this.inWords = inWords;
    }

    void apply(JavaProgram client) {
        switch (this) {
            case SWITCH -> client.withSwitch();
            case AGENT -> client.withAgent();
            default -> { }
        }
    }

    @Override
    public String toString() {
        return inWords;
    }
}
