package com.acme.legacy;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Things used after their connection was closed: some drivers answer what they still remember, others say that it is
 * closed.
 */
public final class AfterClose {

    private AfterClose() {}

    public static void play(Database database) throws SQLException {
        Script script = new Script("after close");
        Connection connection = database.open();
        DatabaseMetaData about = connection.getMetaData();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select 1 as one union all select 2");
        ResultSetMetaData columns = rows.getMetaData();
        rows.next();
        connection.close();
        script.step("create", connection::createStatement);
        script.step("commit", () -> {
            connection.commit();
            return "done";
        });
        script.step("client info", () -> {
            connection.setClientInfo("ApplicationName", "x");
            return "done";
        });
        script.refusal("product", about::getDatabaseProductName);
        script.refusal("quote", about::getIdentifierQuoteString);
        script.refusal("transactions", about::supportsTransactions);
        script.refusal("url", () -> about.getURL().startsWith("jdbc:"));
        script.refusal("column name", () -> columns.getColumnName(1));
        script.refusal("column count", columns::getColumnCount);
        script.refusal("value", () -> rows.getInt(1));
        script.refusal("next row", rows::next);
        script.refusal("statement closed", statement::isClosed);
        script.refusal("rows closed", rows::isClosed);
        script.step("execute", () -> statement.execute("select 1"));
    }
}
