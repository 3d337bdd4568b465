package com.acme.shapes;

import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** The shop as a bundle, beside its driver's bundle. */
public final class ShopBundle implements BundleActivator {

    @Override
    public void start(BundleContext context) throws Exception {
        Shop.open("shop");
    }

    @Override
    public void stop(BundleContext context) {
        // Closed in the evening.
    }
}
