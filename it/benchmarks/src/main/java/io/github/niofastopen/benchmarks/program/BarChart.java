// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.program;

import java.awt.Color;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler;

/** A picture of bars in groups, as SVG. */
public final class BarChart {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 540;
    private static final int ROTATION = 25;
    /** So many names find room side by side. */
    private static final int LEVEL = 4;
    /** So that the legend has a place of its own, above the bars. */
    private static final double ROOM = 1.15;
    private static final Pattern PLACES = Pattern.compile("(\\d\\.\\d)\\d+");

    private final CategoryChart chart;
    private final List<String> groups;

    /**
     * @param unit what the bars' heights are
     * @param decimals how the numbers beside the bars look, such as 0.0
     * @param groups the names of the groups
     * @param colors of each group's bars, in their order
     */
    public BarChart(String title, String unit, String decimals, List<String> groups, int... colors) {
        this.groups = List.copyOf(groups);
        chart = new CategoryChartBuilder().width(WIDTH).height(HEIGHT).title(title).yAxisTitle(unit).build();
        chart.getStyler().setLegendPosition(Styler.LegendPosition.InsideNW).setLegendLayout(Styler.LegendLayout.Horizontal)
            .setChartBackgroundColor(Color.WHITE).setDecimalPattern(decimals);
        chart.getStyler().setSeriesColors(Arrays.stream(colors).mapToObj(Color::new).toArray(Color[]::new));
        chart.getStyler().setYAxisMin(0.0);
        if (groups.size() > LEVEL) {
            chart.getStyler().setXAxisLabelRotation(ROTATION);
        }
        chart.getStyler().setAvailableSpaceFill(0.8).setLabelsVisible(true).setLabelsPosition(0.9);
    }

    /** The next bar of each group; null where it has none. */
    public BarChart bars(String name, List<Double> heights) {
        chart.addSeries(name, groups, heights);
        return this;
    }

    public boolean isEmpty() {
        return chart.getSeriesMap().isEmpty();
    }

    public void write(Path svg) throws IOException {
        double most = chart.getSeriesMap().values().stream().mapToDouble(series -> series.getYMax()).max().orElse(0);
        chart.getStyler().setYAxisMax(most * ROOM);
        VectorGraphicsEncoder.saveVectorGraphic(chart, svg.toString(), VectorGraphicsFormat.SVG);
        // A tenth of a pixel is enough; the letters are drawn as curves, with a dozen places each.
        Files.writeString(svg, PLACES.matcher(Files.readString(svg)).replaceAll("$1"));
    }
}
