package com.acme.orders;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Two callers of the one method that opens connections, as applications have it. */
public final class Reports {

    private Reports() {}

    /** Has one and does not close it. */
    public static Connection daily(DataSource source) throws SQLException {
        return ForgetfulDao.open(source);
    }

    /** As well. */
    public static Connection yearly(DataSource source) throws SQLException {
        return ForgetfulDao.open(source);
    }
}
