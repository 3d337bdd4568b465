/** What only one database can do. */
package com.acme.compat.vendor;
