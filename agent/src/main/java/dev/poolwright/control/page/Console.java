package dev.poolwright.control.page;

import dev.poolwright.config.Setting;
import dev.poolwright.gate.Operation;
import dev.poolwright.house.Housekeeper;
import org.jspecify.annotations.Nullable;

/**
 * Opens the page's port on a thread of ours, and says where it is; what cannot be opened is one line, and everything else goes
 * on. Uses no class of the JDK's HTTP server itself: a runtime image may have none.
 */
public final class Console implements Runnable {

    private static volatile @Nullable String link;

    private final Operation operation;

    private Console(Operation operation) {
        this.operation = operation;
    }

    /** Waits for nothing. */
    public static void open() {
        Operation operation = Operation.current();
        if (operation != null) {
            Housekeeper.threadForTheEnd(new Console(operation), "poolwright-console")
                    .start();
        }
    }

    /** Where the page is, with the token that opens it; null = nowhere. */
    public static @Nullable String link() {
        return link;
    }

    @Override
    public void run() {
        int port = operation.settings().get(Setting.CONSOLE);
        String token = Token.fresh();
        try {
            Port.open(port, operation, token);
        } catch (Exception | LinkageError refused) {
            operation.noFigures();
            operation.warn("console: there is no page at 127.0.0.1:" + port + ", the application goes on: "
                    + why(refused, port));
            return;
        }
        String address = "http://127.0.0.1:" + port + "/";
        link = address + "#token=" + token;
        operation.show("console: " + link);
        operation.info("console: a page is at " + address + "; stderr has the link with its token");
    }

    private static String why(Throwable refused, int port) {
        if (refused instanceof LinkageError) {
            return "this Java runtime has no HTTP server; add module jdk.httpserver to it (--add-modules jdk.httpserver) ["
                    + refused + "]";
        }
        if (refused instanceof java.net.BindException) {
            return "port " + port + " is taken or forbidden; set console to another one, or stop whoever has it ["
                    + refused + "]";
        }
        return refused.toString();
    }
}
