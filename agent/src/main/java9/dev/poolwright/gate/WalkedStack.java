package dev.poolwright.gate;

import java.lang.StackWalker.StackFrame;
import java.lang.reflect.Proxy;
import java.sql.Wrapper;
import java.util.Iterator;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Asks the classes of the frames without making a stack trace. Compiled for Java 9, unlike its surroundings. */
final class WalkedStack implements StackWalk {

    private static final int USUAL_DEPTH = 24;

    private final StackWalker walker = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    /** With the frames of reflection: leaving them out takes longer than looking at them. */
    private final StackWalker quick = StackWalker.getInstance(
            Set.of(StackWalker.Option.RETAIN_CLASS_REFERENCE, StackWalker.Option.SHOW_REFLECT_FRAMES), USUAL_DEPTH);

    @Override
    public boolean finds(KnownPools pools, int depth) {
        return walker.walk(new Search(pools, depth));
    }

    @Override
    public boolean isWordOfApplication(KnownPools pools, Class<?> driver, int depth) {
        return quick.walk(new OutermostCall(pools, driver, depth));
    }

    private static final class OutermostCall implements Function<Stream<StackFrame>, Boolean>, Predicate<StackFrame> {

        private static final @Nullable ClassLoader PLATFORM = ClassLoader.getPlatformClassLoader();

        private final KnownPools pools;
        private final Class<?> driver;
        private final int depth;
        private String outermost = "";

        OutermostCall(KnownPools pools, Class<?> driver, int depth) {
            this.pools = pools;
            this.driver = driver;
            this.depth = depth;
        }

        @Override
        public Boolean apply(Stream<StackFrame> frames) {
            boolean unused = frames.limit(depth).allMatch(this); // up to the application, if it comes so soon
            switch (outermost) {
                case "commit":
                case "rollback":
                case "setAutoCommit":
                    return true;
                default:
                    return false;
            }
        }

        @Override
        public boolean test(StackFrame frame) {
            Class<?> type = frame.getDeclaringClass();
            if (isOfJvm(type) && !Proxy.isProxyClass(type)) {
                return true;
            }
            if (isBetween(type)) {
                outermost = frame.getMethodName();
                return true;
            }
            return false;
        }

        /** A pool's, a driver's, or anybody's connection. */
        private boolean isBetween(Class<?> type) {
            return Proxy.isProxyClass(type)
                    || Wrapper.class.isAssignableFrom(type)
                    || pools.isPool(type)
                    || (Makers.areSame(driver, type) && driver.getProtectionDomain() == type.getProtectionDomain());
        }

        /** The JDK's, with the accessors that it makes in loaders of their own, and ours. */
        private static boolean isOfJvm(Class<?> type) {
            ClassLoader loader = type.getClassLoader();
            return loader == null
                    || loader == PLATFORM
                    || loader == OutermostCall.class.getClassLoader()
                    || type.getName().startsWith("jdk.internal.reflect.");
        }
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
