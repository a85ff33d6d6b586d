// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import io.github.niofastopen.FastOpenSocketFactory;
import jakarta.mail.Session;
import java.net.URI;
import java.util.Properties;
import org.eclipse.angus.mail.smtp.SMTPTransport;

/** Angus Mail, which changes to TLS by STARTTLS; its sockets are those of the provider's socket factory. */
public final class AngusMail implements Client {
    @Override
    public String exchange(URI target) throws Exception {
        Properties properties = new Properties();
        properties.setProperty("mail.smtp.starttls.required", "true");
        properties.setProperty("mail.smtp.socketFactory.class", FastOpenSocketFactory.class.getName());
        properties.setProperty("mail.smtp.socketFactory.fallback", "false");
        properties.setProperty("mail.smtp.localhost", "near");
        try (SMTPTransport transport = (SMTPTransport) Session.getInstance(properties).getTransport("smtp")) {
            transport.connect(target.getHost(), target.getPort(), null, null);
            transport.issueCommand("NOOP", 250);
            return transport.getLastServerResponse().substring("250 ".length());
        }
    }
}
