package dev.poolwright.gate.source;

import dev.poolwright.engine.EngineKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What one call of a driver's data source asks for. Belongs to the calling thread. */
public final class Configuration {

    private final EngineKey key;
    private final SourceFields fields;
    private final DataSource source;
    private final boolean explicit;
    private final @Nullable String explicitUser;
    private @Nullable String url;

    Configuration(
            EngineKey key, SourceFields fields, DataSource source, boolean explicit, @Nullable String explicitUser) {
        this.key = key;
        this.fields = fields;
        this.source = source;
        this.explicit = explicit;
        this.explicitUser = explicitUser;
    }

    /** All of it. */
    public EngineKey key() {
        return key;
    }

    /** The URL with which the driver connects, as far as it is one; put together when first asked for. */
    public String url() {
        String known = url;
        if (known == null) {
            known = fields.url(source);
            url = known;
        }
        return known;
    }

    /** The user, or null if none is named. */
    public @Nullable String user() {
        return explicit ? explicitUser : fields.user(source);
    }
}
