package dev.poolwright.agent;

import dev.poolwright.dialect.driver.DriverModules;
import dev.poolwright.house.Housekeeper;
import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandles;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts the hook class inside module {@code java.sql}: opens the package to the agent's loader alone, then defines the
 * class as a neighbour of {@code java.sql.Driver}.
 *
 * <p>Compiled for Java 9, unlike its surroundings: the same by reflection takes 20 ms at start.
 */
final class HookDefiner implements JavaSqlModule {

    private static final String MODULE = "java.sql";

    @Override
    public boolean isPresent() {
        return ModuleLayer.boot().findModule(MODULE).isPresent();
    }

    @Override
    public @Nullable ClassLoader loader() {
        return ModuleLayer.boot().findModule(MODULE).get().getClassLoader();
    }

    @Override
    public boolean define(Instrumentation instrumentation, String name, byte[] bytes)
            throws ReflectiveOperationException {
        Optional<Module> javaSql = ModuleLayer.boot().findModule(MODULE);
        if (!javaSql.isPresent()) {
            throw new ClassNotFoundException(name + ": no module java.sql");
        }
        // Not DriverManager: loaded from inside a transformer it would stay unwoven for ever.
        Class<?> neighbour = Class.forName(javaSql.get(), "java.sql.Driver");
        if (neighbour == null) {
            throw new ClassNotFoundException("java.sql.Driver");
        }
        if (Class.forName(javaSql.get(), name) != null) {
            return false;
        }
        instrumentation.redefineModule(
                javaSql.get(),
                Set.of(),
                Map.of(),
                Map.of("java.sql", Set.of(HookDefiner.class.getModule())),
                Set.of(),
                Map.of());
        MethodHandles.privateLookupIn(neighbour, MethodHandles.lookup()).defineClass(bytes);
        DriverModules.use(new RunningModules(instrumentation));
        Housekeeper.threadsBy(new BareThreads());
        return true;
    }
}
