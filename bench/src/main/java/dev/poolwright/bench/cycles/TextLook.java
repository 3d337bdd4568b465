package dev.poolwright.bench.cycles;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.sql.RecentTexts;
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

    /** How many texts take turns: what a few pages of an application use, or all of a large one. */
    @Param({"8", "256"})
    public int texts;

    /** {@code constant}: the same objects again; {@code built}: equal ones; {@code new}: never seen before. */
    @Param({"constant", "built", "new"})
    public String text;

    private final Verdicts verdicts =
            Dialects.forUrl("jdbc:postgresql://db/orders").verdicts();
    private final RecentTexts ofConnection = new RecentTexts();
    private String[] sql = {};
    private int next;

    /** Makes the texts, and has them seen unless they are to be new. */
    @Setup
    public void make() {
        sql = new String[texts];
        for (int i = 0; i < texts; i++) {
            String one = "select o.id, o.name, upper(o.town) from orders o where o.customer = ? and o.kind = " + i;
            verdicts.of(one);
            sql[i] = text.equals("built") ? new String(one) : one;
        }
        System.gc(); // so that what is long-lived is as old as it soon is, and a store of a reference costs what it
        // then costs
    }

    /** No look: what the loop costs, and what each driver does with a text, which is to ask a cache of its own by the hash. */
    @Benchmark
    public int none() {
        return nextText().hashCode();
    }

    /** One look, as each statement of a connection takes it. */
    @Benchmark
    public Verdict look() {
        return ofConnection.of(nextText(), verdicts);
    }

    private String nextText() {
        int i = next++;
        String one = sql[i & (sql.length - 1)];
        return text.equals("new") ? one + i : one;
    }
}
