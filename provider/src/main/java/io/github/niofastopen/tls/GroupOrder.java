// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tls;

/** Orders of groups. The JDK sends shares of the first of each kind in its order, of two kinds at most (KeyShareExtension). */
public final class GroupOrder {
    private static final int SHARES = 2;

    private GroupOrder() {
    }

    /** The same groups, so that the shares are classical ones; the others are in the order that they were in. */
    public static int[] classicalFirst(int[] groups) {
        int[] ordered = new int[groups.length];
        int count = 0;
        for (int i = 0; i < groups.length && count < SHARES; i++) {
            if (isShared(groups, i)) {
                ordered[count++] = groups[i];
            }
        }
        int first = count;
        for (int group : groups) {
            if (!isAmong(ordered, first, group)) {
                ordered[count++] = group;
            }
        }
        return ordered;
    }

    /** The same groups, so that the one that a server has chosen is the first of its kind, and so has a share if it is classical. It may be none of them. */
    public static int[] chosenFirst(int chosen, int[] groups) {
        int[] ordered = groups.clone();
        for (int i = 1; i < groups.length && ordered[0] != chosen; i++) {
            if (groups[i] == chosen) {
                System.arraycopy(groups, 0, ordered, 1, i);
                ordered[0] = chosen;
            }
        }
        return classicalFirst(ordered);
    }

    /** Whether a group that is classical, and no other one of its kind comes before it. */
    private static boolean isShared(int[] groups, int index) {
        if (NamedGroup.isPostQuantum(groups[index])) {
            return false;
        }
        for (int i = 0; i < index; i++) {
            if (!NamedGroup.isPostQuantum(groups[i]) && NamedGroup.isMontgomery(groups[i]) == NamedGroup.isMontgomery(groups[index])) {
                return false;
            }
        }
        return true;
    }

    private static boolean isAmong(int[] groups, int count, int group) {
        for (int i = 0; i < count; i++) {
            if (groups[i] == group) {
                return true;
            }
        }
        return false;
    }

    /** As {@code jdk.tls.namedGroups} takes them. */
    public static String asProperty(int[] groups) {
        StringBuilder names = new StringBuilder();
        for (int group : groups) {
            names.append(names.length() == 0 ? "" : ",").append(NamedGroup.nameOf(group));
        }
        return names.toString();
    }
}
