package com.acme.shapes;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.felix.framework.FrameworkFactory;
import org.osgi.framework.Bundle;
import org.osgi.framework.Constants;
import org.osgi.framework.launch.Framework;

/** Starts an OSGi framework with bundles. Arguments: a folder to work in, and the bundles' jars. */
public final class OsgiRun {

    private OsgiRun() {}

    public static void main(String[] arguments) throws Exception {
        Framework framework = new FrameworkFactory()
                .newFramework(Map.of(
                        Constants.FRAMEWORK_STORAGE,
                        arguments[0],
                        Constants.FRAMEWORK_BUNDLE_PARENT,
                        Constants.FRAMEWORK_BUNDLE_PARENT_EXT,
                        "felix.log.level",
                        "1"));
        framework.start();
        List<Bundle> bundles = new ArrayList<>();
        for (int i = 1; i < arguments.length; i++) {
            bundles.add(framework
                    .getBundleContext()
                    .installBundle(Path.of(arguments[i]).toUri().toString()));
        }
        for (Bundle bundle : bundles) {
            bundle.start();
            System.out.println(bundle.getSymbolicName() + " is up");
        }
        framework.stop();
        framework.waitForStop(0);
    }
}
