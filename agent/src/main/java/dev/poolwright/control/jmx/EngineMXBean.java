package dev.poolwright.control.jmx;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code dev.poolwright:type=Engine,name="host:port/database@user"}: one engine. The numbers are those of {@code
 * Engine.stats()}.
 */
public interface EngineMXBean {

    /** Unique among the engines of the JVM. */
    String getName();

    /** Without password, user and parameters. */
    String getUrl();

    /** Null if the driver chose one. */
    @Nullable
    String getUser();

    /** As in OpenTelemetry's {@code db.system.name}. */
    String getSystem();

    /** Whether it keeps connections. */
    boolean isPooled();

    /** Whether {@link #suspend} counts. */
    boolean isSuspended();

    /** Connections kept. */
    int getSize();

    /** Connections beyond that; -1 = no limit. */
    int getOverflow();

    /** Lent now. */
    int getLeased();

    /** Open and not lent. */
    int getIdle();

    /** Threads that wait for one. */
    int getWaiting();

    /** Since the engine was made. */
    long getOpened();

    /** Since the engine was made. */
    long getClosed();

    /** Sessions made new again because of what SQL text did. */
    long getResets();

    /** Connections closed because that could not be undone. */
    long getResetClosings();

    /** Connections that nobody closed, and that were taken back. */
    long getLeaked();

    /** See PW-301. */
    long getNestedCheckouts();

    /** See PW-206. */
    long getUncommittedCloses();

    /** Failures of ours or of a listener that were kept from the application. */
    long getAccidents();

    /** Who has a connection now, a line each. */
    List<String> getHolders();

    /** Lines of code with what they have leaked and hold, a line each. */
    List<String> getLeaks();

    /** Value and where it comes from, by name. */
    Map<String, String> getSettings();

    /**
     * Changes how many are kept and opened beyond that.
     *
     * @param overflow -1 = no limit
     */
    void resize(int size, int overflow);

    /** Lends no more until {@link #resume}. */
    void suspend();

    /** Ends what {@link #suspend} began. */
    void resume();

    /** Suspends, waits so long for what is lent, closes what is idle; says how far that went. */
    String drain(int seconds);

    /** Closes idle connections now, lent ones when they come back. */
    void dispose();
}
