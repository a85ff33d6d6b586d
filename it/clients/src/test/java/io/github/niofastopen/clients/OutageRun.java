// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.niofastopen.it.lab.LabRun;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What became of the first two exchanges of one client after each outage. */
record OutageRun(LabRun lab, Map<Outage, List<Exchange>> exchanges) {

    /**
     * One exchange.
     *
     * @param what {@code answered}, or the class of an exception
     * @param millis how long it took
     */
    record Exchange(String what, long millis) {
        String inWords() {
            return String.format(Locale.ROOT, "%s, %.1f s", what.equals("answered") ? what : "`" + what + "`", millis / 1e3);
        }
    }

    static OutageRun of(LabRun lab) {
        Map<Outage, List<Exchange>> exchanges = new EnumMap<>(Outage.class);
        for (Outage outage : Outage.values()) {
            assertThat(lab.out()).as(lab.toString()).filteredOn(line -> line.startsWith(outage + " before "))
                .isNotEmpty().allMatch(line -> line.contains(" answered "));
            exchanges.put(outage, List.of(exchange(lab, outage + " first "), exchange(lab, outage + " second ")));
        }
        return new OutageRun(lab, exchanges);
    }

    private static Exchange exchange(LabRun lab, String begin) {
        String line = lab.out().stream().filter(each -> each.startsWith(begin)).findFirst().orElseThrow();
        String[] words = line.substring(begin.length()).split(" ");
        return new Exchange(words[0], Long.parseLong(words[words.length - 1]));
    }

    Exchange first(Outage outage) {
        return exchanges.get(outage).get(0);
    }

    Exchange second(Outage outage) {
        return exchanges.get(outage).get(1);
    }

    @Override
    public String toString() {
        return lab.toString();
    }
}
