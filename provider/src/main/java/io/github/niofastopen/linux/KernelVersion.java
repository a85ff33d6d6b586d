// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.linux;

/** Reads what the kernel calls its release, such as {@code 6.1.0-18-amd64}. */
final class KernelVersion {
    private static final int RADIX = 10;

    private KernelVersion() {
    }

    static boolean isAtLeast(int major, int minor, String release) {
        int dot = release.indexOf('.');
        int actualMajor = number(release, 0);
        return actualMajor > major || actualMajor == major && dot > 0 && number(release, dot + 1) >= minor;
    }

    /** By hand: a regular expression costs a cold JVM more. */
    private static int number(String text, int from) {
        int number = 0;
        for (int i = from; i < text.length() && Character.isDigit(text.charAt(i)); i++) {
            number = RADIX * number + Character.digit(text.charAt(i), RADIX);
        }
        return number;
    }
}
