package com.acme.sessions;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The ways in which a program comes to not close a session, each with and without the mistake. */
final class Shapes {

    /** What a program does with a session. */
    interface Work {
        void with(Object session) throws Exception;
    }

    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final Map<String, Object> HELD = new HashMap<>();
    private static final ThreadLocal<Object> OF_THREAD = new ThreadLocal<>();

    private final MethodHandle open;
    private final Work use;
    private final Work close;

    /** @param open leaves no frame on the stack */
    Shapes(MethodHandle open, Work use, Work close) {
        this.open = open.asType(open.type().changeReturnType(Object.class));
        this.use = use;
        this.close = close;
    }

    /** Each shape once. */
    void all(boolean closes) throws Throwable {
        dropped(closes);
        try {
            exceptionPath(closes);
        } catch (IllegalStateException expected) {
            // on the way of which the session is lost
        }
        Throwable[] failure = new Throwable[1];
        Thread thread = new Thread(
                () -> {
                    try {
                        threadDied(closes);
                    } catch (Throwable failed) {
                        failure[0] = failed;
                    }
                },
                "worker");
        thread.start();
        thread.join();
        if (failure[0] != null) {
            throw failure[0];
        }
        staticMap(closes);
    }

    private void dropped(boolean closes) throws Throwable {
        Object session = open.invokeExact();
        say("dropped", closes);
        use.with(session);
        if (closes) {
            close.with(session);
        }
    }

    private void exceptionPath(boolean closes) throws Throwable {
        Object session = open.invokeExact();
        say("exception", closes);
        try {
            use.with(session);
            throw new IllegalStateException("business as usual");
        } finally {
            if (closes) {
                close.with(session);
            }
        }
    }

    private void threadDied(boolean closes) throws Throwable {
        OF_THREAD.set(open.invoke());
        say("thread", closes);
        use.with(OF_THREAD.get());
        if (closes) {
            close.with(OF_THREAD.get());
        }
    }

    private void staticMap(boolean closes) throws Throwable {
        HELD.put("session", open.invoke());
        say("map", closes);
        if (closes) {
            close.with(HELD.remove("session"));
        }
    }

    /** Where a session was opened: in the line above that of the caller. */
    private static void say(String shape, boolean closes) {
        if (!closes) {
            StackTraceElement caller = new Throwable().getStackTrace()[1];
            System.out.println(shape + " opened at Shapes." + caller.getMethodName() + "(Shapes.java:"
                    + (caller.getLineNumber() - 1) + ")");
        }
    }

    /** Collects garbage until the agent's log file has so many lines with each of these marks. */
    static void await(Path log, int count, String... marks) throws IOException {
        long end = System.nanoTime() + PATIENCE_NANOS;
        for (String mark : marks) {
            while (count(log, mark) < count) {
                if (System.nanoTime() > end) {
                    System.out.println("never seen: " + count + " x " + mark);
                    return;
                }
                System.gc();
            }
        }
    }

    private static long count(Path log, String mark) throws IOException {
        if (!Files.exists(log)) {
            return 0;
        }
        try (var lines = Files.lines(log)) {
            return lines.filter(line -> line.contains(mark)).count();
        }
    }
}
