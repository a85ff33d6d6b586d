// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the clients have in common that speak HTTP over a transport of somebody else's, or answer by a future. */
final class Answers {

    private static final Pattern LENGTH = Pattern.compile("(?i)\r\ncontent-length: *(\\d+)\r\n");

    private Answers() {
    }

    /** A request after whose answer the server closes the connection. */
    static String request(URI target) {
        return keepingRequest(target).replaceFirst("\r\n\r\n", "\r\nConnection: close\r\n\r\n");
    }

    /** A request after whose answer the connection stays. */
    static String keepingRequest(URI target) {
        return "GET " + target.getRawPath() + " HTTP/1.1\r\nHost: " + target.getAuthority() + "\r\n\r\n";
    }

    /** Whether an HTTP response is there to its end, which its header tells. */
    static boolean isComplete(String response) {
        Matcher length = LENGTH.matcher(response);
        return response.contains("\r\n\r\n") && length.find()
            && contentOf(response).length() >= Integer.parseInt(length.group(1));
    }

    /** The content of an HTTP response. */
    static String contentOf(String response) {
        return response.substring(response.indexOf("\r\n\r\n") + 4);
    }

    /** What a future gives, or its exception itself. */
    static <T> T of(Future<T> future) throws Exception {
        try {
            return future.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Exception cause) {
                throw cause;
            }
            throw e;
        }
    }

    static <T> T ofStage(CompletionStage<T> stage) throws Exception {
        return of(stage.toCompletableFuture());
    }
}
