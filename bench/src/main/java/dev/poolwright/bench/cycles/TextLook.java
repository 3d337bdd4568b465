package dev.poolwright.bench.cycles;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.sql.Verdict;
import dev.poolwright.sql.Verdicts;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What each statement pays to know whether its text may have changed the session. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TextLook {

    private static final int TEXTS = 256;

    /** {@code constant}: the same objects again; {@code built}: equal ones; {@code new}: never seen before. */
    @Param({"constant", "built", "new"})
    public String text;

    private final Verdicts verdicts =
            Dialects.forUrl("jdbc:postgresql://db/orders").verdicts();
    private final String[] texts = new String[TEXTS];
    private int next;

    /** Makes the texts, and has them seen unless they are to be new. */
    @Setup
    public void make() {
        for (int i = 0; i < TEXTS; i++) {
            String sql = "select o.id, o.name, upper(o.town) from orders o where o.customer = ? and o.kind = " + i;
            verdicts.of(sql);
            texts[i] = text.equals("built") ? new String(sql) : sql;
        }
    }

    /** No look: what the loop and the texts cost by themselves. */
    @Benchmark
    public String none() {
        int i = next++;
        String sql = texts[i & (TEXTS - 1)];
        return text.equals("new") ? sql + i : sql;
    }

    /** One look. */
    @Benchmark
    public Verdict look() {
        int i = next++;
        String sql = texts[i & (TEXTS - 1)];
        return verdicts.of(text.equals("new") ? sql + i : sql);
    }
}
