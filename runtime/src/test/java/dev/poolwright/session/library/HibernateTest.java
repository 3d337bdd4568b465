package dev.poolwright.session.library;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineListener;
import dev.poolwright.session.library.HibernateShapes.DefaultAutoFlushEventListener;
import dev.poolwright.session.library.HibernateShapes.DefaultFlushEventListener;
import dev.poolwright.session.library.HibernateShapes.OwnAutoFlushing;
import dev.poolwright.session.library.HibernateShapes.OwnSession;
import dev.poolwright.session.library.HibernateShapes.SessionImpl;
import dev.poolwright.session.library.HibernateShapes.StrangeSession;
import dev.poolwright.time.CoarseClock;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class HibernateTest {

    private final RecordingListener telemetry = new RecordingListener();
    private final List<String> warnings = new ArrayList<>();
    private EngineListener listener = telemetry;

    private final CoarseClock clock = new CoarseClock();
    private final SessionWatch watch =
            new SessionWatch(clock, () -> clock.set(1), true, () -> listener, leak -> warnings.add(leak.site()));
    private final LibrarySessions hibernate =
            new LibrarySessions(new Hibernate(), watch, () -> listener, new UnknownLibraries(), warnings::add);

    private void flush(Object session, Object flushing, Throwable thrown) {
        Object token = hibernate.entered(LibrarySessions.FLUSH, session, flushing);
        hibernate.left(LibrarySessions.FLUSH, session, token, thrown);
    }

    private void flush(Object session) {
        flush(session, new DefaultFlushEventListener(), null);
    }

    private void open(Object session) {
        Object token = hibernate.entered(LibrarySessions.OPENED, null, null);
        hibernate.left(LibrarySessions.OPENED, session, token, null);
    }

    private void close(Object session, Throwable thrown) {
        Object token = hibernate.entered(LibrarySessions.CLOSED, session, null);
        hibernate.left(LibrarySessions.CLOSED, session, token, thrown);
    }

    private static SessionImpl dirty() {
        SessionImpl session = new SessionImpl();
        session.queue.insertions = 1;
        return session;
    }

    @Test
    void counts_what_is_queued_when_a_flush_begins() {
        SessionImpl session = new OwnSession();
        session.queue.insertions = 1;
        session.queue.updates = 2;
        session.queue.deletions = 3;
        session.queue.creations = 4;
        session.queue.collectionUpdates = 5;
        session.queue.removals = 6;
        flush(session);
        assertThat(telemetry.heard).containsExactly("flush EXPLICIT 1/2/3/15", "ended EXPLICIT");
    }

    @Test
    void is_silent_about_a_flush_with_nothing_to_do() {
        flush(new SessionImpl());
        assertThat(telemetry.heard).isEmpty();
    }

    @Test
    void tells_how_a_flush_failed() {
        flush(dirty(), new DefaultFlushEventListener(), new IllegalStateException("unique"));
        assertThat(telemetry.heard).containsExactly("flush EXPLICIT 1/0/0/0", "ended EXPLICIT by unique");
    }

    @Test
    void takes_the_flush_of_an_auto_flush_listener_or_a_subclass_for_automatic() {
        flush(dirty(), new DefaultAutoFlushEventListener(), null);
        flush(dirty(), new OwnAutoFlushing(), null);
        assertThat(telemetry.heard)
                .filteredOn(line -> line.startsWith("flush AUTO"))
                .hasSize(2);
    }

    @Test
    void takes_a_flush_inside_the_commit_of_the_same_session_for_the_commit() {
        SessionImpl outer = dirty();
        SessionImpl inner = dirty();
        Object outerCommit = hibernate.entered(LibrarySessions.COMMIT_FLUSH, outer, null);
        flush(inner);
        Object innerCommit = hibernate.entered(LibrarySessions.COMMIT_FLUSH, inner, null);
        flush(inner);
        flush(outer);
        hibernate.left(LibrarySessions.COMMIT_FLUSH, inner, innerCommit, null);
        flush(outer);
        hibernate.left(LibrarySessions.COMMIT_FLUSH, outer, outerCommit, new IllegalStateException());
        flush(outer);

        assertThat(telemetry.heard)
                .filteredOn(line -> line.startsWith("ended"))
                .containsExactly("ended EXPLICIT", "ended COMMIT", "ended COMMIT", "ended COMMIT", "ended EXPLICIT");
    }

    @Test
    void reads_nothing_from_a_session_when_nobody_listens() {
        listener = null;
        SessionImpl session = dirty();
        assertThat(hibernate.entered(LibrarySessions.COMMIT_FLUSH, session, null))
                .isNull();
        flush(session);
        assertThat(session.queue.reads).isZero();
    }

    @Test
    void watches_a_session_from_its_constructor_to_its_close_when_nobody_listens() {
        listener = null;
        SessionImpl session = new SessionImpl();
        open(session);
        assertThat(watch.open()).hasSize(1);
        close(session, null);
        assertThat(watch.open()).isEmpty();
    }

    @Test
    void does_not_count_a_child_that_shares_its_parents_connection() {
        SessionImpl parent = new SessionImpl();
        SessionImpl child = new SessionImpl(parent);
        open(parent);
        open(child);
        assertThat(watch.open()).hasSize(1);
        close(child, null);
        assertThat(watch.open()).hasSize(1);
        close(parent, null);
        assertThat(telemetry.heard)
                .containsExactly(
                        "opened hibernate Session", "OPEN Session", "closed hibernate Session", "CLOSE Session");
    }

    @Test
    void takes_a_session_whose_close_throws_for_closed() {
        SessionImpl session = new SessionImpl();
        open(session);
        close(session, new IllegalStateException("connection lost"));
        close(session, null);
        assertThat(telemetry.heard)
                .containsExactly(
                        "opened hibernate Session",
                        "OPEN Session",
                        "closed hibernate Session",
                        "CLOSE Session threw connection lost");
    }

    @Test
    void goes_on_without_a_hibernate_it_does_not_know_and_says_so_once() {
        open(new StrangeSession());
        flush(new StrangeSession());
        close(new StrangeSession(), null);
        flush(dirty());

        assertThat(warnings)
                .singleElement()
                .asString()
                .contains(StrangeSession.class.getName(), "no public method getJdbcCoordinator()");
        assertThat(telemetry.heard).isEmpty();
        assertThat(watch.open()).isEmpty();
    }

    @Test
    void still_knows_the_hibernate_of_another_class_loader() throws ReflectiveOperationException {
        flush(new StrangeSession());
        Object session = new Anew()
                .loadClass(SessionImpl.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        assertThat(session).isNotInstanceOf(SessionImpl.class);
        open(session);
        assertThat(watch.open()).hasSize(1);
        close(session, null);
        assertThat(warnings).hasSize(1);
    }

    /** Loads the shapes a second time. */
    private static final class Anew extends ClassLoader {

        Anew() {
            super(HibernateTest.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith(HibernateShapes.class.getName())) {
                return super.loadClass(name, resolve);
            }
            Class<?> loaded = findLoadedClass(name);
            return loaded != null ? loaded : define(name);
        }

        private Class<?> define(String name) throws ClassNotFoundException {
            try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
                byte[] bytes = in.readAllBytes();
                return defineClass(name, bytes, 0, bytes.length);
            } catch (IOException failure) {
                throw new ClassNotFoundException(name, failure);
            }
        }
    }
}
