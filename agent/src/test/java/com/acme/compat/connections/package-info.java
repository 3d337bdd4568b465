/** How programs come by connections, what they ask them, and how they end them. */
package com.acme.compat.connections;
