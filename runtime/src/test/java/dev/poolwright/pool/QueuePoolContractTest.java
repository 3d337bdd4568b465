package dev.poolwright.pool;

import dev.poolwright.leak.LeakListener;

class QueuePoolContractTest extends PoolContract {

    @Override
    Pool<String> pool(LeakListener listener, Housekeeper housekeeper) {
        return new QueuePool<>(PoolSettings.DEFAULT, db, listener, housekeeper);
    }
}
