package dev.poolwright.gate.source;

import dev.poolwright.engine.EngineKey;
import dev.poolwright.engine.key.KeyParts;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which data sources are a driver's own, and what each is configured with at the moment of a call. Any thread may call.
 *
 * <p>Read anew at each call, hit or not: setters may have been called since. Keeps no data source and no class alive.
 */
public final class DataSources {

    /** As many fields as most drivers' have. */
    private static final int EXPECTED = 16;

    private final ClassValue<SourceClass> classes = new ClassValue<SourceClass>() {
        @Override
        protected SourceClass computeValue(Class<?> type) {
            return SourceClass.of(type);
        }
    };

    /** Whether it makes connections for others, or pools them itself: all that happens inside must stay untouched. */
    public boolean isRaw(DataSource source) {
        return classes.get(source.getClass()) == SourceClass.RAW;
    }

    /**
     * What a call to {@code source} asks for, or null if it is no driver's own or that cannot be told: then the call is
     * not served, but what it calls in turn may be.
     *
     * @param declaring name of the class whose {@code getConnection} is entered: that of {@code source}, or a superclass
     * @param explicit  whether it is the one with {@code user} and {@code password}
     */
    public @Nullable Configuration read(
            DataSource source, String declaring, @Nullable String user, @Nullable String password, boolean explicit) {
        SourceClass known = classes.get(source.getClass());
        SourceFields fields = known.fields;
        Class<?> driverClass = known.driverClass;
        if (fields == null || driverClass == null || !known.isDriversOwn(declaring, explicit)) {
            return null;
        }
        try {
            KeyParts parts = new KeyParts(EXPECTED);
            if (!fields.addTo(parts, source, explicit)) {
                return null;
            }
            if (explicit) {
                parts.add(user).addSecret(password);
            }
            if (fields.asksSubject(source, explicit, password)) {
                parts.addCaller();
            }
            EngineKey key = EngineKey.ofDataSource(driverClass, parts);
            return new Configuration(key, fields, source, explicit, user);
        } catch (IllegalAccessException | RuntimeException | Error unreadable) {
            // Something in it may be being changed, or throw: the driver may well get along with it.
            return null;
        }
    }
}
