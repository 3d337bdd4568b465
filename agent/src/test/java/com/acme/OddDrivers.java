package com.acme;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;

/** Drivers of all shapes, and classes that only look like some. */
public final class OddDrivers {

    private OddDrivers() {}

    /** The dull part of a driver. */
    public abstract static class Dull implements Driver {

        @Override
        public boolean acceptsURL(String url) {
            return url.startsWith("jdbc:odd:");
        }

        @Override
        public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) {
            return new DriverPropertyInfo[0];
        }

        @Override
        public int getMajorVersion() {
            return 1;
        }

        @Override
        public int getMinorVersion() {
            return 0;
        }

        @Override
        public boolean jdbcCompliant() {
            return false;
        }

        @Override
        public Logger getParentLogger() {
            return null;
        }
    }

    /** Refuses other URLs, and throws at some of its own; overwrites its arguments as old drivers do. */
    public static class Picky extends Dull {

        @Override
        @SuppressWarnings("AssignmentToParameter")
        public Connection connect(String url, Properties info) throws SQLException {
            if (!acceptsURL(url)) {
                return null;
            }
            info = new Properties(info);
            url = url.substring("jdbc:odd:".length());
            if (url.equals("refused")) {
                throw new SQLException("refused");
            }
            return OddSources.CONNECTION;
        }
    }

    /** Is refused the first time, and makes a mess of its arguments; remembers them. */
    public static final class Narrow extends Dull {

        private final List<String> asked = new ArrayList<>();

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            asked.add(url + " " + info);
            url = null;
            info = null;
            if (asked.size() == 1) {
                throw new SQLException("no room for " + url + info);
            }
            return OddSources.CONNECTION;
        }

        @Override
        public String toString() {
            return asked.toString();
        }
    }

    /** Hands on to the driver it is derived from. */
    public static class Derived extends Picky {

        @Override
        public Connection connect(String url, Properties info) throws SQLException {
            return super.connect(url, info);
        }
    }

    /** Has the method, but is no driver. */
    public static final class NoDriver {

        public Connection connect(String url, Properties info) {
            return url == null || info == null ? null : OddSources.CONNECTION;
        }
    }
}
