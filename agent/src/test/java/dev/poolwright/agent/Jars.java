package dev.poolwright.agent;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** Jars made for one test: another agent, or a damaged copy of ours. */
final class Jars {

    private Jars() {}

    /** A jar with one class, which may be an agent. */
    static Path of(Path folder, Class<?> agent) throws IOException {
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Premain-Class", agent.getName());
        manifest.getMainAttributes().putValue("Can-Retransform-Classes", "true");
        Path jar = folder.resolve(agent.getSimpleName() + ".jar");
        String file = agent.getName().replace('.', '/') + ".class";
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream entries = new JarOutputStream(out, manifest);
                InputStream bytes = agent.getClassLoader().getResourceAsStream(file)) {
            entries.putNextEntry(new JarEntry(file));
            bytes.transferTo(entries);
        }
        return jar;
    }

    /** Our jar under another name. */
    static Path copy(Path folder) throws IOException {
        return Files.copy(ForkedJvm.AGENT_JAR, folder.resolve("copy.jar"));
    }

    /** Names of all entries but folders. */
    static List<String> names(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            return file.stream()
                    .filter(entry -> !entry.isDirectory())
                    .map(JarEntry::getName)
                    .toList();
        }
    }

    static byte[] read(Path jar, String name) throws IOException {
        try (JarFile file = new JarFile(jar.toFile());
                InputStream in = file.getInputStream(file.getJarEntry(name))) {
            return in.readAllBytes();
        }
    }

    /** A copy of our jar in which one entry is replaced, or missing if the bytes are null. */
    static Path damaged(Path folder, String name, byte[] bytes) throws IOException {
        Path copy = folder.resolve("damaged.jar");
        try (JarFile file = new JarFile(ForkedJvm.AGENT_JAR.toFile());
                JarOutputStream out = new JarOutputStream(Files.newOutputStream(copy), file.getManifest())) {
            Map<String, byte[]> entries = new LinkedHashMap<>();
            for (JarEntry entry : file.stream().toList()) {
                if (!entry.isDirectory() && !entry.getName().equals(JarFile.MANIFEST_NAME)) {
                    entries.put(entry.getName(), file.getInputStream(entry).readAllBytes());
                }
            }
            if (entries.remove(name) == null) {
                throw new IllegalArgumentException("no entry " + name);
            }
            if (bytes != null) {
                entries.put(name, bytes);
            }
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                out.putNextEntry(new JarEntry(entry.getKey()));
                out.write(entry.getValue());
            }
        }
        return copy;
    }
}
