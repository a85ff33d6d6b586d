// SPDX-License-Identifier: Apache-2.0
/** The class that the switch names, and the decision at start-up who makes the channels. */
package io.github.niofastopen;
