// SPDX-License-Identifier: Apache-2.0
/** What a connection costs after its beginning. */
package io.github.niofastopen.jmh.established;
