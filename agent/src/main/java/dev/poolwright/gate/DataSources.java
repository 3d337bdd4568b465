package dev.poolwright.gate;

import dev.poolwright.dialect.Dialects;
import dev.poolwright.engine.EngineKey;
import java.util.ArrayList;
import java.util.List;
import javax.naming.NamingException;
import javax.naming.RefAddr;
import javax.naming.Reference;
import javax.naming.Referenceable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Which data sources are a driver's own, and what each is configured with at the moment of a call. */
final class DataSources {

    /** By class of a data source: the names of its classes below the driver's own, or null if none is the driver's. */
    private final ClassValue<String @Nullable []> belowDrivers = new ClassValue<String @Nullable []>() {
        @Override
        protected String @Nullable [] computeValue(Class<?> type) {
            List<String> below = new ArrayList<>(0);
            for (Class<?> c = type; c != null; c = c.getSuperclass()) {
                if (Dialects.forDataSource(c.getName()) != null) {
                    return below.toArray(new String[0]);
                }
                below.add(c.getName());
            }
            return null;
        }
    };

    /**
     * Whether this is a driver's own data source that makes connections itself, and what runs is its own code: a subclass
     * that overrides it may do something to each connection, and must be run each time.
     *
     * @param declaring name of the class whose code runs
     */
    boolean isDrivers(DataSource source, String declaring) {
        String[] below = belowDrivers.get(source.getClass());
        if (below == null) {
            return false;
        }
        for (String subclass : below) {
            if (subclass.equals(declaring)) {
                return false;
            }
        }
        return true;
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
