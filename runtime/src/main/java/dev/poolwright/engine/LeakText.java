package dev.poolwright.engine;

import dev.poolwright.event.Leak;
import dev.poolwright.leak.Origin;
import java.util.Locale;

/** A leak as one line for people. */
public final class LeakText {

    private LeakText() {}

    /** The line, with its code at the end. */
    public static String of(Leak leak) {
        return of(leak, 1);
    }

    /** The line for one of {@code count} leaks of the same place. */
    public static String of(Leak leak, long count) {
        if (leak.kind() == Leak.Kind.STATEMENT) {
            return "leak: " + leak.open() + ' ' + leak.what() + " are open" + times(count, ", ")
                    + ": about " + leak.ofSite() + " opened at " + leak.site() + " by thread " + leak.thread()
                    + ". [PW-205]";
        }
        boolean held = leak.action() == Leak.Action.HELD;
        boolean session = leak.kind() == Leak.Kind.SESSION;
        StringBuilder line = new StringBuilder("leak: ")
                .append(leak.what())
                .append(fate(leak, held))
                .append(times(count, ", "))
                .append(": ")
                .append(session ? "opened" : "acquired")
                .append(" at ")
                .append(leak.site())
                .append(" by thread ")
                .append(leak.thread());
        if (leak.context() != null) {
            line.append(" in trace ").append(leak.context());
        }
        if (leak.heldNanos() > 0) {
            line.append(String.format(Locale.ROOT, ", held %.1f s", leak.heldNanos() / 1e9));
        }
        if (!leak.lastStatement().isEmpty()) {
            line.append(", last statement \"").append(leak.lastStatement()).append('"');
        }
        if (held) {
            return line.append(whereabouts(leak)).append(". [PW-207]").toString();
        }
        if (leak.action() == Leak.Action.RECLAIMED) {
            line.append("; rolled back and reclaimed");
        } else if (!session && leak.action() == Leak.Action.REPORTED) {
            line.append("; not taken back, another pool owns it");
        }
        if (leak.action() == Leak.Action.TAKEN_AWAY) {
            return line.append(String.format(
                            Locale.ROOT,
                            ", for the last %.1f s without a call; rolled back and taken away"
                                    + " (poolwright.leak.reclaimAfter). [PW-204]",
                            leak.unusedNanos() / 1e9))
                    .toString();
        }
        return line.append(session ? ". [PW-202]" : ". [PW-201]").toString();
    }

    private static String fate(Leak leak, boolean held) {
        if (held) {
            return " is held for long";
        }
        return leak.action() == Leak.Action.TAKEN_AWAY ? " was no longer used" : " was never closed";
    }

    private static String whereabouts(Leak leak) {
        StackTraceElement application = Origin.applicationFrame(leak.holder());
        return application == null
                ? "; that thread has ended, or may not be looked at"
                : "; that thread is at " + application;
    }

    private static String times(long count, String before) {
        return count > 1 ? before + count + " times by now" : "";
    }
}
