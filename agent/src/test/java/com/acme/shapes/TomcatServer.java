package com.acme.shapes;

import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.catalina.Context;
import org.apache.catalina.core.StandardContext;
import org.apache.catalina.core.StandardHost;
import org.apache.catalina.startup.ContextConfig;
import org.apache.catalina.startup.Tomcat;

/** An embedded Tomcat. */
final class TomcatServer implements WebServer {

    private final Tomcat tomcat = new Tomcat();
    private final StandardHost host;

    TomcatServer(Path folder) throws Exception {
        tomcat.setBaseDir(folder.toString());
        Files.createDirectory(folder.resolve("webapps"));
        tomcat.setPort(0);
        tomcat.getConnector();
        host = (StandardHost) tomcat.getHost();
        tomcat.start();
    }

    @Override
    public Object deploy(String name, Path war) {
        StandardContext context = new StandardContext();
        context.setName("/" + name);
        context.setPath("/" + name);
        context.setDocBase(war.toString());
        ContextConfig config = new ContextConfig();
        config.setDefaultWebXml("org/apache/catalin/startup/NO_DEFAULT_XML");
        context.addLifecycleListener(config);
        host.addChild(context);
        return context;
    }

    @Override
    public int port() {
        return tomcat.getConnector().getLocalPort();
    }

    @Override
    public ClassLoader loader(Object deployed) {
        return ((Context) deployed).getLoader().getClassLoader();
    }

    @Override
    public void undeploy(Object deployed) throws Exception {
        host.removeChild((Context) deployed);
    }

    @Override
    public void stop() throws Exception {
        tomcat.stop();
        tomcat.destroy();
    }
}
