package com.acme.shapes;

import java.nio.file.Path;
import org.eclipse.jetty.ee10.webapp.WebAppContext;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.ContextHandlerCollection;

/** An embedded Jetty. */
final class JettyServer implements WebServer {

    private final Server server = new Server(0);
    private final ContextHandlerCollection applications = new ContextHandlerCollection();
    private final Path folder;

    JettyServer(Path folder) throws Exception {
        this.folder = folder;
        server.setHandler(applications);
        server.start();
    }

    @Override
    public Object deploy(String name, Path war) throws Exception {
        WebAppContext context = new WebAppContext(war.toString(), "/" + name);
        context.setDefaultsDescriptor(null);
        context.setTempDirectory(folder.resolve(name).toFile());
        applications.addHandler(context);
        context.start();
        return context;
    }

    @Override
    public int port() {
        return ((ServerConnector) server.getConnectors()[0]).getLocalPort();
    }

    @Override
    public ClassLoader loader(Object deployed) {
        return ((WebAppContext) deployed).getClassLoader();
    }

    @Override
    public void undeploy(Object deployed) throws Exception {
        WebAppContext context = (WebAppContext) deployed;
        context.stop();
        applications.removeHandler(context);
        context.destroy();
    }

    @Override
    public void stop() throws Exception {
        server.stop();
    }
}
