package com.acme.program;

import dev.poolwright.engine.Engine;
import dev.poolwright.engine.EngineBuilder;
import dev.poolwright.session.Change;
import dev.poolwright.session.ScopedSession;
import dev.poolwright.session.SessionFactory;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.catalina.Context;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.util.descriptor.web.FilterDef;
import org.apache.tomcat.util.descriptor.web.FilterMap;

/** A program as somebody writes it who has read README.md and docs/library.md, and nothing else. */
final class Shop implements AutoCloseable {

    private final Engine engine;
    private final ScopedSession scoped;
    private final ExecutorService workers = Executors.newFixedThreadPool(4);
    private final Tomcat tomcat = new Tomcat();

    Shop(EngineBuilder database, Path folder) throws Exception {
        engine = database.name("shop")
                .size(3)
                .overflow(2)
                .checkoutTimeout(Duration.ofSeconds(10))
                .build();
        scoped = SessionFactory.of(engine).scoped();
        engine.useTransaction(connection -> {
            try (Statement statement = connection.createStatement()) {
                statement.execute("create table orders (id int primary key, total int not null)");
            }
        });
        tomcat.setBaseDir(folder.toString());
        tomcat.setPort(0);
        Context context = tomcat.addContext("", folder.toString());
        FilterDef filter = new FilterDef();
        filter.setFilterName("session");
        filter.setFilter(new SessionFilter(scoped));
        context.addFilterDef(filter);
        FilterMap everywhere = new FilterMap();
        everywhere.setFilterName("session");
        everywhere.addURLPattern("/*");
        context.addFilterMap(everywhere);
        Tomcat.addServlet(context, "orders", new Orders());
        context.addServletMappingDecoded("/orders", "orders");
        tomcat.getConnector();
        tomcat.start();
    }

    int port() {
        return tomcat.getConnector().getLocalPort();
    }

    Engine engine() {
        return engine;
    }

    private final class Orders extends HttpServlet {

        private static final long serialVersionUID = 1L;

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            int id = Integer.parseInt(request.getParameter("id"));
            try {
                scoped.current().add(Change.insert("orders").set("id", id).set("total", 2 * id));
                scoped.current().flush();
                if (request.getParameter("fails") != null) {
                    response.sendError(500);
                    return; // the filter rolls it back
                }
                scoped.current().commit();
                response.getWriter().print("ok");
            } catch (SQLException failure) {
                response.sendError(409, failure.getMessage());
            }
        }
    }

    /** Asks for the total of many orders at once, on few connections and few threads. */
    List<Integer> totals(int upTo) {
        List<CompletableFuture<Integer>> all = new ArrayList<>();
        for (int id = 1; id <= upTo; id++) {
            int wanted = id;
            all.add(engine.withReadOnly()
                    .getConnectionAsync()
                    .thenApplyAsync(connection -> total(connection, wanted), workers));
        }
        return all.stream().map(CompletableFuture::join).toList();
    }

    private static int total(Connection connection, int id) {
        try (Connection mine = connection;
                Statement statement = mine.createStatement();
                ResultSet rows = statement.executeQuery("select total from orders where id = " + id)) {
            return rows.next() ? rows.getInt(1) : 0;
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }

    @Override
    public void close() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
        workers.shutdown();
        engine.close();
    }
}
