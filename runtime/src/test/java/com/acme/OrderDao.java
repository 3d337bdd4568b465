package com.acme;

import dev.poolwright.leak.Origin;

/** Stands for the application: a class whose frames are not skipped. */
public final class OrderDao {

    private OrderDao() {}

    /** The line in here that acquires. */
    public static Origin origin() {
        return Origin.capture();
    }
}
