package dev.poolwright.agent.sessions;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The persistence unit of the programs of {@code com.acme.sessions}, for javax and for jakarta. */
final class PersistenceUnit {

    private static final String UNIT = """
            <persistence xmlns="http://xmlns.jcp.org/xml/ns/persistence" version="2.1">
              <persistence-unit name="books" transaction-type="RESOURCE_LOCAL">
                <class>com.acme.sessions.Entry</class>
                <exclude-unlisted-classes>true</exclude-unlisted-classes>
              </persistence-unit>
            </persistence>
            """;

    private PersistenceUnit() {}

    /** Writes it into a folder, which is then to be on the class path. */
    static Path in(Path folder) throws IOException {
        Files.createDirectories(folder.resolve("META-INF"));
        Files.writeString(folder.resolve("META-INF/persistence.xml"), UNIT);
        return folder;
    }
}
