package dev.poolwright.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.poolwright.event.EngineInfo;
import dev.poolwright.event.EngineListener;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EngineCloseTest {

    @Test
    void happens_once_whoever_calls_it_at_the_same_time() throws Exception {
        for (int round = 0; round < 2_000; round++) {
            AtomicInteger told = new AtomicInteger();
            Engine engine = Engine.builder("jdbc:h2:mem:closed-once")
                    .listener(new EngineListener() {
                        @Override
                        public void engineClosed(EngineInfo info) {
                            told.incrementAndGet();
                        }
                    })
                    .build();
            CyclicBarrier together = new CyclicBarrier(2);
            Thread other = new Thread(() -> close(engine, together));
            other.start();
            close(engine, together);
            other.join();
            assertThat(told).as("round %d", round).hasValue(1);
        }
    }

    private static void close(Engine engine, CyclicBarrier together) {
        try {
            together.await();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
        engine.close();
    }
}
