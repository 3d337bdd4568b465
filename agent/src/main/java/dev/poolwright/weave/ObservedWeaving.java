package dev.poolwright.weave;

import dev.poolwright.gate.observe.ClassWeaver;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.lang.reflect.Proxy;
import java.security.ProtectionDomain;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Weaves the classes of connections and statements when their first object is met. Registered as capable of
 * retransformation with the first of them, and never removed: what other agents do later has to pass here again.
 *
 * <p>Any thread. A class that refuses stays as it is and is not asked again.
 */
public final class ObservedWeaving implements ClassWeaver, ClassFileTransformer {

    /** Other agents work on the class meanwhile, with locks of theirs: nobody waits for ever. */
    private static final long PATIENCE_MILLIS = 1_000;

    private final Instrumentation instrumentation;
    private final HookRoom hook;
    private final ClassLoader mine = ObservedWeaving.class.getClassLoader();
    private final ClassLoader platform = mine.getParent();
    private final ReentrantLock weaving = new ReentrantLock();
    private volatile boolean stuck; // somebody has waited in vain: nobody else does until that weaving is over
    private boolean registered; // guarded by weaving
    private final ClassValue<State> states = new ClassValue<State>() {
        @Override
        protected State computeValue(Class<?> type) {
            return new State();
        }
    };

    /** What was asked of one class, and what it got; each a sum of parts, written under the lock. Does not refer to it. */
    private static final class State {
        volatile int wanted;

        /** Written when the JVM shows the class, for whomever it does. */
        volatile int woven;

        volatile boolean closes;

        /** Of the class and all its superclasses: they are in place. */
        volatile int told;

        volatile int refused;
    }

    public ObservedWeaving(Instrumentation instrumentation, HookRoom hook) {
        this.instrumentation = instrumentation;
        this.hook = hook;
    }

    @Override
    public boolean tells(Class<?> type, int parts) {
        State state = states.get(type);
        if ((state.told & parts) == parts) {
            return true;
        }
        return (state.refused & parts) == 0 && weaveAlone(type, state, parts);
    }

    /** Who comes while another thread weaves waits for it: objects of a class that does not tell yet must not be watched. */
    private boolean weaveAlone(Class<?> type, State state, int parts) {
        if (weaving.isHeldByCurrentThread()) {
            return false; // inside of another agent's work on the class
        }
        try {
            if (!weaving.tryLock(stuck ? 0 : PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                stuck = true;
                return false;
            }
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
            return false;
        }
        try {
            return (state.told & parts) == parts || weave(type, state, parts);
        } finally {
            stuck = false;
            weaving.unlock();
        }
    }

    private boolean weave(Class<?> type, State state, int parts) {
        List<Class<?>> lineage = new ArrayList<>();
        List<Class<?>> silent = new ArrayList<>();
        for (Class<?> c = type; c != null && isSomebodyElses(c); c = c.getSuperclass()) {
            State each = states.get(c);
            each.wanted |= parts;
            lineage.add(c);
            if ((each.woven & parts) != parts) {
                silent.add(c);
            }
        }
        try {
            retransform(silent, parts);
            if ((parts & CLOSING) != 0 && !closes(lineage)) {
                throw new IllegalStateException("its close() is the JDK's");
            }
            state.told |= parts;
            return true;
        } catch (UnmodifiableClassException | RuntimeException | Error refusal) {
            state.refused |= parts;
            for (Class<?> c : silent) {
                State each = states.get(c);
                each.wanted &= ~parts; // or what others retransform later would fail for our sake
                each.woven &= ~parts; // shown, but the JVM may have refused all of them together
            }
            hook.notObserved(type.getName(), refusal);
            return false;
        }
    }

    /** All at once: each time the JVM stops and looks at all its classes. */
    private void retransform(List<Class<?>> types, int parts) throws UnmodifiableClassException {
        if (types.isEmpty()) {
            return;
        }
        if (!registered) {
            instrumentation.addTransformer(this, true);
            registered = true;
        }
        instrumentation.retransformClasses(types.toArray(new Class<?>[0]));
        for (Class<?> c : types) {
            if ((states.get(c).woven & parts) != parts) {
                throw new IllegalStateException(c.getName() + " was not shown to us, or is not as expected");
            }
        }
    }

    private boolean closes(List<Class<?>> types) {
        for (Class<?> c : types) {
            if (states.get(c).closes) {
                return true;
            }
        }
        return false;
    }

    /** Not ours, nor the JDK's; a proxy is its maker's, whichever loader he used. */
    private boolean isSomebodyElses(Class<?> type) {
        ClassLoader loader = type.getClassLoader();
        return (loader != null && loader != platform && loader != mine) || Proxy.isProxyClass(type);
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable ClassLoader loader,
            @Nullable String name,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (redefined == null || redefined.getClassLoader() == mine) {
            return null;
        }
        State state = states.get(redefined);
        int wanted = state.wanted;
        if (wanted == 0) {
            return null;
        }
        try {
            ClassFile file = ClassFile.of(bytes);
            state.closes = file.method("close", "()V") != null;
            byte[] woven = ObservedWeaver.isIn(file, wanted) ? ObservedWeaver.woven(file, wanted) : null;
            state.woven |= wanted;
            return woven;
        } catch (Throwable reason) {
            return null; // whoever asked finds it not woven
        }
    }
}
