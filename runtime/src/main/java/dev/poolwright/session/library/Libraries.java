package dev.poolwright.session.library;

import dev.poolwright.event.EngineListener;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The libraries whose sessions are watched, by the numbers that woven code knows them by. Safe for any thread. */
public final class Libraries {

    private static final String[] NAMES = {"hibernate", "mybatis", "eclipselink", "openjpa"};

    private final LibrarySessions[] all = new LibrarySessions[NAMES.length];

    /** See {@link LibrarySessions}. */
    public Libraries(
            SessionWatch watch,
            Supplier<@Nullable EngineListener> listener,
            UnknownLibraries unknown,
            Consumer<String> warnings) {
        Library[] libraries = {new Hibernate(), new MyBatis(), new EclipseLink(), new OpenJpa()};
        for (int i = 0; i < all.length; i++) {
            all[i] = new LibrarySessions(libraries[i], watch, listener, unknown, warnings);
        }
    }

    /** That with this number. */
    public LibrarySessions get(int number) {
        return all[number];
    }

    /** Its name in lower case. */
    public static String name(int number) {
        return NAMES[number];
    }
}
