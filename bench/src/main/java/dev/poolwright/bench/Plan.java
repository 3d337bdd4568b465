package dev.poolwright.bench;

import dev.poolwright.bench.contention.ScenarioRun;
import dev.poolwright.bench.cycles.ConnectionCycle;
import dev.poolwright.bench.cycles.CycleRun;
import dev.poolwright.bench.cycles.QueryCycle;
import dev.poolwright.bench.cycles.StatementCycle;
import dev.poolwright.bench.cycles.TransactionCycle;
import dev.poolwright.bench.report.Case;
import dev.poolwright.bench.rivals.Rivals;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What is measured, of whom: all of all in full, otherwise what tells most in a few minutes. */
final class Plan {

    /** Where every borrow opens, waiting for one means nothing; and the floor has nobody who could wait. */
    private static final List<String> POOLS = Rivals.names().stream()
            .filter(name -> !name.equals("none") && !name.equals("floor"))
            .toList();

    private static final List<String> FASTEST = List.of("floor", "engine", "hikari", "agroal");
    private static final List<String> FAIREST = List.of("engine", "hikari", "agroal", "tomcat");

    /** Rivals whose case would take minutes: known to fail it by orders of magnitude. */
    private static final Map<String, List<String>> LEFT_OUT =
            Map.of("virtual-threads", List.of("c3p0", "h2"), "ramp", List.of("c3p0"), "lost-demand", List.of("c3p0"));

    private static final int ENOUGH = 32;

    private final Options options;
    private final List<Entry> entries = new ArrayList<>();

    /** A case and its rivals. */
    record Entry(Case of, List<String> rivals) {}

    Plan(Options options) {
        this.options = options;
        CycleRun.Look look = options.full() ? new CycleRun.Look(4, 6, 500) : new CycleRun.Look(4, 6, 250);
        cycles(look);
        Path agent = options.agent();
        if (agent != null) {
            add(CycleRun.ofDriverManager(1, agent, look), List.of("plain", "agent"));
            add(CycleRun.ofDriverManager(8, agent, look), List.of("plain", "agent"));
        }
        for (ScenarioRun scenario : ScenarioRun.all(options.full())) {
            add(scenario, options.rivalsOr(scenarioRivals(scenario.subject())));
        }
    }

    List<Entry> entries() {
        return entries;
    }

    private void cycles(CycleRun.Look look) {
        boolean full = options.full();
        List<String> all = options.rivalsOr(Rivals.names());
        List<String> some = options.rivalsOr(full ? Rivals.names() : FASTEST);
        for (int threads : full ? new int[] {1, 2, 8, 32} : new int[] {1, 8}) {
            add(CycleRun.of("connection", ConnectionCycle.class, threads, ENOUGH, look), threads == 1 ? all : some);
        }
        for (int threads : full ? new int[] {8, 32} : new int[] {32}) {
            add(CycleRun.of("connection", ConnectionCycle.class, threads, threads / 4, look), some);
        }
        add(CycleRun.inChildLoader("connection", ConnectionCycle.class, 1, ENOUGH, look), some);
        for (int threads : full ? new int[] {1, 2, 8, 32} : new int[] {1}) {
            add(CycleRun.of("statement", StatementCycle.class, threads, ENOUGH, look), some);
            add(CycleRun.of("query", QueryCycle.class, threads, ENOUGH, look), some);
            add(CycleRun.of("transaction", TransactionCycle.class, threads, ENOUGH, look), some);
        }
        for (int threads : full ? new int[] {8, 32} : new int[] {}) {
            add(CycleRun.of("transaction", TransactionCycle.class, threads, threads / 4, look), some);
        }
    }

    private List<String> scenarioRivals(String subject) {
        if (subject.equals("batches")) {
            return options.full() ? Rivals.names() : FASTEST;
        }
        List<String> leftOut = LEFT_OUT.getOrDefault(subject, List.of());
        boolean all = options.full() || subject.equals("footprint");
        return (all ? POOLS : FAIREST)
                .stream().filter(name -> !leftOut.contains(name)).toList();
    }

    private void add(Case of, List<String> rivals) {
        if (options.wants(of.subject(), of.setting())) {
            entries.add(new Entry(of, rivals));
        }
    }
}
