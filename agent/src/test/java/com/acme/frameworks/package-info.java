/** An application on well-known libraries for databases; run without and with the agent. */
package com.acme.frameworks;
