package com.acme;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Stands for the application: a class whose frames are not skipped. */
public final class StockDao {

    private StockDao() {}

    /** The line in here that acquires. */
    public static Connection open(DataSource source) throws SQLException {
        return source.getConnection();
    }
}
