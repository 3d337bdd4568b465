package dev.poolwright.jdbc.generate;

import java.sql.PreparedStatement;

/**
 * Generates a handle nobody will use, so that the first real ones are made by code that is loaded and warm: an agent
 * does it on another thread while the application's driver connects for the first time.
 */
public final class Rehearsal {

    private Rehearsal() {}

    /** Some tens of milliseconds in a JVM that has just started; afterwards nothing is left of it but loaded classes. */
    public static void run() {
        HandleClasses.factory().child(PreparedStatement.class);
    }
}
