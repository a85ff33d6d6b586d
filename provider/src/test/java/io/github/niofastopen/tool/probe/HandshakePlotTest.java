// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.outcome.Outcome;
import io.github.niofastopen.outcome.Report;
import java.io.StringReader;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class HandshakePlotTest {
    private static final InetSocketAddress REMOTE = new InetSocketAddress("192.0.2.2", 443);
    private static final Handshake UNREAD = new Handshake(null, null, null);
    private static final double LETTER_WIDTH = 6.5;
    private static final double LEAST_DISTANCE = 11;

    static Stream<Arguments> connections() {
        return Stream.of(Outcome.ACCEPTED, Outcome.TOO_LARGE, Outcome.NO_COOKIE, Outcome.DATA_NOT_ACKNOWLEDGED, Outcome.HEDGED,
                Outcome.RESET, Outcome.UNSUPPORTED)
            .flatMap(outcome -> Stream.of(0.04, 1.0, 5.0, 50.0, 300.0)
                .flatMap(rtt -> Stream.of("https://192.0.2.2/?a&b=c", "192.0.2.2:993").map(server -> Arguments.of(outcome, rtt, server))));
    }

    @ParameterizedTest
    @MethodSource("connections")
    void allWordsAreOnThePictureAndNoTwoTouch(Outcome outcome, double rttMillis, String server) throws Exception {
        List<Element> words = elements(HandshakePlot.svg(measured(outcome, rttMillis, server)), "text");

        assertThat(words).hasSizeGreaterThan(12);
        for (int i = 0; i < words.size(); i++) {
            assertThat(points(words.get(i))).allMatch(point -> point[0] > 0 && point[0] < 940 && point[1] > 0 && point[1] < 620);
            for (int j = 0; j < i; j++) {
                assertThat(distance(words.get(i), words.get(j)))
                    .as("'%s' and '%s'", words.get(i).getTextContent(), words.get(j).getTextContent()).isGreaterThan(LEAST_DISTANCE);
            }
        }
    }

    @Test
    void timeIsToScale() throws Exception {
        // given: 50 ms of round trip, and the first byte after 160 ms
        String svg = HandshakePlot.svg(measured(Outcome.ACCEPTED, 50, "https://192.0.2.2/"));

        // then: the head of the first arrow is at half a round trip, where 160 ms have 470 pixels
        double[] head = head(elements(svg, "path").get(0));
        double[] last = head(elements(svg, "path").get(5));
        assertThat(head[1]).isEqualTo(112 + 25 / 160.0 * 470, org.assertj.core.data.Offset.offset(0.1));
        assertThat(last[1]).isEqualTo(112 + 470, org.assertj.core.data.Offset.offset(0.1));
    }

    private static double[] head(Element path) {
        String[] point = path.getAttribute("d").substring(1).split("L")[0].split(" ");
        return new double[] {Double.parseDouble(point[0]), Double.parseDouble(point[1])};
    }

    private static double distance(Element one, Element other) {
        return points(one).stream().flatMapToDouble(from -> points(other).stream()
            .mapToDouble(to -> Math.hypot(from[0] - to[0], from[1] - to[1]))).min().orElseThrow();
    }

    /** Points along the line on which the words stand. */
    private static List<double[]> points(Element words) {
        double x = Double.parseDouble(words.getAttribute("x"));
        double y = Double.parseDouble(words.getAttribute("y"));
        String turn = words.getAttribute("transform");
        double angle = turn.isEmpty() ? 0 : Math.toRadians(Double.parseDouble(turn.replaceAll("rotate\\(([-0-9.]+) .*", "$1")));
        double width = words.getTextContent().length() * LETTER_WIDTH;
        String anchor = words.getAttribute("text-anchor");
        double start = anchor.equals("start") ? 0 : anchor.equals("end") ? -width : -width / 2;
        List<double[]> points = new ArrayList<>();
        for (double along = start; along <= start + width; along += 5) {
            points.add(new double[] {x + along * Math.cos(angle), y + along * Math.sin(angle)});
        }
        return points;
    }

    private static List<Element> elements(String svg, String name) throws Exception {
        NodeList nodes = DocumentBuilderFactory.newInstance().newDocumentBuilder()
            .parse(new InputSource(new StringReader(svg))).getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    /** Connections in which the client and the server take some milliseconds for each step. */
    private static Measurement measured(Outcome outcome, double rtt, String server) {
        Target target = Target.parse(server);
        boolean http = target.path() != null;
        Sample ordinary = new Sample(timeline(rtt, rtt + 2, 2 * rtt + 4, http, rtt), UNREAD, null);
        double answer = outcome == Outcome.ACCEPTED ? rtt + 4 : outcome == Outcome.HEDGED ? 5 * rtt + 100 : outcome == Outcome.RESET ? 3 * rtt + 5
            : 2 * rtt + 4;
        Report report = new Report(REMOTE, outcome, 400, 400, 0, 0, (int) (rtt * 1000));
        boolean held = outcome != Outcome.NO_COOKIE && outcome != Outcome.UNSUPPORTED;
        Sample fastOpen = new Sample(timeline(held ? 0.1 : rtt, held ? 2 : rtt + 2, answer, http, rtt), UNREAD, report);
        return new Measurement(target, REMOTE, List.of(ordinary), List.of(fastOpen), List.of(), null, 8, false, 1420);
    }

    private static Timeline timeline(double connected, double hello, double answer, boolean http, double rtt) {
        double secured = answer + 4;
        return new Timeline(nanos(connected), nanos(hello), nanos(answer), nanos(answer), nanos(secured), http ? nanos(secured + 0.5) : 0,
            http ? nanos(secured + 2 + rtt) : 0, 400, "TLSv1.3", (int) (rtt * 1000));
    }

    private static long nanos(double millis) {
        return (long) (millis * 1e6);
    }
}
