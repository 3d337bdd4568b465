package dev.poolwright.agent.shapes;

import com.acme.legacy.Database;
import com.acme.legacy.Script;
import dev.poolwright.agent.ForkedJvm;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import java.util.zip.CRC32;

/** The shop packed in one of the ways in which applications are shipped. */
final class ApplicationJar {

    private final Manifest manifest = new Manifest();
    private final Map<String, byte[]> entries = new LinkedHashMap<>();

    ApplicationJar() {
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    }

    ApplicationJar manifest(String name, String value) {
        manifest.getMainAttributes().putValue(name, value);
        return this;
    }

    /** The shop: these of its classes and what they need, in a folder that ends with a slash or has no name. */
    ApplicationJar shop(String folder, Class<?>... classes) throws IOException {
        List<Class<?>> types = new ArrayList<>(List.of(classes));
        types.addAll(List.of(Database.class, Script.class));
        for (Class<?> type : types) {
            Path home = ForkedJvm.home(type).resolve(type.getPackageName().replace('.', '/'));
            try (Stream<Path> files = Files.list(home)) {
                for (Path file : files.toList()) {
                    String name = file.getFileName().toString();
                    if (name.equals(type.getSimpleName() + ".class") || name.startsWith(type.getSimpleName() + "$")) {
                        entry(folder + type.getPackageName().replace('.', '/') + "/" + name, Files.readAllBytes(file));
                    }
                }
            }
        }
        return this;
    }

    ApplicationJar entry(String name, byte[] bytes) {
        entries.put(name, bytes);
        return this;
    }

    /** A library as it is, in a folder. */
    ApplicationJar library(String folder, Path jar) throws IOException {
        return entry(folder + jar.getFileName(), Files.readAllBytes(jar));
    }

    /** The classes of a library, at the top. */
    ApplicationJar contents(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            for (JarEntry entry : file.stream().toList()) {
                if (entry.getName().endsWith(".class")) {
                    try (InputStream bytes = file.getInputStream(entry)) {
                        entry(entry.getName(), bytes.readAllBytes());
                    }
                }
            }
        }
        return this;
    }

    /** Writes it; nothing is compressed, which jars in jars must not be. */
    Path write(Path jar) throws IOException {
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream written = new JarOutputStream(out, manifest)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                JarEntry stored = new JarEntry(entry.getKey());
                CRC32 sum = new CRC32();
                sum.update(entry.getValue());
                stored.setMethod(JarEntry.STORED);
                stored.setSize(entry.getValue().length);
                stored.setCrc(sum.getValue());
                written.putNextEntry(stored);
                written.write(entry.getValue());
            }
        }
        return jar;
    }
}
