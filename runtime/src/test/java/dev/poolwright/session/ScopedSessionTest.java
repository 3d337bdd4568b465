package dev.poolwright.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.poolwright.engine.Engine;
import java.lang.ref.WeakReference;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ScopedSessionTest {

    private final Engine engine =
            Engine.builder("jdbc:h2:mem:scoped;DB_CLOSE_DELAY=-1").user("sa").build();
    private final SessionFactory factory = SessionFactory.of(engine);

    @AfterEach
    void close() {
        assertThat(engine.stats().leased()).isZero();
        engine.close();
    }

    @Test
    void is_one_in_a_thread_and_another_in_the_next() throws Exception {
        ScopedSession scoped = factory.scoped();
        Session mine = scoped.current();

        FutureTask<Session> others = new FutureTask<>(() -> {
            Session theirs = scoped.current();
            scoped.remove();
            return theirs;
        });
        new Thread(others, "other").start();

        assertThat(scoped.current()).isSameAs(mine);
        assertThat(others.get()).isNotSameAs(mine);
        assertThat(others.get().isOpen()).isFalse();
        scoped.remove();
        assertThat(mine.isOpen()).isFalse();
        assertThat(scoped.isPresent()).isFalse();
    }

    @Test
    void gives_its_connection_back_when_removed() throws SQLException {
        ScopedSession scoped = factory.scoped();
        scoped.current().connection();
        assertThat(engine.stats().leased()).isEqualTo(1);

        scoped.remove();

        assertThat(engine.stats().leased()).isZero();
        assertThat(scoped.current().isOpen()).isTrue();
        scoped.remove();
    }

    @Test
    void leaves_nothing_in_a_thread() throws SQLException {
        ScopedSession scoped = factory.scoped();
        WeakReference<Session> gone = usedAndRemoved(scoped);

        for (int i = 0; gone.get() != null && i < 100; i++) {
            System.gc();
        }

        assertThat(gone.get()).isNull();
        assertThat(scoped.isPresent()).isFalse();
    }

    private static WeakReference<Session> usedAndRemoved(ScopedSession scoped) throws SQLException {
        WeakReference<Session> used = new WeakReference<>(scoped.current());
        scoped.remove();
        return used;
    }

    @Test
    void of_a_task_is_its_own_wherever_that_runs() throws Exception {
        ScopedSession scoped = factory.scoped();
        Session mine = scoped.current();
        Callable<Session> task = scoped.task(() -> {
            scoped.current().connection();
            return scoped.current();
        });

        Session here = task.call();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        Session there = executor.submit(task).get();
        boolean left = executor.submit(scoped::isPresent).get();
        executor.shutdown();

        assertThat(here).isNotSameAs(mine).isNotSameAs(there);
        assertThat(here.isOpen()).isFalse();
        assertThat(there.isOpen()).isFalse();
        assertThat(left).isFalse();
        assertThat(scoped.current()).isSameAs(mine);
        scoped.remove();
    }

    @Test
    void of_work_that_returns_nothing_is_its_own_and_what_it_throws_is_in_the_future() throws Exception {
        ScopedSession scoped = factory.scoped();
        ExecutorService executor = Executors.newSingleThreadExecutor();
        AtomicReference<Session> used = new AtomicReference<>();
        SQLException thrown = new SQLException("no");

        assertThat(executor.submit(scoped.task(() -> {
                            scoped.current().connection();
                            used.set(scoped.current());
                        }))
                        .get())
                .isNull();
        assertThatThrownBy(executor.submit(scoped.task((ScopedAction) () -> {
                    scoped.current().connection();
                    throw thrown;
                }))::get)
                .hasCause(thrown);
        executor.shutdown();

        assertThat(used.get().isOpen()).isFalse();
    }

    @Test
    void of_a_task_that_fails_is_removed_and_the_failure_its_own() {
        ScopedSession scoped = factory.scoped();
        IllegalStateException thrown = new IllegalStateException("business");

        assertThatThrownBy(() -> scoped.task(() -> {
                            scoped.current().connection();
                            throw thrown;
                        })
                        .call())
                .isSameAs(thrown);

        assertThat(scoped.isPresent()).isFalse();
    }

    @Test
    void follows_the_scope_of_the_caller() throws SQLException {
        AtomicReference<String> request = new AtomicReference<>("first");
        ScopedSession scoped = factory.scoped(request::get);
        Session first = scoped.current();

        request.set("second");
        assertThat(scoped.isPresent()).isFalse();
        Session second = scoped.current();
        scoped.remove();
        request.set("first");

        assertThat(scoped.current()).isSameAs(first).isNotSameAs(second);
        scoped.remove();
        request.set(null);
        assertThatIllegalStateException().isThrownBy(scoped::current).withMessageContaining("no scope");
    }
}
