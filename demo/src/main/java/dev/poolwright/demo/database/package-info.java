/**
 * The database server of the demo, a program of its own that answers questions on its standard input. Uses H2 and
 * nothing else. Start reading at {@link dev.poolwright.demo.database.DatabaseServer}.
 */
package dev.poolwright.demo.database;
