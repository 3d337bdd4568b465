package dev.poolwright.leak;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where something was acquired: the application's line, and the thread.
 *
 * <p>Capturing walks the stack and reads none of it; the elements are resolved when somebody asks, which is when there
 * is a leak to report. Safe for any thread.
 */
public final class Origin {

    /** What {@link #site()} says when the JVM gave no stack. */
    private static final String UNKNOWN = "unknown line";

    private static final String OURS = "dev.poolwright.";
    private static final String HOOK = "java.sql.PoolwrightHook";

    /** The JDK with its proxies and reflection. */
    private static final String[] PLATFORM = {"java.", "javax.", "jdk.", "sun.", "com.sun.proxy."};

    /** Drivers and mappers, which open connections on behalf of the line that is wanted. */
    private static final String[] DRIVERS = {
        "org.h2.",
        "org.postgresql.",
        "org.hsqldb.",
        "org.apache.derby.",
        "org.sqlite.",
        "org.mariadb.",
        "com.mysql.",
        "com.microsoft.sqlserver.",
        "org.hibernate.",
        "com.ibm.db2.",
        "oracle.jdbc."
    };

    private final Throwable stack;
    private final String thread;
    private final @Nullable Object context;
    private volatile StackTraceElement @Nullable [] frames;

    Origin(Throwable stack, String thread) {
        this(stack, thread, null);
    }

    private Origin(Throwable stack, String thread, @Nullable Object context) {
        this.stack = stack;
        this.thread = thread;
        this.context = context;
    }

    /** The line that is calling, on this thread. About a microsecond per ten frames. */
    public static Origin capture() {
        return new Origin(new Throwable(), Thread.currentThread().getName());
    }

    /** The same, with what the thread is part of, a trace for one; null = nothing. */
    public static Origin capture(@Nullable Object context) {
        return new Origin(new Throwable(), Thread.currentThread().getName(), context);
    }

    /** What the acquiring thread was part of, or null. */
    public @Nullable Object context() {
        return context;
    }

    /** The application's line, {@code com.acme.OrderDao.save(OrderDao.java:41)}. */
    public String site() {
        StackTraceElement[] all = frames();
        return all.length == 0 ? UNKNOWN : all[siteIndex(all)].toString();
    }

    /** The stack from {@link #site()} on, outermost frame last; empty if the JVM gave none. */
    public List<StackTraceElement> stack() {
        StackTraceElement[] all = frames();
        if (all.length == 0) {
            return Collections.emptyList();
        }
        return Collections.unmodifiableList(Arrays.asList(all).subList(siteIndex(all), all.length));
    }

    /** Name of the acquiring thread, as it was then. */
    public String thread() {
        return thread;
    }

    @Override
    public String toString() {
        return site() + " by thread " + thread;
    }

    /** The frame of {@code stack} that is named when one asks where it is, as in {@link #site}; null if that is empty. */
    public static @Nullable StackTraceElement applicationFrame(List<StackTraceElement> stack) {
        StackTraceElement[] all = stack.toArray(new StackTraceElement[0]);
        return all.length == 0 ? null : all[siteIndex(all)];
    }

    private StackTraceElement[] frames() {
        StackTraceElement[] resolved = frames;
        if (resolved == null) {
            resolved = stack.getStackTrace();
            frames = resolved;
        }
        return resolved;
    }

    /** The innermost frame of the application; without one, of a driver; without one, the innermost that is not ours. */
    private static int siteIndex(StackTraceElement[] all) {
        int driver = -1;
        int platform = -1;
        for (int i = 0; i < all.length; i++) {
            String type = all[i].getClassName();
            if (type.startsWith(OURS) || type.startsWith(HOOK)) {
                continue;
            }
            if (startsWithAny(type, PLATFORM)) {
                platform = platform < 0 ? i : platform;
            } else if (startsWithAny(type, DRIVERS)) {
                driver = driver < 0 ? i : driver;
            } else {
                return i;
            }
        }
        return driver >= 0 ? driver : Math.max(platform, 0);
    }

    private static boolean startsWithAny(String type, String[] prefixes) {
        for (String prefix : prefixes) {
            if (type.startsWith(prefix)) {
                return true;
            }
        }
        return false;
    }
}
