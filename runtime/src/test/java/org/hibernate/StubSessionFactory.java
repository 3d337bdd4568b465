package org.hibernate;

/** Stands for Hibernate's frames between a session and the application's line. */
public final class StubSessionFactory {

    private StubSessionFactory() {}

    public static void openSession(Runnable opening) {
        opening.run();
    }
}
