package dev.poolwright.jdbc;

import java.lang.ref.ReferenceQueue;
import java.lang.ref.SoftReference;
import java.lang.ref.WeakReference;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/**
 * An open statement that its program may have forgotten: the handle weakly, so that it can be found forgotten, and what
 * the driver has of it softly, so that it can be closed then, but rather goes with its handle than that memory runs out.
 */
final class ChildReference extends WeakReference<ChildHandle> {

    private final int hash;
    private final @Nullable SoftReference<Object> raw; // null for one that is only to look for another
    private final StatementLines.@Nullable Sighting sighting;

    /** @param sighting where it was opened, or null if that was not looked at */
    ChildReference(
            ChildHandle child, ReferenceQueue<ChildHandle> unreachable, StatementLines.@Nullable Sighting sighting) {
        super(child, unreachable);
        this.hash = System.identityHashCode(child);
        this.raw = new SoftReference<>(child.poolwrightRaw());
        this.sighting = sighting;
    }

    /** Equals the reference to {@code child}, to look for it. */
    ChildReference(ChildHandle child) {
        super(child);
        this.hash = System.identityHashCode(child);
        this.raw = null;
        this.sighting = null;
    }

    StatementLines.@Nullable Sighting sighting() {
        return sighting;
    }

    /** Closes what the driver has of it, if that is still there. */
    void closeRaw() throws SQLException {
        Object known = raw == null ? null : raw.get();
        if (known instanceof Statement) {
            ((Statement) known).close();
        } else if (known instanceof ResultSet) {
            ((ResultSet) known).close();
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) {
            return true;
        }
        ChildHandle child = get();
        return child != null && other instanceof ChildReference && ((ChildReference) other).get() == child;
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
