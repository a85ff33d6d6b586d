// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.it.lab.Certificate;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;

/**
 * The server of all contenders: TLS 1.3 with tickets, TCP Fast Open, a response in one TLS record, after which it closes.
 *
 * @param folder what it needs is there
 * @param certificate the file with its certificate and key
 */
record Nginx(Path folder, Path certificate) {
    private static final int LINE = 64;

    static Nginx in(Path folder, Certificate certificate) throws IOException, GeneralSecurityException {
        char[] password = certificate.password().toCharArray();
        KeyStore keys = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(certificate.keyStore())) {
            keys.load(in, password);
        }
        Path pem = Files.writeString(folder.resolve("lab.pem"), block("CERTIFICATE", keys.getCertificate("lab").getEncoded())
            + block("PRIVATE KEY", keys.getKey("lab", password).getEncoded()));
        return new Nginx(folder, pem);
    }

    private static String block(String type, byte[] bytes) {
        String base64 = Base64.getMimeEncoder(LINE, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
        return "-----BEGIN " + type + "-----\n" + base64 + "\n-----END " + type + "-----\n";
    }

    /** The command that runs it on a port. */
    List<String> on(int port) throws IOException {
        Path configuration = Files.writeString(folder.resolve("nginx-" + port + ".conf"), """
            daemon off;
            master_process off;
            pid %1$s/pid-%3$d;
            error_log stderr;
            events {}
            http {
                access_log off;
                keepalive_timeout 0;
                client_body_temp_path %1$s/body;
                proxy_temp_path %1$s/proxy;
                fastcgi_temp_path %1$s/fastcgi;
                uwsgi_temp_path %1$s/uwsgi;
                scgi_temp_path %1$s/scgi;
                server {
                    listen %3$d ssl fastopen=64;
                    ssl_protocols TLSv1.3;
                    ssl_certificate %2$s;
                    ssl_certificate_key %2$s;
                    location / { return 200 "an answer that is longer than an alert and fits into a record\\n"; }
                }
            }
            """.formatted(folder, certificate, port));
        return List.of(Tools.NGINX.path().orElseThrow().toString(), "-e", "stderr", "-c", configuration.toString());
    }
}
