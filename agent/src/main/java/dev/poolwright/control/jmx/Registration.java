package dev.poolwright.control.jmx;

import dev.poolwright.control.Answer;
import dev.poolwright.engine.Engine;
import dev.poolwright.gate.Operation;
import dev.poolwright.house.Housekeeper;
import dev.poolwright.house.Ticked;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MBeanServerFactory;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;

/**
 * Keeps an MBean for each engine in the platform's MBean server, once somebody has made that: it is looked for after its class
 * was loaded, and made only where an operator asks. Registers on threads of ours, since whoever listens to the server is told
 * there.
 */
public final class Registration implements Runnable {

    /** So often is the server looked for after its class was loaded: ten seconds. */
    private static final int LOOKS = 40;

    private static final Object LOCK = new Object();
    private static @Nullable Registration only; // guarded by LOCK

    private final MBeanServer server;
    private final Operation operation;
    private final Object lock = new Object();
    private final Map<Engine, ObjectName> registered = new HashMap<>(); // guarded by lock

    private Registration(MBeanServer server, Operation operation) {
        this.server = server;
        this.operation = operation;
    }

    /** Somebody makes an MBean server, or has made one. Does nothing at once, and never throws. */
    public static void seen() {
        Search search = new Search();
        Housekeeper.Watch watch = Housekeeper.shared().watch(search);
        search.watch = watch;
        watch.start();
    }

    private static final class Search implements Ticked {

        private Housekeeper.@Nullable Watch watch;
        private int looks;

        @Override
        public long tick(long nowNanos) {
            final MBeanServer found = platformServer();
            Housekeeper.Watch mine = watch;
            if (found != null && mine != null) {
                mine.aside(new Runnable() {
                    @Override
                    public void run() {
                        begin(found);
                    }
                });
            }
            if (found == null && looks++ < LOOKS) {
                return 1;
            }
            if (mine != null) {
                mine.clock().stop();
            }
            return 0;
        }
    }

    /** Whoever has made it; null = nobody yet. */
    private static @Nullable MBeanServer platformServer() {
        try {
            ObjectName runtime = new ObjectName(ManagementFactory.RUNTIME_MXBEAN_NAME);
            for (MBeanServer each : MBeanServerFactory.findMBeanServer(null)) {
                if (each.isRegistered(runtime)) {
                    return each;
                }
            }
        } catch (JMException | RuntimeException notYet) {
            return null;
        }
        return null;
    }

    /** An operator wants them now. */
    public static Answer asked() {
        Registration mine = begin(ManagementFactory.getPlatformMBeanServer());
        if (mine == null) {
            return Answer.refused("the agent is not at work");
        }
        return Answer.ok("registered in the platform's MBean server: " + mine.names());
    }

    private static @Nullable Registration begin(MBeanServer server) {
        Operation operation = Operation.current();
        if (operation == null) {
            return null;
        }
        Registration mine;
        boolean isFirst;
        synchronized (LOCK) {
            mine = only;
            isFirst = mine == null;
            if (mine == null) {
                mine = new Registration(server, operation);
                only = mine;
            }
        }
        if (isFirst) {
            mine.register(new AgentBean(operation), "dev.poolwright:type=Agent");
            final Registration first = mine;
            operation.engines().onChange(new Runnable() {
                @Override
                public void run() {
                    Housekeeper.shared().aside().execute(first);
                }
            });
        }
        mine.run();
        return mine;
    }

    /** Brings what is registered in line with the engines there are. */
    @Override
    public void run() {
        synchronized (lock) {
            List<Engine> now = operation.engines().all();
            for (Engine engine : new ArrayList<>(registered.keySet())) {
                if (!now.contains(engine)) {
                    unregister(registered.remove(engine));
                }
            }
            for (Engine engine : now) {
                if (!registered.containsKey(engine)) {
                    ObjectName name = register(
                            new EngineBean(engine, operation),
                            "dev.poolwright:type=Engine,name="
                                    + ObjectName.quote(engine.info().name()));
                    if (name != null) {
                        registered.put(engine, name);
                    }
                }
            }
        }
    }

    private @Nullable ObjectName register(Object bean, String name) {
        try {
            ObjectName made = new ObjectName(name);
            server.registerMBean(bean, made);
            return made;
        } catch (JMException | RuntimeException taken) {
            return null;
        }
    }

    private void unregister(@Nullable ObjectName name) {
        try {
            if (name != null) {
                server.unregisterMBean(name);
            }
        } catch (JMException | RuntimeException gone) {
            // Whoever took it out first.
        }
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        synchronized (lock) {
            for (ObjectName name : registered.values()) {
                names.add(name.getCanonicalName());
            }
        }
        return names;
    }
}
