package dev.poolwright.agent.operator;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A shop with a page, and the link that it wrote. */
final class ConsoleJvm implements AutoCloseable {

    private static final Pattern LINK =
            Pattern.compile("\\[poolwright\\] console: (http://127\\.0\\.0\\.1:(\\d+)/)#token=(\\p{XDigit}{32})");

    private final OperatedJvm shop;
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port;
    private String token = "";

    /** One that runs already. */
    ConsoleJvm(OperatedJvm shop, int port) {
        this.shop = shop;
        this.port = port;
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    static ConsoleJvm start(Path jdk, int port, String settings, String... options) throws IOException {
        return new ConsoleJvm(OperatedJvm.start(jdk, "console=" + port + settings, options), port);
    }

    OperatedJvm shop() {
        return shop;
    }

    String does(String what) throws IOException {
        return shop.does(what);
    }

    /** Waits until it is written. */
    String link() {
        Matcher[] found = new Matcher[1];
        OperatedJvm.eventually("the link is written", () -> {
            found[0] = LINK.matcher(stderr());
            return found[0].find();
        });
        token = found[0].group(3);
        return found[0].group(1) + "#token=" + token;
    }

    String token() {
        link();
        return token;
    }

    String stderr() {
        try {
            return shop.stderr();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Without the token, once the page is there. */
    HttpRequest.Builder request(String path) {
        link();
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
    }

    /** With the token, as the page does. */
    HttpRequest.Builder allowed(String path) {
        return request(path).header("Authorization", "Bearer " + token());
    }

    HttpRequest.Builder order(String engine, String order, String body) {
        return allowed("/api/engines/" + URLEncoder.encode(engine, StandardCharsets.UTF_8) + "/" + order)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body));
    }

    HttpResponse<String> answer(HttpRequest.Builder request) throws IOException, InterruptedException {
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Override
    public void close() throws IOException {
        shop.close();
    }
}
