// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.waiting;

import io.github.niofastopen.it.contract.ThreadKind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One case, as many times at once as there are carriers. While the disturbance is under way no carrier is free, whoever
 * disturbs: a virtual thread that was woken by it can't go on before the disturbance has returned.
 */
final class CaseRun {
    private static final List<ThreadKind> KINDS = ThreadKind.available();

    private final Case what;
    private final Bystander bystander;
    private final List<Subject> subjects = new ArrayList<>();
    private final List<Descriptor> descriptors = new ArrayList<>();
    private final List<Act> waiting = new ArrayList<>();
    private final List<Act> disturbing = new ArrayList<>();
    private final List<Act> helping = new ArrayList<>();
    private final List<AtomicBoolean> returned = new ArrayList<>();
    private final Set<String> notes = new LinkedHashSet<>();
    private final Set<String> remarks = new LinkedHashSet<>();
    private volatile boolean looked;

    CaseRun(Case what, Bystander bystander) {
        this.what = what;
        this.bystander = bystander;
    }

    /** The connections come so far as the case wants them. */
    void prepare() throws Exception {
        for (int i = 0; i < (what.isOfVirtualThreads() ? Carriers.count() : 1); i++) {
            Subject subject = Subject.at(what.moment());
            subjects.add(subject);
            descriptors.add(Descriptor.of(subject.channel()));
            what.moment().reach(subject);
        }
    }

    /** @return whether a peer has taken anything more, where the call is one that writes */
    boolean fills() throws IOException {
        boolean taken = false;
        for (Subject subject : subjects) {
            taken |= what.call().writes() && subject.fills();
        }
        return taken;
    }

    /** Until the disturbance has come, and it has been seen who still runs. */
    void run() throws Exception {
        for (Subject subject : subjects) {
            what.call().prepare(subject);
            Act act = Act.start(what.waits(), () -> what.call().on(subject));
            waiting.add(act);
            act.awaitOverOrBlocked();
        }
        if (!waiting.stream().allMatch(Act::isOver)) {
            letGoOn("KEEPS ITS CARRIER");
            disturb();
            letGoOn("STANDS STILL");
        }
    }

    private void disturb() throws InterruptedException {
        boolean occupy = what.waits() == ThreadKind.VIRTUAL && what.disturbs() == ThreadKind.PLATFORM && !isKeepingCarriers();
        Carriers carriers = occupy ? Carriers.occupy() : null;
        for (int i = 0; i < subjects.size(); i++) {
            AtomicBoolean done = new AtomicBoolean();
            returned.add(done);
            disturbing.add(Act.start(what.disturbs(), disturbance(subjects.get(i), waiting.get(i).thread(), done)));
        }
        for (int i = 0; i < subjects.size(); i++) {
            disturbing.get(i).awaitBlockedOr(returned.get(i)::get);
        }
        if (what.disturbance().neverWaits() && !bystander.sees(() -> returned.stream().allMatch(AtomicBoolean::get))) {
            remarks.add(what.disturbance() + " WAITS");
        }
        lookAtDescriptors();
        looked = true;
        if (carriers != null) {
            carriers.free();
        }
    }

    private boolean isKeepingCarriers() {
        return !remarks.isEmpty();
    }

    /** The thread goes on to hold its carrier until somebody has looked at what it has done. */
    private Callable<?> disturbance(Subject subject, Thread thread, AtomicBoolean done) {
        return () -> {
            try {
                what.disturbance().of(subject.channel(), thread);
                return "";
            } finally {
                done.set(true);
                while (!looked) {
                    Thread.onSpinWait();
                }
            }
        };
    }

    private void lookAtDescriptors() {
        for (int i = 0; i < subjects.size(); i++) {
            if (descriptors.get(i).isFree() && waiting.get(i).usesDescriptor()) {
                remarks.add("DESCRIPTOR GIVEN BACK");
            }
        }
    }

    /** Sees whether another thread of each kind runs; if not, that is remarked, and help is given so that what follows can be seen. */
    private void letGoOn(String otherwise) throws Exception {
        for (ThreadKind kind : KINDS) {
            Act other = bystander.start(kind);
            if (!bystander.sees(other::isOver)) {
                remarks.add(otherwise);
                help(other);
            }
        }
    }

    private void help(Act standing) throws Exception {
        Carriers.add();
        close();
        if (!bystander.sees(standing::isOver)) {
            remarks.add("FOR GOOD");
        }
        if (!bystander.sees(this::isOver)) {
            closePeers();
            bystander.sees(this::isOver);
        }
        Carriers.takeAway();
    }

    boolean isOver() {
        return waiting.stream().allMatch(Act::isOver) && disturbing.stream().allMatch(Act::isOver)
            && helping.stream().allMatch(Act::isOver);
    }

    /** How it stands, once nothing more is to be expected. */
    void note() {
        String open = subjects.stream().allMatch(subject -> subject.channel().isOpen()) ? "open" : "closed";
        notes.add(endings(waiting) + " | " + endings(disturbing) + " | " + open);
    }

    /** Everything goes, so that whoever still waits ends. */
    void close() {
        for (Subject subject : subjects) {
            helping.add(Act.start(ThreadKind.PLATFORM, () -> {
                subject.channel().close();
                return "";
            }));
        }
    }

    void closePeers() throws IOException {
        for (Subject subject : subjects) {
            subject.closePeer();
        }
    }

    /** How the call, the disturbance and the channel have ended; and what a close has changed of that. */
    String result() {
        List<String> words = new ArrayList<>(remarks);
        words.addAll(notes);
        return String.join("; ", words);
    }

    private static String endings(List<Act> acts) {
        Set<String> endings = new LinkedHashSet<>();
        for (Act act : acts) {
            String ending = act.ending();
            endings.add(ending == null ? "waits" : ending);
        }
        return endings.isEmpty() ? "-" : String.join(" and ", endings);
    }
}
