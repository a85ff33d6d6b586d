// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.client.Client;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** One line of the table: a client, and what is expected of it. */
final class Row {
    private static final Properties VERSIONS = versions();

    final String name;
    final String version;
    final Class<? extends Client> client;
    String server = "jdk";
    String path = "/";
    /** The kind of server that has a certificate which the client has no reason to trust. */
    String stranger = "stranger";
    /** The kind of server that answers a ClientHello with a reset. */
    String resetting = "resetting";
    /** Why the client doesn't gain; null where it does. */
    String whyNot;
    /** Whether that is because its connections don't begin with a ClientHello. */
    boolean beginsWithoutHello;
    /** Whether it uses Fast Open by an option of its own, whichever the provider. */
    boolean ownFastOpen;
    /** Why a reset or a wrong certificate may be reported differently; null where it may not. */
    String whyItFailsDifferently;
    /** How many connections it takes four exchanges, of which the third is the last of its connection. */
    int connectionsOfFour = 2;
    /** How many it may be besides, where that is up to the library's threads. */
    int extraConnections;
    boolean mayMissLast;
    boolean keepsNettyNatives;
    /** Whether it uses plain sockets, for which the agent is needed. */
    boolean byAgent;
    /** A regular expression of jars that an application with this client doesn't have; null for none. */
    String absentJars;
    final List<String> properties = new ArrayList<>();

    private Row(String name, String version, Class<? extends Client> client) {
        this.name = name;
        this.version = version;
        this.client = client;
    }

    /** @param library the key of its version, or {@code JDK} */
    static Row of(String name, String library, Class<? extends Client> client) {
        return new Row(name, library.equals("JDK") ? "the JDK's" : VERSIONS.getProperty(library), client);
    }

    /** The kind of server that it speaks to, and the path that it asks for. */
    Row with(String kindOfServer, String pathThere) {
        server = kindOfServer;
        path = pathThere;
        return this;
    }

    /** Where a certificate isn't trusted the server speaks the same protocol: another's words would be what fails. */
    Row untrustedByItsOwnProtocol() {
        stranger = "stranger-" + server;
        return this;
    }

    /** @param kindOfServer what resets it, where that takes a word before */
    Row resetBy(String kindOfServer) {
        resetting = kindOfServer;
        return this;
    }

    Row gainsNothingBecause(String reason) {
        whyNot = reason;
        return this;
    }

    /** Its connections are to be what they are without us: held back by nobody. */
    Row isLeftAloneBecause(String reason) {
        beginsWithoutHello = true;
        return gainsNothingBecause(reason);
    }

    Row hasFastOpenOfItsOwn() {
        ownFastOpen = true;
        return this;
    }

    Row failsDifferentlyBecause(String reason) {
        whyItFailsDifferently = reason;
        return this;
    }

    Row connectionsOfFour(int connections) {
        connectionsOfFour = connections;
        return this;
    }

    Row orUpTo(int connections) {
        extraConnections = connections - connectionsOfFour;
        return this;
    }

    /** Whether it reports an answer after which the server closes, or the close, is up to its threads. */
    Row mayMissTheLastAnswer() {
        mayMissLast = true;
        return this;
    }

    /** With Netty's native transport and TLS on the class path. */
    Row withNettyNatives() {
        keepsNettyNatives = true;
        return this;
    }

    /** With the agent, not with the switch. */
    Row byAgent() {
        byAgent = true;
        return this;
    }

    /** Without what it would prefer to use. */
    Row without(String jars) {
        absentJars = jars;
        return this;
    }

    Row property(String nameAndValue) {
        properties.add(nameAndValue);
        return this;
    }

    boolean gains() {
        return whyNot == null;
    }

    @Override
    public String toString() {
        return name;
    }

    /** That of a library that the build names. */
    static String version(String library) {
        return VERSIONS.getProperty(library);
    }

    private static Properties versions() {
        Properties versions = new Properties();
        try (InputStream in = Row.class.getResourceAsStream("/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions;
    }
}
