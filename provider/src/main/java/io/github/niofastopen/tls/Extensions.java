// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

import java.util.ArrayList;
import java.util.List;

/** The extensions of a hello, in its order. */
final class Extensions {
    /** More than the registry has; it keeps the search for doubles short. */
    private static final int MOST = 100;

    final List<Extension> all = new ArrayList<>();
    private final List<Octets> contents = new ArrayList<>();
    private boolean valid = true;

    private Extensions() {
    }

    /** @param hello read up to where its extensions begin, or end: before TLS 1.3 they may be missing altogether */
    static Extensions read(Octets hello) {
        Extensions extensions = new Extensions();
        Octets list = hello.hasMore() ? hello.vector16() : hello;
        while (list.hasMore() && extensions.valid) {
            extensions.add(list.u16(), list.vector16());
        }
        extensions.valid = extensions.valid && hello.isUsedUp() && list.isUsedUp();
        return extensions;
    }

    private void add(int type, Octets content) {
        // "There MUST NOT be more than one extension of the same type" (RFC 8446, 4.2)
        valid = all.size() < MOST && find(type) < 0;
        all.add(new Extension(type, content.remaining()));
        contents.add(content);
    }

    /** Whether the hello ends with them, and none comes twice. */
    boolean areValid() {
        return valid;
    }

    /** What is in the extension of a type; null where there is none. */
    Octets contentOf(int type) {
        int index = find(type);
        return index < 0 ? null : contents.get(index);
    }

    private int find(int type) {
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).type() == type) {
                return i;
            }
        }
        return -1;
    }
}
