// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.http.async.AsyncExecuteRequest;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.async.SdkAsyncHttpResponseHandler;
import software.amazon.awssdk.http.async.SimpleSubscriber;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** The HTTP client of the AWS SDK's asynchronous clients. */
public final class AwsNetty implements Client {
    private final SdkAsyncHttpClient client = NettyNioAsyncHttpClient.builder().protocol(Protocol.HTTP1_1).build();

    @Override
    public String exchange(URI target) throws Exception {
        CompletableFuture<String> content = new CompletableFuture<>();
        SdkHttpRequest request = SdkHttpRequest.builder().method(SdkHttpMethod.GET).uri(target)
            .putHeader("Host", target.getAuthority()).build();
        client.execute(AsyncExecuteRequest.builder().request(request).requestContentPublisher(new NoContent())
            .responseHandler(new Response(content)).build())
            .whenComplete((done, failure) -> {
                if (failure != null) {
                    content.completeExceptionally(failure);
                }
            });
        return Answers.of(content);
    }

    @Override
    public void close() {
        client.close();
    }

    private static final class Response implements SdkAsyncHttpResponseHandler {
        private final CompletableFuture<String> content;
        private final StringBuffer text = new StringBuffer();

        Response(CompletableFuture<String> content) {
            this.content = content;
        }

        @Override
        public void onHeaders(SdkHttpResponse headers) {
            // Only the content is looked at.
        }

        @Override
        public void onStream(Publisher<ByteBuffer> stream) {
            stream.subscribe(new SimpleSubscriber(part -> text.append(StandardCharsets.US_ASCII.decode(part))) {
                @Override
                public void onComplete() {
                    content.complete(text.toString());
                }
            });
        }

        @Override
        public void onError(Throwable failure) {
            content.completeExceptionally(failure);
        }
    }

    private static final class NoContent implements software.amazon.awssdk.http.async.SdkHttpContentPublisher {
        @Override
        public java.util.Optional<Long> contentLength() {
            return java.util.Optional.of(0L);
        }

        @Override
        public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
            subscriber.onSubscribe(new Subscription() {
                @Override
                public void request(long n) {
                    subscriber.onComplete();
                }

                @Override
                public void cancel() {
                    // There is nothing to stop.
                }
            });
        }
    }
}
