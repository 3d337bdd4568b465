package dev.poolwright.gate;

import dev.poolwright.engine.LeakText;
import dev.poolwright.event.Leak;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Writes each leak as one line for the operator. A line of code that goes on leaking is told again at its 10th, 100th ...
 * leak only, with the count: an application may forget thousands.
 */
final class LeakLines implements Consumer<Leak> {

    /** Lines of code that are told apart; the leaks of further ones are all written. */
    private static final int MAX_SITES = 1_000;

    private final GateLog log;
    private final Map<String, Long> counts = new HashMap<>(); // guarded by itself

    LeakLines(GateLog log) {
        this.log = log;
    }

    @Override
    public void accept(Leak leak) {
        long count = count(leak.action() + leak.what() + leak.site());
        if (isPowerOfTen(count)) {
            log.warn(LeakText.of(leak, count));
        } else {
            log.info(LeakText.of(leak));
        }
    }

    private long count(String site) {
        synchronized (counts) {
            Long known = counts.get(site);
            if (known == null && counts.size() >= MAX_SITES) {
                return 1;
            }
            long count = known == null ? 1 : known + 1;
            counts.put(site, count);
            return count;
        }
    }

    private static boolean isPowerOfTen(long count) {
        long rest = count;
        while (rest % 10 == 0) {
            rest /= 10;
        }
        return rest == 1;
    }
}
