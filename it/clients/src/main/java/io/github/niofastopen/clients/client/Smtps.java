// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import java.net.URI;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Angus Mail, to a server that speaks TLS from the beginning; a connection an exchange. */
public final class Smtps implements Client {
    @Override
    public String exchange(URI target) throws MessagingException {
        Properties properties = new Properties();
        properties.setProperty("mail.smtps.localhost", "near");
        try (SMTPTransport transport = (SMTPTransport) Session.getInstance(properties).getTransport("smtps")) {
            transport.connect(target.getHost(), target.getPort(), null, null);
            transport.issueCommand("NOOP", 250);
            return transport.getLastServerResponse().substring("250 ".length());
        }
    }
}
