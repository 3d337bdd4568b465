package com.acme.shapes;

import java.nio.file.Path;

/** What applications are deployed to. */
interface WebServer {

    /** Starts an application under {@code /name}; the key is for {@link #undeploy}. */
    Object deploy(String name, Path war) throws Exception;

    int port();

    ClassLoader loader(Object deployed);

    void undeploy(Object deployed) throws Exception;

    void stop() throws Exception;
}
