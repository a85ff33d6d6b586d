// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler;

/** Round trips from the SYN to the response, a group of bars for each contender, a bar for each path. */
final class PathPlot {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 520;
    /** On a shorter path the handshake's computations outweigh its round trips. */
    private static final double LEAST_RTT = 10;
    private static final Color[] COLORS = {new Color(0x9ecae1), new Color(0x4292c6), new Color(0x084594), new Color(0x252525)};

    private static final Pattern PLACES = Pattern.compile("(\\d\\.\\d)\\d+");

    private PathPlot() {
    }

    static void draw(JsonNode result, Path svg) throws IOException {
        List<Contenders> contenders = List.of(Contenders.values()).stream()
            .filter(contender -> Rows.of(result).stream().anyMatch(row -> isOf(row, contender))).toList();
        CategoryChart chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT)
            .title("From the SYN to the first byte of the response, full TLS 1.3 handshake").yAxisTitle("round trips (median)")
            .build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW).setChartBackgroundColor(Color.WHITE)
            .setSeriesColors(COLORS);
        chart.getStyler().setXAxisLabelRotation(25).setYAxisMin(0.0).setYAxisDecimalPattern("0.0");
        chart.getStyler().setAvailableSpaceFill(0.8).setLabelsVisible(true).setLabelsPosition(0.9);
        for (double rtt : Rows.rtts(result)) {
            if (rtt >= LEAST_RTT) {
                chart.addSeries(String.format(Locale.ROOT, "%.0f ms", rtt), contenders.stream().map(Contenders::label).toList(),
                    contenders.stream().map(contender -> roundTrips(result, rtt, contender)).toList());
            }
        }
        if (chart.getSeriesMap().isEmpty()) {
            throw new IOException("no path of " + LEAST_RTT + " ms or more was measured: there is nothing to plot");
        }
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg.toString(), VectorGraphicsFormat.SVG);
        // A tenth of a pixel is enough; the letters are drawn as curves, with a dozen places each.
        Files.writeString(svg, PLACES.matcher(Files.readString(svg)).replaceAll("$1"));
    }

    private static boolean isOf(JsonNode row, Contenders contender) {
        return row.path("contender").asText().equals(contender.name());
    }

    private static Double roundTrips(JsonNode result, double rtt, Contenders contender) {
        double wire = Rows.median(result, rtt, contender.name(), "full", "wire");
        return Double.isNaN(wire) ? null : Math.round(wire / rtt * 100) / 100.0;
    }
}
