package com.acme.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineBuilder;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs {@link Shop}: engine, scoped sessions in a servlet filter, asynchronous fan-out, shutdown. */
@Timeout(120)
class ShopIT {

    @Test
    void works_on_h2(@TempDir Path folder) throws Exception {
        check(Engine.builder("jdbc:h2:mem:shop;DB_CLOSE_DELAY=-1"), folder);
    }

    @Test
    void works_on_postgresql(@TempDir Path folder) throws Exception {
        try (EmbeddedPostgres postgres =
                EmbeddedPostgres.builder().setServerConfig("fsync", "off").start()) {
            check(
                    Engine.builder("jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres")
                            .user("postgres"),
                    folder);
        }
    }

    private static void check(EngineBuilder database, Path folder) throws Exception {
        Engine engine;
        try (Shop shop = new Shop(database, folder)) {
            engine = shop.engine();
            HttpClient client = HttpClient.newHttpClient();
            List<Integer> codes = IntStream.rangeClosed(1, 30)
                    .parallel()
                    .mapToObj(id -> get(client, shop.port(), "id=" + id + (id % 3 == 0 ? "&fails=yes" : "")))
                    .toList();
            assertThat(codes).filteredOn(code -> code == 200).hasSize(20);
            assertThat(get(client, shop.port(), "id=1")).isEqualTo(409); // is there already
            assertThat(engine.stats().leased()).isZero();

            List<Integer> totals = shop.totals(200);

            assertThat(totals.stream().filter(total -> total > 0)).hasSize(20);
            assertThat(totals.get(0)).isEqualTo(2);
            assertThat(totals.get(2)).isZero(); // rolled back
            assertThat(engine.stats().opened()).isBetween(1L, 10L);
        }
        assertThat(engine.isClosed()).isTrue();
        assertThat(engine.stats().leased()).isZero();
        assertThat(engine.stats().opened()).isEqualTo(engine.stats().closed());
        assertThat(engine.accidents()).isZero();
    }

    private static int get(HttpClient client, int port, String query) {
        try {
            return client.send(
                            HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/orders?" + query))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString())
                    .statusCode();
        } catch (java.io.IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }
}
