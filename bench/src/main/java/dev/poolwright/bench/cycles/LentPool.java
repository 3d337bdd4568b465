package dev.poolwright.bench.cycles;

import dev.poolwright.bench.rivals.Rivals;
import dev.poolwright.bench.rivals.Shape;
import dev.poolwright.bench.rivals.Source;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** The rival under test, started and filled. */
@State(Scope.Benchmark)
public class LentPool {

    /** A name of {@link Rivals}. */
    @Param("engine")
    public String rival;

    /** How many connections it has. */
    @Param("32")
    public int connections;

    /** {@code application}, or {@code child}: the pool's classes are in a class loader below that. */
    @Param("application")
    public String loader;

    Source source;

    /** Starts it. */
    @Setup
    public void open() throws Exception {
        Shape shape = Shape.fixed(connections);
        source = loader.equals("child") ? Rivals.openInChildLoader(rival, shape) : Rivals.open(rival, shape);
    }

    /** Stops it. */
    @TearDown
    public void close() {
        source.close();
    }
}
