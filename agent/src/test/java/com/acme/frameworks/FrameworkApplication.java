package com.acme.frameworks;

import java.nio.file.Path;
import java.util.logging.LogManager;

/**
 * The libraries through which most applications come to their connections, each on connections of its own making.
 * Arguments: a PostgreSQL URL and a folder to work in.
 */
public final class FrameworkApplication {

    static final String USER = "clerk";
    static final String PASSWORD = "pencil";

    private FrameworkApplication() {}

    public static void main(String[] arguments) throws Exception {
        LogManager.getLogManager().reset(); // they like to talk
        String url = arguments[0];
        Path folder = Path.of(arguments[1]);
        new SpringUse(url).run();
        new JooqUse(url).run();
        new FlywayUse(url, folder).run();
        new LiquibaseUse(url, folder).run();
        QuartzUse.at(url);
        new QuartzUse().run();
        System.out.flush();
        System.exit(0); // some leave threads behind
    }
}
