package com.acme.traced;

import com.acme.shapes.Shop;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;

/**
 * A day in the shop, then a Tomcat with three applications, each asked once: {@code /plain}, {@code /global} and {@code
 * /private}. Arguments: a folder to work in, and the jars of OpenTelemetry, which only the last two see, each its own.
 */
public final class TracedServer {

    private TracedServer() {}

    public static void main(String[] arguments) throws Exception {
        boolean sdkFirst = Boolean.getBoolean(SdkOrder.FIRST);
        if (!sdkFirst) {
            Shop.open("shop");
        }
        Tomcat tomcat = new Tomcat();
        tomcat.setBaseDir(arguments[0]);
        tomcat.setPort(0);
        tomcat.getConnector();
        Context context = tomcat.addContext("", arguments[0]);
        add(context, "global", inItsOwnLoader(arguments[1], "com.acme.traced.SdkOrder$Global"));
        add(context, "private", inItsOwnLoader(arguments[1], "com.acme.traced.SdkOrder$Private"));
        add(context, "plain", new Order());
        if (sdkFirst) {
            Shop.open("shop");
        }
        tomcat.start();
        for (String path : new String[] {"plain", "global", "private"}) {
            System.out.println(path + " | "
                    + ask("http://localhost:" + tomcat.getConnector().getLocalPort() + "/" + path));
        }
        tomcat.stop();
        tomcat.destroy();
        System.exit(0); // whatever thread another agent may have left
    }

    private static void add(Context context, String path, Work work) {
        Tomcat.addServlet(context, path, new Servlet(work));
        context.addServletMappingDecoded("/" + path, path);
    }

    private static String ask(String url) throws IOException {
        try (InputStream answer = URI.create(url).toURL().openStream()) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static Work inItsOwnLoader(String jars, String name) throws Exception {
        List<URL> urls = new ArrayList<>();
        for (String jar : jars.split(File.pathSeparator, -1)) {
            urls.add(url(Path.of(jar)));
        }
        urls.add(TracedServer.class.getProtectionDomain().getCodeSource().getLocation());
        ClassLoader own = new OwnLoader(urls.toArray(new URL[0]));
        return (Work) own.loadClass(name).getDeclaredConstructor().newInstance();
    }

    private static URL url(Path jar) throws MalformedURLException {
        return jar.toUri().toURL();
    }

    /** Its own copy of what has to do with OpenTelemetry; the rest is the server's. */
    private static final class OwnLoader extends URLClassLoader {

        OwnLoader(URL[] urls) {
            super(urls, TracedServer.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (!name.startsWith("com.acme.traced.SdkOrder")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }

    private static final class Servlet extends HttpServlet {
        private static final long serialVersionUID = 1;
        private final transient Work work;

        Servlet(Work work) {
            this.work = work;
        }

        @Override
        protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
            Thread thread = Thread.currentThread();
            ClassLoader servers = thread.getContextClassLoader();
            // As a server does for applications that are deployed one by one.
            thread.setContextClassLoader(work.getClass().getClassLoader());
            try {
                response.getOutputStream().write(work.run().getBytes(StandardCharsets.UTF_8));
            } finally {
                thread.setContextClassLoader(servers);
            }
        }
    }
}
