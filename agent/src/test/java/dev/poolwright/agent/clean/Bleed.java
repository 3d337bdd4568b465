package dev.poolwright.agent.clean;

import java.util.List;

/**
 * One thing that a borrower leaves on its session, and how the next one would notice.
 *
 * @param change  run one after the other on one connection
 * @param ask     a query whose answer is another one as long as the change is there
 * @param resets  whether the connection is expected to be kept, and not closed
 */
record Bleed(String name, List<String> change, String ask, boolean resets) {

    static Bleed kept(String name, String ask, String... change) {
        return new Bleed(name, List.of(change), ask, true);
    }

    static Bleed closed(String name, String ask, String... change) {
        return new Bleed(name, List.of(change), ask, false);
    }

    @Override
    public String toString() {
        return name;
    }
}
