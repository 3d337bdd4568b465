package com.acme.pools;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;

/** A connection that goes back, when closed, to the library that owns it. */
record Returning(Owner owner, Connection connection) implements InvocationHandler {

    /** Whose connection it is. */
    interface Owner {
        void takeBack(Connection connection) throws SQLException;
    }

    static Connection to(Owner owner, Connection connection) {
        return (Connection) Proxy.newProxyInstance(
                Returning.class.getClassLoader(), new Class<?>[] {Connection.class}, new Returning(owner, connection));
    }

    @Override
    public Object invoke(Object proxy, Method method, Object[] arguments) throws Throwable {
        if (method.getName().equals("close")) {
            owner.takeBack(connection);
            return null;
        }
        try {
            return method.invoke(connection, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
