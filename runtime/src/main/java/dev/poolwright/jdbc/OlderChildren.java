package dev.poolwright.jdbc;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The open statements of one borrow that were not opened lately: counted, told where there are too many, and closed once
 * nobody can reach them any longer. By the borrowing thread, inside a call, and by the closer once none is in flight.
 */
final class OlderChildren {
    /*
     * O1  What is closed here was dropped by the application, unclosed. An entry goes with the application's close of its
     *     statement; where that cannot be seen, because another thread or the driver itself closed one, nothing is closed
     *     any more: a driver that keeps statements for reuse would lose one that is somebody's.     [ForgottenStatementsTest]
     * O2  It is not in a call: whose handle the JIT has given up during its call is in a call of another thread, and
     *     then one waits, or in one of this thread, which has ended.                               [ForgottenStatementsTest]
     * O3  Nothing the application has needs it: values and rows of another statement's may, and do not refer to its
     *     handle, so once those were given out nothing is closed either.                           [ForgottenStatementsTest]
     */

    /** After so many have been looked at, one in {@link #SAMPLED} is. */
    private static final int LOOKED_AT = 64;

    private static final int SAMPLED = 16;

    private final ReferenceQueue<ChildHandle> unreachable = new ReferenceQueue<>();
    private final Set<ChildReference> open = new HashSet<>();
    private final ArrayDeque<ChildReference> inCall = new ArrayDeque<>(0);
    private final StatementLines lines;
    private int tellAt;
    private int opened; // while there were many

    OlderChildren(StatementLines lines) {
        this.lines = lines;
        this.tellAt = lines.limit() == 0 ? Integer.MAX_VALUE : lines.limit() + 1;
    }

    /** @param sighting where it was opened, or null if nobody looked */
    void add(ChildHandle child, StatementLines.@Nullable Sighting sighting) {
        open.add(new ChildReference(child, unreachable, sighting));
    }

    /** The application has closed {@code child}. */
    void remove(ChildHandle child) {
        open.remove(new ChildReference(child));
    }

    /** How many there are, those that are forgotten and not yet found included. */
    int size() {
        return open.size();
    }

    /**
     * Where the statement is being opened that comes to {@code younger} others; null where few are open, or enough was
     * looked at.
     */
    StatementLines.@Nullable Sighting sightingOfNext(int younger) {
        if (lines.limit() == 0 || open.size() + younger < lines.limit() / 2) {
            return null;
        }
        opened = opened == Integer.MAX_VALUE ? LOOKED_AT + 1 : opened + 1;
        boolean each = opened <= LOOKED_AT;
        return each || opened % SAMPLED == 0 ? lines.calling(each ? 1 : SAMPLED) : null;
    }

    /**
     * Forgets those that nobody can reach any longer.
     *
     * @param unseen whether some may have been closed by others
     */
    void forgetUnreachable(boolean unseen, ConnectionHandle connection) {
        for (Reference<?> found = unreachable.poll(); found != null; found = unreachable.poll()) {
            ChildReference forgotten = (ChildReference) found;
            if (connection.isCalledByOthers()) {
                // Asked after it was found: whoever still was in a call of it is counted until that ends (O2).
                inCall.add(forgotten);
                return;
            }
            forget(forgotten, unseen, connection);
        }
        while (!inCall.isEmpty() && !connection.isCalledByOthers()) {
            forget(inCall.remove(), unseen, connection);
        }
    }

    private void forget(ChildReference forgotten, boolean unseen, ConnectionHandle connection) {
        if (open.remove(forgotten)) {
            // Asked now: values may have been given out since the one before (O3).
            boolean needed =
                    connection.gaveWhatNeedsStatements() || connection.lending().isCloseOfRowsACommit();
            forgotten(forgotten, unseen, !unseen && !needed, connection);
        }
    }

    private static void forgotten(
            ChildReference forgotten, boolean unseen, boolean closing, ConnectionHandle connection) {
        StatementLines.Sighting sighting = forgotten.sighting();
        if (sighting != null && !unseen) {
            sighting.forgotten();
        }
        if (!closing) {
            return;
        }
        try {
            forgotten.closeRaw();
        } catch (SQLException failure) {
            connection.failed(failure);
        } catch (RuntimeException | LinkageError accident) {
            connection.lending().accident(accident);
        }
    }

    /** Tells of it if there are too many. */
    void tellIfTooMany(int younger, ConnectionHandle connection) {
        if (open.size() + younger < tellAt) {
            return;
        }
        int many = open.size() + younger;
        try {
            forgetClosed();
            many = open.size() + younger;
            if (many >= tellAt) {
                tell(many);
            }
        } catch (Throwable accident) {
            connection.lending().accident(accident);
        }
        tellAt = Math.max(tellAt, many + many / 2);
    }

    /** Those that were closed unseen: by another thread, or by the driver with their last row. */
    private void forgetClosed() {
        for (Iterator<ChildReference> all = open.iterator(); all.hasNext(); ) {
            ChildHandle child = all.next().get();
            if (child != null && child.isRawClosed()) {
                all.remove();
            }
        }
    }

    /** Each line that has opened a tenth of those that were looked at. */
    private void tell(int many) {
        Map<StatementLines.Line, Integer> counts = new HashMap<>();
        int sum = 0;
        for (ChildReference each : open) {
            StatementLines.Sighting sighting = each.sighting();
            if (sighting != null) {
                Integer known = counts.get(sighting.line());
                counts.put(sighting.line(), (known == null ? 0 : known) + sighting.weight());
                sum += sighting.weight();
            }
        }
        for (Map.Entry<StatementLines.Line, Integer> each : counts.entrySet()) {
            if (each.getValue() * 10 >= sum) {
                lines.tell(each.getKey(), Math.min(each.getValue(), many), many);
            }
        }
    }

    void addReachable(List<ChildHandle> to) {
        for (ChildReference each : open) {
            ChildHandle child = each.get();
            if (child != null) {
                to.add(child);
            }
        }
    }

    /** The same, whether the collector has told of them yet or not, as the connection is being closed. */
    void forgetAllUnreachable(boolean unseen, ConnectionHandle connection) {
        for (Iterator<ChildReference> all = open.iterator(); all.hasNext(); ) {
            ChildReference each = all.next();
            if (each.get() == null) {
                all.remove();
                forgotten(each, unseen, !unseen, connection);
            }
        }
    }
}
