// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;

class PathSectionTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final double RTT = 50;

    private final ObjectNode result;
    private final ArrayNode rows;

    PathSectionTest() throws IOException {
        result = (ObjectNode) JSON.readTree("""
            {"benchmark": "path", "command": "java PathBenchmark --rtt 50", "jdk": "17.0.1", "server": "nginx 1.22.1",
             "machine": {"processor": "a processor", "processors": 2, "kernel": "6.1", "jdk": "17.0.1", "commit": "abc"},
             "quick": false, "warmUp": 400, "uncounted": 4, "tools": ["curl 7.88.1"],
             "missing": ["gnutls-cli: gnutls-cli is not installed (Debian: apt-get install gnutls-bin)"], "rows": []}""");
        rows = (ArrayNode) result.path("rows");
        add("HTTP_CLIENT_JDK", "HttpClient, the JDK's provider", 0, 0, Map.of("total", 154.0, "wire", 153.0, "beforeSyn", 0.4,
            "synAck", 50.1, "clientHello", 0.9, "serverHello", 50.6, "finished", 0.8, "request", 0.1, "response", 50.5));
        add("HTTP_CLIENT_OURS", "HttpClient, nio-fastopen", 20, 422, Map.of("total", 104.0, "wire", 102.1, "beforeSyn", 1.5,
            "held", 0.8, "serverHello", 50.6, "finished", 0.9, "request", 0.1, "response", 50.5, "seenAfter", 0.4));
        add("NETTY_NIO_OURS", "Netty NIO, nio-fastopen", 20, 381, Map.of("total", 103.5, "wire", 102.0));
        add("NETTY_EPOLL", "Netty epoll, its own Fast Open", 20, 381, Map.of("total", 101.0, "wire", 100.9));
    }

    private void add(String contender, String label, int rode, int bytes, Map<String, Double> figures) {
        ObjectNode row = rows.addObject().put("rttMillis", RTT).put("contender", contender).put("label", label)
            .put("handshake", "full").put("samples", 20).put("irregular", 0).put("clientHelloInSyn", rode).put("synBytes", bytes);
        ObjectNode quantiles = row.putObject("figures");
        figures.forEach((name, value) -> quantiles.putObject(name).put("median", value));
        row.set("middle", JSON.valueToTree(figures));
    }

    /** HttpClient by the switch on JDK 17, by the agent on JDK 27. */
    private void addOtherJdks() {
        for (String jdk : new String[] {"17.0.19", "27.0.1"}) {
            ObjectNode other = result.withArray("others").addObject().put("jdk", jdk);
            ArrayNode others = other.putArray("rows");
            String ours = jdk.startsWith("27") ? "HTTP_CLIENT_AGENT" : "HTTP_CLIENT_OURS";
            others.add(row(0).deepCopy()).add(((ObjectNode) row(1).deepCopy()).put("contender", ours));
        }
        result.put("jdk", "25.0.3+9-LTS");
    }

    private JsonNode row(int index) {
        return rows.get(index);
    }

    @Test
    void theTableHasMillisecondsAndRoundTrips() {
        assertThat(PathSection.markdown(result))
            .contains("| HttpClient, the JDK's provider | 154.0 (3.08) | 153.0 (3.06) | 0 of 20 |")
            .contains("| HttpClient, nio-fastopen | 104.0 (2.08) | 102.1 (2.04) | 20 of 20, 422 bytes |");
    }

    @Test
    void theDistanceToTheFloorIsExplainedByItsParts() {
        assertThat(PathSection.markdown(result))
            .contains("| HttpClient, nio-fastopen | 50 ms | 1.5 (0.8) | 0.6 | 0.9 | 0.1 | 0.5 | 2.1 | 0.4 |")
            .contains("the first byte is seen 4.0 ms above two round trips. Of these, 1.5 ms pass before the SYN leaves")
            .contains("differs from that sum by +0.2 ms");
    }

    @Test
    void whereTheClientHelloDidNotRideThereIsNoDistanceToThatFloor() {
        assertThat(PathSection.markdown(result)).doesNotContain("| HttpClient, the JDK's provider | 50 ms |");
    }

    @Test
    void aGoalIsMetOrNot() {
        assertThat(PathSection.markdown(result))
            .contains("HttpClient at 50 ms, full handshake: 1.000 round trips saved against the JDK's provider (goal: 1.0 or more): met")
            .contains("+2.5 % against Netty epoll (goal: never more than +2 %): **not met**");
    }

    @Test
    void exchangesThatWereLeftOutAreTold() {
        ((ObjectNode) row(1)).put("irregular", 3);

        assertThat(PathSection.markdown(result)).contains("3 of HttpClient, nio-fastopen at 50 ms (full)");
    }

    @Test
    void outcomesBesidesTheAcceptedAreTold() {
        ((ObjectNode) row(1)).putObject("outcomes").put("ACCEPTED", 18).put("WINDOW_ELAPSED", 2);

        assertThat(PathSection.markdown(result)).contains("among its medians are: 2 WINDOW_ELAPSED.");
    }

    @Test
    void aMissingToolIsTold() {
        assertThat(PathSection.markdown(result)).contains("Left out: gnutls-cli: gnutls-cli is not installed");
    }

    @Test
    void aQuickRunIsCalledOne() {
        result.put("quick", true);

        assertThat(PathSection.markdown(result)).contains("A quick run");
    }

    @Test
    void socketsByTheAgentAreHeldAgainstTheJdksSockets() {
        add("URL_CONNECTION_JDK", "HttpsURLConnection, the JDK's sockets", 0, 0, Map.of("total", 155.0, "wire", 154.0));
        add("URL_CONNECTION_OURS", "HttpsURLConnection, nio-fastopen by the agent", 20, 430, Map.of("total", 106.0, "wire", 103.0));

        assertThat(PathSection.markdown(result)).contains("HttpsURLConnection at 50 ms, full handshake: 0.980 round trips saved against"
            + " the JDK's sockets (goal: 1.0 or more): **not met**");
    }

    @Test
    void withoutThatAcknowledgmentAResponseHasItsRoundTripsToKeepTo() {
        assertThat(PathSection.markdown(result)).doesNotContain("noDelay");

        add("OKHTTP_NO_DELAY", "OkHttp, nio-fastopen by the agent, noDelay=handshake", 20, 402, Map.of("total", 107.0, "wire", 104.0));

        assertThat(PathSection.markdown(result)).contains("OkHttp, nio-fastopen by the agent, noDelay=handshake at 50 ms, full handshake:"
            + " the response after 2.14 round trips (goal: 2.15 or less): met");
    }

    @Test
    void whatADelayedAcknowledgmentAddsIsTold() {
        assertThat(PathSection.markdown(result)).doesNotContain("TCP_NODELAY");

        add("OKHTTP_JDK", "OkHttp, the JDK's sockets", 0, 0, Map.of("total", 250.0, "wire", 249.0, "finished", 95.3));
        add("OKHTTP_OURS", "OkHttp, nio-fastopen by the agent", 20, 402, Map.of("total", 155.0, "wire", 154.0, "finished", 52.7));

        assertThat(PathSection.markdown(result)).contains("over 50 ms a Finished leaves so long after the ServerHello, since it waits"
            + " for the acknowledgment of the record before: 95.3 ms (OkHttp, the JDK's sockets), 52.7 ms (OkHttp, nio-fastopen by the agent).")
            .contains("delays that acknowledgment by some 40 ms");
    }

    @Test
    void eachJdkIsARowWithWhatIsSavedOnIt() {
        addOtherJdks();

        assertThat(PathSection.markdown(result)).contains("(path-jdks.svg)")
            .contains("| JDK | client | 50 ms, full | 50 ms, resumed | ClientHello in the SYN |")
            .containsSubsequence("| 17.0.19 | HttpClient, nio-fastopen | 154.0, 104.0 (1.00) | - | 20 of 20 |",
                "| 25.0.3 | HttpClient, nio-fastopen | 154.0, 104.0 (1.00) | - | 20 of 20 |",
                "| 27.0.1 | HttpClient, nio-fastopen by the agent | 154.0, 104.0 (1.00) | - | 20 of 20 |")
            .contains("On JDK 27.0.1 a ClientHello has a post-quantum key");
    }

    @Test
    void ofASingleJdkThereIsNoSuchTable() {
        assertThat(PathSection.markdown(result)).doesNotContain("On other JDKs").doesNotContain("path-jdks.svg");
    }

    @Test
    void whatFailsInTheSameWayOnTwoPathsIsToldOnceInItsOwnWords() {
        for (double rtt : new double[] {10, RTT}) {
            result.withArray("failures").addObject().put("rttMillis", rtt).put("label", "Netty NIO, the option preloaded")
                .put("words", "warming up: java.io.IOException: closed");
        }

        assertThat(PathSection.markdown(result)).containsOnlyOnce("Netty NIO, the option preloaded failed at 10 ms, 50 ms, and had no"
            + " more turns there; warming up: java.io.IOException: closed.");
    }

    @Test
    void besideThePreloadedOptionItIsSaidWhereToReadWhatItBreaks() {
        assertThat(PathSection.markdown(result)).doesNotContain("tried.md");

        add("URL_CONNECTION_PRELOADED", "HttpsURLConnection, the option preloaded", 20, 430, Map.of("total", 105.0, "wire", 103.0));

        assertThat(PathSection.markdown(result)).contains("(tried.md#without-a-provider)");
    }

    @Test
    void thePlotByJdkIsWellFormed(@TempDir Path folder) throws Exception {
        addOtherJdks();
        Path svg = folder.resolve("path-jdks.svg");

        PathSection.plotJdks(result, svg);

        assertThat(parsed(svg).getElementsByTagName("path").getLength()).isGreaterThan(rows.size());
    }

    @Test
    void thePlotIsWellFormed(@TempDir Path folder) throws Exception {
        Path svg = folder.resolve("path.svg");

        PathSection.plot(result, svg);

        assertThat(parsed(svg).getElementsByTagName("path").getLength()).isGreaterThan(rows.size());
    }

    private static Document parsed(Path svg) throws Exception {
        DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
        parser.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = parser.newDocumentBuilder().parse(svg.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        return document;
    }
}
