package dev.poolwright.otel.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;

/** The class loader of an application that has brought its own copy of OpenTelemetry, below the platform's. */
final class ApplicationLoader extends URLClassLoader {

    private ApplicationLoader(List<URL> urls) {
        super(urls.toArray(new URL[0]), ClassLoader.getPlatformClassLoader());
    }

    /** @param version {@code current}, which is that of this module, or one of {@code target/opentelemetry} */
    static ApplicationLoader with(String version) throws Exception {
        List<URL> urls = new ArrayList<>();
        urls.add(TracedApplication.class.getProtectionDomain().getCodeSource().getLocation());
        if (version.equals("current")) {
            for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
                if (entry.contains("opentelemetry-")) {
                    urls.add(url(Path.of(entry)));
                }
            }
        } else {
            File[] jars = new File("target/opentelemetry").listFiles((folder, name) -> name.contains("-" + version));
            assertThat(jars).as(version).hasSizeGreaterThan(5);
            for (File jar : jars) {
                urls.add(url(jar.toPath()));
            }
        }
        return new ApplicationLoader(urls);
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    @SuppressWarnings("unchecked")
    Application application(Class<?> kind) throws Exception {
        return new Application((Function<String, Object>)
                loadClass(kind.getName()).getDeclaredConstructor().newInstance());
    }

    /** One that runs in there. */
    record Application(Function<String, Object> inside) {

        Object ask(String word) {
            return inside.apply(word);
        }
    }

    /** On this thread, as one that this application's container has made. */
    <T> T in(Callable<T> call) throws Exception {
        return in(this, call);
    }

    static <T> T in(ClassLoader context, Callable<T> call) throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        thread.setContextClassLoader(context);
        try {
            return call.call();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    @SuppressWarnings("unchecked")
    static List<Map<String, String>> spans(Application application) {
        return (List<Map<String, String>>) application.ask("spans");
    }

    static List<String> names(Application application) {
        return spans(application).stream().map(span -> span.get("name")).toList();
    }

    static Map<String, String> span(Application application, String name) {
        return spans(application).stream()
                .filter(span -> name.equals(span.get("name")))
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        name + " among " + Arrays.toString(names(application).toArray())));
    }
}
