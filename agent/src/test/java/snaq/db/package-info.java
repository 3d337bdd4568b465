/** A package of a pool that nobody uses any more. */
package snaq.db;
