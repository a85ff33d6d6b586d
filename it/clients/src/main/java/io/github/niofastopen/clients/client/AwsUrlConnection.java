// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import software.amazon.awssdk.http.HttpExecuteRequest;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;

/** The AWS SDK's small HTTP client, whose connections are kept for the whole JVM: each is asked to be its last. */
public final class AwsUrlConnection implements Client {
    private final SdkHttpClient client = UrlConnectionHttpClient.create();

    @Override
    public String exchange(URI target) throws IOException {
        SdkHttpRequest request = SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(target).putHeader("Connection", "close").build();
        try (InputStream content = client.prepareRequest(HttpExecuteRequest.builder().request(request).build()).call()
                .responseBody().orElseThrow()) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
