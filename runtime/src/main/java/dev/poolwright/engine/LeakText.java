package dev.poolwright.engine;

import dev.poolwright.event.Leak;
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
        boolean session = leak.kind() == Leak.Kind.SESSION;
        StringBuilder line = new StringBuilder("leak: ")
                .append(leak.what())
                .append(leak.action() == Leak.Action.TAKEN_AWAY ? " was no longer used" : " was never closed")
                .append(times(count, ", "))
                .append(": ")
                .append(session ? "opened" : "acquired")
                .append(" at ")
                .append(leak.site())
                .append(" by thread ")
                .append(leak.thread());
        if (leak.heldNanos() > 0) {
            line.append(String.format(Locale.ROOT, ", held %.1f s", leak.heldNanos() / 1e9));
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

    private static String times(long count, String before) {
        return count > 1 ? before + count + " times by now" : "";
    }
}
