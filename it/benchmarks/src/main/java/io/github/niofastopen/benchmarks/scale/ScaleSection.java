// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.scale;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.niofastopen.benchmarks.program.Sample;
import io.github.niofastopen.benchmarks.program.Table;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;

/** The section on scale of the document of results. */
public final class ScaleSection {
    /** The JVM tells them in steps of 10 ms: a median of rounds that take a few would hide what lies between. */
    private static final String PROCESSOR = "ProcessorNanos";
    private ScaleSection() {
    }

    /** @param result what {@link ScaleBenchmark} has written */
    public static String markdown(JsonNode result) {
        Table costs = new Table("channels", "", "connects per s", "connects per processor second", "exchange, processor time",
            "heap, connected", "heap, established", "resident memory", "timer thread", "SYNs with data accepted", "waits for locks");
        Table growth = new Table("", "from", "to", "connect, processor time", "exchange, processor time", "heap, connected");
        for (JsonNode mode : result.get("modes")) {
            for (JsonNode size : mode.get("sizes")) {
                costs.row(size.get("channels").asText(), words(mode), rate(size, "connectNanos"), rate(size, "connectProcessorNanos"),
                    text("%.1f µs", each(size, "exchangeProcessorNanos") / 1000), text("%.0f B", each(size, "heapConnected")),
                    text("%.0f B", each(size, "heapEstablished")),
                    text("%.1f kB", each(size, "residentKilobytes")), timer(each(size, "timerNanos") / 1000),
                    text("%.0f", Sample.of(size.get("synsWithDataAccepted")).median()), size.get("lockWaits").asText());
            }
            JsonNode least = mode.get("sizes").get(0);
            JsonNode most = mode.get("sizes").get(mode.get("sizes").size() - 1);
            growth.row(words(mode), least.get("channels").asText(), most.get("channels").asText(),
                ratio(least, most, "connectProcessorNanos"), ratio(least, most, "exchangeProcessorNanos"),
                ratio(least, most, "heapConnected"));
        }
        Table timer = new Table("tasks", "insert", "cancel");
        for (JsonNode size : result.get("timer")) {
            timer.row(size.get("tasks").asText(), text("%.0f ns", Sample.of(size.get("insertNanos")).median()),
                text("%.0f ns", Sample.of(size.get("cancelNanos")).median()));
        }
        return "## Scale\n\nChannels of one JVM connect to servers on loopback, then write a ClientHello and read an answer, in two event"
            + " loops. Medians\nof rounds, of processor times means; all but rates are for each channel. Connected ones with a cookie have their SYN held back;\nwhat was accepted is the kernel's count (TCPFastOpenActive).\n\n"
            + costs + "\nWhat the largest number costs for each channel, as a multiple of what the smallest does:\n\n" + growth
            + "\nThe timer that keeps the windows, with so many tasks, for each:\n\n" + timer;
    }

    /** A thread that ends in between takes the knowledge of its time with it. */
    private static String timer(double micros) {
        return micros < 0 ? "not known" : text("%.2f µs", micros);
    }

    /** Draws the processor time of connect and first exchange by the number of channels. */
    public static void plot(JsonNode result, Path svg) throws IOException {
        VectorGraphicsEncoder.saveVectorGraphic(chart(result), svg.toString(), VectorGraphicsEncoder.VectorGraphicsFormat.SVG);
    }

    static XYChart chart(JsonNode result) {
        XYChart chart = new XYChartBuilder().width(800).height(450).title("Connect and first exchange")
            .xAxisTitle("channels").yAxisTitle("processor time for each (µs)").build();
        chart.getStyler().setXAxisLogarithmic(true);
        chart.getStyler().setYAxisMin(0.0);
        for (JsonNode mode : result.get("modes")) {
            List<Double> channels = new ArrayList<>();
            List<Double> micros = new ArrayList<>();
            for (JsonNode size : mode.get("sizes")) {
                channels.add(size.get("channels").asDouble());
                micros.add((each(size, "connectProcessorNanos") + each(size, "exchangeProcessorNanos")) / 1000);
            }
            chart.addSeries(words(mode), channels, micros);
        }
        return chart;
    }

    private static String words(JsonNode mode) {
        return Mode.valueOf(mode.get("mode").asText()).inWords();
    }

    private static double each(JsonNode size, String figure) {
        Sample rounds = Sample.of(size.get(figure));
        return (figure.endsWith(PROCESSOR) ? rounds.mean() : rounds.median()) / size.get("channels").asDouble();
    }

    private static String rate(JsonNode size, String figure) {
        return text("%,.0f", 1e9 / each(size, figure));
    }

    private static String ratio(JsonNode least, JsonNode most, String figure) {
        return text("%.2f", each(most, figure) / each(least, figure));
    }

    private static String text(String format, double number) {
        return String.format(Locale.ROOT, format, number);
    }
}
