// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A web server that isn't Java's, set up to accept Fast Open as its manual tells. */
enum ForeignServer {
    NGINX("nginx", "nginx-light", "-v") {
        @Override
        List<String> command(Path folder, Path certificate) throws IOException {
            Path configuration = Files.writeString(folder.resolve("nginx.conf"), """
                daemon off;
                master_process off;
                pid %1$s/pid;
                error_log stderr;
                events {}
                http {
                    access_log off;
                    client_body_temp_path %1$s/body;
                    proxy_temp_path %1$s/proxy;
                    fastcgi_temp_path %1$s/fastcgi;
                    uwsgi_temp_path %1$s/uwsgi;
                    scgi_temp_path %1$s/scgi;
                    server {
                        listen %3$d ssl http2 fastopen=64;
                        ssl_certificate %2$s;
                        ssl_certificate_key %2$s;
                        location / { return 200 "%4$s\\n"; }
                    }
                }
                """.formatted(folder, certificate, Step.FRESH.port(), Exchanges.CONTENT));
            return List.of(program(), "-e", "stderr", "-c", configuration.toString());
        }
    },
    HAPROXY("haproxy", "haproxy", "-v") {
        @Override
        List<String> command(Path folder, Path certificate) throws IOException {
            Path configuration = Files.writeString(folder.resolve("haproxy.cfg"), """
                defaults
                    mode http
                    timeout client 10s
                    timeout connect 10s
                    timeout server 10s
                frontend lab
                    bind :%2$d ssl crt %1$s alpn h2,http/1.1 tfo
                    http-request return status 200 content-type text/plain string %3$s
                """.formatted(certificate, Step.FRESH.port(), Exchanges.CONTENT));
            return List.of(program(), "-db", "-f", configuration.toString());
        }
    };

    private static final Pattern VERSION = Pattern.compile("\\d+(\\.\\d+)+");

    private final String executable;
    private final String debianPackage;
    private final String versionOption;

    ForeignServer(String executable, String debianPackage, String versionOption) {
        this.executable = executable;
        this.debianPackage = debianPackage;
        this.versionOption = versionOption;
    }

    abstract List<String> command(Path folder, Path certificate) throws IOException;

    String program() {
        return Needs.program(executable, debianPackage);
    }

    /** Its name and version, as it tells them. */
    String nameAndVersion() throws IOException {
        Process process = new ProcessBuilder(program(), versionOption).redirectErrorStream(true).start();
        Matcher version = VERSION.matcher(new String(process.getInputStream().readAllBytes()));
        return executable + " " + (version.find() ? version.group() : "of unknown version");
    }
}
