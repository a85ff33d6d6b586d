// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.fuzz;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import io.github.niofastopen.config.Configuration;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/** Any values of the properties: each is used or warned of by name, and what is in force says so when it is read again. */
public final class ConfigurationFuzz {
    private static final List<String> NAMES = List.copyOf(Configuration.from(new Properties()).inForce().keySet());
    /** What values are made of, besides anything at all. */
    private static final String[] WORDS = {"true", "off", "auto", "always", "any", "tls", "443", ",", ":", "-1", "65535", "[", "]", "/",
        "8", "129", "10.0.0.0", "2001:db8::", "*.", "example.org", "\u0130", " ", "::ffff:", "%lo", "999999999999999999999"};

    private ConfigurationFuzz() {
    }

    /** Called by the fuzzer. */
    public static void fuzzerTestOneInput(FuzzedDataProvider data) throws UnknownHostException {
        Properties properties = new Properties();
        int given = data.consumeInt(1, 4);
        for (int i = 0; i < given; i++) {
            properties.setProperty(data.pickValue(NAMES), value(data));
        }

        Configuration read = Configuration.from(properties);

        for (String warning : read.warnings()) {
            check(properties.stringPropertyNames().stream().anyMatch(name -> warning.startsWith(name + "=")), warning, properties);
        }
        check(read.warnings().size() <= properties.size(), "more warnings than properties", properties);
        read.exclude().contains(new InetSocketAddress(InetAddress.getByAddress(data.consumeBytes(1).length == 0
            ? new byte[16] : new byte[4]), 443));
        Configuration again = readAgain(read.inForce());
        check(again.warnings().isEmpty() && again.inForce().equals(read.inForce()), "differs when read again", properties);
    }

    private static Configuration readAgain(Map<String, String> inForce) {
        Properties properties = new Properties();
        properties.putAll(inForce);
        return Configuration.from(properties);
    }

    private static String value(FuzzedDataProvider data) {
        List<String> parts = new ArrayList<>();
        int count = data.consumeInt(0, 8);
        for (int i = 0; i < count; i++) {
            parts.add(data.consumeInt(0, 4) == 0 ? data.consumeString(8) : data.pickValue(WORDS));
        }
        return String.join("", parts);
    }

    private static void check(boolean holds, String what, Properties properties) {
        if (!holds) {
            throw new AssertionError(what + ": " + properties);
        }
    }
}
