package dev.poolwright.pool.queue;

import dev.poolwright.house.Housekeeper;
import dev.poolwright.leak.LeakListener;
import dev.poolwright.pool.Pool;
import dev.poolwright.pool.PoolContract;
import dev.poolwright.pool.PoolSettings;
import org.junit.jupiter.api.Test;

class QueuePoolContractTest extends PoolContract {

    @Override
    protected Pool<String> pool(LeakListener listener, Housekeeper housekeeper) {
        return new QueuePool<>(PoolSettings.DEFAULT, db, listener, housekeeper);
    }

    @Test
    void gives_two_threads_at_once_two_resources() throws Exception {
        givesTwoThreadsAtOnceTwoResources();
    }
}
