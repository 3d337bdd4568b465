package com.acme.compat;

import com.acme.compat.connections.Closing;
import com.acme.compat.connections.Connecting;
import com.acme.compat.connections.Descriptions;
import com.acme.compat.connections.Killed;
import com.acme.compat.connections.ReadingOn;
import com.acme.compat.connections.Settings;
import com.acme.compat.connections.Sources;
import com.acme.compat.connections.Timeouts;
import com.acme.compat.connections.Wrappers;
import com.acme.compat.statements.ArrayValues;
import com.acme.compat.statements.Batches;
import com.acme.compat.statements.Cursors;
import com.acme.compat.statements.GeneratedKeys;
import com.acme.compat.statements.LargeValues;
import com.acme.compat.statements.Procedures;
import com.acme.compat.statements.Statements;
import com.acme.compat.statements.Warnings;
import com.acme.compat.transactions.Distributed;
import com.acme.compat.transactions.Isolation;
import com.acme.compat.transactions.Savepoints;
import com.acme.compat.transactions.Sharing;
import com.acme.compat.transactions.Transactions;
import com.acme.compat.transactions.VirtualThreads;
import com.acme.compat.vendor.H2;
import com.acme.compat.vendor.Postgres;
import com.acme.compat.vendor.SchemaChanges;
import com.acme.compat.vendor.SessionText;
import com.acme.compat.vendor.Sqlite;
import java.util.List;

/** All that is tried. */
public final class Subjects {

    public static final List<Class<?>> ALL = List.of(
            Connecting.class,
            Sources.class,
            Killed.class,
            Closing.class,
            ReadingOn.class,
            Wrappers.class,
            Descriptions.class,
            Settings.class,
            Timeouts.class,
            Statements.class,
            GeneratedKeys.class,
            Batches.class,
            Cursors.class,
            LargeValues.class,
            ArrayValues.class,
            Procedures.class,
            Warnings.class,
            Transactions.class,
            Savepoints.class,
            Isolation.class,
            Sharing.class,
            Distributed.class,
            VirtualThreads.class,
            SchemaChanges.class,
            SessionText.class,
            H2.class,
            Sqlite.class,
            Postgres.class);

    private Subjects() {}
}
