/** An application on each of the pools that Java has known, one after the other; start at {@link com.acme.pools.PooledApplication}. */
package com.acme.pools;
