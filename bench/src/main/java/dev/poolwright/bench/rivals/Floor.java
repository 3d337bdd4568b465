package dev.poolwright.bench.rivals;

import dev.poolwright.bench.stub.Completed;
import dev.poolwright.bench.stub.StubDriver;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import org.jspecify.annotations.Nullable;

/**
 * The least that lending can cost: a hint where to look, one compare-and-set, one fresh object, one release store. No clock,
 * no reset, no leak watch, nobody is ever woken; whoever finds nothing looks again.
 */
final class Floor implements Rival {

    @Override
    public Source open(Shape shape) throws SQLException {
        Place[] places = new Place[shape.max()];
        for (int i = 0; i < places.length; i++) {
            places[i] = new Place(new StubDriver().connect(shape.url(), new Properties()));
        }
        return new Source() {
            @Override
            public Connection get() {
                return Lent.of(claim(places));
            }

            @Override
            public void close() {}
        };
    }

    @SuppressWarnings("ThreadPriorityCheck") // there is nothing else to wait with
    private static Place claim(Place[] places) {
        int home = (int) (Thread.currentThread().getId() % places.length);
        if (places[home].claim()) {
            return places[home];
        }
        for (; ; Thread.yield()) {
            for (Place place : places) {
                if (place.claim()) {
                    return place;
                }
            }
        }
    }

    private static final class Place {

        private static final AtomicIntegerFieldUpdater<Place> TAKEN =
                AtomicIntegerFieldUpdater.newUpdater(Place.class, "taken");

        @SuppressWarnings("unused") // keeps two places off one cache line
        private long pad0, pad1, pad2, pad3, pad4, pad5, pad6;

        private final Connection raw;
        private volatile int taken;

        Place(@Nullable Connection raw) {
            if (raw == null) {
                throw new IllegalStateException("the driver does not know its own URL");
            }
            this.raw = raw;
        }

        boolean claim() {
            return taken == 0 && TAKEN.compareAndSet(this, 0, 1);
        }

        void giveBack() {
            TAKEN.lazySet(this, 0);
        }
    }

    /** One borrow. */
    abstract static class Lent extends RawHandle {

        private static final MethodHandle NEW = Completed.constructor(MethodHandles.lookup(), Lent.class);

        private @Nullable Place place;

        static Lent of(Place place) {
            try {
                Lent lent = (Lent) NEW.invokeExact();
                lent.place = place;
                lent.over(place.raw);
                return lent;
            } catch (Throwable e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void close() {
            Place mine = place;
            if (mine != null) {
                place = null;
                mine.giveBack();
            }
        }
    }
}
