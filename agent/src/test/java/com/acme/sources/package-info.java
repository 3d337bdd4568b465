/** An application that gets all its connections from data sources of the drivers. */
package com.acme.sources;
