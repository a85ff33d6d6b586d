// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.it.program;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;

/** What some application might do with socket channels against an {@link EchoServer}. */
public enum Scenario {
    BLOCKING_HEAP(FirstWrites::blockingHeap),
    BLOCKING_DIRECT(FirstWrites::blockingDirect),
    BLOCKING_LARGE(FirstWrites::blockingLarge),
    IPV4_SOCKET(FirstWrites::ipv4Socket),
    GATHERING(FirstWrites::gathering),
    SELECTOR_LARGE(FirstWrites::selectorLarge),
    SELECTOR_CONNECT_IGNORED(FirstWrites::selectorConnectIgnored),
    ADAPTOR_STREAMS(FirstWrites::adaptorStreams),
    ADAPTOR_TIMEOUT(FirstWrites::adaptorTimeout),
    CHANNELS_STREAMS(FirstWrites::channelsStreams),
    TWO_FLIGHTS(FirstWrites::twoFlights),
    PLAIN_TEXT(FirstWrites::plainText),
    PLAIN_TEXT_SELECTOR(FirstWrites::plainTextSelector),
    FILE_FIRST(FileTransfers::fileFirst),
    FILE_AFTER_HELLO(remote -> FileTransfers.fileAfterHello(remote, true)),
    FILE_AFTER_HELLO_SELECTOR(remote -> FileTransfers.fileAfterHello(remote, false)),
    FINISH_AFTER_READY(LateWrites::finishAfterReady),
    AWAIT_GREETING(LateWrites::awaitGreeting),
    AWAIT_GREETING_SELECTOR(LateWrites::awaitGreetingSelector),
    AWAIT_GREETING_TIMEOUT(LateWrites::awaitGreetingTimeout),
    WRITE_LATE(LateWrites::writeLate),
    FINISH_LATE(LateWrites::finishLate),
    HALF_CLOSE_FIRST(LateWrites::halfCloseFirst),
    HALF_CLOSE_AFTER_HELLO(LateWrites::halfCloseAfterHello),
    CLOSE_UNWRITTEN(LateWrites::closeUnwritten),
    REFUSED_BLOCKING(Refusals::refusedBlocking),
    REFUSED_ADAPTOR(Refusals::refusedAdaptor),
    REFUSED_SELECTOR(Refusals::refusedSelector),
    REFUSED_BY_CONNECT(Refusals::refusedByConnect),
    DEAD_ADDRESS_FIRST(2, Refusals::deadAddressFirst),
    KERNEL_FORGETS(0, remote -> SystemChanges.forgetCookies()),
    RESET_SINCE(3, Refusals::resetSince),
    TELL_LOCAL_PORTS(ConcurrentUses::tellLocalPorts),
    SYSCTL_OFF(0, remote -> SystemChanges.setSysctl(0)),
    SYSCTL_ON(0, remote -> SystemChanges.setSysctl(1)),
    WRITE_WHILE_CONNECTING(30, ConcurrentUses::writeWhileConnecting),
    TRANSFER_WHILE_CONNECTING(30, ConcurrentUses::transferWhileConnecting),
    URGENT_DATA_WHILE_CONNECTING(30, ConcurrentUses::sendUrgentDataWhileConnecting),
    SHUT_DOWN_WHILE_CONNECTING(30, ConcurrentUses::shutDownWhileConnecting),
    FINISH_BLOCKING(ConcurrentUses::finishBlocking),
    TELL_MODULE(0, remote -> SystemChanges.tellModule()),
    JMX_OFF(0, remote -> SystemChanges.bean().setEnabled(false)),
    JMX_ON(0, remote -> SystemChanges.bean().setEnabled(true)),
    JMX_TELL_MEMORY(0, remote -> SystemChanges.tellMemory()),
    JMX_FORGET(0, remote -> SystemChanges.bean().forget(remote.getAddress().getHostAddress())),
    JMX_FORGET_ALL(0, remote -> SystemChanges.bean().forgetAll()),
    DIED_SINCE(3, Refusals::diedSince),
    OUT_OF_PORTS(11, Shortages::outOfPorts),
    OUT_OF_DESCRIPTORS(5, Shortages::outOfDescriptors),
    OWN_ADDRESSES(12, SystemChanges::ownAddresses);

    private final int connects;
    private final Code code;

    Scenario(Code code) {
        this(1, code);
    }

    /** @param connects how often it connects, in vain or not */
    Scenario(int connects, Code code) {
        this.connects = connects;
        this.code = code;
    }

    private interface Code {
        void run(InetSocketAddress remote) throws IOException;
    }

    /** The one that is called by that word, as in {@code blocking-heap}. */
    static Scenario of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    public int connects() {
        return connects;
    }

    void run(InetSocketAddress remote) throws IOException {
        code.run(remote);
    }

    /** What it is called on a command line. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
