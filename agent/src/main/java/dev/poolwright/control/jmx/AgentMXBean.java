package dev.poolwright.control.jmx;

import java.util.List;
import java.util.Map;

/** {@code dev.poolwright:type=Agent}: what concerns all engines. */
public interface AgentMXBean {

    /** pool, observe or off. */
    String getMode();

    /** Failures of ours that were kept from the application. */
    long getAccidents();

    /** Whether there were so many that nothing is pooled any more. */
    boolean isOutOfOrder();

    /** What was set and is ignored, and why. */
    List<String> getProblems();

    /** Value and where it comes from, by name. */
    Map<String, String> getSettings();

    /** With {@code mode=observe}: what pooling would do. */
    List<String> getReport();

    /** Changes a setting until the JVM ends; an empty value takes that back. Says what it did. */
    String set(String name, String value);

    /** The application goes on with plain connections. */
    String detach();
}
