package dev.poolwright.session.library;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.leak.Origin;
import dev.poolwright.leak.Unclosed;
import dev.poolwright.leak.UnclosedWatch;
import java.util.Collections;
import org.jspecify.annotations.Nullable;

/** A session that was opened and not yet closed: who, from where, since when. Does not keep it reachable. */
final class OpenSession extends Unclosed {

    private static final String NO_TRACE = "an unknown line (poolwright.leak.trace is off)";

    /** Containers that open sessions which the application has and is not allowed to close. */
    private static final String[] CONTAINERS = {
        "org.springframework.orm.jpa.ExtendedEntityManagerCreator",
        "org.jboss.as.jpa.container.",
        "org.apache.openejb.persistence.",
        "com.sun.enterprise.container.common.impl.",
        "com.ibm.ws.jpa."
    };

    private final SessionInfo info;

    /** Who was told that it is open and must be told that it is not. */
    private volatile @Nullable EngineListener told;

    OpenSession(Object session, UnclosedWatch<?> watch, SessionInfo info, @Nullable Origin origin) {
        super(session, watch, origin);
        this.info = info;
    }

    SessionInfo info() {
        return info;
    }

    @Nullable
    EngineListener told() {
        return told;
    }

    void told(EngineListener listener) {
        told = listener;
    }

    /** Whether to close it is a container's business, so that the application cannot have forgotten it. */
    boolean isContainers() {
        Origin origin = origin();
        return origin != null && origin.passed(CONTAINERS);
    }

    /** The session as a leak. Resolves the stack, which takes some microseconds. */
    Leak leak(Leak.Action action, long nowNanos) {
        Origin origin = origin();
        return new Leak(
                Leak.Kind.SESSION,
                action,
                null,
                info.toString(),
                origin == null ? NO_TRACE : origin.site(),
                origin == null ? Collections.<StackTraceElement>emptyList() : origin.stack(),
                origin == null ? "?" : origin.thread(),
                heldNanos(nowNanos));
    }
}
