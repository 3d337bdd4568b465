package dev.poolwright.agent.clean;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import java.util.stream.Stream;

/** Another version of a driver in the place of the one on the class path, as long as it is open. */
final class OtherDriver implements Driver, AutoCloseable {

    private static final Path FOLDER = Path.of(System.getProperty("poolwright.target", "target"), "drivers");

    private final Driver other;
    private final URLClassLoader loader;
    private final List<Driver> replaced;

    private OtherDriver(Driver other, URLClassLoader loader, List<Driver> replaced) {
        this.other = other;
        this.loader = loader;
        this.replaced = replaced;
    }

    static OtherDriver of(String jar, String driverClass) throws Exception {
        Path file;
        try (Stream<Path> jars = Files.list(FOLDER)) {
            file = jars.filter(each -> each.getFileName().toString().equals(jar))
                    .findAny()
                    .orElseThrow();
        }
        URLClassLoader loader =
                new URLClassLoader(new URL[] {file.toUri().toURL()}, ClassLoader.getPlatformClassLoader());
        Driver driver = Class.forName(driverClass, true, loader)
                .asSubclass(Driver.class)
                .getDeclaredConstructor()
                .newInstance();
        List<Driver> replaced = Collections.list(DriverManager.getDrivers()).stream()
                .filter(each -> each.getClass().getName().equals(driverClass))
                .toList();
        for (Driver each : replaced) {
            DriverManager.deregisterDriver(each);
        }
        OtherDriver made = new OtherDriver(driver, loader, replaced);
        DriverManager.registerDriver(made);
        return made;
    }

    @Override
    public Connection connect(String url, Properties info) throws SQLException {
        return other.connect(url, info);
    }

    @Override
    public boolean acceptsURL(String url) throws SQLException {
        return other.acceptsURL(url);
    }

    @Override
    public DriverPropertyInfo[] getPropertyInfo(String url, Properties info) throws SQLException {
        return other.getPropertyInfo(url, info);
    }

    @Override
    public int getMajorVersion() {
        return other.getMajorVersion();
    }

    @Override
    public int getMinorVersion() {
        return other.getMinorVersion();
    }

    @Override
    public boolean jdbcCompliant() {
        return other.jdbcCompliant();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public void close() throws SQLException, IOException {
        DriverManager.deregisterDriver(this);
        for (Driver each : replaced) {
            DriverManager.registerDriver(each);
        }
        loader.close();
    }
}
