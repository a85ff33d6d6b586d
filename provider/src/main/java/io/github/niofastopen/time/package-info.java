// SPDX-License-Identifier: Apache-2.0
/** What is to happen later or beside, and the daemon threads that do it. */
package io.github.niofastopen.time;
