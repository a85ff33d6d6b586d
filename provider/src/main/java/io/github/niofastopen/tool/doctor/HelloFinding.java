// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.doctor;

import io.github.niofastopen.config.Configuration;
import io.github.niofastopen.door.JdkDoor;
import io.github.niofastopen.tls.ClientHelloParts;
import io.github.niofastopen.tls.GroupOrder;
import io.github.niofastopen.tls.KeyShare;
import java.io.IOException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Whether what this JVM sends first finds room in a SYN. */
final class HelloFinding {
    static final String SUBJECT = "ClientHello";
    /** From here on the JDK's key shares are predicted by the agent; before, they are classical by default. */
    private static final int SENDS_POST_QUANTUM_SHARES = 27;
    /** In the place of a post-quantum share the JDK sends one of secp256r1: its number, its length, a point (RFC 8446, 4.2.8). */
    private static final int SHARE_IN_ITS_PLACE = 2 + 2 + 65;

    private final ClientHelloParts hello;
    private final List<Route> routes;
    private final int javaFeature;
    /** Whether this JVM's key shares are predicted. */
    private final boolean predicted;

    HelloFinding(ClientHelloParts hello, List<Route> routes, int javaFeature, boolean predicted) {
        this.hello = hello;
        this.routes = routes;
        this.javaFeature = javaFeature;
        this.predicted = predicted;
    }

    static Finding ofThisJvm() {
        try {
            ClientHelloParts hello = DefaultHello.make();
            return hello == null ? Finding.note(SUBJECT, "what this JVM's default context makes can't be read")
                : new HelloFinding(hello, Route.all(), Runtime.version().feature(), isPredicted()).finding();
        } catch (ExceptionInInitializerError e) {
            // What the JDK makes of properties that it can't use, such as jdk.tls.namedGroups.
            return none(e.getCause());
        } catch (NoSuchAlgorithmException | IOException e) {
            return none(e);
        }
    }

    private static boolean isPredicted() {
        return JdkDoor.predictsKeyShares(Configuration.from(System.getProperties()));
    }

    private static Finding none(Throwable why) {
        return Finding.note(SUBJECT, "this JVM's default context makes none: " + why.getMessage());
    }

    Finding finding() {
        return judged().withDetails(details());
    }

    private Finding judged() {
        if (routes.isEmpty()) {
            return Finding.note(SUBJECT, size() + "; no interface to other machines is up, so what one SYN holds can't be told");
        }
        Route widest = routes.stream().max(Comparator.comparingInt(Route::synRoom)).orElseThrow();
        List<Route> narrow = routes.stream().filter(route -> route.synRoom() < hello.totalBytes()).toList();
        if (narrow.isEmpty()) {
            Route narrowest = routes.stream().min(Comparator.comparingInt(Route::synRoom)).orElseThrow();
            return Finding.ok(SUBJECT, size() + "; one SYN holds " + room(narrowest) + ", which leaves "
                + (narrowest.synRoom() - hello.totalBytes()) + " for the ticket of a session that is resumed" + secrecy());
        }
        if (predicted && fitsWithoutPostQuantum(widest)) {
            return Finding.note(SUBJECT, size() + ", and one SYN holds at most " + room(widest) + "; to a server that has shown that it has"
                + " no use for the post-quantum share it has about " + predictedBytes() + ", since this JVM predicts key shares"
                + " (post-quantum secrecy stays with servers that have it, and one that learns it is noticed within the interval"
                + " niofastopen.keyShare.reoffer)");
        }
        String[] remedies = remedies(widest).toArray(String[]::new);
        return narrow.size() == routes.size()
            ? Finding.stops(SUBJECT, size() + ", but one SYN holds at most " + room(widest)
                + ": no server can answer half of it, so nothing is gained", remedies)
            : Finding.note(SUBJECT, size() + ", and only some SYNs hold it: not those by "
                + narrow.stream().map(HelloFinding::room).collect(Collectors.joining(" or by ")), remedies);
    }

    private static String room(Route route) {
        return route.synRoom() + " (" + route.inWords() + ")";
    }

    private String size() {
        return "this JVM's default one to " + DefaultHello.SERVER_NAME + " has " + hello.totalBytes() + " bytes" + shares();
    }

    private String shares() {
        return hello.keyShares().isEmpty() ? "" : ", with key shares of "
            + hello.keyShares().stream().map(KeyShare::toString).collect(Collectors.joining(" and "));
    }

    private String secrecy() {
        return hello.offersPostQuantum() ? "" : "; it offers no post-quantum group";
    }

    /** Each tells what it costs in secrecy, even if it is nothing. */
    private List<String> remedies(Route widest) {
        List<String> remedies = new ArrayList<>();
        if (fitsWithoutPostQuantum(widest)) {
            addOfKeyShares(remedies);
        }
        remedies.add("an MTU of " + (hello.totalBytes() - widest.synRoom() + widest.mtu())
            + " or more all the way to the server   (no secrecy is lost)");
        return remedies;
    }

    private boolean fitsWithoutPostQuantum(Route widest) {
        return hello.sendsPostQuantumShare() && predictedBytes() <= widest.synRoom();
    }

    private int predictedBytes() {
        return hello.totalBytes() - hello.postQuantumShareBytes() + SHARE_IN_ITS_PLACE;
    }

    private void addOfKeyShares(List<String> remedies) {
        if (javaFeature >= SENDS_POST_QUANTUM_SHARES) {
            remedies.add("java -javaagent:nio-fastopen.jar ...   (predicts key shares; post-quantum secrecy stays with servers that"
                + " have it, and one that learns it is noticed within an hour)");
        }
        remedies.add("java -Djdk.tls.namedGroups=" + GroupOrder.asProperty(GroupOrder.classicalFirst(hello.supportedGroups()))
            + " ...   (post-quantum secrecy is lost with servers that take a share they are sent, as Java's do)");
        remedies.add("docs/post-quantum.md has a table of servers, to decide by");
    }

    private List<String> details() {
        List<String> lines = new ArrayList<>();
        hello.extensions().stream().filter(extension -> extension.bytes() >= 16)
            .forEach(extension -> lines.add(extension.name() + " " + extension.bytes()));
        lines.add("groups offered: " + GroupOrder.asProperty(hello.supportedGroups()).replace(",", ", "));
        return lines;
    }
}
