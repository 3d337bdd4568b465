/** An application that comes to its connections by every way there is. */
package com.acme.ways;
