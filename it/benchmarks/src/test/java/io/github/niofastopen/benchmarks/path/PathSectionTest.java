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
            .contains("HttpClient at 50 ms, full handshake: 1.00 round trips saved against the JDK's provider (goal: 1.0 or more): met")
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
    void thePlotIsWellFormed(@TempDir Path folder) throws Exception {
        Path svg = folder.resolve("path.svg");

        PathSection.plot(result, svg);

        DocumentBuilderFactory parser = DocumentBuilderFactory.newInstance();
        parser.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
        Document document = parser.newDocumentBuilder().parse(svg.toFile());
        assertThat(document.getDocumentElement().getTagName()).isEqualTo("svg");
        assertThat(document.getElementsByTagName("path").getLength()).isGreaterThan(rows.size());
    }
}
