/** The articles in memory, with an index over the words of their names. Uses {@code java.sql} only. */
package com.acme.orders.catalogue;
