// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.benchmarks.path;

import io.github.niofastopen.it.lab.Certificate;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * What is there for all measurements.
 *
 * @param folder for files that are needed meanwhile
 * @param certificate the server's
 * @param server that of all contenders
 */
record Site(Path folder, Certificate certificate, Nginx server) {
    static Site in(Path folder) throws IOException, GeneralSecurityException {
        Certificate certificate = Certificate.createIn(folder);
        return new Site(folder, certificate, Nginx.in(folder, certificate));
    }
}
