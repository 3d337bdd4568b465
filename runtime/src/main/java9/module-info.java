/** The Engine: a thread-safe pool of JDBC connections, and sessions on it. Needs nothing but the JDK. */
module dev.poolwright.runtime {
    requires transitive java.sql;

    exports dev.poolwright.config;
    exports dev.poolwright.engine;
    exports dev.poolwright.event;
    exports dev.poolwright.session;

    // For programs, EngineConnection; and what handles, which are generated beside the driver's classes, extend and
    // call.
    exports dev.poolwright.jdbc;
    exports dev.poolwright.jdbc.generate;
}
