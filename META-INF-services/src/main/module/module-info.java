// SPDX-License-Identifier: Apache-2.0
/** Selects the provider of TCP Fast Open by being resolved: on the module path, or in a run-time image. */
module io.github.niofastopen.services {
    requires io.github.niofastopen;

    provides java.nio.channels.spi.SelectorProvider with io.github.niofastopen.services.FastOpenService;
}
