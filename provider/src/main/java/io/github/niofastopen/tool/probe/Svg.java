// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import java.util.Locale;

/** A drawing in the making (SVG 1.1): lines and words. */
final class Svg {
    private final StringBuilder text = new StringBuilder();

    Svg(int width, int height) {
        append("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\""
            + " font-family=\"Helvetica, Arial, 'DejaVu Sans', sans-serif\" font-size=\"13\">%n", width, height, width, height);
        append("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>%n", width, height);
    }

    void line(double x1, double y1, double x2, double y2, String colour, double width, String dashes) {
        append("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" stroke=\"%s\" stroke-width=\"%.1f\"%s/>%n", x1, y1, x2, y2, colour, width,
            dashes.isEmpty() ? "" : " stroke-dasharray=\"" + dashes + "\"");
    }

    /** A line with a filled head at its second end. */
    void arrow(double x1, double y1, double x2, double y2, String colour, double width) {
        double length = Math.hypot(x2 - x1, y2 - y1);
        if (length == 0) {
            return;
        }
        double head = 10;
        double along = (x2 - x1) / length;
        double down = (y2 - y1) / length;
        double baseX = x2 - head * along;
        double baseY = y2 - head * down;
        double half = 0.4 * head;
        line(x1, y1, baseX, baseY, colour, width, "");
        append("<path d=\"M%.1f %.1fL%.1f %.1fL%.1f %.1fZ\" fill=\"%s\"/>%n", x2, y2, baseX - half * down, baseY + half * along,
            baseX + half * down, baseY - half * along, colour);
    }

    void cross(double x, double y, double size, String colour) {
        line(x - size, y - size, x + size, y + size, colour, 2.5, "");
        line(x - size, y + size, x + size, y - size, colour, 2.5, "");
    }

    /**
     * Words with a halo of the background's colour.
     *
     * @param anchor {@code start}, {@code middle} or {@code end}
     * @param degrees by which they are turned about that point
     */
    void words(double x, double y, String anchor, double degrees, String colour, boolean bold, String words) {
        append("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\"%s fill=\"%s\"%s paint-order=\"stroke\" stroke=\"#ffffff\" stroke-width=\"4\""
            + " stroke-linejoin=\"round\">%s</text>%n", x, y, anchor,
            degrees == 0 ? "" : String.format(Locale.ROOT, " transform=\"rotate(%.1f %.1f %.1f)\"", degrees, x, y), colour,
            bold ? " font-weight=\"bold\"" : "", escaped(words));
    }

    private static String escaped(String words) {
        return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private void append(String format, Object... values) {
        text.append(String.format(Locale.ROOT, format, values));
    }

    @Override
    public String toString() {
        return text + "</svg>\n";
    }
}
