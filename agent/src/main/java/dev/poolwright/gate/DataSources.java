package dev.poolwright.gate;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.engine.EngineKey;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which data sources are a driver's own, and what each is configured with at the moment of a call. */
final class DataSources {

    private final ClassValue<Boolean> drivers = new ClassValue<Boolean>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (Dialects.forDataSource(c.getName()) != null) {
                    return Boolean.TRUE;
                }
            }
            return Boolean.FALSE;
        }
    };

    /** Whether this is a driver's own data source that makes connections itself. */
    boolean isDrivers(DataSource source) {
        return drivers.get(source.getClass());
    }

    /**
     * What a call to {@code source} asks for, or null if that cannot be told: then the call is not served.
     *
     * <p>Read anew at each call: setters may have been called since.
     */
    @Nullable
    Configuration read(DataSource source, @Nullable String user, @Nullable String password, boolean explicit) {
        if (!(source instanceof Referenceable)) {
            return null;
        }
        Reference reference;
        try {
            reference = ((Referenceable) source).getReference();
        } catch (NamingException unreadable) {
            return null;
        }
        int size = reference.size();
        String[] pairs = new String[2 * size + (explicit ? 4 : 0)];
        String url = null;
        String configuredUser = null;
        for (int i = 0; i < size; i++) {
            RefAddr address = reference.get(i);
            Object content = address.getContent();
            String value = content == null ? "" : content.toString();
            pairs[2 * i] = address.getType();
            pairs[2 * i + 1] = value;
            if (address.getType().equalsIgnoreCase("url")) {
                url = value;
            } else if (address.getType().equalsIgnoreCase("user")) {
                configuredUser = value;
            }
        }
        if (explicit) {
            pairs[2 * size] = "call.user";
            pairs[2 * size + 1] = String.valueOf(user);
            pairs[2 * size + 2] = "call.password";
            pairs[2 * size + 3] = String.valueOf(password);
        }
        return url == null || url.isEmpty()
                ? null
                : new Configuration(
                        EngineKey.ofDataSource(source.getClass(), pairs), url, explicit ? user : configuredUser);
    }

    /** What one call asks for. */
    static final class Configuration {

        final EngineKey key;
        final String url;
        final @Nullable String user;

        Configuration(EngineKey key, String url, @Nullable String user) {
            this.key = key;
            this.url = url;
            this.user = user;
        }
    }
}
