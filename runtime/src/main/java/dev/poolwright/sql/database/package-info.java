/**
 * One file per database: how its texts are to be read, and which of its functions leave the session alone. A function
 * that is missing here costs one reset too many; one that does not belong here lets something leak: add it to the group
 * whose reason holds for it, or make a group with a reason of its own.
 */
package dev.poolwright.sql.database;
