package dev.poolwright.session.library;

import dev.poolwright.event.EngineListener;
import dev.poolwright.event.Flush;
import dev.poolwright.event.Leak;
import dev.poolwright.event.SessionInfo;
import dev.poolwright.event.SessionStep;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Keeps what it hears as text. */
final class RecordingListener implements EngineListener {

    final List<String> heard = Collections.synchronizedList(new ArrayList<>());

    @Override
    public Object flushStarted(Flush flush) {
        heard.add("flush " + flush.trigger() + " " + flush.inserts() + "/" + flush.updates() + "/" + flush.deletes()
                + "/" + flush.collections());
        return flush.trigger();
    }

    @Override
    public void flushEnded(Flush flush, Object started, Throwable failure) {
        heard.add("ended " + started + (failure == null ? "" : " by " + failure.getMessage()));
    }

    @Override
    public void sessionOpened(SessionInfo session) {
        heard.add("opened " + session);
    }

    @Override
    public void sessionClosed(SessionInfo session) {
        heard.add("closed " + session);
    }

    @Override
    public void sessionStepped(
            SessionInfo session, SessionStep step, long startNanos, long endNanos, Throwable failure) {
        heard.add(step + " " + session.type() + (failure == null ? "" : " threw " + failure.getMessage()));
    }

    @Override
    public void leaked(Leak leak) {
        heard.add("leaked " + leak.what());
    }
}
