package dev.poolwright.gate;

import java.lang.StackWalker.StackFrame;
import java.util.Iterator;
import java.util.function.Function;
import java.util.stream.Stream;

/** Asks the classes of the frames without making a stack trace. Compiled for Java 9, unlike its surroundings. */
final class WalkedStack implements StackWalk {

    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    @Override
    public boolean finds(KnownPools pools, int depth) {
        return walker.walk(new Search(pools, depth));
    }

    private static final class Search implements Function<Stream<StackFrame>, Boolean> {

        private final KnownPools pools;
        private final int depth;

        Search(KnownPools pools, int depth) {
            this.pools = pools;
            this.depth = depth;
        }

        @Override
        public Boolean apply(Stream<StackFrame> frames) {
            Iterator<StackFrame> each = frames.iterator();
            for (int i = 0; i < depth && each.hasNext(); i++) {
                if (pools.isPool(each.next().getDeclaringClass())) {
                    return true;
                }
            }
            return false;
        }
    }
}
