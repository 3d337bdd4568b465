/** A web application that knows nothing of OpenTelemetry, one with a global SDK and one with an SDK of its own, in one server. */
package com.acme.traced;
