/** What a connection costs after its beginning. */
package io.github.niofastopen.jmh.established;
