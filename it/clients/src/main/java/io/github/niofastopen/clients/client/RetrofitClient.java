// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients.client;

import java.io.IOException;
import java.net.URI;
import okhttp3.OkHttpClient;
import okhttp3.ResponseBody;
import retrofit2.Call;
import retrofit2.Retrofit;
import retrofit2.http.GET;
import retrofit2.http.Url;

/** Retrofit over OkHttp as it comes. */
public final class RetrofitClient implements Client {
    private final OkHttpClient client = new OkHttpClient();
    private final Service service =
        new Retrofit.Builder().client(client).baseUrl("https://lab.test/").build().create(Service.class);

    /** What Retrofit makes calls of. */
    interface Service {
        @GET
        Call<ResponseBody> get(@Url String url);
    }

    @Override
    public String exchange(URI target) throws IOException {
        return service.get(target.toString()).execute().body().string();
    }

    @Override
    public void close() {
        client.dispatcher().executorService().shutdown();
        client.connectionPool().evictAll();
    }
}
