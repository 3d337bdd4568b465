package dev.poolwright.agent.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.agent.ForkedJvm;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who gets at what the page knows and does, and what becomes of an application whose page cannot be. */
class ConsoleAccessIT {

    private static final String ENGINE = "h2:mem:shop@sa";

    private final Path jdk = ForkedJvm.jdks().get(0);

    @TempDir
    Path folder;

    @Test
    void only_whoever_has_the_token_and_no_other_site_is_let_in() throws Exception {
        int port = ConsoleJvm.freePort();
        Path log = folder.resolve("poolwright.log");
        try (ConsoleJvm jvm = ConsoleJvm.start(jdk, port, ",log=" + log)) {
            assertThat(jvm.does("hold 1")).isEqualTo("holds 1");

            HttpResponse<String> page = jvm.answer(jvm.request("/"));
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body()).contains("<title>Poolwright</title>").doesNotContain(ENGINE, jvm.token());
            assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
            assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; connect-src 'self';")
                    .contains("frame-ancestors 'none'", "require-trusted-types-for 'script'")
                    .doesNotContain("unsafe");

            HttpResponse<String> state = jvm.answer(jvm.allowed("/api/state?engine=h2%3Amem%3Ashop%40sa"));
            assertThat(state.statusCode()).isEqualTo(200);
            assertThat(state.body())
                    .contains(ENGINE, "com.acme.operated.Shop.open(Shop.java:")
                    .doesNotContain(jvm.token());
            assertThat(state.headers().firstValue("Access-Control-Allow-Origin"))
                    .isEmpty();

            assertThat(status(jvm, jvm.request("/api/state"))).as("no token").isEqualTo(401);
            assertThat(status(jvm, jvm.request("/api/state").header("Authorization", "Bearer " + "0".repeat(32))))
                    .as("another token")
                    .isEqualTo(401);
            assertThat(status(jvm, jvm.request("/api/state?token=" + jvm.token())))
                    .as("a token where it would be written down")
                    .isEqualTo(401);
            for (String order : List.of("resize", "dispose", "drop-idle")) {
                assertThat(status(
                                jvm,
                                jvm.request("/api/engines/h2%3Amem%3Ashop%40sa/" + order)
                                        .header("Content-Type", "application/json")
                                        .POST(java.net.http.HttpRequest.BodyPublishers.ofString("{}"))))
                        .as(order + " without a token")
                        .isEqualTo(401);
            }
            assertThat(status(jvm, jvm.allowed("/api/state").header("Origin", "http://evil.example")))
                    .isEqualTo(403);
            assertThat(status(jvm, jvm.allowed("/api/state").header("Sec-Fetch-Site", "cross-site")))
                    .isEqualTo(403);
            assertThat(status(jvm, jvm.allowed("/api/state").header("Origin", "http://127.0.0.1:" + port)))
                    .isEqualTo(200);
            for (String host :
                    List.of("evil.example:" + port, "localhost:" + port, "127.0.0.1", "127.0.0.1:" + (port + 1), "")) {
                assertThat(raw(
                                port,
                                "GET /api/state HTTP/1.1\r\nHost: " + host + "\r\nAuthorization: Bearer "
                                        + jvm.token()))
                        .as("a name that leads here: " + host)
                        .doesNotContain(ENGINE)
                        .doesNotStartWith("HTTP/1.1 200");
                assertThat(raw(port, "GET / HTTP/1.1\r\nHost: " + host)).doesNotStartWith("HTTP/1.1 200");
            }
            assertThat(status(jvm, jvm.allowed("/api/engines/" + "h2%3Amem%3Ashop%40sa/dispose")))
                    .as("what changes something is not to be got")
                    .isEqualTo(405);
            assertThat(status(
                            jvm,
                            jvm.order(ENGINE, "resize", "{\"size\": 4, \"overflow\": 2}")
                                    .setHeader("Content-Type", "text/plain")))
                    .isEqualTo(415);
            assertThat(status(jvm, jvm.order(ENGINE, "resize", "{\"size\": 4}")))
                    .isEqualTo(400);
            assertThat(status(jvm, jvm.order(ENGINE, "resize", " ".repeat(2_000))))
                    .isEqualTo(400);
            assertThat(status(jvm, jvm.order(ENGINE, "resize", "{\"size\": 0, \"overflow\": 2}")))
                    .isEqualTo(409);
            assertThat(status(jvm, jvm.order("all", "dispose", "{}")))
                    .as("not all at once")
                    .isEqualTo(409);
            assertThat(status(jvm, jvm.order(ENGINE, "detach", "{}"))).isEqualTo(404);
            assertThat(status(jvm, jvm.allowed("/etc/passwd"))).isEqualTo(404);

            HttpResponse<String> resized = jvm.answer(jvm.order(ENGINE, "resize", "{\"size\": 4, \"overflow\": 2}"));
            assertThat(resized.statusCode()).isEqualTo(200);
            assertThat(resized.body()).contains("\"code\": 0", "size 4 + overflow 2, 1 leased");
            jvm.does("kind");
            assertThat(jvm.answer(jvm.order(ENGINE, "drop-idle", "{}")).body())
                    .contains("1 idle closed, 1 lent are left alone");
            jvm.does("release");
            assertThat(jvm.answer(jvm.allowed("/api/state")).body()).contains("\"idle\": 1", "\"closed\": 1");

            assertThat(jvm.shop().ask("console").out()).isEqualTo(jvm.link() + System.lineSeparator());
            assertThat(Files.readString(log))
                    .contains("console: a page is at http://127.0.0.1:" + port)
                    .doesNotContain(jvm.token());
        }
    }

    @Test
    void a_port_that_is_taken_and_a_runtime_without_a_server_are_a_line_each() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
                ConsoleJvm jvm = ConsoleJvm.start(jdk, taken.getLocalPort(), "")) {
            assertThat(jvm.does("hold 1")).isEqualTo("holds 1");
            OperatedJvm.eventually("the port is named", () -> jvm.stderr().contains("console: there is no page"));
            assertThat(jvm.stderr().lines())
                    .singleElement()
                    .asString()
                    .contains("127.0.0.1:" + taken.getLocalPort() + ", the application goes on")
                    .contains("is taken or forbidden; set console to another one");
            assertThat(jvm.does("kind")).contains("dev.poolwright");
            ForkedJvm.Outcome link = jvm.shop().ask("console");
            assertThat(link.exitCode()).isEqualTo(7);
            assertThat(link.err()).contains("there is no page");
        }
        try (ConsoleJvm jvm = ConsoleJvm.start(
                jdk,
                ConsoleJvm.freePort(),
                "",
                "--limit-modules",
                "java.sql,java.instrument,java.naming,java.management")) {
            assertThat(jvm.does("hold 1")).isEqualTo("holds 1");
            OperatedJvm.eventually("the module is named", () -> jvm.stderr().contains("console: there is no page"));
            assertThat(jvm.stderr().lines())
                    .singleElement()
                    .asString()
                    .contains("add module jdk.httpserver to it (--add-modules jdk.httpserver)");
        }
    }

    @Test
    void who_says_nothing_is_cut_off_and_keeps_nobody_else_out() throws Exception {
        int port = ConsoleJvm.freePort();
        List<Socket> silent = new ArrayList<>();
        try (ConsoleJvm jvm = ConsoleJvm.start(jdk, port, "")) {
            assertThat(jvm.does("hold 1")).isEqualTo("holds 1");
            assertThat(jvm.token()).as("the port is open").isNotEmpty();
            for (int i = 0; i < 16; i++) { // twice as many as there are threads
                Socket one = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port);
                one.getOutputStream().write('G');
                silent.add(one);
            }

            assertThat(status(jvm, jvm.allowed("/api/state"))).isEqualTo(200);
            assertThat(raw(port, "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:" + port)).startsWith("HTTP/1.1 405");
            assertThat(jvm.stderr()).doesNotContain("WARN");
        } finally {
            for (Socket each : silent) {
                each.close();
            }
        }
    }

    private static int status(ConsoleJvm jvm, java.net.http.HttpRequest.Builder request) throws Exception {
        HttpResponse<String> answer = jvm.answer(request);
        if (answer.statusCode() != 200) {
            assertThat(answer.body()).doesNotContain("com.acme", jvm.token());
        }
        return answer.statusCode();
    }

    /** A request whose Host is as it is written here, which a client would not have. */
    private static String raw(int port, String head) throws IOException {
        try (Socket socket = new Socket(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port)) {
            socket.setSoTimeout(30_000);
            socket.getOutputStream()
                    .write((head + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            ByteArrayOutputStream answer = new ByteArrayOutputStream();
            socket.getInputStream().transferTo(answer);
            return answer.toString(StandardCharsets.UTF_8);
        }
    }
}
