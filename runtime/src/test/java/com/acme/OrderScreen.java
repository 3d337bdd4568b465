package com.acme;

import org.hibernate.StubSessionFactory;

/** Stands for an application on Hibernate. */
public final class OrderScreen {

    private OrderScreen() {}

    /** The line in here opens the session. */
    public static void show(Runnable opening) {
        StubSessionFactory.openSession(opening);
    }
}
