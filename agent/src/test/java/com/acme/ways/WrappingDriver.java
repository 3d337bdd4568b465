package com.acme.ways;

import com.acme.OddDrivers;
import com.acme.legacy.Database;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.Properties;

/** Accepts the URLs of another driver, hands on to it, names each session, and gives a connection class of its own. */
public final class WrappingDriver extends OddDrivers.Dull {

    private final Driver wrapped;
    private final String prefix;
    private int connects;

    /** @param prefix what comes between {@code jdbc:} and the wrapped driver's URL; empty = it takes that URL itself */
    public WrappingDriver(Driver wrapped, String prefix) {
        this.wrapped = wrapped;
        this.prefix = prefix;
    }

    @Override
    public boolean acceptsURL(String url) {
        return url.startsWith("jdbc:" + prefix + "postgresql:");
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        if (!acceptsURL(url)) {
            return null;
        }
        Connection inner = wrapped.connect("jdbc:" + url.substring("jdbc:".length() + prefix.length()), info);
        connects++;
        Database.execute(inner, "set application_name = 'call " + connects + "'");
        return (Connection) Proxy.newProxyInstance(
                WrappingDriver.class.getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> {
                    try {
                        return method.invoke(inner, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
