package snaq.db;

import java.util.concurrent.Callable;

/** Stands on the stack under the name of a pool. */
public final class SomePool {

    private SomePool() {}

    public static <T> T take(Callable<T> body) throws Exception {
        return body.call();
    }
}
