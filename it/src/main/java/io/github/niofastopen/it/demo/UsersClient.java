// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.demo;

import io.github.niofastopen.it.lab.InstalledJdk;
import io.github.niofastopen.it.lab.JavaProgram;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the user's.
 *
 * @param name what the table calls it
 * @param classPath where its classes are
 * @param mainClass its main class, or a source file
 * @param arguments what it gets, with URL, or NAME=URL, where the server's address is to be
 */
record UsersClient(String name, String classPath, String mainClass, List<String> arguments) {
    private static final String URL = "URL";

    Comparison comparison(FarEnd farEnd, InstalledJdk client, InstalledJdk server) {
        return new Comparison(client + ", " + name, () -> farEnd.trustedBy(program(client)), farEnd.classical(server), List.of(Way.SWITCH, Way.AGENT), false);
    }

    private JavaProgram program(InstalledJdk jdk) {
        return JavaProgram.named(mainClass).on(jdk.home()).classPath(System.getProperty("provider.jar") + ":" + classPath)
            .arguments(withAddress().toArray());
    }

    private List<String> withAddress() {
        List<String> words = new ArrayList<>(arguments);
        if (words.stream().noneMatch(UsersClient::namesAddress)) {
            words.add(URL);
        }
        words.replaceAll(word -> namesAddress(word) ? word.substring(0, word.length() - URL.length()) + FarEnd.URL : word);
        return words;
    }

    private static boolean namesAddress(String word) {
        return word.equals(URL) || word.endsWith("=" + URL);
    }
}
