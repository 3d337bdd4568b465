package dev.poolwright.weave;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;

/**
 * Recognises the methods by which a Driver, a DataSource, an XADataSource or a ConnectionPoolDataSource hands out. Asked
 * of every class the application loads: knows descriptors only and loads nothing.
 */
final class HandOut {

    static final String CREDENTIALS = "(Ljava/lang/String;Ljava/lang/String;)";
    static final String CONNECTION = "Ljava/sql/Connection;";
    static final String CONNECT = "(Ljava/lang/String;Ljava/util/Properties;)" + CONNECTION;

    private static final String XA = "Ljavax/sql/XAConnection;";
    private static final String POOLED = "Ljavax/sql/PooledConnection;";

    private static final byte[][] DESCRIPTORS = {
        bytes("()" + CONNECTION),
        bytes(CREDENTIALS + CONNECTION),
        bytes(CONNECT),
        bytes("()" + XA),
        bytes(CREDENTIALS + XA),
        bytes("()" + POOLED),
        bytes(CREDENTIALS + POOLED)
    };

    /** Have a getConnection too and are no DataSources; one of them is on the way of every first query. */
    private static final Set<String> OTHERS = new HashSet<>(Arrays.asList(
            "java/sql/Statement",
            "java/sql/PreparedStatement",
            "java/sql/CallableStatement",
            "java/sql/DatabaseMetaData"));

    private HandOut() {}

    /** Whether the class might declare one; wrong only in saying yes too often. */
    static boolean mayBeIn(byte[] bytes) {
        return ClassFile.mentions(bytes, DESCRIPTORS);
    }

    static boolean isIn(ClassFile file) {
        if (!Collections.disjoint(file.interfaces, OTHERS)) {
            return false;
        }
        for (ClassFile.Method method : file.methods()) {
            if (isGetConnection(method) || isConnect(method) || isRaw(method)) {
                return true;
            }
        }
        return false;
    }

    /** What a DataSource has; so do Statement and many others. */
    static boolean isGetConnection(ClassFile.Method method) {
        return method.name.equals("getConnection") && isHandOut(method, CONNECTION);
    }

    /** What a Driver has. One that returns a type of its own has this one too, as a bridge. */
    static boolean isConnect(ClassFile.Method method) {
        return !method.isStatic() && method.name.equals("connect") && method.descriptor.equals(CONNECT);
    }

    /** Makes a connection that somebody else pools or enlists. */
    static boolean isRaw(ClassFile.Method method) {
        return (method.name.equals("getXAConnection") && isHandOut(method, XA))
                || (method.name.equals("getPooledConnection") && isHandOut(method, POOLED));
    }

    private static boolean isHandOut(ClassFile.Method method, String type) {
        return !method.isStatic()
                && (method.descriptor.equals("()" + type) || method.descriptor.equals(CREDENTIALS + type));
    }

    private static byte[] bytes(String word) {
        return word.getBytes(StandardCharsets.US_ASCII);
    }
}
