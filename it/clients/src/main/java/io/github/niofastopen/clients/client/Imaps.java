// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.Store;
import java.net.URI;
import java.util.Properties;

/** Angus Mail, which looks at a mailbox's folders; a connection an exchange. */
public final class Imaps implements Client {
    @Override
    public String exchange(URI target) throws MessagingException {
        try (Store store = Session.getInstance(new Properties()).getStore("imaps")) {
            store.connect(target.getHost(), target.getPort(), "lab", "lab");
            return store.getDefaultFolder().list()[0].getName();
        }
    }
}
