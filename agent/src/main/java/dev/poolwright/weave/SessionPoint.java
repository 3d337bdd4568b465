package dev.poolwright.weave;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A method of an ORM where a session begins, ends or does something. Immutable. */
final class SessionPoint {

    // As LibrarySessions has them; neither that class nor the hook can be named here, we are linked before they exist.
    static final int OPENED = 1;
    static final int CLOSED = 2;
    static final int FLUSH = 3;
    static final int COMMIT_FLUSH = 4;
    static final int COMMIT = 5;
    static final int ROLLBACK = 6;
    static final int QUERY_FLUSH = 7;
    static final int FLUSHING_COMMIT = 8;
    static final int EXPLICIT_FLUSH = 9;

    private static final String CONSTRUCTOR = "<init>";

    final int number;
    final String name;
    /** One of these; none = whatever its arguments are. */
    final List<String> descriptors;
    /** The variable that holds what the hook is told as the session. */
    int self;
    /** The variable that holds the hook's argument, and its type: A, or Z to be boxed; -1 = null. */
    int argument = -1;

    char argumentType = 'A';
    /** Whether a class without it is one that we do not know. */
    boolean needed = true;

    private SessionPoint(int number, String name, String... descriptors) {
        this.number = number;
        this.name = name;
        this.descriptors = Arrays.asList(descriptors);
    }

    /** Around a method. */
    static SessionPoint at(int number, String name, String... descriptors) {
        return new SessionPoint(number, name, descriptors);
    }

    /** After each constructor, but one that makes a child of another session. */
    static SessionPoint constructors() {
        return new SessionPoint(OPENED, CONSTRUCTOR);
    }

    /** Around a method that only some versions have. */
    static SessionPoint ifThere(int number, String name, String... descriptors) {
        SessionPoint point = at(number, name, descriptors);
        point.needed = false;
        return point;
    }

    /** The same, where another object than the method's own is the session. */
    SessionPoint of(int variable) {
        self = variable;
        return this;
    }

    /** The same, that tells one of its arguments, or itself. */
    SessionPoint with(char type, int variable) {
        argumentType = type;
        argument = variable;
        return this;
    }

    boolean isConstructor() {
        return name.equals(CONSTRUCTOR);
    }

    boolean is(String owner, ClassFile.Method method) {
        if (!method.name.equals(name) || method.isStatic()) {
            return false;
        }
        if (isConstructor()) {
            return !method.descriptor.startsWith("(L" + owner + ";");
        }
        return descriptors.isEmpty() || descriptors.contains(method.descriptor);
    }

    @Nullable
    static SessionPoint find(SessionPoint[] points, String owner, ClassFile.Method method) {
        for (SessionPoint point : points) {
            if (point.is(owner, method)) {
                return point;
            }
        }
        return null;
    }
}
