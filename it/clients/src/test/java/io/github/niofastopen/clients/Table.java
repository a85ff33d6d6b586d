// SPDX-License-Identifier: Apache-2.0
package io.github.niofastopen.clients;

import io.github.niofastopen.clients.client.ApacheHttpAsyncClient4;
import io.github.niofastopen.clients.client.ApacheHttpAsyncClient4Pipelined;
import io.github.niofastopen.clients.client.ApacheHttpClient4;
import io.github.niofastopen.clients.client.ApacheHttpClient5;
import io.github.niofastopen.clients.client.ApacheHttpClient5Async;
import io.github.niofastopen.clients.client.AsyncHttp;
import io.github.niofastopen.clients.client.AwsNetty;
import io.github.niofastopen.clients.client.AwsUrlConnection;
import io.github.niofastopen.clients.client.ElasticsearchRest5;
import io.github.niofastopen.clients.client.Grizzly;
import io.github.niofastopen.clients.client.Grpc;
import io.github.niofastopen.clients.client.GrpcShaded;
import io.github.niofastopen.clients.client.Imaps;
import io.github.niofastopen.clients.client.JdkHttp1;
import io.github.niofastopen.clients.client.JdkHttp2;
import io.github.niofastopen.clients.client.JdkWebSocket;
import io.github.niofastopen.clients.client.JedisClient;
import io.github.niofastopen.clients.client.Jersey;
import io.github.niofastopen.clients.client.JettyHttp1;
import io.github.niofastopen.clients.client.JettyHttp2;
import io.github.niofastopen.clients.client.Kafka;
import io.github.niofastopen.clients.client.Ldaps;
import io.github.niofastopen.clients.client.MariaDb;
import io.github.niofastopen.clients.client.Mina;
import io.github.niofastopen.clients.client.Mongo;
import io.github.niofastopen.clients.client.MongoSync;
import io.github.niofastopen.clients.client.Neo4j;
import io.github.niofastopen.clients.client.Neo4jFastOpen;
import io.github.niofastopen.clients.client.NettyJdkTls;
import io.github.niofastopen.clients.client.NettyTcnative;
import io.github.niofastopen.clients.client.OkHttp;
import io.github.niofastopen.clients.client.OkHttpPlain;
import io.github.niofastopen.clients.client.OpenSearchRest;
import io.github.niofastopen.clients.client.PahoMqtt;
import io.github.niofastopen.clients.client.PostgresDirectTls;
import io.github.niofastopen.clients.client.PostgresTls;
import io.github.niofastopen.clients.client.RabbitMq;
import io.github.niofastopen.clients.client.RabbitMqNio;
import io.github.niofastopen.clients.client.ReactorNetty;
import io.github.niofastopen.clients.client.RetrofitClient;
import io.github.niofastopen.clients.client.ServiceTalk;
import io.github.niofastopen.clients.client.ServiceTalkFastOpen;
import io.github.niofastopen.clients.client.Smtps;
import io.github.niofastopen.clients.client.SpringRestClient;
import io.github.niofastopen.clients.client.SpringRestTemplate;
import io.github.niofastopen.clients.client.SslSocketOverChannel;
import io.github.niofastopen.clients.client.TlsChannelClient;
import io.github.niofastopen.clients.client.Undertow;
import io.github.niofastopen.clients.client.UrlConnection;
import io.github.niofastopen.clients.client.Vertx;
import java.util.List;

/** The clients, and what is expected of each. */
final class Table {
    static final List<Row> ROWS = List.of(
        Row.of("java.net.http.HttpClient, HTTP/1.1", "JDK", JdkHttp1.class),
        Row.of("java.net.http.HttpClient, HTTP/2", "JDK", JdkHttp2.class).with("undertow", "/").connectionsOfFour(1),
        Row.of("java.net.http.HttpClient, WebSocket", "JDK", JdkWebSocket.class).with("undertow", "/websocket")
            .connectionsOfFour(4),
        Row.of("SSLSocket over channel.socket()", "JDK", SslSocketOverChannel.class).connectionsOfFour(4),
        Row.of("SSLSocket over channel.socket(), -Dniofastopen.noDelay=handshake", "JDK", SslSocketOverChannel.class)
            .with("undertow", "/").property("niofastopen.noDelay=handshake").connectionsOfFour(4),
        Row.of("Netty NIO, the JDK's TLS", "netty", NettyJdkTls.class).connectionsOfFour(4),
        Row.of("Netty NIO, netty-tcnative", "netty", NettyTcnative.class).connectionsOfFour(4).withNettyNatives()
            .gainsNothingBecause("BoringSSL's ClientHello has a post-quantum key share, and is longer than a SYN holds")
            .failsDifferentlyBecause("a reset meets the rest of the ClientHello being written"),
        Row.of("Netty NIO, netty-tcnative, -Djdk.tls.namedGroups=x25519,secp256r1", "netty", NettyTcnative.class)
            .connectionsOfFour(4).withNettyNatives().property("jdk.tls.namedGroups=x25519,secp256r1"),
        Row.of("Reactor Netty", "reactor-netty", ReactorNetty.class).withNettyNatives()
            .gainsNothingBecause("it prefers Netty's epoll transport, which it brings along; see the next line"),
        Row.of("Reactor Netty, -Dreactor.netty.native=false", "reactor-netty", ReactorNetty.class)
            .property("reactor.netty.native=false"),
        Row.of("Vert.x HttpClient", "vertx", Vertx.class),
        Row.of("Apache HttpClient 5 async", "httpclient5", ApacheHttpClient5Async.class).connectionsOfFour(1).orUpTo(2),
        Row.of("Apache HttpAsyncClient 4", "httpasyncclient", ApacheHttpAsyncClient4.class),
        Row.of("Apache HttpAsyncClient 4, pipelined", "httpasyncclient", ApacheHttpAsyncClient4Pipelined.class)
            .with("undertow", "/").connectionsOfFour(4),
        Row.of("Jetty HttpClient, HTTP/1.1", "jetty", JettyHttp1.class),
        Row.of("Jetty HttpClient, HTTP/2", "jetty", JettyHttp2.class).with("undertow", "/").connectionsOfFour(1),
        Row.of("AsyncHttpClient", "async-http-client", AsyncHttp.class).connectionsOfFour(1).orUpTo(2),
        Row.of("gRPC-Java, Netty", "grpc", Grpc.class).with("grpc", "/").connectionsOfFour(1),
        Row.of("gRPC-Java, shaded Netty", "grpc", GrpcShaded.class).with("grpc", "/").connectionsOfFour(1)
            .gainsNothingBecause("it prefers Netty's epoll transport, which it carries; see the next line"),
        Row.of("gRPC-Java, shaded Netty, -Dio.grpc.netty.shaded.io.netty.transport.noNative=true"
            + " -Djdk.tls.namedGroups=x25519,secp256r1", "grpc", GrpcShaded.class).with("grpc", "/").connectionsOfFour(1)
            .property("io.grpc.netty.shaded.io.netty.transport.noNative=true")
            .property("jdk.tls.namedGroups=x25519,secp256r1"),
        Row.of("Kafka Admin", "kafka", Kafka.class).with("kafka", "/").connectionsOfFour(2),
        Row.of("MongoDB driver, reactive streams", "mongodb", Mongo.class).with("mongodb", "/").connectionsOfFour(2).orUpTo(5),
        Row.of("tls-channel", "tls-channel", TlsChannelClient.class).connectionsOfFour(4),
        Row.of("Apache MINA", "mina", Mina.class).connectionsOfFour(4),
        Row.of("Apache MINA, -Dniofastopen.noDelay=handshake", "mina", Mina.class)
            .with("undertow", "/").property("niofastopen.noDelay=handshake").connectionsOfFour(4),
        Row.of("Grizzly", "grizzly", Grizzly.class).with("undertow", "/").connectionsOfFour(4)
            .mayMissTheLastAnswer(),
        Row.of("Undertow client, XNIO", "undertow", Undertow.class).connectionsOfFour(4),
        Row.of("Elasticsearch low-level REST 5 client", "elasticsearch", ElasticsearchRest5.class)
            .connectionsOfFour(1).orUpTo(2),
        Row.of("OpenSearch low-level REST client", "opensearch", OpenSearchRest.class).connectionsOfFour(1).orUpTo(2),
        Row.of("HTTP client of the AWS SDK, Netty", "awssdk", AwsNetty.class),
        Row.of("Spring RestClient, over the JDK's HttpClient", "spring", SpringRestClient.class)
            .without("httpclient5|jetty-client|reactor-netty-http").connectionsOfFour(1),
        Row.of("RabbitMQ client, useNio(), -Djdk.tls.client.protocols=TLSv1.2", "rabbitmq", RabbitMqNio.class).with("amqp", "/")
            .property("jdk.tls.client.protocols=TLSv1.2").connectionsOfFour(4),
        Row.of("ServiceTalk HTTP client, TCP_FASTOPEN_CONNECT", "servicetalk", ServiceTalkFastOpen.class)
            .withNettyNatives().hasFastOpenOfItsOwn()
            .gainsNothingBecause("BoringSSL's ClientHello, which it prefers, is longer than a SYN holds")
            .failsDifferentlyBecause("a reset meets the rest of the ClientHello being written"),
        Row.of("ServiceTalk HTTP client, TCP_FASTOPEN_CONNECT, -Djdk.tls.namedGroups=x25519,secp256r1", "servicetalk",
            ServiceTalkFastOpen.class).withNettyNatives().hasFastOpenOfItsOwn()
            .property("jdk.tls.namedGroups=x25519,secp256r1"),
        Row.of("ServiceTalk HTTP client, -Dio.netty.transport.noNative=true -Djdk.tls.namedGroups=x25519,secp256r1",
            "servicetalk", ServiceTalk.class).withNettyNatives().property("io.netty.transport.noNative=true")
            .property("jdk.tls.namedGroups=x25519,secp256r1"),
        Row.of("Neo4j driver, withTryTcpFastOpen(true) and Netty's epoll transport", "neo4j", Neo4jFastOpen.class)
            .with("bolt", "/").connectionsOfFour(1).withNettyNatives().hasFastOpenOfItsOwn(),
        Row.of("Neo4j driver", "neo4j", Neo4j.class).with("bolt", "/").connectionsOfFour(1),
        Row.of("OkHttp, with FastOpenSocketFactory", "okhttp", OkHttp.class).with("jdk", "/").connectionsOfFour(1),
        Row.of("OkHttp, by the agent", "okhttp", OkHttpPlain.class).byAgent().connectionsOfFour(1).orUpTo(2),
        Row.of("OkHttp, by the agent, -Dniofastopen.noDelay=handshake", "okhttp", OkHttpPlain.class).byAgent()
            .with("undertow", "/").property("niofastopen.noDelay=handshake").connectionsOfFour(1).orUpTo(2),
        Row.of("Retrofit, over OkHttp, by the agent", "retrofit", RetrofitClient.class).byAgent().connectionsOfFour(1).orUpTo(2),
        Row.of("HttpsURLConnection, by the agent", "JDK", UrlConnection.class).byAgent().connectionsOfFour(4),
        Row.of("Apache HttpClient 5 classic, by the agent", "httpclient5", ApacheHttpClient5.class).byAgent(),
        Row.of("Apache HttpClient 4 classic, by the agent", "httpclient4", ApacheHttpClient4.class).byAgent(),
        Row.of("Spring RestTemplate, by the agent", "spring", SpringRestTemplate.class).byAgent().connectionsOfFour(4),
        Row.of("Jersey client, by the agent", "jersey", Jersey.class).byAgent().connectionsOfFour(4),
        Row.of("HTTP client of the AWS SDK, HttpURLConnection, by the agent", "awssdk", AwsUrlConnection.class).byAgent()
            .connectionsOfFour(4),
        Row.of("MongoDB driver, synchronous, by the agent", "mongodb", MongoSync.class).byAgent().with("mongodb", "/")
            .connectionsOfFour(2).orUpTo(5),
        Row.of("Jedis, by the agent", "jedis", JedisClient.class).byAgent().with("redis", "/").connectionsOfFour(4),
        Row.of("PostgreSQL JDBC, sslNegotiation=direct, by the agent", "postgresql", PostgresDirectTls.class).byAgent()
            .with("postgresql-in-tls", "/").connectionsOfFour(4).untrustedByItsOwnProtocol(),
        Row.of("PostgreSQL JDBC, by the agent", "postgresql", PostgresTls.class).byAgent().with("postgresql", "/")
            .connectionsOfFour(4).untrustedByItsOwnProtocol()
            .isLeftAloneBecause("it asks for TLS in words of its own first, and nothing is worse; see the line before"),
        Row.of("MariaDB Connector/J, by the agent", "mariadb", MariaDb.class).byAgent().with("mariadb", "/")
            .connectionsOfFour(4).untrustedByItsOwnProtocol().resetBy("resetting-mariadb")
            .isLeftAloneBecause("the server speaks first, and nothing is worse"),
        Row.of("RabbitMQ client, by the agent", "rabbitmq", RabbitMq.class).byAgent().with("amqp", "/").connectionsOfFour(4),
        Row.of("Eclipse Paho, MQTT, by the agent", "paho", PahoMqtt.class).byAgent().with("mqtt", "/").connectionsOfFour(4),
        Row.of("LDAP client of the JDK, ldaps, by the agent", "JDK", Ldaps.class).byAgent().with("ldap", "/").connectionsOfFour(4),
        Row.of("Angus Mail, smtps, by the agent", "angus-mail", Smtps.class).byAgent().with("smtps", "/").connectionsOfFour(4),
        Row.of("Angus Mail, imaps, by the agent", "angus-mail", Imaps.class).byAgent().with("imaps", "/").connectionsOfFour(4));

    private Table() {
    }

    static Row row(String name) {
        return ROWS.stream().filter(row -> row.name.equals(name)).findFirst().orElseThrow();
    }
}
