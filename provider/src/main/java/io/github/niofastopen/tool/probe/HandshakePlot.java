// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.tool.probe;

import java.util.List;
import java.util.Locale;

/** Draws the handshakes of a typical connection without and with Fast Open side by side, time going down, to one scale. */
public final class HandshakePlot {
    private static final int WIDTH = 940;
    private static final int TOP = 112;
    private static final int TIME_HEIGHT = 470;
    private static final int HEIGHT = TOP + TIME_HEIGHT + 38;
    private static final int AXIS_X = 46;
    private static final int CLIENT_X = 156;
    private static final int PANEL_STEP = 464;
    private static final int PANEL_WIDTH = 290;
    private static final int MOST_TICKS = 10;

    private static final String INK = "#1f2937";
    private static final String FAINT = "#e5e7eb";
    private static final String GREY = "#6b7280";
    private static final String FLIGHT = "#2563eb";
    private static final String HELLO = "#d97706";
    private static final String BAD = "#dc2626";
    private static final String GOOD = "#15803d";

    /** Below so many pixels in half a round trip, words along the arrows would collide. */
    private static final double LEAST_SLOPE = 24;
    private static final double WORDS_HEIGHT = 16;
    /** Of two lines of words. */
    private static final double MOMENT_HEIGHT = 32;
    private static final int TITLE_MAX = 90;

    private final Measurement measured;
    private final double half;
    private final double pixelsPerNano;
    private final Svg svg = new Svg(WIDTH, HEIGHT);

    private HandshakePlot(Measurement measured) {
        this.measured = measured;
        half = measured.rttMillis() * 1e6 / 2;
        double last = Math.max(measured.typicalOrdinary().timeline().firstByte(), measured.typicalFastOpen().timeline().firstByte());
        // A last flight to the server may arrive after the client's last moment.
        pixelsPerNano = TIME_HEIGHT / (last + (measured.target().path() == null ? half : 0));
    }

    /** The drawing as the text of an SVG file. */
    public static String svg(Measurement measured) {
        return new HandshakePlot(measured).draw();
    }

    private String draw() {
        Timeline ordinary = measured.typicalOrdinary().timeline();
        Timeline fastOpen = measured.typicalFastOpen().timeline();
        String name = measured.target().text();
        svg.words(AXIS_X - 26, 30, "start", 0, INK, true, (name.length() > TITLE_MAX ? name.substring(0, TITLE_MAX) + "..." : name)
            + ", round trip " + millis(measured.rttMillis() * 1e6));
        drawAxis();
        drawPanel(0, "without TCP Fast Open", ordinary, Flight.ordinary(ordinary, half));
        drawPanel(PANEL_STEP, "with TCP Fast Open", fastOpen, Flight.fastOpen(measured, half));
        drawSaving(ordinary, fastOpen);
        return svg.toString();
    }

    private void drawAxis() {
        double step = tick(TIME_HEIGHT / pixelsPerNano);
        for (double time = 0; y(time) <= TOP + TIME_HEIGHT + 0.5; time += step) {
            svg.line(AXIS_X + 6, y(time), WIDTH - 24, y(time), FAINT, 1, "");
            svg.words(AXIS_X, y(time) + 4, "end", 0, GREY, false, String.format(Locale.ROOT, step < 1e6 ? "%.1f" : "%.0f", time / 1e6));
        }
        svg.words(AXIS_X, TOP - 26, "end", 0, GREY, false, "ms");
    }

    /** The least of 1, 2, 5, 10, ... that makes no more ticks than there is room for. */
    private static double tick(double range) {
        double step = 1e3;
        int[] factors = {2, 5, 10};
        while (true) {
            for (int factor : factors) {
                if (range / (step * factor) <= MOST_TICKS) {
                    return step * factor;
                }
            }
            step *= factors[factors.length - 1];
        }
    }

    private void drawPanel(int left, String title, Timeline times, List<Flight> flights) {
        int client = left + CLIENT_X;
        int server = client + PANEL_WIDTH;
        svg.words((client + server) / 2.0, 66, "middle", 0, INK, true, title);
        for (int x : new int[] {client, server}) {
            svg.words(x, TOP - 20, "middle", 0, GREY, false, x == client ? "client" : "server");
            svg.line(x, TOP - 12, x, TOP + TIME_HEIGHT + 8, INK, 1.5, "");
        }
        double slope = half * pixelsPerNano;
        double free = 0;
        for (Flight flight : flights) {
            drawFlight(flight, client, server);
            if (slope >= LEAST_SLOPE) {
                writeAlong(flight, client, server, slope);
            } else {
                free = writeBeside(flight, client, server, free);
            }
        }
        double last = y(times.firstByte());
        if (times.response() != 0) {
            drawMoment(client, times.response(), last, "first byte");
        }
        drawMoment(client, times.secured(), Math.min(y(times.secured()), times.response() == 0 ? last : last - MOMENT_HEIGHT), "secured");
    }

    private void drawFlight(Flight flight, int client, int server) {
        int from = flight.toServer() ? client : server;
        int to = flight.toServer() ? server : client;
        double departs = y(flight.departs());
        double arrives = y(flight.arrives());
        if (flight.kind() == Flight.Kind.LOST) {
            double endX = from + 0.8 * (to - from);
            double endY = departs + 0.8 * (arrives - departs);
            svg.line(from, departs, endX, endY, BAD, 2, "");
            svg.cross(endX, endY, 6, BAD);
        } else {
            svg.arrow(from, departs, to, arrives, colour(flight), flight.kind() == Flight.Kind.CLIENT_HELLO ? 2.5 : 1.5);
        }
    }

    private void writeAlong(Flight flight, int client, int server, double slope) {
        double degrees = Math.toDegrees(Math.atan2(slope, PANEL_WIDTH)) * (flight.toServer() ? 1 : -1);
        double x = (client + server) / 2.0;
        double y = (y(flight.departs()) + y(flight.arrives())) / 2;
        svg.words(x, y - 6, "middle", degrees, colour(flight), flight.kind() == Flight.Kind.CLIENT_HELLO, flight.label());
    }

    /**
     * @param free from where on there is room
     * @return the same for the next words
     */
    private double writeBeside(Flight flight, int client, int server, double free) {
        double y = Math.max(y(flight.departs()) - 4, free);
        svg.words(flight.toServer() ? client + 8 : server - 8, y, flight.toServer() ? "start" : "end", 0, colour(flight),
            flight.kind() == Flight.Kind.CLIENT_HELLO, flight.label());
        return y + WORDS_HEIGHT;
    }

    private static String colour(Flight flight) {
        switch (flight.kind()) {
            case CLIENT_HELLO:
                return HELLO;
            case LOST:
                return BAD;
            default:
                return FLIGHT;
        }
    }

    /** @param words where its words are, which may have to give way to those of a later moment */
    private void drawMoment(int client, long time, double words, String what) {
        svg.line(client - 6, y(time), client, y(time), INK, 2.5, "");
        svg.words(client - 12, words - 3, "end", 0, INK, false, what);
        svg.words(client - 12, words + 12, "end", 0, INK, true, millis(time));
    }

    private void drawSaving(Timeline ordinary, Timeline fastOpen) {
        double early = y(Math.min(ordinary.firstByte(), fastOpen.firstByte()));
        double late = y(Math.max(ordinary.firstByte(), fastOpen.firstByte()));
        if (late - early < 2 * WORDS_HEIGHT) {
            return;
        }
        boolean saves = fastOpen.firstByte() < ordinary.firstByte();
        int client = CLIENT_X + (saves ? PANEL_STEP : 0);
        double x = client + 26;
        String colour = saves ? GOOD : BAD;
        svg.line(client, late, x + 10, late, colour, 1, "4 3");
        svg.arrow(x, early + 4, x, late, colour, 1.5);
        svg.words(x + 12, (early + late) / 2 + 5, "start", 0, colour, true, millis((late - early) / pixelsPerNano) + (saves ? " saved" : " lost"));
    }

    private double y(double nanos) {
        return TOP + nanos * pixelsPerNano;
    }

    private static String millis(double nanos) {
        return String.format(Locale.ROOT, "%.1f ms", nanos / 1e6);
    }
}
